//! Walks the first directory of a TIFF 6.0 file: one page only, all its strips or tiles inside the
//! file, and the resolution. Compressed strips that are cut off decode without an error, so their
//! places are checked here.

use super::reader::{array_at, bytes_at, index};
use crate::error::PageError;

const STRIP_OFFSETS: u16 = 273;
const STRIP_SIZES: u16 = 279;
const X_RESOLUTION: u16 = 282;
const RESOLUTION_UNIT: u16 = 296;
const TILE_OFFSETS: u16 = 324;
const TILE_SIZES: u16 = 325;

/// The resolution of the only page.
pub(super) fn walk(bytes: &[u8]) -> Result<Option<u32>, PageError> {
    let file = Tiff {
        bytes,
        little: bytes.first() == Some(&b'I'),
    };
    let directory = file.directory(index(file.u32(4)?))?;
    file.all_inside(&directory, STRIP_OFFSETS, STRIP_SIZES)?;
    file.all_inside(&directory, TILE_OFFSETS, TILE_SIZES)?;
    file.resolution(&directory)
}

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

/// One directory entry: 12 bytes.
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    /// Where its values stand: in the entry itself when they fit into 4 bytes.
    offset: usize,
}

impl Tiff<'_> {
    fn u16(&self, offset: usize) -> Result<u16, PageError> {
        let raw = array_at(self.bytes, offset)?;
        Ok(if self.little {
            u16::from_le_bytes(raw)
        } else {
            u16::from_be_bytes(raw)
        })
    }

    fn u32(&self, offset: usize) -> Result<u32, PageError> {
        let raw = array_at(self.bytes, offset)?;
        Ok(if self.little {
            u32::from_le_bytes(raw)
        } else {
            u32::from_be_bytes(raw)
        })
    }

    fn directory(&self, offset: usize) -> Result<Vec<Entry>, PageError> {
        let count = usize::from(self.u16(offset)?);
        let first = offset.saturating_add(2);
        let length = count.saturating_mul(12);
        bytes_at(self.bytes, first, length)?;
        // The offset of the next directory, that is of a second page.
        if self.u32(first.saturating_add(length))? != 0 {
            return Err(PageError::TiffManyPages);
        }
        (0..count)
            .map(|n| self.entry(first.saturating_add(n.saturating_mul(12))))
            .collect()
    }

    fn entry(&self, at: usize) -> Result<Entry, PageError> {
        let (tag, kind) = (self.u16(at)?, self.u16(at.saturating_add(2))?);
        let count = self.u32(at.saturating_add(4))?;
        let value = at.saturating_add(8);
        let inside = index(count).saturating_mul(width(kind)) <= 4;
        let offset = if inside { value } else { index(self.u32(value)?) };
        Ok(Entry {
            tag,
            kind,
            count,
            offset,
        })
    }

    /// Every strip (or tile) of the two lists must lie inside the file.
    fn all_inside(&self, entries: &[Entry], offsets: u16, sizes: u16) -> Result<(), PageError> {
        let offsets = self.numbers(entries, offsets)?;
        let sizes = self.numbers(entries, sizes)?;
        for (offset, size) in offsets.iter().zip(&sizes) {
            bytes_at(self.bytes, index(*offset), index(*size))?;
        }
        match offsets.len() == sizes.len() {
            true => Ok(()),
            false => Err(PageError::ImageDamaged),
        }
    }

    /// The values of a tag of 16- or 32-bit numbers; none when it is absent.
    fn numbers(&self, entries: &[Entry], tag: u16) -> Result<Vec<u32>, PageError> {
        let Some(entry) = entries.iter().find(|entry| entry.tag == tag) else {
            return Ok(Vec::new());
        };
        let width = width(entry.kind);
        // Checked before anything is collected: a count of 4 billion must not reserve memory.
        bytes_at(self.bytes, entry.offset, index(entry.count).saturating_mul(width))?;
        let place = |n| entry.offset.saturating_add(index(n).saturating_mul(width));
        (0..entry.count)
            .map(|n| match width {
                2 => self.u16(place(n)).map(u32::from),
                _ => self.u32(place(n)),
            })
            .collect()
    }

    fn resolution(&self, entries: &[Entry]) -> Result<Option<u32>, PageError> {
        let Some(entry) = entries.iter().find(|entry| entry.tag == X_RESOLUTION) else {
            return Ok(None);
        };
        let (dots, per) = (self.u32(entry.offset)?, self.u32(entry.offset.saturating_add(4))?);
        let unit = self.numbers(entries, RESOLUTION_UNIT)?.first().copied().unwrap_or(2);
        let dpi = f64::from(dots) / f64::from(per.max(1));
        Ok(match unit {
            2 => Some(rounded(dpi)),
            3 => Some(rounded(dpi * 2.54)),
            _ => None,
        })
    }
}

/// Bytes of one value by its type: 3 is 16 bits, 5 a fraction; other types of interest have 32.
fn width(kind: u16) -> usize {
    match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        5 | 10 | 12 => 8,
        _ => 4,
    }
}

/// `as` saturates, so a huge value becomes `u32::MAX` and is dropped as implausible.
#[expect(
    clippy::as_conversions,
    reason = "there is no checked conversion from floating point"
)]
fn rounded(dpi: f64) -> u32 {
    dpi.round() as u32
}
