//! Finding the cells `1 bản chính`, `0 bản chính,1 bản sao`, `1 bản sao` between names of papers.
//! The same words inside a sentence are told from a cell by what stands around them: a cell is glued
//! to the name before it, has no leading zero, and is glued to what follows.

use super::super::run;

const ORIGINALS: &str = " bản chính";
const COPIES: &str = " bản sao";

/// A name with its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted<'a> {
    /// What stands before the cell.
    pub name: &'a str,
    /// The cell as it stands.
    pub cell: &'a str,
    /// Originals and copies; none when the first number cannot be told from the end of the name.
    pub count: Option<(u16, u16)>,
}

/// The first name with a cell, and what follows.
pub fn next(text: &str) -> Option<(Counted<'_>, &str)> {
    let mut from = 0_usize;
    loop {
        let at = from.checked_add(text.get(from..)?.find(|c: char| c.is_ascii_digit())?)?;
        let (before, rest) = text.split_at_checked(at)?;
        let (digits, after) = run(rest, |c| c.is_ascii_digit())?;
        if let Some((kept, tail)) = cell(before, digits, after) {
            let (name, cell) = text.split_at_checked(at.checked_add(kept.name_digits)?)?;
            let cell = cell.get(..cell.len().checked_sub(tail.len())?)?;
            let (name, count) = (name.trim(), kept.count);
            return Some((Counted { name, cell, count }, tail));
        }
        // A run of digits is passed over whole: its tail is no number of its own.
        from = at.checked_add(digits.len())?;
    }
}

struct Kept {
    /// How many of the digits end the name.
    name_digits: usize,
    count: Option<(u16, u16)>,
}

/// Whether these digits begin a cell, and what follows it.
fn cell<'a>(before: &str, digits: &str, after: &'a str) -> Option<(Kept, &'a str)> {
    let (originals, copies, tail) = counts(after)?;
    let name_digits = digits.len().checked_sub(1)?;
    let last: u16 = digits.get(name_digits..)?.parse().ok()?;
    let count = Some(if originals { (last, copies) } else { (0, last) });
    let certain = Some((Kept { name_digits, count }, tail));
    let doubtful = Some((
        Kept {
            name_digits: 0,
            count: None,
        },
        tail,
    ));
    match (digits.len(), place(before), follows(tail)) {
        (1, Place::Glued, Follows::Mark) | (1, Place::Apart, Follows::Small) => doubtful,
        (1, Place::Glued, _) => certain,
        (1, _, Follows::End | Follows::Name) if !counts_follow(tail) => certain,
        _ if is_year(before, digits) => certain,
        (_, Place::Apart | Place::Glued, Follows::End | Follows::Name | Follows::Small) if !counts_follow(tail) => {
            doubtful
        }
        _ => None,
    }
}

/// Whether originals are counted, how many copies beside them, and what follows.
fn counts(after: &str) -> Option<(bool, u16, &str)> {
    let Some(tail) = after.strip_prefix(ORIGINALS) else {
        return after.strip_prefix(COPIES).map(|tail| (false, 0, tail));
    };
    let beside = tail
        .strip_prefix(',')
        .and_then(|tail| run(tail, |c| c.is_ascii_digit()));
    let copies = beside.and_then(|(digits, tail)| Some((digits.parse().ok()?, tail.strip_prefix(COPIES)?)));
    let (copies, tail) = copies.unwrap_or((0, tail));
    Some((true, copies, tail))
}

/// `nộp 01 bản chính1 bản chính`: the sentence ends with the same words, the cell follows.
fn counts_follow(tail: &str) -> bool {
    run(tail, |c| c.is_ascii_digit()).is_some_and(|(_, after)| counts(after).is_some())
}

enum Place {
    /// Nothing stands before: a name is missing, or begins with a number.
    Start,
    /// A space or an opening bracket: a sentence, most often.
    Apart,
    Glued,
}

fn place(before: &str) -> Place {
    match before.chars().next_back() {
        None => Place::Start,
        Some(c) if c.is_whitespace() || matches!(c, '(' | '“' | '"') => Place::Apart,
        Some(_) => Place::Glued,
    }
}

#[derive(Clone, Copy)]
enum Follows {
    End,
    /// A capital, a digit, a bullet: the next name.
    Name,
    /// A small letter glued to the cell: `đ) Hóa đơn`, or a sentence without its space.
    Small,
    Space,
    /// A mark that goes on with a sentence.
    Mark,
}

fn follows(tail: &str) -> Follows {
    match tail.chars().next() {
        _ if tail.trim().is_empty() => Follows::End,
        None => Follows::End,
        Some(c) if c.is_whitespace() => Follows::Space,
        Some('.' | ',' | ';' | ':' | ')' | '/' | '”') => Follows::Mark,
        Some(c) if c.is_lowercase() => Follows::Small,
        Some(_) => Follows::Name,
    }
}

/// `ngày 28/8/20201 bản chính`, `năm 20201 bản chính`: a year has four digits, the fifth counts.
fn is_year(before: &str, digits: &str) -> bool {
    let of_date = before
        .strip_suffix('/')
        .is_some_and(|date| date.ends_with(|c: char| c.is_ascii_digit()));
    let of_year = before.trim_end().to_lowercase().ends_with("năm");
    digits.len() == 5 && (digits.starts_with("19") || digits.starts_with("20")) && (of_date || of_year)
}
