//! What sentences say of money: amounts of đồng, and money the table's column cannot hold.

use std::collections::BTreeSet;

use super::run;

/// Every number of a text, marks included, with what stands before and after it.
fn numbers(text: &str) -> Vec<(&str, &str, &str)> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(c) = rest.chars().next() {
        if !c.is_ascii_digit() {
            rest = rest.strip_prefix(c).unwrap_or_default();
            continue;
        }
        let (number, after) = run(rest, |c| c.is_ascii_digit() || c == '.' || c == ',').unwrap_or((rest, ""));
        found.push((text.strip_suffix(rest).unwrap_or_default(), number, after.trim_start()));
        rest = after;
    }
    found
}

/// The amounts of đồng a text speaks of: `20.000 đồng`, `20 nghìn đồng`, `1,5 triệu`.
pub fn amounts(text: &str) -> BTreeSet<i64> {
    let text = text.to_lowercase();
    let amount = |(_, number, after): (&str, &str, &str)| match many(after) {
        Some(times) => scaled(number, times),
        None if is_dong(after) => whole_dong(number),
        None => None,
    };
    numbers(&text).into_iter().filter_map(amount).collect()
}

fn is_dong(after: &str) -> bool {
    let words = ["đồng", "việt nam đồng", "vnđ", "vnd"];
    let sign = after
        .strip_prefix('đ')
        .is_some_and(|after| !after.starts_with(char::is_alphabetic));
    sign || words.iter().any(|word| after.starts_with(word))
}

fn many(after: &str) -> Option<i64> {
    let words = [
        ("nghìn", 1_000),
        ("ngàn", 1_000),
        ("triệu", 1_000_000),
        ("tỷ", 1_000_000_000),
    ];
    words
        .iter()
        .find(|(word, _)| is_word(after, word))
        .map(|(_, times)| *times)
}

fn is_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|after| !after.starts_with(char::is_alphabetic))
}

/// `1,5` times a million; three digits after the mark are thousands, not parts.
fn scaled(number: &str, times: i64) -> Option<i64> {
    let number = number.trim_end_matches(['.', ',']);
    let digits = whole_dong(number)?;
    let parts = number.rsplit_once(['.', ',']).map_or(0, |(_, parts)| parts.len());
    let divisor = if parts < 3 {
        10_i64.checked_pow(u32::try_from(parts).ok()?)?
    } else {
        1
    };
    digits.checked_mul(times)?.checked_div(divisor)
}

/// The amount of `20,000` or `20.000`.
pub fn whole_dong(number: &str) -> Option<i64> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

const FOREIGN: &[&str] = &[
    "usd",
    "us$",
    "$",
    "đô la",
    "đô-la",
    "đôla",
    "eur",
    "euro",
    "€",
    "gbp",
    "bảng anh",
    "jpy",
    "yên",
    "cny",
    "nhân dân tệ",
    "tệ",
    "krw",
    "won",
    "thb",
    "baht",
    "lak",
    "kíp",
    "kip",
    "khr",
    "riel",
    "sgd",
    "aud",
    "franc",
];

/// Whether a text speaks of money in another way than in đồng: a foreign currency, a share of something,
/// `thu 30`, or thousands without a currency.
pub fn is_other_money(text: &str) -> bool {
    let text = text.to_lowercase();
    numbers(&text).into_iter().any(|(before, number, after)| {
        let before = before.trim_end();
        let named = FOREIGN.iter().any(|word| is_word(after, word));
        let charged = before.ends_with(" thu") || before == "thu" || before.ends_with("(thu");
        let plain = !is_dong(after) && many(after).is_none();
        named
            || before.ends_with(['$', '€'])
            || before.ends_with("usd")
            || after.starts_with('%')
            || (plain && (charged || is_thousands(number)))
    })
}

/// `30.000`, `1,200,000`: nobody writes a date or a document's number like that.
fn is_thousands(number: &str) -> bool {
    let number = number.trim_end_matches(['.', ',']);
    let mut groups = number.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    (1..=3).contains(&first.len())
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3)
        && number.ends_with("000")
}
