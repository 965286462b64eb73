//! Opens PDF files and renders their pages (crate `hayro`, no code outside Rust).
//!
//! `hayro` repairs what it can, also a file whose end is missing; the archive refuses such a file,
//! because the repair may have lost pages.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::{DynamicImage, RgbaImage};

use crate::error::PageError;
use crate::facts::{Media, PageFacts};

/// How far before the end of a file its end mark may stand (ISO 32000-1, annex H, note 18).
const END_MARK_WITHIN: usize = 1024;
/// Largest picture made of a page: A3 at 600 dpi has 70 million pixels.
const MAX_RENDERED: f32 = 100_000_000.0;
/// Longest side of a picture; the renderer counts in 16 bits.
const MAX_SIDE: f32 = 32_000.0;

/// How large a page is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Size {
    /// Dots per inch.
    Dpi(u32),
    /// The longer side has at most so many pixels.
    Fit(u32),
}

/// Checks that the file is whole and opens, and counts its pages.
pub(crate) fn measure(bytes: &[u8]) -> Result<PageFacts, PageError> {
    let pdf = open(bytes)?;
    let pages = u32::try_from(pdf.pages().len()).map_err(|_| PageError::PdfDamaged)?;
    let first = pdf.pages().first().ok_or(PageError::PdfWithoutPages)?;
    let (width, height) = first.render_dimensions();
    Ok(PageFacts {
        media: Media::Pdf,
        width: whole(width),
        height: whole(height),
        dpi: None,
        pages,
    })
}

/// Draws page `page` (0 is the first) on white.
pub(crate) fn render(bytes: &[u8], page: u32, size: Size) -> Result<DynamicImage, PageError> {
    let pdf = open(bytes)?;
    let at = usize::try_from(page).map_err(|_| PageError::NoSuchPage)?;
    let page = pdf.pages().get(at).ok_or(PageError::NoSuchPage)?;
    let settings = scale(page.render_dimensions(), size)?;
    let pixmap = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    // Opaque on white, so it makes no difference that the colours are premultiplied.
    let pixels = pixmap.data_as_u8_slice().to_vec();
    let image = RgbaImage::from_raw(width, height, pixels).ok_or(PageError::DecoderFailed)?;
    Ok(DynamicImage::from(DynamicImage::ImageRgba8(image).into_rgb8()))
}

fn open(bytes: &[u8]) -> Result<Pdf, PageError> {
    let tail = bytes
        .get(bytes.len().saturating_sub(END_MARK_WITHIN)..)
        .unwrap_or(bytes);
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        return Err(PageError::Truncated);
    }
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PageError::PdfEncrypted,
        LoadPdfError::Invalid => PageError::PdfDamaged,
    })
}

/// Scale factors for a page of so many points. At least one pixel each way, because a page may be
/// a mere line, and the renderer rounds down.
fn scale((width, height): (f32, f32), size: Size) -> Result<PixmapSettings, PageError> {
    let scale = match size {
        Size::Dpi(dpi) => pixels(dpi) / 72.0,
        Size::Fit(longest) => pixels(longest.max(1)) / width.max(height),
    };
    let (x_scale, y_scale) = (scale.max(1.01 / width), scale.max(1.01 / height));
    let (wide, high) = (width * x_scale, height * y_scale);
    let drawable = wide <= MAX_SIDE && high <= MAX_SIDE && wide * high <= MAX_RENDERED;
    match drawable {
        true => Ok(PixmapSettings {
            x_scale,
            y_scale,
            bg_color: WHITE,
        }),
        false => Err(PageError::ImageTooLarge),
    }
}

#[expect(
    clippy::as_conversions,
    reason = "sizes in use are far below 2^24, where f32 is exact"
)]
fn pixels(count: u32) -> f32 {
    count as f32
}

/// `as` saturates, so a senseless size becomes 0 or `u32::MAX`, never a panic.
#[expect(
    clippy::as_conversions,
    reason = "there is no checked conversion from floating point"
)]
fn whole(points: f32) -> u32 {
    points.round() as u32
}
