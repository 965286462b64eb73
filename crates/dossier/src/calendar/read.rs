//! Reads an edition of the calendar line by line and says everything that is wrong with it, each
//! with its line, because the file is edited by people once a year.

use super::entry::{EntryKind, Reception, ReceptionDay};
use super::fields::{self, Problem, words};
use super::local::LocalCalendar;
use super::office::Period;
use super::pairs::{self, Numbered};
use super::table::Table;
use super::{Calendar, CalendarError};
use chrono::{Datelike, NaiveDate, Weekday};
use std::{collections::BTreeMap, ops::RangeInclusive};

type Problems = Vec<CalendarError>;

/// Whose file it is: an agency may close and set its hours, but only the State gives holidays.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Whose {
    #[default]
    National,
    Local,
}

#[derive(Default)]
struct Draft {
    whose: Whose,
    version: Option<String>,
    years: Option<(usize, RangeInclusive<i32>)>,
    weekend_basis: Option<String>,
    provisional: BTreeMap<i32, (usize, String)>,
    periods: Vec<Period>,
    entries: Numbered,
    receptions: Vec<(usize, Reception)>,
}

pub(super) fn national(text: &str) -> Result<Calendar, Problems> {
    let (draft, problems) = read(text, Whose::National);
    draft.finish(problems)
}

pub(super) fn local(text: &str) -> Result<LocalCalendar, Problems> {
    let (mut draft, mut problems) = read(text, Whose::Local);
    draft.check(&mut problems);
    let version = draft.version.take();
    problems.extend(version.is_none().then_some(CalendarError::Missing { what: "version" }));
    match version {
        Some(version) if problems.is_empty() => Ok(LocalCalendar {
            version,
            periods: draft.periods,
            entries: unnumbered(draft.entries),
            receptions: draft.receptions.into_iter().map(|(_, it)| it).collect(),
        }),
        _ => Err(in_order(problems)),
    }
}

/// The first of the problems; a file without any would not have been refused.
pub(super) fn first(problems: Problems) -> CalendarError {
    let first = problems.into_iter().next();
    first.unwrap_or(CalendarError::Missing { what: "version" })
}

fn read(text: &str, whose: Whose) -> (Draft, Problems) {
    let mut draft = Draft {
        whose,
        ..Draft::default()
    };
    let mut problems = Problems::new();
    for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
        let taken = draft.take(line, number);
        problems.extend(taken.err().map(|problem| CalendarError::line_of(number, problem)));
    }
    (draft, problems)
}

/// By line; what is missing altogether comes last.
fn in_order(mut problems: Problems) -> Problems {
    problems.sort_by_key(|problem| problem.line().unwrap_or(usize::MAX));
    problems
}

fn unnumbered(entries: Numbered) -> BTreeMap<NaiveDate, super::Entry> {
    entries.into_iter().map(|(date, (_, entry))| (date, entry)).collect()
}

