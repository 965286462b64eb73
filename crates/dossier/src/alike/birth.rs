//! Birth dates, as exact as each paper has them.

use chrono::{Datelike as _, NaiveDate};

use super::Agree;
use super::number::Number;
use crate::card::PartialDate;

/// What is known of a birth.
#[derive(Debug, Clone, Copy)]
pub struct Birth(Option<PartialDate>);

impl Birth {
    /// The date on the paper, else the year in the number.
    pub fn of(date: Option<PartialDate>, number: Option<&Number>) -> Self {
        Self(date.or_else(|| number?.born().map(PartialDate::Year)))
    }

    /// The same day; nearly where one is less exact and does not differ, or day and month are turned.
    pub fn compare(&self, other: &Self) -> Agree {
        let (Some(one), Some(other)) = (self.0, other.0) else {
            return Agree::Unknown;
        };
        match (one, other) {
            (PartialDate::Day(one), PartialDate::Day(other)) if one == other => Agree::Same,
            (PartialDate::Day(one), PartialDate::Day(other)) => turned(one, other),
            _ if one.year() != other.year() => Agree::Not,
            _ => match (month(one), month(other)) {
                (Some(one), Some(other)) if one != other => Agree::Not,
                _ => Agree::Nearly,
            },
        }
    }
}

fn turned(one: NaiveDate, other: NaiveDate) -> Agree {
    let turned = NaiveDate::from_ymd_opt(one.year(), one.day(), one.month());
    if turned == Some(other) {
        Agree::Nearly
    } else {
        Agree::Not
    }
}

fn month(date: PartialDate) -> Option<u32> {
    match date {
        PartialDate::Year(_) => None,
        PartialDate::Month(_, month) => Some(month),
        PartialDate::Day(day) => Some(day.month()),
    }
}
