//! Small and screen-sized pictures of a page, made from the kept bytes whenever they are needed.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, RgbImage};

use crate::apart::apart;
use crate::error::PageError;
use crate::facts::{Media, PageFacts};
use crate::intake::kind;
use crate::pdf::{self, Size};
use crate::raster;

/// A JPEG for the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The JPEG file.
    pub bytes: Vec<u8>,
}

const THUMBNAIL_QUALITY: u8 = 75;
const PREVIEW_QUALITY: u8 = 88;

/// A JPEG whose longer side has at most `max_px` pixels; never larger than the page itself.
/// `facts` are those of [`crate::inspect`], `page` is 0 for the first.
///
/// # Errors
/// [`PageError::NoSuchPage`], and those of `inspect` when the bytes are not those it has seen.
pub fn thumbnail(bytes: &[u8], facts: &PageFacts, page: u32, max_px: u32) -> Result<Vec<u8>, PageError> {
    if page >= facts.pages {
        return Err(PageError::NoSuchPage);
    }
    apart(|| {
        let image = drawn(bytes, facts.media, page, max_px, |image, side| {
            image.thumbnail(side, side)
        })?;
        jpeg(&image, THUMBNAIL_QUALITY)
    })
}

/// A JPEG to read on the screen, of an image or of a page of a PDF. The longer side has at most
/// `max_px` pixels; `page` is 0 for the first. JPEG for PDF pages too, because most of them are
/// scans, which as PNG would be five times the size; for sharp text see [`render_pdf_page`].
///
/// # Errors
/// [`PageError::NoSuchPage`], and those of [`crate::inspect`].
pub fn preview(bytes: &[u8], page: u32, max_px: u32) -> Result<Picture, PageError> {
    let media = kind(bytes)?;
    apart(|| {
        let image = drawn(bytes, media, page, max_px, |image, side| {
            image.resize(side, side, FilterType::Triangle)
        })?;
        Ok(Picture {
            width: image.width(),
            height: image.height(),
            bytes: jpeg(&image, PREVIEW_QUALITY)?,
        })
    })
}

/// Page `page` (0 is the first) of a PDF as PNG at `dpi` dots per inch, on white.
///
/// # Errors
/// [`PageError::NotAnImage`] when it is no PDF, [`PageError::NoSuchPage`],
/// [`PageError::ImageTooLarge`] when the picture would exceed 100 million pixels, and those of
/// [`crate::inspect`].
pub fn render_pdf_page(bytes: &[u8], page: u32, dpi: u32) -> Result<Vec<u8>, PageError> {
    match kind(bytes)? {
        Media::Pdf => apart(|| png(&pdf::render(bytes, page, Size::Dpi(dpi))?)),
        Media::Jpeg | Media::Png | Media::Tiff | Media::Bmp => Err(PageError::NotAnImage),
    }
}

fn drawn(
    bytes: &[u8],
    media: Media,
    page: u32,
    max_px: u32,
    shrink: impl Fn(&DynamicImage, u32) -> DynamicImage,
) -> Result<DynamicImage, PageError> {
    if media == Media::Pdf {
        return pdf::render(bytes, page, Size::Fit(max_px));
    }
    if page > 0 {
        return Err(PageError::NoSuchPage);
    }
    let image = raster::decode(bytes, media)?;
    let longest = image.width().max(image.height());
    let small = if longest > max_px {
        shrink(&image, max_px.max(1))
    } else {
        image
    };
    Ok(opaque(small))
}

/// Grey stays grey; anything else becomes RGB, with transparency laid on white as on paper.
fn opaque(image: DynamicImage) -> DynamicImage {
    if !image.color().has_color() && !image.color().has_alpha() {
        return DynamicImage::ImageLuma8(image.into_luma8());
    }
    if !image.color().has_alpha() {
        return DynamicImage::ImageRgb8(image.into_rgb8());
    }
    let source = image.into_rgba8();
    let mut paper = RgbImage::new(source.width(), source.height());
    for (target, pixel) in paper.pixels_mut().zip(source.pixels()) {
        let [red, green, blue, alpha] = pixel.0;
        target.0 = [red, green, blue].map(|part| on_white(part, alpha));
    }
    DynamicImage::ImageRgb8(paper)
}

fn on_white(part: u8, alpha: u8) -> u8 {
    let (part, alpha) = (u16::from(part), u16::from(alpha));
    let mixed = part
        .saturating_mul(alpha)
        .saturating_add(255_u16.saturating_sub(alpha).saturating_mul(255));
    u8::try_from(mixed / 255).unwrap_or(u8::MAX)
}

fn jpeg(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    image
        .write_with_encoder(encoder)
        .map_err(|_| PageError::DecoderFailed)?;
    Ok(bytes)
}

fn png(image: &DynamicImage) -> Result<Vec<u8>, PageError> {
    let mut bytes = Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|_| PageError::DecoderFailed)?;
    Ok(bytes.into_inner())
}
