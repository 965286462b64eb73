//! Decodes an image to pixels, upright, within the limits.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::error::PageError;
use crate::facts::{MAX_PIXELS, Media};

/// Most memory one decoder may take: 200 million pixels in colour need 600 MB.
const MAX_MEMORY: u64 = 1024 * 1024 * 1024;

/// The whole picture, turned the way its orientation tag asks for.
///
/// # Errors
/// [`PageError::ImageTooLarge`] from the header alone, [`PageError::Truncated`],
/// [`PageError::ImageDamaged`].
pub(crate) fn decode(bytes: &[u8], media: Media) -> Result<DynamicImage, PageError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format(media)?);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width).saturating_mul(u64::from(height)) > MAX_PIXELS {
        return Err(PageError::ImageTooLarge);
    }
    let orientation = decoder.orientation().map_err(|error| refusal(&error))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn format(media: Media) -> Result<ImageFormat, PageError> {
    match media {
        Media::Jpeg => Ok(ImageFormat::Jpeg),
        Media::Png => Ok(ImageFormat::Png),
        Media::Tiff => Ok(ImageFormat::Tiff),
        Media::Bmp => Ok(ImageFormat::Bmp),
        Media::Pdf => Err(PageError::NotAnImage),
    }
}

fn refusal(error: &ImageError) -> PageError {
    match error {
        ImageError::Limits(_) => PageError::ImageTooLarge,
        ImageError::IoError(cause) if cause.kind() == std::io::ErrorKind::UnexpectedEof => PageError::Truncated,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => PageError::ImageDamaged,
    }
}
