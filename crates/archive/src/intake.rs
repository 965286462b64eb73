//! The gate of the archive: what a file is, and whether it is whole.

use crate::apart::apart;
use crate::error::PageError;
use crate::facts::{MAX_BYTES, Media, PageFacts};
use crate::{outline, pdf, raster};

/// How far into a file the PDF header may stand (ISO 32000-1, annex H, note 13).
const PDF_HEADER_WITHIN: usize = 1024;

/// Decides by content what `bytes` are, and decodes an image to its last pixel.
///
/// # Errors
/// Any of [`PageError`] but `NoSuchPage`. Size limits are checked before anything is decoded.
pub fn inspect(bytes: &[u8]) -> Result<PageFacts, PageError> {
    let media = kind(bytes)?;
    apart(|| match media {
        Media::Pdf => pdf::measure(bytes),
        Media::Jpeg | Media::Png | Media::Tiff | Media::Bmp => measure_image(bytes, media),
    })
}

/// The kind of a file by its first bytes, if it is neither empty nor too large.
pub(crate) fn kind(bytes: &[u8]) -> Result<Media, PageError> {
    match bytes {
        [] => Err(PageError::EmptyFile),
        _ if bytes.len() > MAX_BYTES => Err(PageError::FileTooLarge),
        [0xFF, 0xD8, 0xFF, ..] => Ok(Media::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(Media::Png),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Ok(Media::Tiff),
        [b'B', b'M', ..] => Ok(Media::Bmp),
        _ if has_pdf_header(bytes) => Ok(Media::Pdf),
        _ => Err(PageError::NotAnImage),
    }
}

fn has_pdf_header(bytes: &[u8]) -> bool {
    let head = bytes.get(..PDF_HEADER_WITHIN).unwrap_or(bytes);
    head.windows(5).any(|window| window == b"%PDF-")
}

fn measure_image(bytes: &[u8], media: Media) -> Result<PageFacts, PageError> {
    let dpi = outline::whole(bytes, media)?;
    let image = raster::decode(bytes, media)?;
    Ok(PageFacts {
        media,
        width: image.width(),
        height: image.height(),
        dpi,
        pages: 1,
    })
}
