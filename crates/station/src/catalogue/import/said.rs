//! What sentences say: time limits, amounts of money, numbers of papers. They are never taken for
//! the table's own figures, only held against them.

use std::collections::BTreeSet;

use super::run;
use super::ways::Unit;

mod money;

pub use money::{amounts, is_other_money, whole_dong};

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

/// The time limits a text speaks of, each as often as it does. `sau 15 giờ` is a time of day, `số 61
/// ngày 23/4` a document.
pub fn times(text: &str) -> Vec<(String, Unit)> {
    let text = text.to_lowercase();
    let limits = numbers(&text).into_iter().filter_map(|(before, digits, after)| {
        let (unit, after) = Unit::leading(unit_after(after))?;
        let number = digits.trim_start_matches('0');
        let of_day = unit == Unit::Hours && is_time_of_day(before);
        let whole = !before.ends_with(['/', '.', ',']);
        (whole && !is_dated(after) && !of_day && !number.is_empty()).then(|| (number.to_owned(), unit))
    });
    limits.collect()
}

/// `ngày 23/4`, `tháng 6`: the number after the word makes it a date.
fn is_dated(after: &str) -> bool {
    after.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

fn is_time_of_day(before: &str) -> bool {
    let before = before.trim_end();
    ["sau", "trước", "lúc", "từ", "đến"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Whether a text limits the time in a way the table cannot: by months, weeks or minutes, by parts of a
/// day, in words, or with "trong ngày".
pub fn limits_otherwise(text: &str) -> bool {
    let text = text.to_lowercase();
    let spelt = [
        "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "lăm", "mươi",
    ];
    let units = ["ngày", "giờ", "tháng", "tuần"];
    let in_words = |word: &&str| units.iter().any(|unit| text.contains(&format!(" {word} {unit}")));
    let other_unit = numbers(&text).into_iter().any(|(before, _, after)| {
        let after = unit_after(after);
        let other = ["tháng", "tuần", "phút"]
            .iter()
            .find_map(|unit| after.strip_prefix(unit));
        let part = Unit::leading(after).map(|(_, after)| after).filter(|_| is_part(before));
        other.or(part).is_some_and(|after| !is_dated(after))
    });
    let soon = ["trong ngày", "trong buổi", "ngay sau khi"];
    other_unit || spelt.iter().any(in_words) || soon.iter().any(|words| text.contains(words))
}

/// The digits before the comma of `1,5`.
fn is_part(before: &str) -> bool {
    before
        .strip_suffix([',', '.', '/'])
        .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// The numbers of originals and of copies a paper's name asks for.
pub fn counts(name: &str) -> (BTreeSet<u16>, BTreeSet<u16>) {
    let name = name.to_lowercase();
    let (mut originals, mut copies) = (BTreeSet::new(), BTreeSet::new());
    for (_, digits, after) in numbers(&name) {
        let (after, Ok(count)) = (unit_after(after), digits.parse()) else {
            continue;
        };
        if ORIGINALS.iter().any(|kind| after.starts_with(kind)) {
            originals.insert(count);
        } else if COPIES.iter().any(|kind| after.starts_with(kind)) {
            copies.insert(count);
        }
    }
    (originals, copies)
}

const ORIGINALS: &[&str] = &["bản chính", "bản gốc"];
const COPIES: &[&str] = &["bản sao", "bản chụp", "bản photo", "bản phô"];

/// Whether a paper's name speaks of an original, and whether of a copy.
pub fn kinds(name: &str) -> (bool, bool) {
    let name = name.to_lowercase();
    let any = |kinds: &[&str]| kinds.iter().any(|kind| name.contains(kind));
    (any(ORIGINALS), any(COPIES))
}
