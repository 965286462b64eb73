//! What a newer edition changes, day by day, in words that an officer can approve.

use super::entry::{Entry, EntryKind, EntryStatus, Reception, ReceptionDay};
use super::{Calendar, OfficeHours};
use crate::date::{vn_time, vn_weekday};
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use std::collections::BTreeSet;

/// One day that a newer edition treats otherwise. Texts are Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChange {
    /// The day; for office hours and weekly sessions the first day of the change.
    pub date: NaiveDate,
    /// What it was.
    pub before: String,
    /// What it becomes.
    pub after: String,
    /// The basis the newer edition gives, or the older one where the newer says nothing.
    pub basis: String,
}

impl Calendar {
    /// Every day that `newer` treats otherwise, in order. Days off and worked are listed each;
    /// changed office hours are listed where they begin to differ.
    pub fn diff(&self, newer: &Self) -> Vec<DayChange> {
        let mut changes = self.changed_days(newer);
        changes.extend(self.changed_hours(newer));
        changes.extend(self.changed_weekly(newer));
        changes.extend(self.changed_years(newer));
        changes.sort_by_key(|change| change.date);
        changes
    }

    fn changed_days(&self, newer: &Self) -> Vec<DayChange> {
        let dated = |calendar: &Self| {
            let sessions = calendar.receptions.iter().filter_map(|it| match it.day {
                ReceptionDay::On(date) => Some(date),
                ReceptionDay::Every(..) => None,
            });
            sessions
                .chain(calendar.entries.keys().copied())
                .collect::<BTreeSet<_>>()
        };
        let mut dates = dated(self);
        dates.extend(dated(newer));
        dates
            .into_iter()
            .filter_map(|date| self.changed_day(newer, date))
            .collect()
    }

    fn changed_day(&self, newer: &Self, date: NaiveDate) -> Option<DayChange> {
        let (old, new) = (self.said_of(date), newer.said_of(date));
        if old == new {
            return None;
        }
        let basis = new.1.or(old.1).unwrap_or(newer.weekend_basis()).to_owned();
        let (mut before, mut after) = (old.0, new.0);
        // Where only the basis moved, the words alone would look like no change at all.
        if before == after {
            before = format!("{before}, căn cứ: {}", old.1.unwrap_or_default());
            after = format!("{after}, căn cứ: {}", new.1.unwrap_or_default());
        }
        let change = DayChange {
            date,
            before,
            after,
            basis,
        };
        Some(change)
    }

    /// What the edition says of a day, with the basis of it.
    fn said_of(&self, date: NaiveDate) -> (String, Option<&str>) {
        if !self.years.contains(&date.year()) {
            return ("Chưa có lịch".to_owned(), None);
        }
        let session = self.receptions.iter().find(|it| it.day == ReceptionDay::On(date));
        let (words, basis) = match self.entries.get(&date) {
            Some(entry) => (entry_words(entry), Some(entry.basis.as_str())),
            None => (ordinary(date.weekday()), None),
        };
        match session {
            None => (words, basis),
            Some(session) => (
                format!("{words}, có tiếp nhận {}", span(session.session)),
                Some(&session.basis),
            ),
        }
    }

    /// One change for each stretch of days whose hours differ in the same way.
    fn changed_hours(&self, newer: &Self) -> Vec<DayChange> {
        let mut changes = Vec::new();
        let mut last = None;
        let first = NaiveDate::from_ymd_opt(*self.years.start().max(newer.years.start()), 1, 1);
        for date in first.iter().flat_map(|first| first.iter_days()) {
            let (Ok(old), Ok(new)) = (self.hours_on(date), newer.hours_on(date)) else {
                break;
            };
            let now = (old != new).then_some((old, new));
            if now != last {
                changes.extend(now.map(|(old, new)| hours_change(date, old, new)));
                last = now;
            }
        }
        changes
    }

