//! The sheet with a station's recovery code: printed once at enrolment, kept in
//! the safe, needed on the day the PC is lost.

use chrono::NaiveDate;

use crate::face::Face;
use crate::pdf::{About, write};
use crate::sheet::{Align, FULL, MARGIN, Sheet, WIDTH};
use crate::symbol::{draw_square, square};
use crate::text::{Span, wrap_even};
use crate::{PaperError, words};

/// What the recovery sheet prints.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecoverySheet {
    /// Agency the PC belongs to.
    pub agency: String,
    /// Name of the PC as people call it: `Quầy số 1`.
    pub device: String,
    /// Day the code was made, civil time +07:00.
    pub issued: NaiveDate,
    /// The code as a person types it, in groups divided by `-` or a space.
    pub code: String,
}

const KEEP: [&str; 4] = [
    "1. Cho tờ giấy này vào phong bì, niêm phong và cất trong két sắt của đơn vị ngay hôm nay.",
    "2. Khi máy hỏng, mất hoặc phải cài lại, mã này mở lại dữ liệu hồ sơ đã lưu trên máy.",
    "3. Ai có mã này và có ổ đĩa của máy thì đọc được toàn bộ hồ sơ: không chụp ảnh, không gửi qua mạng, \
     không để ở quầy.",
    "4. Nếu nghi mã bị lộ hoặc tờ giấy bị mất, báo ngay cho người quản trị để cấp mã mới.",
];

/// The recovery sheet as PDF bytes, A5 upright.
///
/// # Errors
/// As [`crate::receipt`].
pub fn recovery_sheet(sheet: &RecoverySheet) -> Result<Vec<u8>, PaperError> {
    let about = About {
        title: "Mã khôi phục",
        subject: crate::text::clean(&sheet.device),
        author: crate::text::clean(&sheet.agency),
        keywords: Vec::new(),
        written: sheet.issued.and_hms_opt(7, 0, 0).unwrap_or_default(),
    };
    write(&page(sheet)?, about)
}

fn page(data: &RecoverySheet) -> Result<Vec<Vec<crate::mark::Mark>>, PaperError> {
    let mut sheet = Sheet::new((12.0, 1.28), "Mã khôi phục (tiếp theo)", "")?;
    centred(&mut sheet, &data.agency, Face::Regular, 11.0)?;
    sheet.skip(24.0);
    centred(&mut sheet, "MÃ KHÔI PHỤC DỮ LIỆU", Face::Bold, 18.0)?;
    sheet.skip(4.0);
    centred(&mut sheet, &format!("Máy: {}", data.device.trim()), Face::Regular, 12.0)?;
    centred(
        &mut sheet,
        &format!("Cấp {}", words::date(data.issued)),
        Face::Italic,
        12.0,
    )?;
    sheet.skip(22.0);
    centred(&mut sheet, &data.code, Face::Bold, 18.0)?;
    symbol(&mut sheet, &data.code)?;
    for rule in KEEP {
        sheet.paragraph(&[Span::new(rule, Face::Regular, 12.0)], Align::Left)?;
        sheet.skip(4.0);
    }
    sheet.finish()
}

fn centred(sheet: &mut Sheet, text: &str, face: Face, size: f64) -> Result<(), PaperError> {
    for line in wrap_even(sheet.fonts, &[Span::new(text.trim(), face, size)], WIDTH)? {
        sheet.line(&line, FULL, Align::Centre)?;
    }
    Ok(())
}

fn symbol(sheet: &mut Sheet, code: &str) -> Result<(), PaperError> {
    let qr = square(code, 140.0)?;
    sheet.skip(qr.quiet + 10.0);
    sheet.need(qr.edge)?;
    draw_square(sheet, &qr, MARGIN + (WIDTH - qr.edge) / 2.0, sheet.y);
    sheet.skip(qr.edge + qr.quiet + 14.0);
    Ok(())
}
