//! The agency as printed, and who numbers its dossiers. Where a province forbids local numbering
//! the counter gives temporary codes only, and the province's code is scanned in later.

use chrono::NaiveDate;
use dossier::code::AgencyCode;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wire::protocol::AgencyFacts;

use super::{RuleKind, current};
use crate::catalogue::file::Wrong;
use crate::error::{Result, internal};

/// Who gives a dossier its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Numbering {
    /// This counter, from numbers leased to it.
    #[default]
    Local,
    /// The province's own system.
    External,
}

/// An agency's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, optional_fields)]
pub struct AgencyFile {
    pub code: String,
    pub name: String,
    pub parent: String,
    pub unit: String,
    pub place: String,
    #[serde(default)]
    #[ts(optional, as = "Option<Numbering>")]
    pub numbering: Numbering,
    /// Communes that were merged into `place`, under the names they had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub former: Vec<String>,
}

impl AgencyFile {
    /// What cannot be right.
    ///
    /// # Errors
    /// The first such field, and why.
    pub fn check(&self) -> std::result::Result<(), Wrong> {
        let wrong = |field: &str, why: &str| Wrong {
            field: field.to_owned(),
            why: why.to_owned(),
        };
        if self.code.parse::<AgencyCode>().is_err() {
            return Err(wrong("code", "Mã cơ quan phải có dạng H99.128. Xin xem lại mã."));
        }
        let single = [
            ("name", &self.name),
            ("parent", &self.parent),
            ("unit", &self.unit),
            ("place", &self.place),
        ];
        let former = self.former.iter().map(|name| ("former", name));
        for (field, text) in single.into_iter().chain(former) {
            if dossier::text::checked("text", text, 200).ok().as_ref() != Some(text) {
                let why = "Mục này cần từ 1 đến 200 chữ, không có khoảng trắng thừa. Xin gõ lại.";
                return Err(wrong(field, why));
            }
        }
        Ok(())
    }

    /// As it is printed.
    #[must_use]
    pub fn facts(&self) -> AgencyFacts {
        AgencyFacts {
            code: self.code.clone(),
            name: self.name.clone(),
            parent: self.parent.clone(),
            unit: self.unit.clone(),
            place: self.place.clone(),
        }
    }
}

impl From<AgencyFacts> for AgencyFile {
    fn from(it: AgencyFacts) -> Self {
        Self {
            code: it.code,
            name: it.name,
            parent: it.parent,
            unit: it.unit,
            place: it.place,
            numbering: Numbering::Local,
            former: Vec::new(),
        }
    }
}

/// The agency of a code as it stands on a day.
///
/// # Errors
/// When the database cannot be read.
pub fn in_force(connection: &Connection, code: &AgencyCode, day: NaiveDate) -> Result<Option<AgencyFile>> {
    let found = current(connection, RuleKind::Agency, code.as_str(), day)?;
    found
        .map(|version| serde_json::from_str(&version.data).map_err(internal))
        .transpose()
}

/// Who numbers the dossiers an agency resolves; an agency nobody described numbers here.
///
/// # Errors
/// When the database cannot be read.
pub fn numbering(connection: &Connection, code: &AgencyCode, day: NaiveDate) -> Result<Numbering> {
    Ok(in_force(connection, code, day)?
        .map(|it| it.numbering)
        .unwrap_or_default())
}
