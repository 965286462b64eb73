//! Walks the chunks of a PNG file (ISO/IEC 15948) to `IEND`. The decoder checks their contents and
//! check sums, but is content when the last chunk is missing.

use super::per_metre;
use super::reader::{bytes_at, index, u32_be};
use crate::error::PageError;

/// The resolution in `pHYs`, once `IEND` has been found whole.
pub(super) fn walk(bytes: &[u8]) -> Result<Option<u32>, PageError> {
    let (mut offset, mut dpi) = (8_usize, None);
    loop {
        let length = index(u32_be(bytes, offset)?);
        // Length, name, data and check sum: 12 bytes around the data.
        let chunk = bytes_at(bytes, offset, length.saturating_add(12))?;
        match chunk {
            [_, _, _, _, b'I', b'E', b'N', b'D', ..] => return Ok(dpi),
            [_, _, _, _, b'p', b'H', b'Y', b's', data @ ..] => dpi = resolution(data),
            _ => {}
        }
        offset = offset.saturating_add(chunk.len());
    }
}

/// Horizontal and vertical pixels per unit, then the unit: 1 is the metre, 0 only a ratio.
fn resolution(data: &[u8]) -> Option<u32> {
    let unit = data.get(8)?;
    let dots = u32_be(data, 0).ok()?;
    (*unit == 1).then(|| per_metre(dots))
}