impl Draft {
    fn take(&mut self, line: &str, number: usize) -> Result<(), Problem> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        match (self.whose, fields.as_slice()) {
            (_, ["version", name]) => set(&mut self.version, words(name)?),
            (_, ["hours", when, rest @ ..]) => self.hours(when, rest),
            (_, ["reception", when, rest @ ..]) => self.reception(number, when, rest),
            (_, ["day", on, kind, rest @ ..]) => self.day(number, on, kind, rest),
            (Whose::Local, ["years" | "weekend" | "provisional", ..]) => {
                Err("dòng này chỉ có trong lịch chung, không có trong lịch của cơ quan")
            }
            (_, ["years", first, last]) => set(&mut self.years, (number, fields::years(first, last)?)),
            (_, ["weekend", basis]) => set(&mut self.weekend_basis, words(basis)?),
            (_, ["provisional", year, basis]) => self.provisional(number, year, basis),
            _ => Err("không rõ loại dòng hoặc sai số mục"),
        }
    }

    fn hours(&mut self, when: &str, fields: &[&str]) -> Result<(), Problem> {
        let period = fields::period(when, fields, self.whose == Whose::Local)?;
        if self.periods.iter().any(|other| other.overlaps(&period)) {
            return Err("giờ làm việc của thời gian này đã có ở trên");
        }
        self.periods.push(period);
        Ok(())
    }

    fn reception(&mut self, line: usize, when: &str, fields: &[&str]) -> Result<(), Problem> {
        let reception = fields::reception(when, fields)?;
        if self.receptions.iter().any(|(_, other)| other.day == reception.day) {
            return Err("buổi tiếp nhận này đã có ở trên");
        }
        self.receptions.push((line, reception));
        Ok(())
    }

    fn provisional(&mut self, line: usize, year: &str, basis: &str) -> Result<(), Problem> {
        let year = fields::year(year)?;
        match self.provisional.insert(year, (line, words(basis)?)) {
            None => Ok(()),
            Some(_) => Err("năm này đã có ở trên"),
        }
    }

    fn day(&mut self, line: usize, on: &str, kind: &str, fields: &[&str]) -> Result<(), Problem> {
        let entry = fields::entry(kind, fields)?;
        if self.whose == Whose::Local && entry.kind != EntryKind::Closure {
            return Err("lịch của cơ quan chỉ ghi ngày đóng cửa (closure)");
        }
        let dates = fields::dates(on)?;
        fits(entry.kind, &dates)?;
        let mut overlap = false;
        for date in dates {
            // The first line of a day stays: the later one is the overlap that is reported.
            overlap |= self.entries.contains_key(&date);
            self.entries.entry(date).or_insert((line, entry.clone()));
        }
        if overlap {
            Err("ngày này đã có ở trên")
        } else {
            Ok(())
        }
    }

    fn finish(mut self, mut problems: Problems) -> Result<Calendar, Problems> {
        self.check(&mut problems);
        self.check_years(&mut problems);
        let missing = |what| CalendarError::Missing { what };
        let wanted = [
            ("version", self.version.is_none()),
            ("years", self.years.is_none()),
            ("weekend", self.weekend_basis.is_none()),
        ];
        problems.extend(wanted.iter().filter(|(_, gone)| *gone).map(|(what, _)| missing(what)));
        let entries = unnumbered(self.entries);
        let years = self.years.map(|(_, years)| years);
        // Hours must be known for every day that the file answers for.
        let table = (years.as_ref()).map(|years| Table::build(years, &entries, &self.periods));
        if matches!(table, Some(None)) {
            problems.push(missing("hours"));
        }
        let known = (self.version.zip(years)).zip(self.weekend_basis.zip(table.flatten()));
        match known {
            Some(((version, years), (weekend_basis, table))) if problems.is_empty() => Ok(Calendar {
                version,
                years,
                weekend_basis,
                provisional: (self.provisional.into_iter())
                    .map(|(year, (_, basis))| (year, basis))
                    .collect(),
                periods: self.periods,
                entries,
                receptions: self.receptions.into_iter().map(|(_, it)| it).collect(),
                table,
            }),
            _ => Err(in_order(problems)),
        }
    }

    /// What only the whole file shows: half exchanges, sessions on days that need none.
    fn check(&mut self, problems: &mut Problems) {
        problems.extend(pairs::pair(&mut self.entries));
        for (line, reception) in &self.receptions {
            let ReceptionDay::On(date) = reception.day else {
                continue;
            };
            let kind = self.entries.get(&date).map(|(_, entry)| entry.kind);
            let problem = match kind {
                Some(EntryKind::Closure) => "cơ quan đóng cửa ngày này, không thể tiếp nhận",
                Some(EntryKind::SwapWork) => "ngày này là ngày làm việc, không cần dòng “reception”",
                None if !is_rest_day(date) => "ngày này là ngày làm việc, không cần dòng “reception”",
                _ => continue,
            };
            problems.push(CalendarError::line_of(*line, problem));
        }
    }

    fn check_years(&self, problems: &mut Problems) {
        let Some((line, years)) = &self.years else {
            return;
        };
        let outside = |line: &usize| CalendarError::line_of(*line, "ngày nằm ngoài các năm của tệp");
        let days = self.entries.iter().map(|(date, (line, _))| (date.year(), line));
        let marked = self.provisional.iter().map(|(year, (line, _))| (*year, line));
        problems.extend(
            days.chain(marked)
                .filter(|(year, _)| !years.contains(year))
                .map(|(_, line)| outside(line)),
        );
        // A year without a single day off was only added to the range, or cut off the file.
        for year in years.clone() {
            if !self.entries.keys().any(|date| date.year() == year) {
                let problem = format!("năm {year} chưa có ngày nghỉ nào trong tệp");
                problems.push(CalendarError::line_of(*line, problem));
            }
        }
    }
}

/// Exchanges are between one rest day and one working day.
fn fits(kind: EntryKind, dates: &[NaiveDate]) -> Result<(), Problem> {
    let rest = match kind {
        EntryKind::SwapWork => true,
        EntryKind::SwapOff => false,
        EntryKind::Holiday | EntryKind::CompensatoryOff | EntryKind::Closure => return Ok(()),
    };
    match dates {
        [date] if is_rest_day(*date) == rest => Ok(()),
        [_] if rest => Err("ngày làm bù phải là thứ Bảy hoặc Chủ nhật"),
        [_] => Err("ngày nghỉ hoán đổi phải là ngày từ thứ Hai đến thứ Sáu"),
        _ => Err("ngày hoán đổi ghi mỗi ngày một dòng"),
    }
}

fn is_rest_day(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn set<T>(slot: &mut Option<T>, value: T) -> Result<(), Problem> {
    if slot.is_some() {
        return Err("dòng này đã có ở trên");
    }
    *slot = Some(value);
    Ok(())
}
