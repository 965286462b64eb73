//! The fields of one line: dates, hours, seasons, words. A problem says how to write it.

use super::entry::{Entry, EntryKind, EntryStatus, Reception, ReceptionDay};
use super::office::{OfficeHours, Period, Season};
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use std::ops::RangeInclusive;

pub(super) type Problem = &'static str;

/// A run of days longer than this is a typing error: Tết itself takes nine days at most.
const LONGEST_RUN: usize = 31;

/// `2026-11-24`, or `2028-01-24..2028-01-28`.
pub(super) fn dates(text: &str) -> Result<Vec<NaiveDate>, Problem> {
    let Some((first, last)) = text.split_once("..") else {
        return Ok(vec![date(text)?]);
    };
    let (first, last) = (date(first)?, date(last)?);
    let run: Vec<NaiveDate> = first
        .iter_days()
        .take_while(|day| *day <= last)
        .take(LONGEST_RUN)
        .collect();
    if run.last() == Some(&last) {
        Ok(run)
    } else {
        Err("ngày đầu phải không sau ngày cuối, nhiều nhất 31 ngày một dòng")
    }
}

/// `official | name | basis`, and for a swap the day it was exchanged with.
pub(super) fn entry(kind: &str, fields: &[&str]) -> Result<Entry, Problem> {
    let (status, name, basis, with) = match fields {
        [status, name, basis] => (status, name, basis, None),
        [status, name, basis, with] => (status, name, basis, Some(date(with)?)),
        _ => return Err("dòng “day” cần 6 mục (ngày hoán đổi: 7 mục)"),
    };
    let kind = entry_kind(kind)?;
    if with.is_some() && !matches!(kind, EntryKind::SwapOff | EntryKind::SwapWork) {
        return Err("chỉ ngày hoán đổi mới ghi ngày đi kèm");
    }
    Ok(Entry {
        kind,
        status: entry_status(status)?,
        name: words(name)?,
        basis: words(basis)?,
        with,
    })
}

fn entry_kind(text: &str) -> Result<EntryKind, Problem> {
    Ok(match text {
        "holiday" => EntryKind::Holiday,
        "compensatory_off" => EntryKind::CompensatoryOff,
        "swap_off" => EntryKind::SwapOff,
        "swap_work" => EntryKind::SwapWork,
        "closure" => EntryKind::Closure,
        _ => return Err("loại ngày không có trong danh sách"),
    })
}

fn entry_status(text: &str) -> Result<EntryStatus, Problem> {
    match text {
        "official" => Ok(EntryStatus::Official),
        "provisional" => Ok(EntryStatus::Provisional),
        _ => Err("trạng thái phải là official hoặc provisional"),
    }
}

/// `when | morning | afternoon | same-day cut-off | [transfer cut-off |] basis`.
pub(super) fn period(when: &str, fields: &[&str], local: bool) -> Result<Period, Problem> {
    let (from, season) = since(when)?;
    let (morning, afternoon, same_day, transfer, basis) = match fields {
        [morning, afternoon, both, basis] => (morning, afternoon, both, both, basis),
        [morning, afternoon, same_day, transfer, basis] => (morning, afternoon, same_day, transfer, basis),
        _ => return Err("dòng “hours” cần 6 hoặc 7 mục"),
    };
    let hours = OfficeHours {
        morning: session(morning)?,
        afternoon: session(afternoon)?,
        same_day_cut_off: time(same_day)?,
        transfer_cut_off: time(transfer)?,
        basis: words(basis)?,
    };
    if !hours.in_order() {
        return Err("giờ làm việc không theo thứ tự");
    }
    Ok(Period {
        local,
        from,
        season,
        hours,
    })
}

/// `2026-01-01`, `04-15..10-15` or `2026-01-01 04-15..10-15`.
fn since(text: &str) -> Result<(Option<NaiveDate>, Option<Season>), Problem> {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    match pieces.as_slice() {
        [season] if season.contains("..") => Ok((None, Some(self::season(season)?))),
        [from] => Ok((Some(date(from)?), None)),
        [from, season] => Ok((Some(date(from)?), Some(self::season(season)?))),
        _ => Err("thời gian áp dụng ghi như 2026-01-01 hoặc 04-15..10-15"),
    }
}

fn season(text: &str) -> Result<Season, Problem> {
    let (first, last) = text.split_once("..").ok_or("mùa ghi như 04-15..10-15")?;
    // Any leap year will do: it knows every day that a season may name.
    let day = |text: &str| NaiveDate::parse_from_str(&format!("2000-{text}"), "%Y-%m-%d");
    let day = |text: &str| day(text).map(|day| (day.month(), day.day()));
    match (day(first), day(last)) {
        (Ok(first), Ok(last)) => Ok(Season { first, last }),
        _ => Err("mùa ghi như 04-15..10-15"),
    }
}

/// `when | [from |] session | basis`.
pub(super) fn reception(when: &str, fields: &[&str]) -> Result<Reception, Problem> {
    let weekday = match when {
        "saturday" => Some(Weekday::Sat),
        "sunday" => Some(Weekday::Sun),
        _ => None,
    };
    let (day, hours, basis) = match (weekday, fields) {
        (Some(weekday), [hours, basis]) => (ReceptionDay::Every(weekday, None), hours, basis),
        (Some(weekday), [from, hours, basis]) => (ReceptionDay::Every(weekday, Some(date(from)?)), hours, basis),
        (None, [hours, basis]) => (ReceptionDay::On(date(when)?), hours, basis),
        _ => return Err("dòng “reception” ghi như: reception | saturday | 07:30-11:00 | căn cứ"),
    };
    let session = session(hours)?;
    if session.0 >= session.1 {
        return Err("giờ mở phải trước giờ đóng");
    }
    let basis = words(basis)?;
    Ok(Reception { day, session, basis })
}

fn session(text: &str) -> Result<(NaiveTime, NaiveTime), Problem> {
    let (from, to) = text.split_once('-').ok_or("buổi làm việc ghi như 07:00-11:30")?;
    Ok((time(from)?, time(to)?))
}

pub(super) fn years(first: &str, last: &str) -> Result<RangeInclusive<i32>, Problem> {
    let (first, last) = (year(first)?, year(last)?);
    if (2000..=last).contains(&first) && last <= 2199 {
        Ok(first..=last)
    } else {
        Err("năm đầu phải không sau năm cuối, từ 2000 đến 2199")
    }
}

pub(super) fn year(text: &str) -> Result<i32, Problem> {
    text.parse().map_err(|_| "năm ghi bằng 4 chữ số")
}

fn date(text: &str) -> Result<NaiveDate, Problem> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "ngày ghi như 2026-11-24")
}

fn time(text: &str) -> Result<NaiveTime, Problem> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "giờ ghi như 07:00")
}

pub(super) fn words(text: &str) -> Result<String, Problem> {
    let cleaned = crate::text::clean(text);
    if cleaned.is_empty() {
        Err("có mục còn trống")
    } else {
        Ok(cleaned)
    }
}
