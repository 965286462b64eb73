//! Reading the national portal's records: one JSON object a line, with tables whose cells were
//! glued together when they were copied. What can be taken apart for certain is; everything else
//! is named in `problems` with its raw text, because a guessed limit becomes a printed promise.

mod papers;
mod record;
mod said;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use papers::{Paper, Section};
use record::quoted;
pub use record::{About, Problem, Record, text_of};
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
/// UTF-8, has no code or name, or repeats a code is refused with its number.
///
/// # Errors
/// `CATALOGUE_UNREADABLE` when no line is a JSON object; `NO_RECORD` when the file is empty or no
/// record has a code and a name.
pub fn lines(bytes: &[u8]) -> Result<Vec<Line>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let (mut seen, mut objects, mut lines) = (BTreeMap::new(), false, Vec::new());
    for (number, raw) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let raw = raw.trim_ascii();
        if raw.is_empty() {
            continue;
        }
        lines.push(match fields(raw) {
            Ok(fields) => {
                objects = true;
                record(number, fields, &mut seen)
            }
            Err(why) => refused(number, &why, &String::from_utf8_lossy(raw)),
        });
    }
    let any = lines.iter().any(|line| matches!(line, Line::Read(_)));
    match (any, objects || lines.is_empty()) {
        (true, _) => Ok(lines),
        (false, true) => Err(ApiError::of(Code::NoRecord, "path")),
        (false, false) => Err(ApiError::of(Code::CatalogueUnreadable, "path")),
    }
}

fn fields(raw: &[u8]) -> std::result::Result<Map<String, Value>, String> {
    let text = str::from_utf8(raw).map_err(|_| "không phải chữ UTF-8".to_owned())?;
    serde_json::from_str(text).map_err(|error| format!("không đọc được ({error})"))
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

fn record(line: usize, raw: Map<String, Value>, seen: &mut BTreeMap<String, usize>) -> Line {
    let (code, name) = (text_of(&raw, "ma_thu_tuc"), text_of(&raw, "ten_thu_tuc"));
    let why = if !is_code(&code) {
        Some(("mã thủ tục không đúng dạng 1.234567".to_owned(), code.as_str()))
    } else if name.is_empty() {
        Some(("không có tên thủ tục".to_owned(), ""))
    } else {
        seen.get(&code)
            .map(|first| (format!("mã đã có ở dòng {first}"), code.as_str()))
    };
    if let Some((why, raw)) = why {
        let why = quoted(&format!("Dòng {line}: {why}"), raw);
        return Line::Refused(Refusal { code, name, why });
    }
    seen.insert(code.clone(), line);
    Line::Read(Box::new(Record::of(line, code, name, raw)))
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
