//! Taking over the portal's catalogue, record by record: what was read stands beside its raw text,
//! and only what an administrator approved becomes a rule. What was decided once is asked again only
//! when the portal's record has changed.

pub mod draft;
mod fields;
mod store;
#[cfg(test)]
mod tests;

use dossier::calendar::civil;
use dossier::text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

use super::file::ProcedureFile;
use super::import::{self, Line, Record, TWIN, text_of};
use crate::api::requests::ImportCatalogueRequest;
use crate::api::responses::ImportStatus;
use crate::api::rules::RuleChange;
use crate::error::{ApiError, Code, Result, internal};
use crate::officers::Signed;
use crate::rules::{self, RuleKind, RuleSource};
use crate::station::Station;
use store::{Decision, Kept};

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
            #[ts(export)]
            pub struct $name { $($(#[$field_doc])* pub $field: $type),* }
        )*
    };
}

/// What became of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FieldState {
    /// Read for certain.
    Read,
    /// The record does not say it.
    Absent,
    /// A person must look at it.
    Unsure,
}

shapes! {
    /// What an import did. `full`, `partial` and `refused` count the file; `waiting` is everything that
    /// still waits for a decision.
    CatalogueImported {
        /// Lines that are not empty.
        total: u32,
        /// Nothing in doubt.
        full: u32,
        /// Something in doubt.
        partial: u32,
        /// Lines nothing could be taken from.
        refused: u32,
        /// Records waiting for a decision, from this file and from earlier ones.
        waiting: u32,
        /// Records seen for the first time.
        added: u32,
        /// Records that differ from what was seen before.
        changed: u32,
        /// Why each refused line was refused, with its number.
        refusals: Vec<String>,
    }
    /// One field of a draft.
    ReviewField {
        /// Path in the draft: `name`, `cases[0].limit`, `components[2]`.
        field: String,
        /// Its name on the screen.
        label: String,
        /// What became of it.
        state: FieldState,
        /// The raw text it came from.
        raw: String,
        /// What was read, in words.
        value: Option<String>,
    }
    /// A record with its draft; without a code when none waits.
    CatalogueReviewed {
        /// Records waiting for a decision.
        waiting: u32,
        /// National code.
        code: Option<String>,
        /// Name.
        name: Option<String>,
        /// How well it was read.
        status: Option<ImportStatus>,
        /// The portal's own fields.
        raw: BTreeMap<String, String>,
        /// The draft. A limit of 0 and a fee that is `unset` stand for what was not read.
        parsed: Option<ProcedureFile>,
        /// The draft field by field.
        fields: Vec<ReviewField>,
        /// Every doubt with its raw text.
        problems: Vec<String>,
        /// What changed since it was decided on.
        changes: Vec<RuleChange>,
    }
    /// Name of the approved version.
    CatalogueApproval {
        /// As receipts under it name it.
        version: String,
    }
}

/// Which record: the one named, else the first that waits after `after`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct CatalogueReviewRequest {
    /// National code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// National code of the record before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Take a procedure over.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CatalogueApproveRequest {
    /// National code of the record.
    pub code: String,
    /// The procedure, as drafted or as corrected.
    pub data: ProcedureFile,
    /// What the approval rests on.
    pub basis: String,
}

/// Leave a record aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CatalogueSkipRequest {
    /// National code of the record.
    pub code: String,
    /// Why it is not taken over.
    pub reason: String,
}

/// Keeps every record of a file for review. What is known and unchanged stays as it was decided.
///
/// # Errors
/// As [`import::file`].
pub fn import(station: &Station, request: &ImportCatalogueRequest) -> Result<CatalogueImported> {
    let lines = import::file(&request.path)?;
    let counts = import::answer(&lines);
    let (added, changed, waiting) = station.store.write(|transaction| {
        let (mut added, mut changed) = (0_u32, 0_u32);
        for record in first_of_each_code(&lines) {
            match store::keep(transaction, record)? {
                Kept::Added => added = added.saturating_add(1),
                Kept::Changed => changed = changed.saturating_add(1),
                Kept::Same => {}
            }
        }
        Ok((added, changed, store::waiting(transaction)?))
    })?;
    Ok(CatalogueImported {
        total: counts.total,
        full: counts.full,
        partial: counts.partial,
        refused: counts.refused,
        waiting,
        added,
        changed,
        refusals: lines.iter().filter_map(refusal).collect(),
    })
}

/// The records to keep. One that contradicts an earlier one of its code is told of there.
fn first_of_each_code(lines: &[Line]) -> Vec<&Record> {
    let mut first: Vec<&Record> = Vec::new();
    let mut codes = BTreeSet::new();
    for line in lines {
        if let Line::Read(record) = line
            && codes.insert(&record.code)
        {
            first.push(record);
        }
    }
    first
}

fn refusal(line: &Line) -> Option<String> {
    match line {
        Line::Read(_) => None,
        Line::Refused(refusal) => Some(refusal.why.clone()),
    }
}

