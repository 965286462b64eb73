//! The upper part of Mẫu 01: agency, state title, form title, code (line 1), and
//! the frame that marks a temporary code.

use crate::face::Face;
use crate::receipt::{CodeKind, Receipt};
use crate::sheet::{Align, Column, FULL, MARGIN, Sheet, WIDTH};
use crate::symbol::{Bars, Qr, bars, draw_bars, draw_square, square};
use crate::text::{Span, width, wrap, wrap_even};
use crate::{PaperError, words};

const SMALL: f64 = 9.0;
/// Left block of the head; the state title right of it never breaks.
const LEFT: Column = Column {
    x: MARGIN,
    width: WIDTH * 0.41,
};
const RIGHT: Column = Column {
    x: MARGIN + WIDTH * 0.42,
    width: WIDTH * 0.58,
};
const TITLE: &str = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ";
const TEMPORARY: &str = "Mã hồ sơ chính thức sẽ được cấp sau. Ông (Bà) vẫn dùng được giấy này để tra cứu \
    và nhận kết quả.";

/// Agency and number on the left, state title, place and date on the right.
pub(super) fn head(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    let top = sheet.y;
    stack(sheet, LEFT, &receipt.superior, Face::Regular, SMALL)?;
    let agency = stack(sheet, LEFT, &receipt.unit, Face::Bold, SMALL)?;
    rule(sheet, LEFT, agency * 0.45);
    let number = receipt.form_number.as_deref().unwrap_or(&receipt.code);
    stack(sheet, LEFT, &format!("Số: {number}"), Face::Regular, SMALL)?;
    let left = std::mem::replace(&mut sheet.y, top);
    stack(sheet, RIGHT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Face::Bold, SMALL)?;
    let motto = stack(sheet, RIGHT, "Độc lập - Tự do - Hạnh phúc", Face::Bold, 10.0)?;
    rule(sheet, RIGHT, motto);
    let date = format!("{}, {}", receipt.place, words::date(receipt.received.date()));
    stack(sheet, RIGHT, &date, Face::Italic, 10.0)?;
    sheet.y = sheet.y.max(left);
    Ok(())
}

/// Centred lines in a column; the width of the widest.
fn stack(sheet: &mut Sheet, column: Column, text: &str, face: Face, size: f64) -> Result<f64, PaperError> {
    let mut widest = 0.0_f64;
    for line in wrap_even(sheet.fonts, &[Span::new(text.trim(), face, size)], column.width)? {
        widest = widest.max(line.width);
        sheet.line(&line, column, Align::Centre)?;
    }
    Ok(widest)
}

fn rule(sheet: &mut Sheet, column: Column, width: f64) {
    sheet.fill(column.x + (column.width - width) / 2.0, sheet.y + 1.2, width, 0.6);
    sheet.skip(5.0);
}

/// Both symbols of a receipt: made once, however often the form is set.
pub(super) struct Symbols {
    bars: Bars,
    qr: Qr,
}

impl Symbols {
    /// The symbols of `receipt`, as large as they fit side by side.
    pub(super) fn of(receipt: &Receipt) -> Result<Self, PaperError> {
        let text = receipt.lookup_url.as_deref().unwrap_or(&receipt.code);
        let qr = square(text, 110.0)?;
        let bars = bars(&receipt.code, WIDTH - qr.edge - qr.quiet)?;
        Ok(Self { bars, qr })
    }
}

/// The title, the code as bars with its text below, the QR beside it.
pub(super) fn code_block(
    sheet: &mut Sheet,
    receipt: &Receipt,
    Symbols { bars, qr }: &Symbols,
) -> Result<(), PaperError> {
    sheet.skip(9.0);
    stack(sheet, FULL, TITLE, Face::Bold, 13.0)?;
    let text_height = 15.0;
    let top = sheet.y + qr.quiet.max(8.0);
    let height = qr.edge.max(bars.height + text_height);
    draw_square(sheet, qr, MARGIN + WIDTH - qr.edge, top + (height - qr.edge) / 2.0);
    let bars_top = top + (height - bars.height - text_height) / 2.0;
    draw_bars(sheet, bars, MARGIN, bars_top);
    // Centred below the bars; a short code may be wider than its bars.
    let below = Column {
        x: MARGIN,
        width: bars.width.max(200.0).min(WIDTH - qr.edge - qr.quiet),
    };
    code_text(sheet, receipt, below, bars_top + bars.height + 12.0)?;
    sheet.y = top + height + qr.quiet.max(8.0);
    notices(sheet, receipt)
}

fn code_text(sheet: &mut Sheet, receipt: &Receipt, column: Column, baseline: f64) -> Result<(), PaperError> {
    let spans = |size| {
        [
            Span::new("Mã hồ sơ: ", Face::Regular, size),
            Span::new(&receipt.code, Face::Bold, size),
        ]
    };
    // Long codes shrink a little, so that the line stays clear of the QR.
    let fits = |size: &f64| width(sheet.fonts, &spans(*size)).is_ok_and(|width| width <= column.width);
    let size = [11.0, 10.0, 9.0, 8.0].into_iter().find(fits).unwrap_or(7.0);
    if let Some(line) = wrap(sheet.fonts, &spans(size), column.width)?.first() {
        sheet.put(line, column, Align::Centre, baseline);
    }
    Ok(())
}

fn notices(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    if receipt.code_kind == CodeKind::Temporary {
        framed(
            sheet,
            &[
                Span::new("MÃ TẠM. ", Face::Bold, 12.0),
                Span::new(TEMPORARY, Face::Regular, sheet.size),
            ],
        )?;
    }
    for notice in &receipt.notices {
        framed(sheet, &[Span::new(notice.trim(), Face::Regular, sheet.size)])?;
    }
    Ok(())
}

/// A paragraph in a frame, kept together where a page can hold it.
fn framed(sheet: &mut Sheet, spans: &[Span]) -> Result<(), PaperError> {
    const PAD: f64 = 5.0;
    let inner = Column {
        x: MARGIN + PAD,
        width: WIDTH - 2.0 * PAD,
    };
    for lines in wrap(sheet.fonts, spans, inner.width)?.chunks(20) {
        sheet.need(lines.len() as f64 * sheet.leading().max(15.4) + 2.0 * PAD)?;
        let top = sheet.y;
        sheet.y += PAD * 0.6;
        for line in lines {
            sheet.line(line, inner, Align::Left)?;
        }
        sheet.y += PAD * 0.6;
        frame(sheet, top, sheet.y - top);
        sheet.skip(5.0);
    }
    Ok(())
}

fn frame(sheet: &mut Sheet, top: f64, height: f64) {
    const RULE: f64 = 1.0;
    sheet.fill(MARGIN, top, WIDTH, RULE);
    sheet.fill(MARGIN, top + height - RULE, WIDTH, RULE);
    sheet.fill(MARGIN, top, RULE, height);
    sheet.fill(MARGIN + WIDTH - RULE, top, RULE, height);
}
