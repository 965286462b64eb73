//! Forty records read by a person, each field written down (`checked.json`), against the importer.
//! Long texts are held by their beginning, their end and their length.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;
use crate::api::responses::{ImportedPaper, ImportedWay};

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Long { starts: String, ends: String, chars: usize },
}

impl Text {
    fn is(&self, text: &str) -> bool {
        match self {
            Self::Whole(whole) => whole == text,
            Self::Long { starts, ends, chars } => {
                text.starts_with(starts.as_str()) && text.ends_with(ends.as_str()) && text.chars().count() == *chars
            }
        }
    }
}

fn are(expected: &[Text], read: &[String]) -> bool {
    expected.len() == read.len() && expected.iter().zip(read).all(|(expected, read)| expected.is(read))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    code: String,
    name: Text,
    status: ImportStatus,
    ways: Vec<ExpectedWay>,
    papers: Vec<ExpectedPaper>,
    notes: Vec<Text>,
    /// What a careful reader could not say, and how often.
    doubts: BTreeMap<String, usize>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedWay {
    way: String,
    /// None: not said, or without its unit.
    time: Option<String>,
    fees: Vec<Text>,
    says: Option<Text>,
}

impl ExpectedWay {
    fn is(&self, read: &ImportedWay) -> bool {
        let way = match self.way.as_str() {
            "online" => "Trực tuyến",
            "post" => "Dịch vụ bưu chính",
            _ => "Trực tiếp",
        };
        let says = self
            .says
            .as_ref()
            .map_or(read.description.is_empty(), |says| says.is(&read.description));
        way == read.way && self.time == read.time && are(&self.fees, &read.fees) && says
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedPaper {
    under: Option<Text>,
    name: Text,
    form: Option<String>,
    originals: Option<u32>,
    copies: Option<u32>,
}

impl ExpectedPaper {
    fn is(&self, read: &ImportedPaper) -> bool {
        let under = match (&self.under, &read.title) {
            (None, None) => true,
            (Some(expected), Some(read)) => expected.is(read),
            (Some(_), None) | (None, Some(_)) => false,
        };
        let counts = self.originals == read.originals && self.copies == read.copies;
        under && self.name.is(&read.name) && self.form == read.form && counts
    }
}

/// `Không ghi mức phí: “…”.` without what it quotes.
fn headline(problem: &str) -> String {
    let words = problem.split(": “").next().unwrap_or(problem);
    words.trim_end_matches('.').to_owned()
}

#[test]
fn forty_records_read_by_hand_are_read_alike() {
    let Some(bytes) = real() else { return };
    let expected: Vec<Expected> = serde_json::from_str(include_str!("checked.json")).unwrap();
    assert_eq!(expected.len(), 40);
    let it = answer(&lines(&bytes).unwrap());
    for expected in &expected {
        let code = &expected.code;
        let read = it.records.iter().find(|record| record.code == *code).unwrap();
        assert!(expected.name.is(&read.name), "{code}: {}", read.name);
        assert_eq!(expected.status, read.status, "{code}");
        assert_eq!(expected.ways.len(), read.ways.len(), "{code}");
        for (way, read) in expected.ways.iter().zip(&read.ways) {
            assert!(way.is(read), "{code}: {way:?} {read:?}");
        }
        assert_eq!(expected.papers.len(), read.papers.len(), "{code}");
        for (paper, read) in expected.papers.iter().zip(&read.papers) {
            assert!(paper.is(read), "{code}: {paper:?} {read:?}");
        }
        assert!(are(&expected.notes, &read.notes), "{code}: {:?}", read.notes);
        let mut doubts = BTreeMap::new();
        for problem in &read.problems {
            *doubts.entry(headline(problem)).or_insert(0_usize) += 1;
        }
        assert_eq!(expected.doubts, doubts, "{code}");
    }
}

/// The strings of `times`, `fees` and `components` say nothing that the rows do not say.
#[test]
fn the_listed_strings_are_the_rows() {
    let Some(bytes) = real() else { return };
    for record in answer(&lines(&bytes).unwrap()).records {
        let times = record.ways.iter().filter(|way| way.time.is_some()).count();
        assert!(record.times.len() <= times, "{}", record.code);
        assert_eq!(record.components.len(), record.papers.len(), "{}", record.code);
        for (words, paper) in record.components.iter().zip(&record.papers) {
            assert!(words.contains(&paper.name), "{}", record.code);
        }
        for way in record
            .ways
            .iter()
            .filter(|way| way.time.is_none() || way.fees.is_empty())
        {
            assert!(
                !record.problems.is_empty(),
                "{}: {way:?} is silent and nobody says so",
                record.code
            );
        }
    }
}
