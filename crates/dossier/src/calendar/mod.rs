//! Working days and office hours as dated data with their legal basis. A year that is not in the
//! data is an error: a guessed holiday would be a promise on paper that nobody can keep.

mod diff;
mod entry;
mod error;
mod fields;
mod local;
mod office;
mod pairs;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod zone;

pub use diff::DayChange;
pub use entry::{Day, Entry, EntryKind, EntryStatus, Opening, Reception, ReceptionDay};
pub use error::CalendarError;
pub use local::LocalCalendar;
pub use office::OfficeHours;
pub use zone::{civil, instant};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use office::Period;
use std::{collections::BTreeMap, ops::RangeInclusive};
use table::{Kind, Slot, Table};

/// The edition shipped with the program; an edited file is read with [`Calendar::parse`].
const EMBEDDED: &str = include_str!("../../../../data/holidays.txt");

/// A dated edition of days off and office hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    version: String,
    years: RangeInclusive<i32>,
    weekend_basis: String,
    /// Years whose days have not been announced yet, with the basis of the guess.
    provisional: BTreeMap<i32, String>,
    periods: Vec<Period>,
    entries: BTreeMap<NaiveDate, Entry>,
    receptions: Vec<Reception>,
    table: Table,
}

impl Calendar {
    /// The edition shipped with the program.
    ///
    /// # Errors
    /// Only if the shipped file is damaged; a test reads it.
    pub fn embedded() -> Result<Self, CalendarError> {
        Self::parse(EMBEDDED)
    }

    /// The text of the edition shipped with the program.
    pub fn embedded_text() -> &'static str {
        EMBEDDED
    }

    /// Reads an edition; the format is explained at the head of `data/holidays.txt`.
    ///
    /// # Errors
    /// The first problem of the file: [`CalendarError::BadLine`] with its number, or
    /// [`CalendarError::Missing`]. [`Calendar::problems`] lists all of them.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        read::national(text).map_err(read::first)
    }

    /// Everything that is wrong with a text, in the order of its lines; empty when it can be used.
    pub fn problems(text: &str) -> Vec<CalendarError> {
        read::national(text).err().unwrap_or_default()
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

    /// The basis of a year that has not been announced yet; `None` for announced years.
    pub fn provisional(&self, year: i32) -> Option<&str> {
        self.provisional.get(&year).map(String::as_str)
    }

    /// The days the file names, in order, for a page that lists them.
    pub fn entries(&self) -> impl Iterator<Item = (NaiveDate, &Entry)> {
        self.entries.iter().map(|(date, entry)| (*date, entry))
    }

    /// The reception sessions outside working days, for a page that lists them.
    pub fn receptions(&self) -> &[Reception] {
        &self.receptions
    }

    fn slot(&self, date: NaiveDate) -> Result<Slot, CalendarError> {
        self.table.slot(date).ok_or_else(|| CalendarError::unknown(date))
    }

    /// What `date` is.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn day(&self, date: NaiveDate) -> Result<Day<'_>, CalendarError> {
        let kind = self.slot(date)?.kind;
        Ok(match (kind, self.entries.get(&date)) {
            (Kind::SwapWorking, Some(entry)) => Day::SwapWorking(entry),
            (Kind::Off, Some(entry)) => Day::Off(entry),
            (Kind::Weekend, _) => Day::Weekend(date.weekday()),
            (Kind::Working | Kind::SwapWorking | Kind::Off, _) => Day::Working,
        })
    }

    /// True on ordinary and swapped working days.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn is_working(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        Ok(matches!(self.slot(date)?.kind, Kind::Working | Kind::SwapWorking))
    }

    /// The Vietnamese name of what makes `date` a day off; `None` on working days.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn why_off(&self, date: NaiveDate) -> Result<Option<&str>, CalendarError> {
        if self.is_working(date)? {
            return Ok(None);
        }
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

    /// The office hours in force on `date`, whether it is worked or not.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn hours_on(&self, date: NaiveDate) -> Result<&OfficeHours, CalendarError> {
        let place = self.slot(date)?.hours;
        let period = self.periods.get(place);
        period.map(|it| &it.hours).ok_or_else(|| CalendarError::unknown(date))
    }

    /// The reception session of a day that is no working day.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn reception_on(&self, date: NaiveDate) -> Result<Option<&Reception>, CalendarError> {
        let kind = self.slot(date)?.kind;
        if matches!(kind, Kind::Working | Kind::SwapWorking) {
            return Ok(None);
        }
        let on = self.receptions.iter().find(|it| it.day == ReceptionDay::On(date));
        let weekly = self.receptions.iter().filter_map(|it| match it.day {
            ReceptionDay::Every(day, from) if day == date.weekday() && from <= Some(date) => Some((from, it)),
            ReceptionDay::Every(..) | ReceptionDay::On(_) => None,
        });
        // Among weekly lines the later dated one holds; a day the file names is closed to them.
        let weekly = weekly.max_by_key(|(from, _)| *from).map(|(_, it)| it);
        Ok(on.or(weekly.filter(|_| kind == Kind::Weekend)))
    }

    /// Whether the counter is open at a civil date and time (+07:00).
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`].
    pub fn opening(&self, at: NaiveDateTime) -> Result<Opening<'_>, CalendarError> {
        let (date, time) = (at.date(), at.time());
        let within = |(opens, closes)| opens <= time && time <= closes;
        if self.is_working(date)? {
            let open = self.hours_on(date)?.sessions().into_iter().any(within);
            return Ok(if open { Opening::Working } else { Opening::Closed });
        }
        let session = self.reception_on(date)?.filter(|it| within(it.session));
        Ok(session.map_or(Opening::Closed, Opening::ReceptionOnly))
    }
}

/// The next day of the calendar; past the last year chrono knows, the year is unknown.
pub(crate) fn tomorrow(date: NaiveDate) -> Result<NaiveDate, CalendarError> {
    date.checked_add_days(Days::new(1))
        .ok_or_else(|| CalendarError::unknown(date))
}
