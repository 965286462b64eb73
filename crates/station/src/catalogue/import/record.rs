//! One record of the portal taken apart, with its raw text and every doubt about it. A record without a
//! doubt is one whose every field a person need only confirm.

mod besides;
mod twin;

pub use twin::TWIN;

use dossier::text::clean;
use serde_json::{Map, Value};

use super::papers::{self, Papers};
use super::ways::{self, Way};
use crate::api::responses::{ImportStatus, ImportedPaper, ImportedRecord, ImportedWay};

/// What the portal writes where it has nothing.
pub const UNSAID: &str = "Không có thông tin";

/// Characters of raw text a problem quotes.
const QUOTED: usize = 300;

/// What a problem speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The name.
    Name,
    /// The decision's number.
    Decision,
    /// The field ("lĩnh vực").
    Field,
    /// How long it takes.
    Times,
    /// What is paid.
    Fees,
    /// The papers.
    Components,
    /// What the headings over the papers stand for.
    Cases,
    /// The legal documents.
    Basis,
    /// The results.
    Results,
    /// Who resolves.
    Agencies,
    /// A field the catalogue does not take over.
    Besides,
}

/// Something that is missing, contradicts itself or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it speaks of.
    pub about: About,
    /// A sentence with the raw text.
    pub words: String,
}

impl Problem {
    /// A problem in words.
    pub fn of(about: About, words: &str) -> Self {
        Self {
            about,
            words: words.to_owned(),
        }
    }
}

/// A record taken apart.
#[derive(Debug, Clone)]
pub struct Record {
    /// Line of the file, from 1.
    pub line: usize,
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field ("lĩnh vực").
    pub field: String,
    /// Number of the decision.
    pub decision: String,
    /// How it is handed in, how long it takes, what is paid.
    pub ways: Vec<Way>,
    /// The papers.
    pub papers: Papers,
    /// Every doubt.
    pub problems: Vec<Problem>,
    /// The portal's own fields.
    pub raw: Map<String, Value>,
}

impl Record {
    /// Takes a record apart whose code and name are sound.
    pub fn of(line: usize, code: String, name: String, raw: Map<String, Value>) -> Self {
        let mut problems = Vec::new();
        let decision = needed(&raw, "so_quyet_dinh", &[About::Decision], &mut problems);
        let field = needed(&raw, "linh_vuc", &[About::Field], &mut problems);
        let table = needed(&raw, "cach_thuc_thuc_hien", &[About::Times, About::Fees], &mut problems);
        let checklist = needed(&raw, "thanh_phan_ho_so", &[About::Components], &mut problems);
        if name.starts_with("Công bố ") {
            problems.push(Problem::of(
                About::Name,
                &quoted("Tên là tên quyết định công bố, không phải tên thủ tục", &name),
            ));
        }
        if !decision.is_empty() && !is_decision(&decision) {
            let words = quoted("Số quyết định không đúng dạng 123/QĐ-ABC", &decision);
            problems.push(Problem::of(About::Decision, &words));
        }
        if papers::is_cut_short(&name) {
            problems.push(Problem::of(
                About::Name,
                &quoted("Tên thủ tục có vẻ bị cắt ở cuối", &name),
            ));
        }
        let ways = ways::read(&table, &mut problems);
        let papers = papers::read(&checklist, &mut problems);
        let mut record = Self {
            line,
            code,
            name,
            field,
            decision,
            ways,
            papers,
            problems,
            raw,
        };
        record.doubt_besides();
        record.doubt_twins();
        record
    }

    /// Whether something is in doubt.
    pub fn doubts(&self, about: About) -> bool {
        self.problems.iter().any(|problem| problem.about == about)
    }

    /// The problems in words, each once.
    pub fn problem_words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for problem in &self.problems {
            if !words.contains(&problem.words) {
                words.push(problem.words.clone());
            }
        }
        words
    }

    /// How well it was read.
    pub fn status(&self) -> ImportStatus {
        if self.problems.is_empty() {
            ImportStatus::Full
        } else {
            ImportStatus::Partial
        }
    }

    /// The record as answered.
    pub fn answer(&self) -> ImportedRecord {
        let time = |way: &Way| Some(format!("{}: {}", way.way, way.time_words()?));
        let fees = |way: &Way| {
            way.fee_words()
                .into_iter()
                .map(|fee| format!("{}: {fee}", way.way))
                .collect::<Vec<_>>()
        };
        ImportedRecord {
            code: self.code.clone(),
            name: self.name.clone(),
            status: self.status(),
            times: once(self.ways.iter().filter_map(time)),
            fees: once(self.ways.iter().flat_map(fees)),
            components: self.papers.papers.iter().map(papers::Paper::words).collect(),
            problems: self.problem_words(),
            notes: self.papers.notes.clone(),
            ways: self.ways.iter().map(ImportedWay::from).collect(),
            papers: self.papers.papers.iter().map(ImportedPaper::from).collect(),
        }
    }
}

impl From<&Way> for ImportedWay {
    fn from(way: &Way) -> Self {
        Self {
            way: way.way.to_owned(),
            time: way.time_words(),
            fees: way.fee_words(),
            description: way.description.clone(),
        }
    }
}

impl From<&papers::Paper> for ImportedPaper {
    fn from(paper: &papers::Paper) -> Self {
        Self {
            title: paper.title.clone(),
            name: paper.name.clone(),
            form: paper.form.clone(),
            originals: paper.count.map(|(originals, _)| u32::from(originals)),
            copies: paper.count.map(|(_, copies)| u32::from(copies)),
        }
    }
}

fn once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

fn needed(raw: &Map<String, Value>, key: &str, about: &[About], problems: &mut Vec<Problem>) -> String {
    let text = text_of(raw, key);
    if text.is_empty() {
        problems.extend(
            about
                .iter()
                .map(|about| Problem::of(*about, &format!("Thiếu mục “{key}”."))),
        );
    }
    text
}

/// `858/QĐ-BTP`: what else stands there was typed for a trial or lost its number.
fn is_decision(text: &str) -> bool {
    text.split_once("/QĐ-").is_some_and(|(number, authority)| {
        let digits = (1..=5).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        digits
            && authority
                .chars()
                .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
            && !authority.is_empty()
    })
}

/// A field's text, or nothing where it is no text.
pub fn text_of(raw: &Map<String, Value>, key: &str) -> String {
    raw.get(key).and_then(Value::as_str).map(clean).unwrap_or_default()
}

/// A problem with the raw text it speaks of.
pub fn quoted(problem: &str, raw: &str) -> String {
    let raw = clean(raw);
    if raw.is_empty() {
        return format!("{problem}.");
    }
    let end = if raw.chars().nth(QUOTED).is_some() { "…" } else { "" };
    format!("{problem}: “{}{end}”.", raw.chars().take(QUOTED).collect::<String>())
}
