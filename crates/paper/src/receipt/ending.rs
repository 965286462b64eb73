//! Line 15 of Mẫu 01: the two signatures, never parted by a page break.

use crate::PaperError;
use crate::face::Face;
use crate::receipt::Receipt;
use crate::sheet::{Align, Column, MARGIN, Sheet, WIDTH};
use crate::text::{Line, Span, wrap_even};

const LEFT: Column = Column {
    x: MARGIN,
    width: WIDTH * 0.48,
};
const RIGHT: Column = Column {
    x: MARGIN + WIDTH * 0.52,
    width: WIDTH * 0.48,
};
/// Free space above the signatures, in points.
const SPACE: f64 = 8.0;
/// Room to sign in, in points (13 mm).
const ROOM: f64 = 37.0;

/// Both signatures, with the officer's name below the right one.
pub(super) fn ending(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    sheet.need(height(sheet, receipt)?)?;
    sheet.y += SPACE;
    let top = sheet.y;
    title(sheet, LEFT, "NGƯỜI NỘP HỒ SƠ")?;
    sheet.y = top;
    title(sheet, RIGHT, "NGƯỜI TIẾP NHẬN HỒ SƠ")?;
    sheet.y += ROOM;
    let name = officer(sheet, receipt)?;
    name.iter().try_for_each(|line| sheet.line(line, RIGHT, Align::Centre))
}

/// Height of the signatures with the free space above them, in points.
pub(super) fn height(sheet: &Sheet, receipt: &Receipt) -> Result<f64, PaperError> {
    let lines = officer(sheet, receipt)?.len().saturating_add(2);
    Ok(SPACE + sheet.leading() * lines as f64 + ROOM)
}

fn officer(sheet: &Sheet, receipt: &Receipt) -> Result<Vec<Line>, PaperError> {
    let name = receipt.officer.as_deref().unwrap_or("").trim();
    wrap_even(sheet.fonts, &[Span::new(name, Face::Bold, sheet.size)], RIGHT.width)
}

fn title(sheet: &mut Sheet, column: Column, title: &str) -> Result<(), PaperError> {
    let spans = [Span::new(title, Face::Bold, sheet.size)];
    let hint = [Span::new("(Ký và ghi rõ họ tên)", Face::Italic, sheet.size)];
    for spans in [spans, hint] {
        for line in wrap_even(sheet.fonts, &spans, column.width)? {
            sheet.line(&line, column, Align::Centre)?;
        }
    }
    Ok(())
}
