//! Provincial amounts over the rules of procedures: one resolution of the provincial council, the
//! procedures it speaks of, and for each the fee rules it sets. A rule with the identity of one of
//! the procedure's takes its place, any other is added.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{RuleKind, all_current};
use crate::catalogue::file::{CaseFile, FeeFile, LimitFile, ProcedureFile, Wrong};
use crate::error::{Result, internal};

/// A resolution on fees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, optional_fields)]
pub struct FeesFile {
    /// Its number: `15/2026/NQ-HĐND`.
    pub number: String,
    /// Who decided.
    pub authority: String,
    /// First day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// The procedures it speaks of.
    pub procedures: Vec<ProcedureFeesFile>,
}

/// What a resolution sets for one procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ProcedureFeesFile {
    /// National code.
    pub procedure: String,
    /// Fee rules; a basis that is not said is the resolution.
    pub fees: Vec<FeeFile>,
}

impl FeesFile {
    /// What cannot be right. Each procedure's rules are read as those of a procedure are.
    ///
    /// # Errors
    /// The first such field, and why.
    pub fn check(&self) -> std::result::Result<(), Wrong> {
        let wrong = |field: &str, why: &str| Wrong {
            field: field.to_owned(),
            why: why.to_owned(),
        };
        if self.number.trim().is_empty() {
            return Err(wrong("number", "Chưa có số nghị quyết. Xin điền vào."));
        }
        if self.authority.trim().is_empty() {
            return Err(wrong("authority", "Chưa có cơ quan ban hành. Xin điền vào."));
        }
        if self.procedures.is_empty() {
            return Err(wrong("procedures", "Nghị quyết chưa nói về thủ tục nào. Xin thêm vào."));
        }
        for (at, one) in self.procedures.iter().enumerate() {
            self.probe(one).read().map_err(|it| Wrong {
                field: format!("procedures[{at}].{}", it.field.replace("code", "procedure")),
                why: it.why,
            })?;
        }
        self.dates_only().read().map(|_| ())
    }

    /// A procedure with nothing but these rules.
    fn probe(&self, one: &ProcedureFeesFile) -> ProcedureFile {
        let any_case = |fee: &FeeFile| FeeFile {
            cases: Vec::new(),
            ..fee.clone()
        };
        ProcedureFile {
            code: one.procedure.clone(),
            fees: one.fees.iter().map(any_case).collect(),
            valid_from: None,
            valid_to: None,
            ..self.dates_only()
        }
    }

    fn dates_only(&self) -> ProcedureFile {
        ProcedureFile {
            code: "0.000000".to_owned(),
            name: self.number.clone(),
            field: self.number.clone(),
            version: self.number.clone(),
            decision: None,
            basis: self.number.clone(),
            valid_from: self.valid_from.clone(),
            valid_to: self.valid_to.clone(),
            needs_approval: false,
            cases: vec![CaseFile {
                id: "1".to_owned(),
                name: self.number.clone(),
                limit: LimitFile::SameDay,
                committed: None,
                alternatives: Vec::new(),
                waiting: None,
            }],
            components: Vec::new(),
            notes: Vec::new(),
            forms: Vec::new(),
            fees: Vec::new(),
            results: Vec::new(),
            agencies: None,
        }
    }
}

/// The resolutions in force on a day, the one whose time began last at the end.
///
/// # Errors
/// When the database cannot be read.
pub fn in_force(connection: &Connection, day: NaiveDate) -> Result<Vec<FeesFile>> {
    let mut found = all_current(connection, RuleKind::Fees, day)?;
    found.sort_by_key(|version| (version.in_force, version.at));
    let read = |version: super::Version| serde_json::from_str(&version.data).map_err(internal);
    found.into_iter().map(read).collect()
}

/// Lays resolutions over a procedure. A case the procedure no longer has is left out: a rule for
/// none of its cases changes nothing.
pub fn lay_over(procedure: &mut ProcedureFile, resolutions: &[FeesFile]) {
    for resolution in resolutions {
        let meant = resolution
            .procedures
            .iter()
            .filter(|one| one.procedure == procedure.code);
        for fee in meant.flat_map(|one| &one.fees) {
            if let Some(fee) = fitting(procedure, resolution, fee) {
                put(&mut procedure.fees, fee);
            }
        }
    }
}

fn fitting(procedure: &ProcedureFile, resolution: &FeesFile, fee: &FeeFile) -> Option<FeeFile> {
    let known = |id: &&String| procedure.cases.iter().any(|case| case.id == **id);
    let cases: Vec<String> = fee.cases.iter().filter(known).cloned().collect();
    if cases.is_empty() && !fee.cases.is_empty() {
        return None;
    }
    let basis = if fee.basis.trim().is_empty() {
        resolution.number.clone()
    } else {
        fee.basis.clone()
    };
    Some(FeeFile {
        cases,
        basis,
        ..fee.clone()
    })
}

fn put(fees: &mut Vec<FeeFile>, fee: FeeFile) {
    match fees.iter_mut().find(|known| known.id == fee.id) {
        Some(known) => *known = fee,
        None => fees.push(fee),
    }
}
