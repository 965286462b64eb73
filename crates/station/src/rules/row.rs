//! A stored version.

use chrono::NaiveDate;
use dossier::OfficerId;
use rusqlite::Row;
use serde_json::Value;

use super::{RuleKind, RuleSource};
use crate::error::{Result, internal};
use crate::store::{damaged, sixteen};

/// Whether a version may be worked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Saved, looked at, not yet approved.
    Draft,
    /// In force from its day on.
    Approved,
}

impl State {
    /// Stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
        }
    }
}

/// One version of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub id: i64,
    pub kind: RuleKind,
    pub key: String,
    pub version: String,
    pub title: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub in_force: Option<NaiveDate>,
    pub basis: String,
    pub state: State,
    pub source: RuleSource,
    pub signed_by: Option<String>,
    pub officer: Option<OfficerId>,
    /// Milliseconds since 1970.
    pub at: Option<i64>,
    /// Place among the approvals of this counter; nothing for what nobody approved.
    pub approval: Option<i64>,
    /// Canonical JSON.
    pub data: String,
    pub digest: Vec<u8>,
}

impl Version {
    /// The data as a value.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn value(&self) -> Result<Value> {
        serde_json::from_str(&self.data).map_err(internal)
    }
}

pub(super) fn read(row: &Row<'_>) -> Result<Version> {
    let date = |column: &str| -> Result<Option<NaiveDate>> {
        let text: Option<String> = row.get(column)?;
        text.map(|text| text.parse().map_err(|_| damaged("a rule's date")))
            .transpose()
    };
    let kind: String = row.get("kind")?;
    let source: String = row.get("source")?;
    let state: String = row.get("state")?;
    let officer: Option<Vec<u8>> = row.get("officer")?;
    Ok(Version {
        id: row.get("id")?,
        kind: RuleKind::named(&kind).ok_or_else(|| damaged("a rule's kind"))?,
        key: row.get("key")?,
        version: row.get("version")?,
        title: row.get("title")?,
        valid_from: date("valid_from")?,
        valid_to: date("valid_to")?,
        in_force: date("in_force")?,
        basis: row.get("basis")?,
        state: if state == State::Draft.as_str() {
            State::Draft
        } else {
            State::Approved
        },
        source: RuleSource::named(&source).ok_or_else(|| damaged("a rule's source"))?,
        signed_by: row.get("signed_by")?,
        officer: officer
            .map(|id| Ok::<_, crate::ApiError>(OfficerId::from_bytes(sixteen(id)?)))
            .transpose()?,
        at: row.get("at")?,
        approval: row.get("approval")?,
        data: row.get("data")?,
        digest: row.get("digest")?,
    })
}
