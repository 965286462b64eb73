//! The table "cách thức thực hiện": way of handing in, time, fee, description, glued together.
//! A number that belongs to the time or to the fee, nobody can say which, is given to neither.

use super::{quoted, run};

const HEADER: &str = "Hình thức nộpThời gianPhí, lệ phíMô tả";
const WAYS: &[&str] = &["Trực tuyến", "Dịch vụ bưu chính", "Trực tiếp"];
/// The longer ones first: one begins with another.
const UNITS: &[&str] = &[" Ngày làm việc", " Ngày", " Giờ làm việc", " Giờ"];
const CURRENCIES: &[&str] = &[" Việt Nam Đồng", " VNĐ", " USD"];
const UNSAID: &str = "Không có thông tin";
const FREE: &str = "Miễn phí";
/// No fee of a counter is below this: `20 VNĐ` in the records stands for 20.000.
const SMALLEST_FEE: u64 = 1_000;

enum Time<'a> {
    /// With its unit.
    Known(&'a str, &'a str),
    /// A number without a unit.
    Bare,
    Unsaid,
}

enum Fee<'a> {
    Amount(&'a str, &'a str),
    Free,
    Unsaid,
}

struct Row<'a> {
    way: &'a str,
    /// None when time and fee cannot be told apart.
    time: Option<Time<'a>>,
    fees: Vec<(Fee<'a>, &'a str)>,
    raw: &'a str,
}

/// Times and fees, each with its way; what cannot be read goes to `problems`.
pub fn read(text: &str, problems: &mut Vec<String>) -> (Vec<String>, Vec<String>) {
    let (mut times, mut fees) = (Vec::new(), Vec::new());
    let Some(mut rest) = text.strip_prefix(HEADER) else {
        if !text.is_empty() {
            problems.push(quoted("Cách thức thực hiện không có bảng", text));
        }
        return (times, fees);
    };
    let mut described = rest;
    let mut first = true;
    loop {
        let found = row(rest);
        let mut ahead = rest.chars();
        if found.is_some() || ahead.next().is_none() {
            left_over(described.strip_suffix(rest).unwrap_or(described), first, problems);
        }
        match found {
            Some((row, after)) => {
                put(&row, &mut times, &mut fees, problems);
                (rest, described, first) = (after, after, false);
            }
            None if rest.is_empty() => break,
            None => rest = ahead.as_str(),
        }
    }
    (times, fees)
}

fn row(text: &str) -> Option<(Row<'_>, &str)> {
    let (way, after) = one_of(text, WAYS)?;
    let (time, fees, after) = match undivided(after) {
        Some(after) => (None, Vec::new(), after),
        None => {
            let (time, after) = time(after)?;
            let (fees, after) = fees(after)?;
            (Some(time), fees, after)
        }
    };
    let raw = text.strip_suffix(after).unwrap_or(text);
    Some((Row { way, time, fees, raw }, after))
}

fn one_of<'a>(text: &'a str, names: &[&'a str]) -> Option<(&'a str, &'a str)> {
    names.iter().find_map(|name| Some((*name, text.strip_prefix(name)?)))
}

fn number(text: &str) -> Option<(&str, &str)> {
    let (number, after) = run(text, |c| c.is_ascii_digit() || c == ',' || c == '.')?;
    number
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some((number, after))
}

/// A number with a currency where the time should stand: `120 VNĐ` may be 1 and 20, or 120.
fn undivided(text: &str) -> Option<&str> {
    let (_, after) = number(text)?;
    let (_, after) = one_of(after, CURRENCIES)?;
    Some(note(after).1)
}

fn time(text: &str) -> Option<(Time<'_>, &str)> {
    if let Some(after) = text.strip_prefix(UNSAID) {
        return Some((Time::Unsaid, after));
    }
    let (number, after) = number(text)?;
    Some(match one_of(after, UNITS) {
        Some((unit, after)) => (Time::Known(number, unit), after),
        None => (Time::Bare, after),
    })
}

/// One fee or more, each with its note in brackets.
fn fees(text: &str) -> Option<(Vec<(Fee<'_>, &str)>, &str)> {
    let mut fees = Vec::new();
    let mut rest = text;
    while let Some((fee, after)) = fee(rest) {
        let (note, after) = note(after);
        fees.push((fee, note));
        rest = after;
    }
    (!fees.is_empty()).then_some((fees, rest))
}

fn fee(text: &str) -> Option<(Fee<'_>, &str)> {
    if let Some(after) = text.strip_prefix(FREE) {
        return Some((Fee::Free, after));
    }
    if let Some(after) = text.strip_prefix(UNSAID) {
        return Some((Fee::Unsaid, after));
    }
    let (number, after) = number(text)?;
    let (currency, after) = one_of(after, CURRENCIES)?;
    Some((Fee::Amount(number, currency), after))
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

fn put(row: &Row<'_>, times: &mut Vec<String>, fees: &mut Vec<String>, problems: &mut Vec<String>) {
    let mut problem = |words: &str| problems.push(quoted(words, row.raw));
    match &row.time {
        Some(Time::Known(number, unit)) => times.push(format!("{}: {number}{unit}", row.way)),
        Some(Time::Bare) => problem("Thời gian không ghi đơn vị"),
        Some(Time::Unsaid) => problem("Không ghi thời gian"),
        None => problem("Không tách được thời gian với mức phí"),
    }
    for (fee, note) in &row.fees {
        let words = match fee {
            Fee::Amount(number, currency) if is_too_small(number, currency) => {
                problem("Mức phí nhỏ bất thường");
                continue;
            }
            Fee::Amount(number, currency) => format!("{number}{currency}"),
            Fee::Free => FREE.to_owned(),
            Fee::Unsaid => {
                problem("Không ghi mức phí");
                continue;
            }
        };
        if matches!(fee, Fee::Free) && note.contains("phí") {
            problem("Ghi miễn phí nhưng chú thích nói về phí");
        }
        fees.push(format!("{}: {words} {note}", row.way).trim_end().to_owned());
    }
}

fn is_too_small(number: &str, currency: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    currency != " USD" && digits.parse::<u64>().is_ok_and(|amount| amount < SMALLEST_FEE)
}

/// Text that is no row: nothing may stand before the first; later it is a description, unless a way
/// with something glued to it shows a row that could not be read.
fn left_over(text: &str, first: bool, problems: &mut Vec<String>) {
    let glued = |way: &&str| {
        let mut places = text.match_indices(*way);
        places.any(|(place, _)| {
            let after = text.get(place..).and_then(|found| found.strip_prefix(*way));
            after
                .and_then(|after| after.chars().next())
                .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        })
    };
    if (first && !text.trim().is_empty()) || WAYS.iter().any(glued) {
        problems.push(quoted("Cách thức thực hiện có phần không đọc được", text));
    }
}
