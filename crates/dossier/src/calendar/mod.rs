//! Working days and office hours as dated data with their legal basis. A year that is not in the
//! data is an error: a guessed holiday would be a promise on paper that nobody can keep.

mod office;
mod read;
#[cfg(test)]
mod tests;
mod zone;

pub use office::OfficeHours;
pub use zone::{civil, instant};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::{collections::BTreeMap, ops::RangeInclusive};
use thiserror::Error;

/// The edition shipped with the program; an edited file is read with [`Calendar::parse`].
const EMBEDDED: &str = include_str!("../../../../data/holidays.txt");

/// Why a calendar cannot answer, or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// The day's year is outside the file.
    #[error("Lịch ngày nghỉ của năm {year} chưa có trên máy. Xin báo người quản trị cập nhật lịch.")]
    YearUnknown {
        /// The year asked for.
        year: i32,
    },
    /// A line of the file is wrong.
    #[error("Tệp ngày nghỉ sai ở dòng {line}: {problem}.")]
    BadLine {
        /// Line number, from 1.
        line: usize,
        /// What is wrong, in Vietnamese.
        problem: &'static str,
    },
    /// The file lacks a line that it must have.
    #[error("Tệp ngày nghỉ thiếu dòng “{what}”.")]
    Missing {
        /// First word of the missing line.
        what: &'static str,
    },
}

impl CalendarError {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::YearUnknown { .. } => "YEAR_NOT_IN_CALENDAR",
            Self::BadLine { .. } | Self::Missing { .. } => "CALENDAR_UNREADABLE",
        }
    }
}

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
    /// A holiday or a day off in exchange, also where it falls on a weekend.
    Off(&'a Entry),
}

/// A dated edition of days off and office hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    version: String,
    years: RangeInclusive<i32>,
    weekend_basis: String,
    hours: BTreeMap<NaiveDate, OfficeHours>,
    entries: BTreeMap<NaiveDate, Entry>,
}

impl Calendar {
    /// The edition shipped with the program.
    ///
    /// # Errors
    /// Only if the shipped file is damaged; a test reads it.
    pub fn embedded() -> Result<Self, CalendarError> {
        Self::parse(EMBEDDED)
    }

    /// Reads an edition; the format is explained at the head of `data/holidays.txt`.
    ///
    /// # Errors
    /// [`CalendarError::BadLine`] with its number, or [`CalendarError::Missing`].
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        read::calendar(text)
    }

    /// Name of the edition; a deadline is kept together with it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The years the edition answers for.
    pub fn years(&self) -> RangeInclusive<i32> {
        self.years.clone()
    }

    /// Legal basis of the two rest days.
    pub fn weekend_basis(&self) -> &str {
        &self.weekend_basis
    }

    /// The days the file names, in order, for a page that lists them.
    pub fn entries(&self) -> impl Iterator<Item = (NaiveDate, &Entry)> {
        self.entries.iter().map(|(date, entry)| (*date, entry))
    }

    /// What `date` is.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn day(&self, date: NaiveDate) -> Result<Day<'_>, CalendarError> {
        let year = date.year();
        if !self.years.contains(&year) {
            return Err(CalendarError::YearUnknown { year });
        }
        Ok(match (self.entries.get(&date), date.weekday()) {
            (Some(entry), _) if entry.kind == EntryKind::SwapWork => Day::SwapWorking(entry),
            (Some(entry), _) => Day::Off(entry),
            (None, rest @ (Weekday::Sat | Weekday::Sun)) => Day::Weekend(rest),
            (None, _) => Day::Working,
        })
    }

    /// True on ordinary and swapped working days.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn is_working(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        Ok(matches!(self.day(date)?, Day::Working | Day::SwapWorking(_)))
    }

    /// The Vietnamese name of what makes `date` a day off; `None` on working days.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn why_off(&self, date: NaiveDate) -> Result<Option<&str>, CalendarError> {
        Ok(match self.day(date)? {
            Day::Working | Day::SwapWorking(_) => None,
            Day::Weekend(weekday) => Some(crate::date::vn_weekday(weekday)),
            Day::Off(entry) => Some(&entry.name),
        })
    }

    /// The first working day after `date`.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`] when the search leaves the file.
    pub fn next_working(&self, date: NaiveDate) -> Result<NaiveDate, CalendarError> {
        let mut date = tomorrow(date)?;
        while !self.is_working(date)? {
            date = tomorrow(date)?;
        }
        Ok(date)
    }

    /// How many working days lie after `after` up to and including `through`; 0 if there are none.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn working_days_between(&self, after: NaiveDate, through: NaiveDate) -> Result<u32, CalendarError> {
        let mut count: u32 = 0;
        let mut date = after;
        while date < through {
            date = tomorrow(date)?;
            count = count.saturating_add(u32::from(self.is_working(date)?));
        }
        Ok(count)
    }

    /// The office hours in force on `date`.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`], also before the first dated hours of the file.
    pub fn hours_on(&self, date: NaiveDate) -> Result<&OfficeHours, CalendarError> {
        let year = date.year();
        let latest = self.hours.range(..=date).next_back();
        latest
            .filter(|_| self.years.contains(&year))
            .map(|(_, hours)| hours)
            .ok_or(CalendarError::YearUnknown { year })
    }
}

/// The next day of the calendar; past the last year chrono knows, the year is unknown.
pub(crate) fn tomorrow(date: NaiveDate) -> Result<NaiveDate, CalendarError> {
    let year = date.year();
    date.checked_add_days(Days::new(1))
        .ok_or(CalendarError::YearUnknown { year })
}
