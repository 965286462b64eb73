//! What the hub keeps of the bytes of a file that is on its way, and when it says to have it.

/// What to do with bytes that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Keep them behind what is there, without the first so many, which are there already.
    Keep {
        /// Bytes to leave out.
        skip: u64,
    },
    /// They do not follow what is there, or add nothing: say what is there.
    Elsewhere,
    /// They reach behind the end of the file: no station of ours writes that.
    Wrong,
}

/// Where `length` bytes from byte `from` of a file of `size` go when `have` are on the disk.
#[must_use]
pub const fn part(have: u64, size: u64, from: u64, length: u64) -> Part {
    let end = from.saturating_add(length);
    if end > size {
        return Part::Wrong;
    }
    // An empty file has no byte that could be new.
    let new = end > have || size == 0;
    if from <= have && new {
        Part::Keep {
            skip: have.saturating_sub(from),
        }
    } else {
        Part::Elsewhere
    }
}

/// What is said of a file that may be whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// Bytes are missing.
    NotYet,
    /// It is what its name says: seal it, and say so once its row is durable.
    Right,
    /// All bytes are there and they are another file: throw them away.
    Spoilt,
}

/// Compares a file with its name. Only here is "have it" decided, and never from a count alone.
pub fn whole(have: u64, size: u64, is_its_name: impl FnOnce() -> bool) -> Whole {
    if have < size {
        Whole::NotYet
    } else if is_its_name() {
        Whole::Right
    } else {
        Whole::Spoilt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_go_behind_what_is_there_and_nowhere_else() {
        assert_eq!(part(0, 100, 0, 40), Part::Keep { skip: 0 });
        assert_eq!(part(40, 100, 20, 40), Part::Keep { skip: 20 });
        assert_eq!(part(40, 100, 0, 40), Part::Elsewhere, "sent again");
        assert_eq!(part(40, 100, 41, 10), Part::Elsewhere, "a gap");
        assert_eq!(part(0, 100, 90, 11), Part::Wrong);
        assert_eq!(part(0, 0, 0, 0), Part::Keep { skip: 0 });
        assert_eq!(part(0, u64::MAX, u64::MAX, u64::MAX), Part::Elsewhere);
    }

    #[test]
    fn whole_is_said_of_the_bytes_and_not_of_their_number() {
        assert_eq!(whole(99, 100, || true), Whole::NotYet);
        assert_eq!(whole(100, 100, || true), Whole::Right);
        assert_eq!(whole(100, 100, || false), Whole::Spoilt);
    }
}