    fn changed_weekly(&self, newer: &Self) -> Vec<DayChange> {
        let mut changes = Vec::new();
        let mut since = weekly(self);
        since.extend(weekly(newer));
        let rest_days = [Weekday::Sat, Weekday::Sun];
        for (weekday, from) in rest_days
            .into_iter()
            .flat_map(|day| since.iter().map(move |from| (day, *from)))
        {
            let from = from.or_else(|| NaiveDate::from_ymd_opt(*newer.years.start(), 1, 1));
            let (old, new) = (self.session(weekday, from), newer.session(weekday, from));
            if let (Some(date), true) = (from, old != new) {
                changes.push(DayChange {
                    date,
                    before: weekly_words(old, weekday),
                    after: weekly_words(new, weekday),
                    basis: new.or(old).map(|it| it.basis.clone()).unwrap_or_default(),
                });
            }
        }
        changes
    }

    /// The weekly session in force from a day on.
    fn session(&self, weekday: Weekday, from: Option<NaiveDate>) -> Option<&Reception> {
        let weekly = self.receptions.iter().filter_map(|it| match it.day {
            ReceptionDay::Every(day, since) if day == weekday && since <= from => Some((since, it)),
            ReceptionDay::Every(..) | ReceptionDay::On(_) => None,
        });
        weekly.max_by_key(|(since, _)| *since).map(|(_, it)| it)
    }

    /// Years that become provisional or announced.
    fn changed_years(&self, newer: &Self) -> Vec<DayChange> {
        let words = |basis: Option<&str>| match basis {
            Some(_) => "Lịch của năm là dự kiến".to_owned(),
            None => "Lịch của năm đã được công bố".to_owned(),
        };
        let both = self.years.clone().filter(|year| newer.years.contains(year));
        let changed = both.filter(|year| self.provisional(*year) != newer.provisional(*year));
        let change = |year| {
            let (old, new) = (self.provisional(year), newer.provisional(year));
            Some(DayChange {
                date: NaiveDate::from_ymd_opt(year, 1, 1)?,
                before: words(old),
                after: words(new),
                basis: new.or(old).unwrap_or_default().to_owned(),
            })
        };
        changed.filter_map(change).collect()
    }
}

/// The dates from which weekly sessions hold.
fn weekly(calendar: &Calendar) -> BTreeSet<Option<NaiveDate>> {
    let weekly = calendar.receptions.iter().filter_map(|it| match it.day {
        ReceptionDay::Every(_, from) => Some(from),
        ReceptionDay::On(_) => None,
    });
    weekly.collect()
}

fn weekly_words(reception: Option<&Reception>, weekday: Weekday) -> String {
    let day = vn_weekday(weekday);
    match reception {
        Some(it) => format!("{day} hằng tuần có tiếp nhận {}", span(it.session)),
        None => format!("{day} hằng tuần không tiếp nhận"),
    }
}

fn entry_words(entry: &Entry) -> String {
    let kind = match entry.kind {
        EntryKind::Holiday => "Nghỉ lễ",
        EntryKind::CompensatoryOff => "Nghỉ bù",
        EntryKind::SwapOff => "Nghỉ hoán đổi",
        EntryKind::SwapWork => "Làm bù",
        EntryKind::Closure => "Cơ quan đóng cửa",
    };
    match entry.status {
        EntryStatus::Official => format!("{kind}: {}", entry.name),
        EntryStatus::Provisional => format!("{kind} (dự kiến): {}", entry.name),
    }
}

fn ordinary(weekday: Weekday) -> String {
    match weekday {
        Weekday::Sat | Weekday::Sun => format!("{}, nghỉ hằng tuần", vn_weekday(weekday)),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => "Ngày làm việc".to_owned(),
    }
}

fn hours_change(date: NaiveDate, old: &OfficeHours, new: &OfficeHours) -> DayChange {
    DayChange {
        date,
        before: hours_words(old),
        after: hours_words(new),
        basis: new.basis.clone(),
    }
}

fn hours_words(hours: &OfficeHours) -> String {
    format!(
        "Giờ làm việc {}, {}; trong ngày đến {}, chuyển hồ sơ đến {}",
        span(hours.morning),
        span(hours.afternoon),
        vn_time(hours.same_day_cut_off),
        vn_time(hours.transfer_cut_off)
    )
}

fn span((from, to): (NaiveTime, NaiveTime)) -> String {
    format!("{}–{}", vn_time(from), vn_time(to))
}
