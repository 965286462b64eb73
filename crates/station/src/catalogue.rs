//! The procedures this counter knows. The starter catalogue is data (`data/catalogue.json`),
//! written from public facts and marked as not approved until an authority says so.

pub mod import;
pub mod list;

use dossier::catalogue::{Case, Component, Fee, Group, PaperState, Procedure};
use dossier::deadline::Limit;
use dossier::fold::{fold, fold_words};
use dossier::money::Dong;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use serde::{Deserialize, Serialize};

use crate::error::{ApiError, Code, Result, internal};

/// The starter catalogue shipped with the program.
const STARTER: &str = include_str!("../../../data/catalogue.json");

/// The stored form of a procedure; field names are the file's.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct ProcedureFile {
    code: String,
    name: String,
    field: String,
    version: String,
    basis: String,
    needs_approval: bool,
    cases: Vec<CaseFile>,
    components: Vec<ComponentFile>,
    #[serde(default)]
    fees: Vec<FeeFile>,
    #[serde(default)]
    result: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct CaseFile {
    id: String,
    name: String,
    limit: LimitFile,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "amount")]
enum LimitFile {
    WorkingDays(u16),
    CalendarDays(u16),
    Hours(u16),
    SameDay,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct ComponentFile {
    no: u16,
    name: String,
    #[serde(default)]
    note: Option<String>,
    group: GroupFile,
    #[serde(default)]
    cases: Vec<String>,
    usual: UsualFile,
    count: u16,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum GroupFile {
    Submit,
    Present,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum UsualFile {
    Original,
    Certified,
    Copy,
    Presented,
    FromDatabase,
    Missing,
    NotApplicable,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct FeeFile {
    name: String,
    amount: i64,
}

#[derive(Debug, Deserialize)]
struct CatalogueFile {
    procedures: Vec<ProcedureFile>,
}

impl From<ProcedureFile> for Procedure {
    fn from(file: ProcedureFile) -> Self {
        Self {
            code: file.code,
            name: file.name,
            field: file.field,
            version: file.version,
            basis: file.basis,
            needs_approval: file.needs_approval,
            cases: file.cases.into_iter().map(case).collect(),
            components: file.components.into_iter().map(component).collect(),
            fees: file
                .fees
                .into_iter()
                .map(|fee| Fee {
                    name: fee.name,
                    amount: Dong(fee.amount),
                })
                .collect(),
            result: file.result,
        }
    }
}

fn case(file: CaseFile) -> Case {
    let limit = match file.limit {
        LimitFile::WorkingDays(days) => Limit::WorkingDays(days),
        LimitFile::CalendarDays(days) => Limit::CalendarDays(days),
        LimitFile::Hours(hours) => Limit::Hours(hours),
        LimitFile::SameDay => Limit::SameDay,
    };
    Case {
        id: file.id,
        name: file.name,
        limit,
    }
}

fn component(file: ComponentFile) -> Component {
    let state = match file.usual {
        UsualFile::Original => PaperState::Original,
        UsualFile::Certified => PaperState::Certified,
        UsualFile::Copy => PaperState::Copy,
        UsualFile::Presented => PaperState::Presented,
        UsualFile::FromDatabase => PaperState::FromDatabase,
        UsualFile::Missing => PaperState::Missing,
        UsualFile::NotApplicable => PaperState::NotApplicable,
    };
    let group = match file.group {
        GroupFile::Submit => Group::Submit,
        GroupFile::Present => Group::Present,
    };
    Component {
        no: file.no,
        name: file.name,
        note: file.note,
        group,
        cases: file.cases,
        usual: (state, file.count),
    }
}

/// Puts the starter catalogue into an empty database.
///
/// # Errors
/// When the database cannot be written.
pub fn install_starter(transaction: &Transaction<'_>) -> Result<()> {
    let known: i64 = transaction.query_row(include_str!("catalogue/count.sql"), [], |row| row.get("n"))?;
    if known > 0 {
        return Ok(());
    }
    let catalogue: CatalogueFile = serde_json::from_str(STARTER).map_err(internal)?;
    for (position, file) in catalogue.procedures.iter().enumerate() {
        let data = serde_json::to_string(file).map_err(internal)?;
        transaction
            .prepare_cached(include_str!("catalogue/insert.sql"))?
            .execute(
                named_params! { ":code": file.code, ":position": i64::try_from(position).unwrap_or(0), ":data": data },
            )?;
    }
    Ok(())
}

/// A procedure by its national code.
///
/// # Errors
/// `UNKNOWN_PROCEDURE`.
pub fn procedure(connection: &Connection, code: &str) -> Result<Procedure> {
    let data: Option<String> = connection
        .prepare_cached(include_str!("catalogue/one.sql"))?
        .query_row([code.trim()], |row| row.get("data"))
        .optional()?;
    read(&data.ok_or_else(|| ApiError::of(Code::UnknownProcedure, "procedure"))?)
}

fn read(data: &str) -> Result<Procedure> {
    let file: ProcedureFile = serde_json::from_str(data).map_err(internal)?;
    Ok(file.into())
}

/// Procedures whose words begin with the given letters (without tones) or whose code has the
/// given digits; the ones used last come first.
///
/// # Errors
/// When the database cannot be read.
pub fn search(connection: &Connection, text: &str, limit: usize) -> Result<Vec<(Procedure, bool)>> {
    let recent = recent(connection)?;
    let mut found = Vec::new();
    let mut statement = connection.prepare_cached(include_str!("catalogue/all.sql"))?;
    let rows = statement.query_map([], |row| row.get::<_, String>("data"))?;
    for data in rows {
        let procedure = read(&data?)?;
        if matches(&procedure, text) {
            found.push(procedure);
        }
    }
    let place = |procedure: &Procedure| recent.iter().position(|code| *code == procedure.code);
    found.sort_by_key(|procedure| place(procedure).unwrap_or(usize::MAX));
    Ok(found
        .into_iter()
        .take(limit)
        .map(|procedure| (place(&procedure).is_some(), procedure))
        .map(|(r, p)| (p, r))
        .collect())
}

fn matches(procedure: &Procedure, text: &str) -> bool {
    let folded = fold(text);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if !folded.is_empty() && folded.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return digits(&procedure.code).contains(&digits(&folded)) || procedure.code.contains(&folded);
    }
    let words = fold_words(&format!("{} {}", procedure.name, procedure.field));
    fold_words(text)
        .iter()
        .all(|asked| words.iter().any(|word| word.starts_with(asked.as_str())))
}

/// Codes of the procedures of the newest dossiers, newest first, each once.
fn recent(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(include_str!("catalogue/recent.sql"))?;
    let rows = statement.query_map([], |row| row.get("procedure"))?;
    rows.map(|row| Ok(row?)).collect()
}

/// Words of a limit, as the receipt prints them: `05 ngày làm việc`.
#[must_use]
pub fn limit_words(limit: &Limit) -> String {
    match limit {
        Limit::WorkingDays(days) => format!("{days:02} ngày làm việc"),
        Limit::CalendarDays(days) => format!("{days:02} ngày"),
        Limit::Hours(hours) => format!("{hours:02} giờ làm việc"),
        Limit::SameDay => "Trong ngày".to_owned(),
    }
}

/// Words of the fees: their sum, or that there is none.
#[must_use]
pub fn fee_words(fees: &[Fee]) -> String {
    let sum = fees.iter().fold(0i64, |sum, fee| sum.saturating_add(fee.amount.0));
    if sum == 0 {
        "Không thu phí".to_owned()
    } else {
        Dong(sum).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starter_catalogue_is_whole() {
        let catalogue: CatalogueFile = serde_json::from_str(STARTER).unwrap();
        assert!(catalogue.procedures.len() >= 8);
        for file in catalogue.procedures {
            let procedure = Procedure::from(file);
            assert!(!procedure.cases.is_empty(), "{} has no case", procedure.code);
            assert!(
                !procedure.basis.is_empty() && procedure.needs_approval,
                "{} has no basis",
                procedure.code
            );
            for (component, no) in procedure.components.iter().zip(1u16..) {
                assert_eq!(component.no, no, "{}: components are numbered from 1", procedure.code);
                for case in &component.cases {
                    assert!(
                        procedure.case(Some(case)).is_some(),
                        "{}: unknown case {case}",
                        procedure.code
                    );
                }
            }
        }
    }
}
