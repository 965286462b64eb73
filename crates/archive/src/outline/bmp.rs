//! The header of a Windows bitmap: the size it declares and its resolution.

use super::per_metre;
use super::reader::{index, u32_le};
use crate::error::PageError;

/// The resolution, once the declared size has been found. Some writers declare 0; the decoder
/// then has the last word.
pub(super) fn walk(bytes: &[u8]) -> Result<Option<u32>, PageError> {
    let declared = index(u32_le(bytes, 2)?);
    if declared > bytes.len() {
        return Err(PageError::Truncated);
    }
    let header = u32_le(bytes, 14)?;
    // The short OS/2 header (12 bytes) has no resolution.
    if header < 40 {
        return Ok(None);
    }
    u32_le(bytes, 38).map(|dots| Some(per_metre(dots)))
}
