//! Dossier codes: the form of 2025 (TT 03/2025/TT-VPCP), the form of 2018 still in circulation
//! (TT 01/2018/TT-VPCP Điều 19), and our own temporary code for a counter without a number lease.
//! A code is checked here once; afterwards its printed text is never touched again.

mod agency;
mod bare;
mod form;
mod scan;
#[cfg(test)]
mod tests;

pub use agency::AgencyCode;
pub use form::{CodeForm, DossierCode};
pub use scan::{Scan, parse, read_scan};

use thiserror::Error;

/// Why a text is not accepted as a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodeError {
    /// None of the accepted forms.
    #[error("Không đọc được mã này. Xin quét lại, hoặc gõ đủ mã in dưới vạch.")]
    NotACode,
    /// Typed without separators, or a link with several codes: more than one reading.
    #[error("Mã này khớp nhiều hồ sơ. Xin gõ đủ cả dấu chấm và dấu gạch như trên giấy.")]
    Ambiguous,
    /// The form is right but its YYMMDD is not a day of the calendar.
    #[error("Ngày trong mã này không có trong lịch. Xin xem lại sáu chữ số ở giữa mã.")]
    ImpossibleDate,
    /// Not an agency identifier of QĐ 20/2020/QĐ-TTg.
    #[error("Mã định danh cơ quan chưa đúng. Xin gõ như H99.128.")]
    NotAnAgency,
    /// A number above ten digits, or a date outside 2000–2099, cannot be written as a code.
    #[error("Số thứ tự hoặc năm nằm ngoài khuôn mã hồ sơ. Xin báo người quản trị.")]
    OutOfRange,
}

impl CodeError {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotACode => "NOT_A_CODE",
            Self::Ambiguous => "AMBIGUOUS",
            Self::ImpossibleDate => "IMPOSSIBLE_DATE",
            Self::NotAnAgency => "NOT_AN_AGENCY",
            Self::OutOfRange => "CODE_OUT_OF_RANGE",
        }
    }
}
