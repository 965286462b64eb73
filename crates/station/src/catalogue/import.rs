//! Reading the national portal's records: one JSON object a line, with tables whose cells were
//! glued together when they were copied. What can be taken apart for certain is; everything else
//! is named in `problems` with its raw text, because a guessed limit becomes a printed promise.

mod documents;
mod lists;
mod object;
mod papers;
mod record;
mod said;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use documents::documents;
pub use lists::{authority, results};
pub use papers::{Paper, Section};
use record::quoted;
pub use record::{About, Problem, Record, TWIN, UNSAID, text_of};
pub use ways::{Time, Unit, amounts, is_online};

use crate::api::responses::{ImportStatus, Imported, ImportedRecord};
use crate::error::{ApiError, Code, Result};

/// A line of the file.
#[derive(Debug, Clone)]
pub enum Line {
    /// A record, taken apart.
    Read(Box<Record>),
    /// A line nothing can be taken from.
    Refused(Refusal),
}

/// A line nothing can be taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Code, where one was read.
    pub code: String,
    /// Name, where one was read.
    pub name: String,
    /// Why, with the line's number.
    pub why: String,
}

/// Reads a file of records by its path.
///
/// # Errors
/// As [`file`].
pub fn import_file(path: &str) -> Result<Imported> {
    Ok(answer(&file(path)?))
}

/// Reads the lines of a file of records by its path.
///
/// # Errors
/// `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, and as [`lines`].
pub fn file(path: &str) -> Result<Vec<Line>> {
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ApiError::of(Code::FileNotFound, "path"),
        _ => ApiError::of(Code::FileNotReadable, "path").because(error),
    })?;
    lines(&bytes)
}

/// Reads records, one JSON object a line; empty lines do not count. A line that is cut short, is no
/// UTF-8, has no code or name, or repeats a record is refused with its number; two records of one code
/// that say different things are both read, and each is marked.
///
/// # Errors
/// `CATALOGUE_UNREADABLE` with the first line and what is wrong with it when no line is a JSON object;
/// `NO_RECORD` when the file is empty or no record has a code and a name.
pub fn lines(bytes: &[u8]) -> Result<Vec<Line>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reading = Reading::default();
    for (number, raw) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        for piece in object::pieces(raw.trim_ascii()) {
            reading.line(number, piece);
        }
    }
    let any = reading.lines.iter().any(|line| matches!(line, Line::Read(_)));
    match (any, reading.objects, reading.unreadable) {
        (true, ..) => Ok(reading.lines),
        (false, false, Some((number, why))) => Err(ApiError::of(Code::CatalogueUnreadable, "path")
            .with("line", number)
            .with("why", why)),
        (false, ..) => Err(ApiError::of(Code::NoRecord, "path")),
    }
}

#[derive(Default)]
struct Reading {
    lines: Vec<Line>,
    /// Where in `lines` each code stands.
    seen: BTreeMap<String, Vec<usize>>,
    /// Whether some line was a JSON object.
    objects: bool,
    /// The first line that was none, and why.
    unreadable: Option<(usize, String)>,
}

impl Reading {
    fn line(&mut self, number: usize, raw: &[u8]) {
        match object::read(raw) {
            Ok(fields) => {
                self.objects = true;
                let line = self.record(number, fields);
                self.lines.push(line);
            }
            Err(why) => {
                self.lines.push(refused(number, &why, &String::from_utf8_lossy(raw)));
                self.unreadable.get_or_insert((number, why));
            }
        }
    }

    fn record(&mut self, line: usize, mut raw: Map<String, Value>) -> Line {
        raw.remove(TWIN);
        let (code, name) = (text_of(&raw, "ma_thu_tuc"), text_of(&raw, "ten_thu_tuc"));
        let refuse = |why: &str, raw: &str, code: String, name: String| {
            let why = quoted(&format!("Dòng {line}: {why}"), raw);
            Line::Refused(Refusal { code, name, why })
        };
        if !is_code(&code) {
            return refuse("mã thủ tục không đúng dạng 1.234567", &code.clone(), code, name);
        }
        if name.is_empty() {
            return refuse("không có tên thủ tục", "", code, name);
        }
        let earlier = self.seen.entry(code.clone()).or_default();
        let record = Record::of(line, code, name, raw);
        match twins(&mut self.lines, earlier, &record) {
            Twins::Same(first) => refuse(
                &format!("mã đã có ở dòng {first}"),
                &record.code.clone(),
                record.code,
                record.name,
            ),
            Twins::None => {
                earlier.push(self.lines.len());
                Line::Read(Box::new(record))
            }
            Twins::Differ(record) => {
                earlier.push(self.lines.len());
                Line::Read(record)
            }
        }
    }
}

enum Twins {
    None,
    /// An earlier line says the same.
    Same(usize),
    /// An earlier line says something else: the record, marked.
    Differ(Box<Record>),
}

/// Holds a record against the earlier ones of its code, and marks those that say something else.
fn twins(lines: &mut [Line], earlier: &[usize], record: &Record) -> Twins {
    let mut twins = Twins::None;
    for place in earlier {
        let Some(Line::Read(first)) = lines.get_mut(*place) else {
            continue;
        };
        if first.says_the_same(&record.raw) {
            return Twins::Same(first.line);
        }
        if matches!(twins, Twins::None) {
            twins = Twins::Differ(Box::new(record.beside(first.line, &first.raw)));
        }
    }
    if matches!(twins, Twins::Differ(_)) {
        for place in earlier {
            if let Some(Line::Read(first)) = lines.get_mut(*place)
                && !first.raw.contains_key(TWIN)
            {
                **first = first.beside(record.line, &record.raw);
            }
        }
    }
    twins
}

/// The lines as `import-catalogue` answers them.
#[must_use]
pub fn answer(lines: &[Line]) -> Imported {
    let records: Vec<ImportedRecord> = lines.iter().map(answered).collect();
    let count = |wanted: fn(&ImportStatus) -> bool| {
        u32::try_from(records.iter().filter(|record| wanted(&record.status)).count()).unwrap_or(u32::MAX)
    };
    let full = count(|status| matches!(status, ImportStatus::Full));
    let partial = count(|status| matches!(status, ImportStatus::Partial));
    let refused = count(|status| matches!(status, ImportStatus::Refused));
    let total = full.saturating_add(partial).saturating_add(refused);
    Imported {
        total,
        full,
        partial,
        refused,
        records,
    }
}

fn answered(line: &Line) -> ImportedRecord {
    match line {
        Line::Read(record) => record.answer(),
        Line::Refused(refusal) => ImportedRecord {
            code: refusal.code.clone(),
            name: refusal.name.clone(),
            status: ImportStatus::Refused,
            times: Vec::new(),
            fees: Vec::new(),
            components: Vec::new(),
            problems: vec![refusal.why.clone()],
            notes: Vec::new(),
            ways: Vec::new(),
            papers: Vec::new(),
        },
    }
}

fn refused(line: usize, why: &str, raw: &str) -> Line {
    Line::Refused(Refusal {
        code: String::new(),
        name: String::new(),
        why: quoted(&format!("Dòng {line}: {why}"), raw),
    })
}

/// The national code, `d.dddddd`.
pub(super) fn is_code(text: &str) -> bool {
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(group, number)| digits(group, 1) && digits(number, 6))
}

/// The leading run of characters that satisfy `wanted`, and the rest; none when it is empty.
fn run(text: &str, wanted: impl Fn(char) -> bool) -> Option<(&str, &str)> {
    let end = text.find(|c| !wanted(c)).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(run, _)| !run.is_empty())
}
