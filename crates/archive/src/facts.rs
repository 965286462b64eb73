//! What is known of a file once it has been checked, and the limits it must keep.

/// Largest file taken, in bytes: an A4 page at 600 dpi in colour as PNG stays below it.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Largest image taken, in pixels: A2 at 600 dpi has 140 million.
pub const MAX_PIXELS: u64 = 200_000_000;

/// The kinds of file that are taken, decided by content and never by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Media {
    /// JPEG (ISO/IEC 10918).
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
    /// TIFF 6.0 with a single page.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// PDF (ISO 32000).
    Pdf,
}

impl Media {
    /// The media type, as in `image/jpeg`.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::Bmp => "image/bmp",
            Self::Pdf => "application/pdf",
        }
    }

    /// The usual file name ending, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Tiff => "tif",
            Self::Bmp => "bmp",
            Self::Pdf => "pdf",
        }
    }
}

/// A file that may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageFacts {
    /// What it is.
    pub media: Media,
    /// Width as shown (turned by the orientation tag): pixels, for a PDF points (1/72 inch) of
    /// its first page.
    pub width: u32,
    /// Height as shown, in the same unit.
    pub height: u32,
    /// Dots per inch along the width, if the file says so; never for a PDF.
    pub dpi: Option<u32>,
    /// 1 for an image; for a PDF at least 1.
    pub pages: u32,
}
