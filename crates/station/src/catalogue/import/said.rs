//! What sentences say: time limits, amounts of money, numbers of papers. They are never taken for
//! the table's own figures, only held against them.

use std::collections::BTreeSet;

use super::run;
use super::ways::Unit;

/// Every number of a text with what stands before and after it.
fn numbers(text: &str) -> Vec<(&str, &str, &str)> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(c) = rest.chars().next() {
        let Some((digits, after)) = run(rest, |c| c.is_ascii_digit()) else {
            rest = rest.strip_prefix(c).unwrap_or_default();
            continue;
        };
        found.push((text.strip_suffix(rest).unwrap_or_default(), digits, after));
        rest = after;
    }
    found
}

/// What follows a number, without its words in brackets: `05 (năm) ngày`.
fn unit_after(after: &str) -> &str {
    let after = after.trim_start();
    let bracket = after.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    bracket.map_or(after, |(_, after)| after.trim_start())
}

/// The time limits a text speaks of. `sau 15 giờ` is a time of day, `số 61 ngày 23/4` a document.
pub fn times(text: &str) -> BTreeSet<(String, Unit)> {
    let text = text.to_lowercase();
    let limits = numbers(&text).into_iter().filter_map(|(before, digits, after)| {
        let (unit, after) = Unit::leading(unit_after(after))?;
        let number = digits.trim_start_matches('0');
        let dated = after.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let of_day = unit == Unit::Hours && is_time_of_day(before);
        let whole = !before.ends_with(['/', '.', ',']);
        (whole && !dated && !of_day && !number.is_empty()).then(|| (number.to_owned(), unit))
    });
    limits.collect()
}

fn is_time_of_day(before: &str) -> bool {
    let before = before.trim_end();
    ["sau", "trước", "lúc", "từ", "đến"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// The amounts of đồng a text speaks of.
pub fn amounts(text: &str) -> BTreeSet<i64> {
    let text = text.to_lowercase();
    let (mut found, mut rest) = (BTreeSet::new(), text.as_str());
    while let Some(c) = rest.chars().next() {
        let Some((number, after)) = run(rest, |c| c.is_ascii_digit() || c == '.' || c == ',') else {
            rest = rest.strip_prefix(c).unwrap_or_default();
            continue;
        };
        if is_dong(after.trim_start()) {
            found.extend(whole_dong(number));
        }
        rest = after;
    }
    found
}

fn is_dong(after: &str) -> bool {
    let words = ["đồng", "việt nam đồng", "vnđ", "vnd"];
    let sign = after
        .strip_prefix('đ')
        .is_some_and(|after| !after.starts_with(char::is_alphabetic));
    sign || words.iter().any(|word| after.starts_with(word))
}

/// The amount of `20,000` or `20.000`.
pub fn whole_dong(number: &str) -> Option<i64> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The numbers of originals and of copies a paper's name asks for.
pub fn counts(name: &str) -> (BTreeSet<u16>, BTreeSet<u16>) {
    let name = name.to_lowercase();
    let (mut originals, mut copies) = (BTreeSet::new(), BTreeSet::new());
    for (_, digits, after) in numbers(&name) {
        let (after, Ok(count)) = (unit_after(after), digits.parse()) else {
            continue;
        };
        if after.starts_with("bản chính") || after.starts_with("bản gốc") {
            originals.insert(count);
        } else if ["bản sao", "bản chụp", "bản photo"]
            .iter()
            .any(|kind| after.starts_with(kind))
        {
            copies.insert(count);
        }
    }
    (originals, copies)
}
