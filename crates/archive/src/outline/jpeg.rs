//! Walks the markers of a JPEG file (ISO/IEC 10918-1, annex B) from SOI to EOI.
//!
//! The walk follows segment lengths, so the complete thumbnail inside an EXIF segment is not taken
//! for the end of the picture.

use super::reader::{bytes_at, u16_be};
use crate::error::PageError;

const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP0: u8 = 0xE0;

/// The resolution in the JFIF header, once the end of the picture has been found.
pub(super) fn walk(bytes: &[u8]) -> Result<Option<u32>, PageError> {
    let (mut offset, mut dpi, mut scans) = (2, None, 0_u32);
    loop {
        let (marker, after) = marker_at(bytes, offset)?;
        offset = match marker {
            EOI if scans == 0 => return Err(PageError::ImageDamaged),
            EOI => return Ok(dpi),
            0x01 | 0xD0..=0xD8 => after,
            _ => {
                let length = usize::from(u16_be(bytes, after)?);
                let segment = bytes_at(bytes, after, length.max(2))?;
                if marker == APP0 {
                    dpi = dpi.or(jfif_dpi(segment));
                }
                after.saturating_add(length.max(2))
            }
        };
        if marker == SOS {
            scans = scans.saturating_add(1);
            offset = end_of_scan(bytes, offset)?;
        }
    }
}

/// The marker at `offset` (fill bytes before it are allowed) and the offset after it.
fn marker_at(bytes: &[u8], offset: usize) -> Result<(u8, usize), PageError> {
    let rest = bytes.get(offset..).ok_or(PageError::Truncated)?;
    let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
    match rest.get(fill) {
        None => Err(PageError::Truncated),
        Some(_) if fill == 0 => Err(PageError::ImageDamaged),
        Some(marker) => Ok((*marker, offset.saturating_add(fill).saturating_add(1))),
    }
}

/// The offset of the first marker after entropy-coded data; stuffed zeros and restarts are data.
fn end_of_scan(bytes: &[u8], offset: usize) -> Result<usize, PageError> {
    let rest = bytes.get(offset..).ok_or(PageError::Truncated)?;
    let is_marker = |pair: &[u8]| matches!(pair, [0xFF, next] if !matches!(next, 0 | 0xD0..=0xD7));
    let found = rest.windows(2).position(is_marker).ok_or(PageError::Truncated)?;
    Ok(offset.saturating_add(found))
}

/// `segment` begins with its length; JFIF 1.02: name, version, unit, horizontal density.
fn jfif_dpi(segment: &[u8]) -> Option<u32> {
    let [_, _, b'J', b'F', b'I', b'F', 0, _, _, unit, high, low, ..] = segment else {
        return None;
    };
    let density = u32::from(u16::from_be_bytes([*high, *low]));
    match unit {
        1 => Some(density),
        2 => Some(density.saturating_mul(254).saturating_add(50) / 100),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::walk;
    use crate::error::PageError;

    /// SOI, an EXIF segment holding a whole small picture, then `rest`.
    fn with_inner_picture(rest: &[u8]) -> Vec<u8> {
        let inner = b"\xff\xd8\xff\xda\0\x02xx\xff\xd9";
        let mut file = b"\xff\xd8\xff\xe1\0\x0c".to_vec();
        file.extend_from_slice(inner);
        file.extend_from_slice(rest);
        file
    }

    #[test]
    fn the_end_of_an_inner_picture_is_not_the_end() {
        let whole = with_inner_picture(b"\xff\xda\0\x02ab\xff\0cd\xff\xd0ef\xff\xff\xd9");
        assert_eq!(walk(&whole), Ok(None));
        for length in 2..whole.len() {
            assert!(walk(&whole[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn a_picture_without_a_scan_is_damaged() {
        assert_eq!(walk(b"\xff\xd8\xff\xd9"), Err(PageError::ImageDamaged));
        assert_eq!(walk(b"\xff\xd8junk"), Err(PageError::ImageDamaged));
    }

    #[test]
    fn densities_are_read_in_both_units() {
        let file = |unit, low| {
            let jfif = [&b"\xff\xe0\0\x10JFIF\0\x01\x02"[..], &[unit, 0, low, 0, low, 0, 0]].concat();
            [&b"\xff\xd8"[..], &jfif, b"\xff\xda\0\x02ab\xff\xd9"].concat()
        };
        assert_eq!(walk(&file(1, 200)), Ok(Some(200)));
        assert_eq!(walk(&file(2, 118)), Ok(Some(300)));
        assert_eq!(walk(&file(0, 1)), Ok(None));
    }
}
