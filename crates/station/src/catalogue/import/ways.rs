//! The table "cách thức thực hiện": way of handing in, time, fee, description, glued together.
//! A number that belongs to the time or to the fee, nobody can say which, is given to neither.

mod check;

pub use check::amounts;

use super::record::{About, Problem, UNSAID, quoted};
use super::run;

const HEADER: &str = "Hình thức nộpThời gianPhí, lệ phíMô tả";
const ONLINE: &str = "Trực tuyến";
const WAYS: &[&str] = &[ONLINE, "Dịch vụ bưu chính", "Trực tiếp"];
const CURRENCIES: &[&str] = &[DONG, " VNĐ", USD];
const DONG: &str = " Việt Nam Đồng";
const USD: &str = " USD";
const FREE: &str = "Miễn phí";

/// Whether a way is the portal.
pub fn is_online(way: &str) -> bool {
    way == ONLINE
}

/// What a time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// `Ngày làm việc`.
    WorkingDays,
    /// `Ngày`.
    Days,
    /// `Giờ`, `Giờ làm việc`.
    Hours,
}

/// The longer ones first: one begins with another.
const UNITS: &[(&str, Unit)] = &[
    ("Ngày làm việc", Unit::WorkingDays),
    ("Ngày", Unit::Days),
    ("Giờ làm việc", Unit::Hours),
    ("Giờ", Unit::Hours),
];

impl Unit {
    /// The unit a lower-case text begins with, and what follows.
    pub fn leading(text: &str) -> Option<(Self, &str)> {
        UNITS
            .iter()
            .find_map(|(words, unit)| Some((*unit, text.strip_prefix(words.to_lowercase().as_str())?)))
    }
}

/// A time as the table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    /// Digits, the unit's words and the unit.
    Known(String, &'static str, Unit),
    /// A number without a unit.
    Bare,
    /// `Không có thông tin`.
    Unsaid,
    /// Glued to the fee.
    Undivided,
}

/// What is paid, as the table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fee {
    /// Digits with their marks, and the currency.
    Amount(String, &'static str),
    /// `Miễn phí`.
    Free,
    /// `Không có thông tin`.
    Unsaid,
}

/// A fee and its note, brackets included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// What is paid.
    pub fee: Fee,
    /// `(/trang)`, or nothing.
    pub note: String,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// How it is handed in, in the portal's words.
    pub way: &'static str,
    /// How long it takes.
    pub time: Time,
    /// What is paid.
    pub charges: Vec<Charge>,
    /// What the row says besides.
    pub description: String,
    /// Way, time and fees as they stand.
    raw: String,
}

impl Way {
    /// Whether the row's description says how long it takes.
    pub fn speaks_of_time(&self) -> bool {
        !super::said::times(&self.description).is_empty() || super::said::limits_otherwise(&self.description)
    }

    /// The time as listed, if it was read.
    pub fn time_words(&self) -> Option<String> {
        match &self.time {
            Time::Known(number, unit, _) => Some(format!("{number} {unit}")),
            Time::Bare | Time::Unsaid | Time::Undivided => None,
        }
    }

    /// The fees as listed, without those that cannot be right.
    pub fn fee_words(&self) -> Vec<String> {
        let charges = self.charges.iter().filter(|charge| !check::is_doubtful(charge));
        let words = charges.filter_map(|Charge { fee, note }| match fee {
            Fee::Amount(number, currency) => Some(format!("{number}{currency} {note}").trim_end().to_owned()),
            Fee::Free => Some(format!("{FREE} {note}").trim_end().to_owned()),
            Fee::Unsaid => None,
        });
        words.collect()
    }
}

impl Charge {
    /// The amount in đồng, if it is one.
    pub fn dong(&self) -> Option<i64> {
        match &self.fee {
            Fee::Amount(number, currency) if *currency != USD => super::said::whole_dong(number),
            Fee::Free => Some(0),
            Fee::Amount(..) | Fee::Unsaid => None,
        }
    }
}

/// The rows; what cannot be read or contradicts itself goes to `problems`.
pub fn read(text: &str, problems: &mut Vec<Problem>) -> Vec<Way> {
    let Some(table) = text.strip_prefix(HEADER) else {
        if !text.is_empty() {
            let words = quoted("Cách thức thực hiện không có bảng", text);
            problems.extend([Problem::of(About::Times, &words), Problem::of(About::Fees, &words)]);
        }
        return Vec::new();
    };
    let ways = rows(table, problems);
    if ways.is_empty() && problems.iter().all(|problem| problem.about != About::Times) {
        let words = quoted("Bảng cách thức thực hiện không có dòng nào", table);
        problems.extend([Problem::of(About::Times, &words), Problem::of(About::Fees, &words)]);
    }
    check::check(&ways, problems);
    ways
}

