//! Numbers out of bytes at an offset, never beyond the end.

use crate::error::PageError;

/// `length` bytes at `offset`.
pub(super) fn bytes_at(bytes: &[u8], offset: usize, length: usize) -> Result<&[u8], PageError> {
    let end = offset.checked_add(length).ok_or(PageError::Truncated)?;
    bytes.get(offset..end).ok_or(PageError::Truncated)
}

/// `N` bytes at `offset`, as an array for `from_be_bytes` and its kin.
pub(super) fn array_at<const N: usize>(bytes: &[u8], offset: usize) -> Result<[u8; N], PageError> {
    let found = bytes_at(bytes, offset, N)?;
    found.try_into().map_err(|_| PageError::Truncated)
}

/// A big-endian 16-bit number.
pub(super) fn u16_be(bytes: &[u8], offset: usize) -> Result<u16, PageError> {
    array_at(bytes, offset).map(u16::from_be_bytes)
}

/// A big-endian 32-bit number.
pub(super) fn u32_be(bytes: &[u8], offset: usize) -> Result<u32, PageError> {
    array_at(bytes, offset).map(u32::from_be_bytes)
}

/// A little-endian 32-bit number.
pub(super) fn u32_le(bytes: &[u8], offset: usize) -> Result<u32, PageError> {
    array_at(bytes, offset).map(u32::from_le_bytes)
}

/// A 32-bit size or offset as an index; the platforms served have at least 32 bits.
pub(super) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
