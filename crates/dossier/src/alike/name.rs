//! Names: words without tones, in any order.

use super::Agree;
use super::slip::one_apart;
use crate::fold::fold_words;

/// Words of an organisation's name that come and go, each row as a whole: alone they are names.
const LEGAL_FORMS: &[&[&str]] = &[
    &["trach", "nhiem", "huu", "han"],
    &["cong", "ti"],
    &["c", "ti"],
    &["cti"],
    &["tnhh"],
    &["va"],
];

/// Words up to which an organisation's name may be shortened to initials.
const MOST_WORDS: usize = 14;

/// A name as it is compared.
#[derive(Debug, Clone)]
pub struct Name {
    /// Folded, sorted.
    words: Vec<String>,
    /// As they stood, without a space between.
    run: String,
    /// As they stood, where they may be shortened to initials.
    order: Option<Vec<String>>,
}

impl Name {
    /// A person's.
    pub fn of(name: &str) -> Self {
        let mut words = fold_words(name);
        let (run, order) = (words.concat(), None);
        words.sort();
        Self { words, run, order }
    }

    /// The same in any order and however cut into words; nearly with one slip, or without one word of three
    /// or more.
    pub fn compare(&self, other: &Self) -> Agree {
        if self.run.is_empty() || other.run.is_empty() {
            return Agree::Not;
        }
        if self.words == other.words || self.run == other.run || self.shortened(other) {
            return Agree::Same;
        }
        let (ours, theirs) = (missing(&self.words, &other.words), missing(&other.words, &self.words));
        let long = self.words.len().max(other.words.len()) >= 3;
        match (ours.as_slice(), theirs.as_slice()) {
            ([one], [other]) if one_apart(one, other) => Agree::Nearly,
            ([_], []) | ([], [_]) if long => Agree::Nearly,
            _ if one_apart(&self.run, &other.run) => Agree::Nearly,
            _ => Agree::Not,
        }
    }

    fn shortened(&self, other: &Self) -> bool {
        matches!((&self.order, &other.order), (Some(one), Some(other)) if initials_agree(one, other))
    }
}

/// Whether two rows of words are one, where a word may stand for the initials of several: `tm` for
/// `thuong mai`.
fn initials_agree(one: &[String], other: &[String]) -> bool {
    let (Some((first, rest)), Some((begin, end))) = (one.split_first(), other.split_first()) else {
        return one.is_empty() && other.is_empty();
    };
    (first == begin && initials_agree(rest, end))
        || behind(first, other).is_some_and(|end| initials_agree(rest, end))
        || behind(begin, one).is_some_and(|rest| initials_agree(rest, end))
}

/// The words behind those of which a word is the initials.
fn behind<'a>(word: &str, words: &'a [String]) -> Option<&'a [String]> {
    let letters = word.chars().count();
    let (named, rest) = words.split_at_checked(letters)?;
    let initials = named.iter().filter_map(|it| it.chars().next());
    (letters > 1 && initials.eq(word.chars())).then_some(rest)
}

/// An organisation's, by what is its own.
pub fn company(name: &str) -> Name {
    let words: Vec<String> = fold_words(name).into_iter().map(joint_stock).collect();
    let own = own(&words);
    let order = if own.is_empty() { words } else { own };
    let (run, mut words) = (order.concat(), order.clone());
    words.sort();
    // Longer ones are compared as they stand: trying initials takes twice as long with every word.
    let order = Some(order).filter(|order| order.len() <= MOST_WORDS);
    Name { words, run, order }
}

/// `ctcp` is `cti` and `cp` written as one.
fn joint_stock(word: String) -> String {
    if word == "ctcp" { "cp".to_owned() } else { word }
}

/// Without the legal form.
fn own(words: &[String]) -> Vec<String> {
    let (mut own, mut rest) = (Vec::new(), words);
    while let Some((first, behind)) = rest.split_first() {
        let form = LEGAL_FORMS.iter().find(|form| {
            rest.iter()
                .map(String::as_str)
                .take(form.len())
                .eq(form.iter().copied())
        });
        match form.and_then(|form| rest.get(form.len()..)) {
            Some(after) => rest = after,
            None => {
                own.push(first.clone());
                rest = behind;
            }
        }
    }
    own
}

/// Words of the one that the other lacks, each as often as it lacks it.
fn missing<'a>(words: &'a [String], of: &[String]) -> Vec<&'a str> {
    let mut left: Vec<&String> = of.iter().collect();
    let mut lacking = Vec::new();
    for word in words {
        match left.iter().position(|it| *it == word) {
            Some(place) => drop(left.swap_remove(place)),
            None => lacking.push(word.as_str()),
        }
    }
    lacking
}
