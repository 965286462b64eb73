//! How much goes up at once: cut by bytes, because a line dies of bytes (a hundred records of a
//! large dossier may never get through where ten do); the number of records is a second limit.

use crate::pack::Effort;
use crate::protocol::MAX_BATCH_BYTES;

/// Bytes of the first batch over a line nobody knows: packed, two seconds of a very bad one.
const FIRST: usize = 32 << 10;
/// A batch is never made smaller than this, in bytes; one record always goes.
const LEAST: usize = 4 << 10;
/// Milliseconds one batch may take. A line that dies every half minute carries several of them then,
/// and what is lost with the last is little.
const LONG: u64 = 8_000;
const SHORT: u64 = 4_000;
const VERY_SHORT: u64 = 1_000;
/// A line in the same building.
const QUICK: u64 = 250;

/// How much goes over a line at once: what it carried well before. A guess too large costs one batch, a
/// guess too small one more way there and back; neither costs a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    bytes: usize,
    quick: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            bytes: FIRST,
            quick: false,
        }
    }
}

impl Pace {
    /// Most bytes of the next batch.
    #[must_use]
    pub const fn bytes(self) -> usize {
        self.bytes
    }

    /// How hard it is packed: nobody waits for a line that carried the last one at once.
    #[must_use]
    pub const fn effort(self) -> Effort {
        if self.quick { Effort::Fast } else { Effort::Line }
    }

    /// A batch was answered after so many milliseconds; `full` when it was as large as it might be.
    #[must_use]
    pub fn answered(self, full: bool, took: u64) -> Self {
        let factor = match took {
            ..VERY_SHORT if full => 4,
            VERY_SHORT..SHORT if full => 2,
            LONG.. => return self.broken(),
            _ => 1,
        };
        Self {
            bytes: self.bytes.saturating_mul(factor).min(MAX_BATCH_BYTES),
            quick: if full { took < QUICK } else { self.quick },
        }
    }

    /// The line broke under a batch.
    #[must_use]
    pub fn broken(self) -> Self {
        Self {
            bytes: self.bytes.checked_div(2).unwrap_or(LEAST).max(LEAST),
            quick: false,
        }
    }
}

/// How many records from the front go into one batch. One always goes, or a large one would stay
/// for ever and everything behind it too.
#[must_use]
pub fn cut(sizes: impl IntoIterator<Item = usize>, most_bytes: usize, most_records: usize) -> usize {
    let mut bytes = 0usize;
    let fits = sizes.into_iter().take(most_records).take_while(|size| {
        let first = bytes == 0;
        bytes = bytes.saturating_add((*size).max(1));
        first || bytes <= most_bytes
    });
    fits.count()
}

/// The next attempt after "too large": half of what was tried, or what the hub says it takes.
/// Nothing when a single record is already too much.
#[must_use]
pub fn halved(tried: usize, records: usize, hub_takes: Option<usize>) -> Option<usize> {
    let half = tried.checked_div(2).unwrap_or(0).max(1);
    (records > 1).then(|| hub_takes.map_or(half, |takes| takes.min(half)))
}
