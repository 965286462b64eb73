//! What an agency adds to the national calendar: days it is closed, days it receives, its hours.
//! Kept apart, so that a new national edition never overwrites a local decision.

use super::entry::{Entry, Reception};
use super::office::Period;
use super::table::Table;
use super::{Calendar, CalendarError, read};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The agency's own lines: `version`, `day … closure`, `reception`, `hours`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalCalendar {
    pub(super) version: String,
    pub(super) periods: Vec<Period>,
    pub(super) entries: BTreeMap<NaiveDate, Entry>,
    pub(super) receptions: Vec<Reception>,
}

impl LocalCalendar {
    /// Reads the agency's lines; the format is that of the national file.
    ///
    /// # Errors
    /// The first problem; [`LocalCalendar::problems`] lists all of them.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        read::local(text).map_err(read::first)
    }

    /// Everything that is wrong with a text, in the order of its lines; empty when it can be used.
    pub fn problems(text: &str) -> Vec<CalendarError> {
        read::local(text).err().unwrap_or_default()
    }

    /// Name of the agency's edition.
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl Calendar {
    /// The national calendar with an agency's own lines on top; its version names both.
    ///
    /// A day that is off nationally keeps the national reason: it is off either way, and a later
    /// national edition must not make the agency's file unreadable. A closure does take back a
    /// worked rest day. The agency's hours and reception sessions stand above the national ones.
    #[must_use]
    pub fn merge(&self, local: &LocalCalendar) -> Self {
        let mut merged = self.clone();
        merged.version = format!("{}+{}", self.version, local.version);
        for (date, closure) in &local.entries {
            if self.is_working(*date).unwrap_or(true) || !self.entries.contains_key(date) {
                merged.entries.insert(*date, closure.clone());
            }
        }
        merged.periods.extend(local.periods.iter().cloned());
        // Looked through from the front, and the agency's session is the one that is kept.
        merged
            .receptions
            .retain(|it| local.receptions.iter().all(|own| own.day != it.day));
        merged.receptions.splice(..0, local.receptions.iter().cloned());
        // More hours never leave a day without them, so the table of before is never needed.
        let table = Table::build(&merged.years, &merged.entries, &merged.periods);
        merged.table = table.unwrap_or(merged.table);
        merged
    }
}
