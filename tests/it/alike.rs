//! The warning before a number is given, judged by people who were invented apart from it
//! (`tests/data/alike`): who is the same stands in the data, and nothing else is asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dossier::alike::{Mergers, Person};
use dossier::person::{Applicant, ApplicantKind};
use serde_json::Value;

/// How many were there, and of how many the officer would be told.
#[derive(Debug, Default, Clone, Copy)]
pub struct Told {
    pub of: usize,
    pub told: usize,
}

impl Told {
    fn count(&mut self, told: bool) {
        self.of += 1;
        self.told += usize::from(told);
    }

    #[allow(clippy::cast_precision_loss, reason = "some thousands")]
    pub fn share(&self) -> f64 {
        self.told as f64 / self.of as f64
    }
}

/// Pairs: the same person written twice, and two people who look alike.
#[derive(Debug, Default)]
pub struct Pairs {
    pub same: Told,
    /// Those of the same who bear no equal number: the harder part.
    pub unnumbered: Told,
    pub other: Told,
    /// Of the same, those that are not told, by how they differ.
    pub missed: BTreeMap<String, usize>,
}

/// Receptions of a quarter in their order: of those who came again with the same thing how many are told,
/// and of all how many are told of somebody else.
#[derive(Debug, Default)]
pub struct Stream {
    pub again: Told,
    pub wrongly: Told,
}

fn lines(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/alike")
}

fn mergers() -> Mergers {
    let text = std::fs::read_to_string(folder().join("mergers.json")).unwrap();
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    let was = |it: &Value| it["was"].as_array().unwrap().clone();
    let merged: Vec<(Value, Value)> = all
        .iter()
        .flat_map(|it| was(it).into_iter().map(|was| (it["now"].clone(), was)))
        .collect();
    Mergers::of(
        merged
            .iter()
            .map(|(now, was)| (now.as_str().unwrap(), was.as_str().unwrap())),
    )
}

fn person(told: &Value, mergers: &Mergers) -> Person {
    let text = |key: &str| told[key].as_str().map(str::to_owned);
    let kind = match told["kind"].as_str() {
        Some("organisation") => ApplicantKind::Organisation,
        _ => ApplicantKind::Person,
    };
    let applicant = Applicant {
        kind,
        name: text("name").unwrap(),
        id_number: text("id_number"),
        id_kind: None,
        birth_date: text("birth_date").map(|date| date.parse().unwrap()),
        gender: None,
        address: text("address"),
        phone: text("phone"),
        email: None,
    };
    Person::of(&applicant, mergers)
}

pub fn pairs() -> Pairs {
    let (mergers, mut found) = (mergers(), Pairs::default());
    for line in lines("pairs.ndjson") {
        let told = person(&line["earlier"], &mergers)
            .alike(&person(&line["now"], &mergers))
            .is_some();
        if line["same"] != true {
            found.other.count(told);
            continue;
        }
        found.same.count(told);
        let number = |side: &str| line[side]["id_number"].as_str();
        if number("earlier").is_none() || number("earlier") != number("now") {
            found.unnumbered.count(told);
        }
        if !told {
            *found.missed.entry(line["why"].to_string()).or_default() += 1;
        }
    }
    found
}

pub fn stream() -> Stream {
    let (mergers, mut found) = (mergers(), Stream::default());
    let mut earlier: BTreeMap<String, Vec<(u64, Person)>> = BTreeMap::new();
    for line in lines("stream.ndjson") {
        let (who, now) = (line["who"].as_u64().unwrap(), person(&line["applicant"], &mergers));
        let same = earlier.entry(line["procedure"].to_string()).or_default();
        let told: Vec<u64> = same
            .iter()
            .filter(|(_, it)| it.alike(&now).is_some())
            .map(|(who, _)| *who)
            .collect();
        if line["again"] == true {
            found.again.count(told.contains(&who));
        }
        found.wrongly.count(told.iter().any(|other| *other != who));
        same.push((who, now));
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn ninety_eight_of_a_hundred_are_told_and_namesakes_are_not() {
        let found = super::pairs();
        assert!(found.same.of >= 1_000 && found.other.of >= 1_000, "{found:?}");
        assert!(
            found.same.share() >= 0.98 && found.unnumbered.share() >= 0.98,
            "{found:?}"
        );
        assert!(found.other.share() <= 0.01, "{found:?}");
    }

    #[test]
    fn a_queue_is_held_up_for_nothing_once_in_a_hundred_at_most() {
        let found = super::stream();
        assert!(found.again.of >= 50 && found.wrongly.of >= 3_000, "{found:?}");
        assert!(found.again.share() >= 0.98, "{found:?}");
        assert!(found.wrongly.share() <= 0.01, "{found:?}");
    }
}
