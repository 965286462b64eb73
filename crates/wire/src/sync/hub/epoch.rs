//! Epochs: the lives of a device. Only the hub gives them, so that two copies of one PC can never
//! take the same.

/// Epochs kept for one life of the hub's database: after a restore the count goes on behind them, so
/// that an epoch the backup does not know is not given to somebody else.
const A_LIFE: u32 = 1_000;

/// What becomes of a wish to open an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Opened. Also an epoch that was opened after this hub's backup was made.
    New,
    /// It is open under the same key: the answer was lost on its way.
    Again,
    /// Another copy has it; the number is the next free one.
    Taken(u32),
}

/// The next free epoch of a device: behind its last one and behind those of the lives before.
#[must_use]
pub fn next_epoch(last: u32, restores: u32) -> u32 {
    last.max(restores.saturating_mul(A_LIFE)).saturating_add(1)
}

/// What a station wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// A new life. The number was offered, perhaps by a hub that was restored since: below the next
    /// free one it may have been given to another copy that this database no longer knows.
    Begin,
    /// A life that was opened before, which this database may have lost.
    Resume,
}

/// Opens epoch `wanted`. `known` is whether it is open, and then whether under the same key.
#[must_use]
pub const fn open(wish: Wish, wanted: u32, known: Option<bool>, next: u32) -> Opening {
    match (known, wish) {
        (Some(true), _) => Opening::Again,
        (Some(false), _) => Opening::Taken(next),
        (None, Wish::Begin) if wanted < next => Opening::Taken(next),
        (None, Wish::Begin | Wish::Resume) => Opening::New,
    }
}
