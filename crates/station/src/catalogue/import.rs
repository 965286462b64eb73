//! Reading the national portal's records: one JSON object a line, with tables whose cells were
//! glued together when they were copied. What can be taken apart for certain is; everything else
//! is named in `problems` with its raw text, because a guessed limit becomes a printed promise.

mod papers;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::BTreeMap;

use dossier::text::clean;
use serde_json::{Map, Value};

use crate::api::responses::{ImportStatus, Imported, ImportedRecord};
use crate::error::{ApiError, Code, Result};

/// Characters of raw text a problem quotes.
const QUOTED: usize = 300;

/// Reads a file of records by its path.
///
/// # Errors
/// `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, `CATALOGUE_UNREADABLE`, and as [`import`].
pub fn import_file(path: &str) -> Result<Imported> {
    let text = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ApiError::of(Code::FileNotFound, "path"),
        _ => ApiError::of(Code::FileNotReadable, "path").because(error),
    })?;
    let text = String::from_utf8(text).map_err(|_| ApiError::of(Code::CatalogueUnreadable, "path"))?;
    import(&text)
}

/// Reads a file of records, one JSON object a line; empty lines do not count. A line that is cut
/// short, has no code or name, or repeats a code is `refused`, with its number in `problems`.
///
/// # Errors
/// `CATALOGUE_UNREADABLE` when no line is a JSON object; `NO_RECORD` when the file is empty or no
/// record has a code and a name.
pub fn import(text: &str) -> Result<Imported> {
    let mut seen = BTreeMap::new();
    let mut objects = false;
    let mut records = Vec::new();
    for (line, raw) in numbered(text) {
        let read = serde_json::from_str::<Map<String, Value>>(raw);
        objects |= read.is_ok();
        records.push(match read {
            Ok(fields) => record(line, &fields, &mut seen),
            Err(error) => refused(line, &format!("không đọc được ({error})"), raw),
        });
    }
    answer(records, objects)
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines());
    lines
        .map(|(line, raw)| (line, raw.trim()))
        .filter(|(_, raw)| !raw.is_empty())
}

fn answer(records: Vec<ImportedRecord>, objects: bool) -> Result<Imported> {
    let count = |wanted: fn(&ImportStatus) -> bool| {
        u32::try_from(records.iter().filter(|record| wanted(&record.status)).count()).unwrap_or(u32::MAX)
    };
    let full = count(|status| matches!(status, ImportStatus::Full));
    let partial = count(|status| matches!(status, ImportStatus::Partial));
    let refused = count(|status| matches!(status, ImportStatus::Refused));
    if full == 0 && partial == 0 {
        let code = if objects || records.is_empty() {
            Code::NoRecord
        } else {
            Code::CatalogueUnreadable
        };
        return Err(ApiError::of(code, "path"));
    }
    let total = full.saturating_add(partial).saturating_add(refused);
    Ok(Imported {
        total,
        full,
        partial,
        refused,
        records,
    })
}

fn record(line: usize, fields: &Map<String, Value>, seen: &mut BTreeMap<String, usize>) -> ImportedRecord {
    let code = text_of(fields, "ma_thu_tuc").unwrap_or_default();
    let name = text_of(fields, "ten_thu_tuc").unwrap_or_default();
    let named = |problem: &str, raw: &str| ImportedRecord {
        code: code.clone(),
        name: name.clone(),
        ..refused(line, problem, raw)
    };
    if !is_code(&code) {
        return named("mã thủ tục không đúng dạng 1.234567", &code);
    }
    if name.is_empty() {
        return named("không có tên thủ tục", "");
    }
    if let Some(first) = seen.get(&code) {
        return named(&format!("mã đã có ở dòng {first}"), &code);
    }
    seen.insert(code.clone(), line);
    taken_apart(code, name, fields)
}

fn taken_apart(code: String, name: String, fields: &Map<String, Value>) -> ImportedRecord {
    let mut problems = Vec::new();
    let mut need = |key: &str| {
        let text = text_of(fields, key).unwrap_or_default();
        if text.is_empty() {
            problems.push(format!("Thiếu mục “{key}”."));
        }
        text
    };
    need("so_quyet_dinh");
    need("linh_vuc");
    let ways = need("cach_thuc_thuc_hien");
    let papers = need("thanh_phan_ho_so");
    let (times, fees) = ways::read(&ways, &mut problems);
    let components = papers::read(&papers, &mut problems);
    problems.dedup();
    let status = if problems.is_empty() {
        ImportStatus::Full
    } else {
        ImportStatus::Partial
    };
    ImportedRecord {
        code,
        name,
        status,
        times,
        fees,
        components,
        problems,
    }
}

fn refused(line: usize, problem: &str, raw: &str) -> ImportedRecord {
    ImportedRecord {
        code: String::new(),
        name: String::new(),
        status: ImportStatus::Refused,
        times: Vec::new(),
        fees: Vec::new(),
        components: Vec::new(),
        problems: vec![quoted(&format!("Dòng {line}: {problem}"), raw)],
    }
}

/// A problem with the raw text it speaks of.
fn quoted(problem: &str, raw: &str) -> String {
    let raw = clean(raw);
    if raw.is_empty() {
        return format!("{problem}.");
    }
    let end = if raw.chars().nth(QUOTED).is_some() { "…" } else { "" };
    format!("{problem}: “{}{end}”.", raw.chars().take(QUOTED).collect::<String>())
}

fn text_of(fields: &Map<String, Value>, key: &str) -> Option<String> {
    fields.get(key).and_then(Value::as_str).map(clean)
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
