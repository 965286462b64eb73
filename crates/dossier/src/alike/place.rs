//! Addresses, with the commune as it is called today and without the districts of before July 2025.

use std::collections::{BTreeMap, BTreeSet};

use super::Agree;
use crate::fold::fold_words;

/// Words that say of what kind a part is, long before short.
const COMMUNE: &[&[&str]] = &[&["thi", "tran"], &["phuong"], &["xa"], &["tt"], &["p"], &["x"]];
const ABOVE: &[&[&str]] = &[
    &["thanh", "pho"],
    &["thi", "xa"],
    &["huien"],
    &["quan"],
    &["tinh"],
    &["tp"],
    &["tx"],
    &["h"],
    &["q"],
    &["t"],
];
/// Words inside a village or street that come and go.
const LOCAL: &[&str] = &[
    "so", "nha", "duong", "d", "thon", "to", "dan", "pho", "tdp", "khu", "kp", "ap", "xom", "ban", "buon", "lang",
    "ngo", "hem", "ngach", "kiet",
];

/// Communes that were merged: the name on older papers, and today's. Names stand without tones.
#[derive(Debug, Clone, Default)]
pub struct Mergers(BTreeMap<String, String>);

impl Mergers {
    /// From today's names, each with the names before it.
    pub fn of<'a>(merged: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let named = |name: &str| commune(&fold_words(name)).unwrap_or_else(|| fold_words(name).join(" "));
        Self(merged.into_iter().map(|(now, was)| (named(was), named(now))).collect())
    }

    /// Today's name of a commune, and the one it had where that is another.
    fn read(&self, name: String) -> (String, Option<String>) {
        match self.0.get(&name) {
            Some(now) if *now != name => (now.clone(), Some(name)),
            _ => (name, None),
        }
    }
}

/// Where somebody lives.
#[derive(Debug, Clone, Default)]
pub struct Place {
    commune: Option<String>,
    /// The commune before it was merged, where the paper names it.
    former: Option<String>,
    /// Hamlet, street, house: the words that are names, and numbers with what they number.
    local: BTreeSet<String>,
}

impl Place {
    /// Reads an address on one line: what is smaller stands first.
    pub fn of(address: &str, mergers: &Mergers) -> Self {
        let parts: Vec<Vec<String>> = address.split([',', ';']).map(fold_words).collect();
        // A hamlet may be called like one; the last is the commune.
        let at = parts.iter().rposition(|part| commune(part).is_some());
        let smaller = parts.get(..at.unwrap_or(parts.len())).unwrap_or_default();
        let name = at.and_then(|at| commune(parts.get(at)?));
        let (commune, former) = name.map(|name| mergers.read(name)).unzip();
        let local = smaller.iter().filter(|part| begins(part, ABOVE).is_none());
        Self {
            commune,
            former: former.flatten(),
            local: local.flat_map(|part| named(part)).collect(),
        }
    }

    /// The same commune and hamlet; nearly where only one of them is told on both sides.
    pub fn compare(&self, other: &Self) -> Agree {
        let communes = match (&self.commune, &other.commune) {
            // A hamlet of one old commune is none of another's, however alike their names.
            _ if matches!((&self.former, &other.former), (Some(one), Some(other)) if one != other) => {
                return Agree::Not;
            }
            (Some(one), Some(other)) if one == other => Agree::Same,
            (Some(_), Some(_)) => return Agree::Not,
            _ => Agree::Unknown,
        };
        if self.local.is_empty() || other.local.is_empty() {
            return if communes == Agree::Same {
                Agree::Nearly
            } else {
                Agree::Unknown
            };
        }
        match (
            self.local.is_subset(&other.local) || other.local.is_subset(&self.local),
            communes,
        ) {
            (true, Agree::Same) => Agree::Same,
            (true, _) => Agree::Nearly,
            (false, _) => Agree::Not,
        }
    }
}

/// What of a part tells it from others: `tổ 2, số 7` shares nothing with `số 2`.
fn named(part: &[String]) -> Vec<String> {
    let (mut named, mut before, mut kind) = (Vec::new(), "", "so");
    for word in part.iter().map(String::as_str) {
        if word.contains(|c: char| c.is_ascii_digit()) {
            named.push(format!("{kind} {word}"));
        } else if !LOCAL.contains(&word) {
            named.push(word.to_owned());
        }
        kind = match (before, word) {
            (_, "tdp") | ("dan", "pho") => "to",
            (_, "kp") => "pho",
            (_, "d") => "duong",
            _ => word,
        };
        before = word;
    }
    named
}

/// The name of a commune in the words of a part, without what it is: merged ones change from commune to ward.
fn commune(words: &[String]) -> Option<String> {
    if begins(words, ABOVE).is_some_and(|rest| !rest.is_empty()) && begins(words, &[&["t"]]).is_none() {
        return None;
    }
    let rest = begins(words, COMMUNE)?;
    (!rest.is_empty()).then(|| rest.join(" "))
}

/// The words behind one of the beginnings.
fn begins<'a>(words: &'a [String], with: &[&[&str]]) -> Option<&'a [String]> {
    let matches = |begin: &&&[&str]| {
        words
            .iter()
            .map(String::as_str)
            .take(begin.len())
            .eq(begin.iter().copied())
    };
    let begin = with.iter().find(matches)?;
    words.get(begin.len()..)
}