fn rows(table: &str, problems: &mut Vec<Problem>) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    let (mut rest, mut described) = (table, table);
    loop {
        let found = row(rest);
        if found.is_some() || rest.is_empty() {
            let between = described.strip_suffix(rest).unwrap_or(described);
            check::left_over(between, ways.is_empty(), problems);
            if let Some(last) = ways.last_mut() {
                between.trim().clone_into(&mut last.description);
            }
        }
        match found {
            Some((way, after)) => {
                ways.push(way);
                (rest, described) = (after, after);
            }
            None if rest.is_empty() => return ways,
            None => rest = ahead(rest),
        }
    }
}

/// From the next character a way may begin with.
fn ahead(text: &str) -> &str {
    let mut letters = text.char_indices().skip(1);
    let next = letters.find(|(_, c)| WAYS.iter().any(|way| way.starts_with(*c)));
    next.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

fn row(text: &str) -> Option<(Way, &str)> {
    let (way, after) = one_of(text, WAYS)?;
    let (time, charges, after) = match undivided(after) {
        Some(after) => (Time::Undivided, Vec::new(), after),
        None => {
            let (time, after) = time(after)?;
            let (charges, after) = charges(after)?;
            (time, charges, after)
        }
    };
    let raw = text.strip_suffix(after).unwrap_or(text).to_owned();
    let description = String::new();
    Some((
        Way {
            way,
            time,
            charges,
            description,
            raw,
        },
        after,
    ))
}

fn one_of<'a>(text: &'a str, names: &[&'static str]) -> Option<(&'static str, &'a str)> {
    names.iter().find_map(|name| Some((*name, text.strip_prefix(name)?)))
}

/// Digits with their marks. A minus belongs to it: an amount below zero must not lose it.
fn number(text: &str) -> Option<(&str, &str)> {
    let (number, after) = run(text, |c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'))?;
    let digits = number.strip_prefix('-').unwrap_or(number);
    let sound = digits.starts_with(|c: char| c.is_ascii_digit()) && !digits.contains('-');
    sound.then_some((number, after))
}

/// A number with a currency where the time should stand: `120 VNĐ` may be 1 and 20, or 120.
fn undivided(text: &str) -> Option<&str> {
    let (_, after) = number(text)?;
    let (_, after) = one_of(after, CURRENCIES)?;
    Some(note(after).1)
}

fn time(text: &str) -> Option<(Time, &str)> {
    if let Some(after) = text.strip_prefix(UNSAID) {
        return Some((Time::Unsaid, after));
    }
    let (number, after) = number(text)?;
    let unit = UNITS.iter().find_map(|(words, unit)| {
        let after = after.strip_prefix(' ')?.strip_prefix(words)?;
        Some((Time::Known(number.to_owned(), words, *unit), after))
    });
    Some(unit.unwrap_or((Time::Bare, after)))
}

/// One fee or more, each with its note in brackets.
fn charges(text: &str) -> Option<(Vec<Charge>, &str)> {
    let (mut charges, mut rest) = (Vec::new(), text);
    while let Some((fee, after)) = fee(rest) {
        let (note, after) = note(after);
        let note = note.to_owned();
        charges.push(Charge { fee, note });
        rest = after;
    }
    (!charges.is_empty()).then_some((charges, rest))
}

fn fee(text: &str) -> Option<(Fee, &str)> {
    if let Some(after) = text.strip_prefix(FREE) {
        return Some((Fee::Free, after));
    }
    if let Some(after) = text.strip_prefix(UNSAID) {
        return Some((Fee::Unsaid, after));
    }
    let (number, after) = number(text)?;
    let (currency, after) = one_of(after, CURRENCIES)?;
    Some((Fee::Amount(number.to_owned(), currency), after))
}

/// A group in balanced brackets, brackets included; empty when there is none.
fn note(text: &str) -> (&str, &str) {
    let mut depth = 0u32;
    for (place, c) in text.char_indices() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let end = if c == ')' { place.saturating_add(1) } else { place };
            return text.split_at_checked(end).unwrap_or(("", text));
        }
    }
    ("", text)
}
