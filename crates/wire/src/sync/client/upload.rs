//! One file on its way up, in chunks. What the hub has is taken from its answers and from nothing
//! else, backwards too; a line that is cut inside a chunk loses at most what had not reached the
//! hub's disk, because the hub keeps what came.

use crate::protocol::BlobPlace;

/// Smallest chunk: below it the head of a request weighs more than what it carries.
pub const SMALLEST_CHUNK: u64 = 16 << 10;
/// Largest chunk, and the most a hub holds in memory of one.
pub const LARGEST_CHUNK: u64 = 1 << 20;
/// A chunk that takes longer is too large for this line: events wait behind it.
const SLOW_MS: u64 = 8_000;
/// One that takes less may grow: twice as much takes at most twice as long. The way there and back alone may
/// take two seconds; were it asked to be faster than that, chunks that cuts had made small would stay so.
const FAST_MS: u64 = SLOW_MS / 2;
/// Answers in a row that move nothing, after which the file is left for later.
const PATIENCE: u8 = 4;

/// The size of chunks a line carries well; kept from file to file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkPace(u64);

impl Default for ChunkPace {
    fn default() -> Self {
        Self(256 << 10)
    }
}

impl ChunkPace {
    /// Bytes of the next chunk.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// A chunk of this length came through in so many milliseconds. A last short chunk shows nothing.
    #[must_use]
    pub fn took(self, length: u64, ms: u64) -> Self {
        match ms {
            SLOW_MS.. => self.cut(),
            ..FAST_MS if length >= self.0 => Self(self.0.saturating_mul(2).min(LARGEST_CHUNK)),
            _ => self,
        }
    }

    /// The line was cut.
    #[must_use]
    pub fn cut(self) -> Self {
        Self(self.0.checked_div(2).unwrap_or(0).max(SMALLEST_CHUNK))
    }
}

/// What to do next for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextPart {
    /// Ask how much of it is up there.
    AskPlace,
    /// Send the bytes from here, so many.
    Send {
        /// First byte.
        from: u64,
        /// How many; 0 only of an empty file.
        length: u64,
    },
    /// The hub has it whole and has compared it with its name.
    Done,
    /// The hub's answers lead nowhere: another file first.
    Later,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Upload {
    size: u64,
    /// What the hub last said is on its disk.
    have: u64,
    /// Whether that may be more by now.
    unsure: bool,
    done: bool,
    idle: u8,
}

impl Upload {
    /// A file of so many bytes. A small one is sent without asking first: the answer tells when that
    /// was not needed, and asking would cost a slow line a round trip a receipt.
    #[must_use]
    pub fn new(size: u64, pace: ChunkPace) -> Self {
        Self {
            size,
            have: 0,
            unsure: size > pace.bytes(),
            done: false,
            idle: 0,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn next(&self, pace: ChunkPace) -> NextPart {
        if self.done {
            NextPart::Done
        } else if self.idle >= PATIENCE {
            NextPart::Later
        } else if self.unsure {
            NextPart::AskPlace
        } else {
            NextPart::Send {
                from: self.have,
                length: self.size.saturating_sub(self.have).min(pace.bytes()),
            }
        }
    }

    /// The hub said what it has; true when that is more than before.
    pub fn heard(&mut self, place: &BlobPlace) -> bool {
        self.done = place.stored;
        // More than the file has is no place in it: from the beginning.
        let have = if place.offset > self.size { 0 } else { place.offset };
        let moved = have > self.have || self.done;
        self.idle = if moved { 0 } else { self.idle.saturating_add(1) };
        (self.have, self.unsure) = (have, false);
        moved
    }

    /// The line was cut: some of what was under way may have come.
    pub fn cut(&mut self) {
        self.unsure = true;
    }

    /// The hub compared the whole with its name and threw it away: something changed it on the way.
    pub fn spoilt(&mut self) {
        self.idle = self.idle.saturating_add(2);
        self.have = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(offset: u64, stored: bool) -> BlobPlace {
        BlobPlace {
            blake3: String::new(),
            offset,
            stored,
        }
    }

    #[test]
    fn a_small_file_goes_at_once_and_a_large_one_is_asked_about() {
        let pace = ChunkPace::default();
        let small = Upload::new(35_000, pace);
        assert_eq!(
            small.next(pace),
            NextPart::Send {
                from: 0,
                length: 35_000
            }
        );
        let mut large = Upload::new(5 << 20, pace);
        assert_eq!(large.next(pace), NextPart::AskPlace);
        assert!(large.heard(&place(1_000, false)));
        assert_eq!(
            large.next(pace),
            NextPart::Send {
                from: 1_000,
                length: 256 << 10
            }
        );
        assert!(large.heard(&place(5 << 20, true)));
        assert_eq!(large.next(pace), NextPart::Done);
    }

    #[test]
    fn the_place_comes_from_the_answer_backwards_too_and_never_from_what_was_sent() {
        let pace = ChunkPace::default();
        let mut file = Upload::new(1 << 20, pace);
        assert!(file.heard(&place(300_000, false)));
        assert!(!file.heard(&place(100_000, false)));
        assert!(matches!(file.next(pace), NextPart::Send { from: 100_000, .. }));
        file.cut();
        assert_eq!(file.next(pace), NextPart::AskPlace);
        assert!(!file.heard(&place(2 << 20, false)), "behind the end is no place");
        assert!(matches!(file.next(pace), NextPart::Send { from: 0, .. }));
    }

    #[test]
    fn answers_that_lead_nowhere_end_it() {
        let pace = ChunkPace::default();
        let mut file = Upload::new(1_000, pace);
        for _ in 0..PATIENCE {
            assert!(matches!(file.next(pace), NextPart::Send { .. }));
            assert!(!file.heard(&place(0, false)));
        }
        assert_eq!(file.next(pace), NextPart::Later);
        let mut spoilt = Upload::new(1_000, pace);
        spoilt.spoilt();
        assert!(matches!(spoilt.next(pace), NextPart::Send { from: 0, .. }));
        spoilt.spoilt();
        assert_eq!(spoilt.next(pace), NextPart::Later);
    }

    /// Milliseconds of a chunk on a line of so many bytes a second, two seconds there and back.
    fn far(bytes: u64, rate: u64) -> u64 {
        let carried = bytes.saturating_mul(1_000).checked_div(rate);
        carried.unwrap_or(0).saturating_add(2_000)
    }

    #[test]
    fn on_a_far_line_chunks_made_small_by_cuts_grow_again() {
        for (rate, settled) in [(2_000, SMALLEST_CHUNK), (20_000, 64 << 10), (200_000, 512 << 10)] {
            let mut pace = ChunkPace::default();
            for _ in 0..9 {
                pace = pace.cut();
            }
            assert_eq!(pace.bytes(), SMALLEST_CHUNK);
            for _ in 0..9 {
                pace = pace.took(pace.bytes(), far(pace.bytes(), rate));
            }
            assert_eq!(pace.bytes(), settled, "{rate}");
        }
    }

    #[test]
    fn chunks_follow_the_line() {
        let mut pace = ChunkPace::default();
        for _ in 0..9 {
            pace = pace.took(pace.bytes(), 100);
        }
        assert_eq!(pace.bytes(), LARGEST_CHUNK);
        assert_eq!(pace.took(10, 100), pace, "a short one shows nothing");
        for _ in 0..20 {
            pace = pace.took(pace.bytes(), 60_000);
        }
        assert_eq!((pace.bytes(), pace.cut().bytes()), (SMALLEST_CHUNK, SMALLEST_CHUNK));
    }
}
