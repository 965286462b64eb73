//! The seal while numbers are given out.

use std::sync::MutexGuard;

use chrono::NaiveDate;
use dossier::code::AgencyCode;
use rusqlite::Connection;

use super::{Seal, Standing};
use crate::api::responses::CodeReason;
use crate::error::Result;
use crate::numbers;
use crate::rules::agency::{Numbering, numbering};
use crate::station::Station;
use crate::store::{lock, setting};

/// What the next code of a series may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Official: a number is leased, sealed and reserved.
    Official,
    /// Temporary, and why.
    Temporary(CodeReason),
    /// Official once these numbers are reserved.
    Reserve(Wanted),
}

/// Numbers to reserve: from this one on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub(super) series: String,
    pub(super) day: String,
    pub(super) number: u32,
}

/// The seal while numbers are given out: nobody else gives any before it is dropped. Taken before
/// the writing connection, never after it.
pub struct Gate<'a> {
    station: &'a Station,
    seal: MutexGuard<'a, Seal>,
    /// A reservation was tried and the mark could not be written.
    unwritable: bool,
}

/// Waits until nobody else gives out numbers.
///
/// # Errors
/// When a thread panicked in here.
pub fn gate(station: &Station) -> Result<Gate<'_>> {
    Ok(Gate {
        station,
        seal: lock(&station.seal)?,
        unwritable: false,
    })
}

impl Gate<'_> {
    /// What a code of this day would be. Asked in the transaction that takes the number, before it
    /// is taken. `doubtful`: the clock is not to be trusted.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verdict(
        &self,
        connection: &Connection,
        series: &AgencyCode,
        day: NaiveDate,
        doubtful: bool,
    ) -> Result<Verdict> {
        if numbering(connection, series, day)? == Numbering::External {
            return Ok(Verdict::Temporary(CodeReason::ExternalNumbering));
        }
        let next = numbers::peek(connection, series, day)?;
        if next.is_none() && setting(connection, "hub")?.is_none() {
            return Ok(Verdict::Temporary(CodeReason::NotEnrolled));
        }
        if matches!(self.seal.standing, Standing::Broken(_)) {
            return Ok(Verdict::Temporary(CodeReason::SealBroken));
        }
        if doubtful {
            return Ok(Verdict::Temporary(CodeReason::ClockImplausible));
        }
        let Some(number) = next else {
            return Ok(Verdict::Temporary(CodeReason::NoLease));
        };
        let (series, day) = (series.to_string(), day.to_string());
        let mark = self.seal.mark.as_ref();
        Ok(if mark.is_some_and(|mark| mark.covers(&series, &day, number)) {
            Verdict::Official
        } else if self.unwritable {
            Verdict::Temporary(CodeReason::SealBroken)
        } else {
            Verdict::Reserve(Wanted { series, day, number })
        })
    }

    /// Reserves a stride from a number on. When the mark cannot be written, the next verdict is a
    /// temporary code; whoever asks later tries again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn reserve(&mut self, wanted: &Wanted) -> Result<()> {
        self.unwritable = !self.seal.reserve(self.station, wanted)?;
        Ok(())
    }
}
