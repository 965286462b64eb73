//! The device seal: before an official number is issued, the database is compared with the machine
//! and with a mark kept outside it. A copied, restored or moved folder gives temporary codes until
//! the hub has met it again, because a number that was printed once must never be printed twice.
//!
//! Numbers are reserved in the mark before any of them is issued, a stride at a time, so that the
//! mark costs nothing for a single dossier. A program that ended in good order gives the rest of its
//! stride back; after a power cut the rest is given up, because nobody can say what was printed.
//!
//! In what order mark and database are written, and why no cut between two writes breaks a seal, is
//! told in `lay`; ADR 0010 has the proof.

mod gate;
mod judge;
mod lay;
mod mark;
mod standing;
#[cfg(test)]
mod tests;

use vault::SealFile;

use crate::error::Result;
use crate::machine::{Facts, Folder};
use crate::station::Station;
use crate::store::lock;
use mark::Mark;

pub use gate::{Gate, Verdict, Wanted, gate};
pub use lay::{close, distrust, lay, met_hub, put_back};
pub use standing::{Break, Standing};

/// Numbers reserved first after a start, and twice as many each time: when the power fails, hardly more
/// are given up than were given out.
const FIRST_STRIDE: u32 = 5;
/// Numbers reserved at a time in the end: few enough not to be missed.
const STRIDE: u32 = 25;
/// The token of the last reservation, on the database's side.
const TOKEN: &str = "seal";

/// The seal of an open station.
pub struct Seal {
    file: SealFile,
    /// As it was written last, or as it was tried to be: then its next token is pending.
    mark: Option<Mark>,
    standing: Standing,
    /// Numbers of the next reservation.
    stride: u32,
    /// The mark settled in this run: the database bears a token that no copy from before it does.
    settled: bool,
    machine: Facts,
    folder: Folder,
}

/// How the seal stands.
///
/// # Errors
/// When a thread panicked while it held the seal.
pub fn state(station: &Station) -> Result<Standing> {
    Ok(lock(&station.seal)?.standing)
}

/// How often the mark was written since the station was opened.
///
/// # Errors
/// When a thread panicked while it held the seal.
pub fn writes(station: &Station) -> Result<u64> {
    Ok(lock(&station.seal)?.file.writes())
}
