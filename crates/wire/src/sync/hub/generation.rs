//! Whether the database is the one that was last closed. Starts are counted in it and in a file
//! outside it; what must never go back is kept in that file too.

/// What is known outside the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Floor {
    /// The highest number ever leased of each day is known: numbers go on behind it.
    Known,
    /// It is not. Numbers go on where nobody was ever leased any.
    Lost,
}

/// How a start finds the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// As it was left.
    Same,
    /// It went back in time, or nobody knows: a new generation.
    New(Floor),
}

/// Compares the starts counted in the database with those counted outside it. One more in the
/// database is a machine that stopped between the two writes.
#[must_use]
pub const fn begin(outside: Option<i64>, inside: i64) -> Beginning {
    match outside {
        None if inside == 0 => Beginning::New(Floor::Known),
        None => Beginning::New(Floor::Lost),
        Some(outside) if matches!(inside.wrapping_sub(outside), 0 | 1) => Beginning::Same,
        Some(_) => Beginning::New(Floor::Known),
    }
}
