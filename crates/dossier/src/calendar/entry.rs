//! What a calendar says of a day: why it is off, why it is worked, whether the counter is open.

use chrono::{NaiveDate, NaiveTime, Weekday};

/// Why the file names a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A public holiday.
    Holiday,
    /// Off in place of a holiday that fell on a weekly rest day.
    CompensatoryOff,
    /// Off in exchange for a worked rest day.
    SwapOff,
    /// A weekly rest day that is worked.
    SwapWork,
    /// The agency itself is closed (a local decision: storm, festival, removal).
    Closure,
}

/// Whether the day has been announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryStatus {
    /// Announced.
    Official,
    /// Follows from the rule but has not been announced.
    Provisional,
}

/// One day of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Why it is there.
    pub kind: EntryKind,
    /// Announced or not.
    pub status: EntryStatus,
    /// Its Vietnamese name.
    pub name: String,
    /// Its legal basis, in Vietnamese.
    pub basis: String,
    /// The day it was exchanged with; swaps only, and every swap has one.
    pub with: Option<NaiveDate>,
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day<'a> {
    /// An ordinary working day.
    Working,
    /// A rest day that is worked.
    SwapWorking(&'a Entry),
    /// Saturday or Sunday.
    Weekend(Weekday),
    /// A holiday, a closure or a day off in exchange, also where it falls on a weekend.
    Off(&'a Entry),
}

/// When a reception line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceptionDay {
    /// One day, whatever it is otherwise.
    On(NaiveDate),
    /// Every such weekday from a date on, or always; not on days the file names as off.
    Every(Weekday, Option<NaiveDate>),
}

/// A session on a day that is no working day: "open for reception" is not "counts as a working
/// day" (NĐ 118/2025/NĐ-CP Điều 11 khoản 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reception {
    /// Its days.
    pub day: ReceptionDay,
    /// Opening and closing, both included.
    pub session: (NaiveTime, NaiveTime),
    /// Who decided it, in Vietnamese.
    pub basis: String,
}

/// Whether the counter is open at a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening<'a> {
    /// In office hours of a working day.
    Working,
    /// In a reception session: dossiers are taken, and count from the next working session.
    ReceptionOnly(&'a Reception),
    /// Closed; what comes now, online or by post, counts from the next working session.
    Closed,
}
