//! Two histories of one stream: where they part, and what of ours goes on under another name.

use crate::sync::{Chain, Hash};

/// A page of the hub's copy of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'a> {
    /// Records behind this one; lower than asked where the hub's copy ends before.
    pub after: u64,
    /// The hub's hash there.
    pub prev: Hash,
    /// Hashes of the records behind, in order, recomputed from their bytes.
    pub hashes: &'a [Hash],
}

/// The search for the last record both ends have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mend {
    after: u64,
}

/// What a page showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// The histories parted before this page: ask for an earlier one.
    Earlier(Mend),
    /// Up to here both are the same.
    Same {
        /// The last record both have.
        common: u64,
        /// Not even the beginning is the same: the name belongs to somebody else.
        stranger: bool,
    },
}

impl Mend {
    /// Begins where the hub last said we agree, or where our copy ends.
    #[must_use]
    pub fn from(durable: u64, head: u64) -> Self {
        Self {
            after: durable.min(head),
        }
    }

    /// Which page to ask for: the records behind this one.
    #[must_use]
    pub const fn after(self) -> u64 {
        self.after
    }

    /// Reads a page. Histories that differ once differ for ever, so halving finds a place before.
    ///
    /// # Errors
    /// When the own store cannot be read.
    pub fn read<C: Chain>(self, chain: &C, page: &Page<'_>) -> Result<Search, C::Error> {
        let after = page.after.min(self.after);
        if chain.hash_at(after)? != Some(page.prev) {
            return Ok(match after.checked_div(2) {
                Some(earlier) if after > 0 => Search::Earlier(Self { after: earlier }),
                _ => Search::Same {
                    common: 0,
                    stranger: true,
                },
            });
        }
        let mut common = after;
        for hash in page.hashes {
            let next = common.saturating_add(1);
            if chain.hash_at(next)?.as_ref() != Some(hash) {
                break;
            }
            common = next;
        }
        Ok(Search::Same {
            common,
            stranger: false,
        })
    }
}