/// A record beside its draft.
///
/// # Errors
/// `UNKNOWN_PROCEDURE` for a code no import brought.
pub fn review(station: &Station, request: &CatalogueReviewRequest) -> Result<CatalogueReviewed> {
    let (waiting, found) = station.store.read(|connection| {
        let found = match &request.code {
            Some(code) => Some(store::one(connection, code.trim())?),
            None => store::next(connection, request.after.as_deref().unwrap_or_default().trim())?,
        };
        Ok((store::waiting(connection)?, found))
    })?;
    let month = civil(station.now()).format("%Y-%m").to_string();
    Ok(match found {
        Some(found) => reviewed(waiting, &record(&found.raw)?, found.decided.as_deref(), &month)?,
        None => CatalogueReviewed {
            waiting,
            code: None,
            name: None,
            status: None,
            raw: BTreeMap::new(),
            parsed: None,
            fields: Vec::new(),
            problems: Vec::new(),
            changes: Vec::new(),
        },
    })
}

fn reviewed(waiting: u32, record: &Record, decided: Option<&str>, month: &str) -> Result<CatalogueReviewed> {
    let draft = draft::draft(record, month);
    let fields = fields::fields(record, &draft);
    let changes = match decided {
        Some(decided) => {
            let before = self::record(decided)?;
            changes(&fields::fields(&before, &draft::draft(&before, month)), &fields)
        }
        None => Vec::new(),
    };
    let keys = record.raw.keys().filter(|key| *key != TWIN);
    let raw = keys.map(|key| (key.clone(), text_of(&record.raw, key)));
    Ok(CatalogueReviewed {
        waiting,
        code: Some(record.code.clone()),
        name: Some(record.name.clone()),
        status: Some(record.status()),
        raw: raw.collect(),
        problems: record.problem_words(),
        parsed: Some(draft),
        fields,
        changes,
    })
}

/// Fields whose raw text or reading differs, and fields that came or went.
fn changes(before: &[ReviewField], after: &[ReviewField]) -> Vec<RuleChange> {
    let words = |field: &ReviewField| field.value.clone().unwrap_or_else(|| field.raw.clone());
    let of = |fields: &[ReviewField], name: &str| fields.iter().find(|field| field.field == name).cloned();
    let change = |name: &ReviewField| {
        let (before, after) = (of(before, &name.field), of(after, &name.field));
        let same = |one: &ReviewField, other: &ReviewField| one.raw == other.raw && one.value == other.value;
        let changed = !before
            .as_ref()
            .zip(after.as_ref())
            .is_some_and(|(one, other)| same(one, other));
        changed.then(|| RuleChange {
            field: name.field.clone(),
            label: name.label.clone(),
            before: before.as_ref().map(words),
            after: after.as_ref().map(words),
        })
    };
    let gone = before.iter().filter(|field| of(after, &field.field).is_none());
    after.iter().chain(gone).filter_map(change).collect()
}

fn record(raw: &str) -> Result<Record> {
    let raw: Map<String, Value> = serde_json::from_str(raw).map_err(internal)?;
    let (code, name) = (text_of(&raw, "ma_thu_tuc"), text_of(&raw, "ten_thu_tuc"));
    Ok(Record::of(0, code, name, raw))
}

/// Takes a procedure over as a version in force, with the event that tells of it.
///
/// # Errors
/// `UNKNOWN_PROCEDURE` for a code no import brought; `RULE_INVALID` with the field and why;
/// `REASON_REQUIRED` without a basis.
pub fn approve(
    station: &Station,
    actor: Option<&Signed>,
    request: &CatalogueApproveRequest,
) -> Result<CatalogueApproval> {
    let (author, now) = (station.author()?, station.now());
    let data = serde_json::to_value(&request.data).map_err(internal)?;
    let code = request.code.trim();
    let version = station.store.write(|transaction| {
        store::one(transaction, code)?;
        let deed = station.deed(&author, actor, now);
        let kind = RuleKind::Procedure;
        let version = rules::approve(
            transaction,
            &deed,
            kind,
            code,
            &data,
            &request.basis,
            RuleSource::Portal,
        )?;
        let decision = Decision {
            state: "approved",
            why: request.basis.trim(),
            version: Some(&version),
        };
        store::decide(transaction, code, &decision, actor, now)?;
        Ok(version)
    })?;
    Ok(CatalogueApproval { version })
}

/// Leaves a record aside until the portal changes it.
///
/// # Errors
/// `UNKNOWN_PROCEDURE` for a code no import brought; `REASON_REQUIRED` without a reason.
pub fn skip(station: &Station, actor: Option<&Signed>, request: &CatalogueSkipRequest) -> Result<()> {
    let why = text::optional("reason", &request.reason, 500)?;
    let why = why.ok_or_else(|| ApiError::of(Code::ReasonRequired, "reason"))?;
    let (code, now) = (request.code.trim(), station.now());
    station.store.write(|transaction| {
        store::one(transaction, code)?;
        let decision = Decision {
            state: "skipped",
            why: &why,
            version: None,
        };
        store::decide(transaction, code, &decision, actor, now)
    })
}
