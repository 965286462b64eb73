//! Reads an edition of the calendar line by line; an error names its line, because the file is
//! edited by people once a year.

use super::{Calendar, CalendarError, Entry, EntryKind, EntryStatus, OfficeHours};
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use std::{collections::BTreeMap, ops::RangeInclusive};

type Problem = &'static str;

#[derive(Default)]
struct Draft {
    version: Option<String>,
    years: Option<RangeInclusive<i32>>,
    weekend_basis: Option<String>,
    hours: BTreeMap<NaiveDate, OfficeHours>,
    entries: BTreeMap<NaiveDate, Entry>,
}

pub(super) fn calendar(text: &str) -> Result<Calendar, CalendarError> {
    let mut draft = Draft::default();
    for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
        draft
            .take(line)
            .map_err(|problem| CalendarError::BadLine { line: number, problem })?;
    }
    draft.finish()
}

impl Draft {
    fn take(&mut self, line: &str) -> Result<(), Problem> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        match fields.as_slice() {
            ["version", name] => set(&mut self.version, words(name)?),
            ["years", first, last] => set(&mut self.years, years(first, last)?),
            ["weekend", basis] => set(&mut self.weekend_basis, words(basis)?),
            ["hours", from, rest @ ..] => insert(&mut self.hours, date(from)?, hours(rest)?),
            ["day", on, rest @ ..] => self.day(date(on)?, rest),
            _ => Err("không rõ loại dòng hoặc sai số mục"),
        }
    }

    fn day(&mut self, on: NaiveDate, fields: &[&str]) -> Result<(), Problem> {
        let entry = entry(fields)?;
        let years = self.years.as_ref();
        if !years.is_some_and(|years| years.contains(&on.year())) {
            return Err("ngày nằm ngoài các năm của tệp");
        }
        let rest_day = matches!(on.weekday(), Weekday::Sat | Weekday::Sun);
        if entry.kind == EntryKind::SwapWork && !rest_day {
            return Err("ngày làm bù phải là thứ Bảy hoặc Chủ nhật");
        }
        insert(&mut self.entries, on, entry)
    }

    fn finish(self) -> Result<Calendar, CalendarError> {
        let missing = |what| CalendarError::Missing { what };
        let years = self.years.ok_or(missing("years"))?;
        // Hours must be known from the first day that the file answers for.
        let new_year = NaiveDate::from_ymd_opt(*years.start(), 1, 1);
        let first = self.hours.keys().next().copied();
        if first.is_none() || first > new_year {
            return Err(missing("hours"));
        }
        Ok(Calendar {
            version: self.version.ok_or(missing("version"))?,
            years,
            weekend_basis: self.weekend_basis.ok_or(missing("weekend"))?,
            hours: self.hours,
            entries: self.entries,
        })
    }
}

fn set<T>(slot: &mut Option<T>, value: T) -> Result<(), Problem> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err("dòng này đã có ở trên"),
    }
}

fn insert<T>(map: &mut BTreeMap<NaiveDate, T>, on: NaiveDate, value: T) -> Result<(), Problem> {
    match map.insert(on, value) {
        None => Ok(()),
        Some(_) => Err("ngày này đã có ở trên"),
    }
}

fn entry(fields: &[&str]) -> Result<Entry, Problem> {
    let [kind, status, name, basis] = fields else {
        return Err("dòng “day” cần 6 mục");
    };
    Ok(Entry {
        kind: match *kind {
            "holiday" => EntryKind::Holiday,
            "compensatory_off" => EntryKind::CompensatoryOff,
            "swap_off" => EntryKind::SwapOff,
            "swap_work" => EntryKind::SwapWork,
            _ => return Err("loại ngày không có trong danh sách"),
        },
        status: match *status {
            "official" => EntryStatus::Official,
            "provisional" => EntryStatus::Provisional,
            _ => return Err("trạng thái phải là official hoặc provisional"),
        },
        name: words(name)?,
        basis: words(basis)?,
    })
}

fn hours(fields: &[&str]) -> Result<OfficeHours, Problem> {
    let [morning, afternoon, cut_off, basis] = fields else {
        return Err("dòng “hours” cần 6 mục");
    };
    let hours = OfficeHours {
        morning: session(morning)?,
        afternoon: session(afternoon)?,
        same_day_cut_off: time(cut_off)?,
        basis: words(basis)?,
    };
    if hours.in_order() {
        Ok(hours)
    } else {
        Err("giờ làm việc không theo thứ tự")
    }
}

fn session(text: &str) -> Result<(NaiveTime, NaiveTime), Problem> {
    let (from, to) = text.split_once('-').ok_or("buổi làm việc ghi như 07:00-11:30")?;
    Ok((time(from)?, time(to)?))
}

fn years(first: &str, last: &str) -> Result<RangeInclusive<i32>, Problem> {
    let year = |text: &str| text.parse::<i32>().map_err(|_| "năm ghi bằng 4 chữ số");
    let (first, last) = (year(first)?, year(last)?);
    if (2000..=last).contains(&first) && last <= 2199 {
        Ok(first..=last)
    } else {
        Err("năm đầu phải không sau năm cuối, từ 2000 đến 2199")
    }
}

fn date(text: &str) -> Result<NaiveDate, Problem> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "ngày ghi như 2026-11-24")
}

fn time(text: &str) -> Result<NaiveTime, Problem> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "giờ ghi như 07:00")
}

fn words(text: &str) -> Result<String, Problem> {
    let cleaned = crate::text::clean(text);
    if cleaned.is_empty() {
        Err("có mục còn trống")
    } else {
        Ok(cleaned)
    }
}
