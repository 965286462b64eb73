//! Pages of a dossier: files taken in, scanned, shown, taken out. The file is on disk before its
//! row is, and the row before the officer is told.

mod remove;
mod scan;
mod show;
mod take;

use dossier::PageId;

use crate::error::{ApiError, Code, Result};

pub use remove::{remove, restore};
pub use scan::{cancel, scan, scanners};
pub use show::{image, read_blob};
pub use take::attach;

fn component(no: u32) -> Result<u16> {
    u16::try_from(no).map_err(|_| ApiError::of(Code::UnknownComponent, "component"))
}

fn page_id(text: &str) -> Result<PageId> {
    text.parse().map_err(|_| ApiError::of(Code::UnknownPage, "page"))
}

fn page_refusal(error: &archive::PageError) -> ApiError {
    use archive::PageError as E;
    let code = match error {
        E::EmptyFile | E::PdfWithoutPages => Code::EmptyFile,
        E::FileTooLarge | E::ImageTooLarge => Code::FileTooLarge,
        E::NotAnImage | E::TiffManyPages | E::DecoderFailed => Code::NotAnImage,
        E::Truncated | E::ImageDamaged | E::PdfDamaged => Code::TruncatedFile,
        E::PdfEncrypted => Code::EncryptedPdf,
        E::NoSuchPage => Code::UnknownPage,
    };
    ApiError::new(code).because(error)
}
