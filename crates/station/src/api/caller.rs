//! Who calls a command, and what they may.

use crate::error::{ApiError, Code, Result};
use crate::officers::{self, Signed};
use crate::station::Station;
use crate::store::lock;

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// The window: acts as the officer who signed in.
    Window,
    /// The headless program of the same user of this PC: acts as the officer it names, if any.
    Headless(Option<String>),
}

/// The officer who acts: at the window the one who signed in, else the one the program names.
///
/// # Errors
/// `NOT_SIGNED_IN` at the window, `UNKNOWN_OFFICER` for a name nobody has.
pub fn actor(station: &Station, caller: &Caller) -> Result<Option<Signed>> {
    match caller {
        Caller::Window => {
            let session = lock(&station.session)?.clone();
            session.map(Some).ok_or_else(|| ApiError::new(Code::NotSignedIn))
        }
        Caller::Headless(None) => Ok(None),
        Caller::Headless(Some(who)) => station
            .store
            .read(|connection| officers::named(connection, who))
            .map(Some),
    }
}

/// For commands that need somebody, whoever it is.
///
/// # Errors
/// As [`actor`].
pub fn signed(station: &Station, caller: &Caller) -> Result<()> {
    actor(station, caller).map(|_| ())
}

/// At the window only an administrator; whoever runs the headless program owns the PC anyway.
///
/// # Errors
/// `NOT_ALLOWED`, and as [`actor`].
pub fn administers(station: &Station, caller: &Caller) -> Result<Option<Signed>> {
    match actor(station, caller)? {
        Some(officer) if *caller == Caller::Window && !officer.admin => Err(ApiError::new(Code::NotAllowed)),
        by => Ok(by),
    }
}
