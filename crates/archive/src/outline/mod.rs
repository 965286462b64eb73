//! The outline of an image file, read from its own bytes: whether it reaches its end, and the
//! resolution it claims.
//!
//! Decoders are kind to files that are cut off (a JPEG without its lower half decodes to grey), and
//! they do not tell the resolution. An archive must not be kind, so the end is looked for here.

mod bmp;
mod jpeg;
mod png;
mod reader;
mod tiff;

use crate::error::PageError;
use crate::facts::Media;

/// Dots per inch, if the file gives a plausible value.
///
/// # Errors
/// [`PageError::Truncated`] when the file ends before its format says so,
/// [`PageError::ImageDamaged`] when the outline makes no sense, [`PageError::TiffManyPages`].
pub(crate) fn whole(bytes: &[u8], media: Media) -> Result<Option<u32>, PageError> {
    let dpi = match media {
        Media::Jpeg => jpeg::walk(bytes)?,
        Media::Png => png::walk(bytes)?,
        Media::Tiff => tiff::walk(bytes)?,
        Media::Bmp => bmp::walk(bytes)?,
        Media::Pdf => None,
    };
    Ok(dpi.filter(|dpi| (1..=20_000).contains(dpi)))
}

/// Dots per inch from dots per metre, rounded: PNG and BMP count in metres.
fn per_metre(dots: u32) -> u32 {
    // 1 inch is 0.0254 m; the sum stays far below 2^64.
    let rounded = u64::from(dots).saturating_mul(254).saturating_add(5_000) / 10_000;
    u32::try_from(rounded).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{per_metre, whole};
    use crate::facts::Media;
    use proptest::prelude::*;

    #[test]
    fn metres_become_inches() {
        assert_eq!([per_metre(11_811), per_metre(2_835), per_metre(0)], [300, 72, 0]);
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_walk_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), pick in 0..4_usize) {
            let (media, magic): (Media, &[u8]) = [
                (Media::Jpeg, b"\xff\xd8\xff\xe0".as_slice()),
                (Media::Png, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"),
                (Media::Tiff, b"II*\0\x08\0\0\0"),
                (Media::Bmp, b"BM"),
            ][pick];
            let file = [magic, &bytes].concat();
            let _refused_or_not = whole(&file, media);
        }
    }
}
