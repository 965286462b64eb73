//! How days are named inside a sentence of the explanation: short, and never ambiguous.

use crate::date::{vn_date, vn_time, vn_weekday};
use chrono::{Datelike, NaiveDate, NaiveDateTime};

/// `09:42 Thứ Năm 19/11/2026`.
pub(super) fn at(when: NaiveDateTime) -> String {
    format!("{} {}", vn_time(when.time()), vn_date(when.date()))
}

/// `thứ Bảy 28, Chủ nhật 29/11`, or one of the two.
pub(super) fn weekend(first: NaiveDate, last: NaiveDate, year: i32) -> String {
    let end = format!("{} {}", inner_weekday(last), day_month(last, year));
    if first == last {
        return end;
    }
    let start = match (first.year(), first.month()) == (last.year(), last.month()) {
        true => format!("{:02}", first.day()),
        false => day_month(first, year),
    };
    format!("{} {start}, {end}", inner_weekday(first))
}

/// `24/11`, `16–20/02` or `30/12/2026–02/01/2027`.
pub(super) fn span(first: NaiveDate, last: NaiveDate, year: i32) -> String {
    let end = day_month(last, year);
    if first == last {
        end
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{:02}–{end}", first.day())
    } else {
        format!("{}–{end}", day_month(first, year))
    }
}

/// The year is written only where it is not the year of reception.
pub(super) fn day_month(date: NaiveDate, year: i32) -> String {
    let format = if date.year() == year { "%d/%m" } else { "%d/%m/%Y" };
    date.format(format).to_string()
}

/// Within a sentence `Thứ` is small, `Chủ nhật` keeps its capital.
fn inner_weekday(date: NaiveDate) -> String {
    vn_weekday(date.weekday()).replacen("Thứ", "thứ", 1)
}
