//! Provincial amounts over the rules of procedures: one resolution of the provincial council as
//! data. What it changes is decided in `dossier::fees`; here it is read and checked.

use chrono::NaiveDate;
use dossier::fees::{Rate, Resolution, Unfit};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{RuleKind, all_current};
use crate::catalogue;
use crate::catalogue::file::{PerFile, ReductionFile, Wrong, each, per, reduction, validity, wrong};
use crate::error::{Result, internal};
use crate::store::damaged;

/// A resolution on fees. Its number is the key it is kept under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, optional_fields)]
pub struct FeesFile {
    pub number: String,
    pub authority: String,
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub basis: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    pub amounts: Vec<RateFile>,
}

/// What a resolution sets for one rule of one procedure. `per` is `"unset"` when it only reduces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, optional_fields)]
pub struct RateFile {
    pub procedure: String,
    pub rule: String,
    pub per: PerFile,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<ReductionFile>>")]
    pub reductions: Vec<ReductionFile>,
}

impl FeesFile {
    /// The resolution, if every field can be right by itself.
    ///
    /// # Errors
    /// The first field that cannot, and why.
    pub fn read(&self) -> std::result::Result<Resolution, Wrong> {
        for (field, text) in [("number", &self.number), ("authority", &self.authority)] {
            if text.trim().is_empty() {
                return Err(wrong(field, "Mục này không được để trống. Xin điền vào."));
            }
        }
        if self.amounts.is_empty() {
            return Err(unfit(Unfit::Empty));
        }
        Ok(Resolution {
            number: self.number.clone(),
            basis: self.basis.clone(),
            authority: self.authority.clone(),
            validity: validity("", self.valid_from.as_ref(), self.valid_to.as_ref())?,
            amounts: each("amounts", &self.amounts, rate)?,
        })
    }
}

fn rate(at: &str, it: &RateFile) -> std::result::Result<Rate, Wrong> {
    Ok(Rate {
        procedure: it.procedure.clone(),
        rule: it.rule.clone(),
        per: per(&format!("{at}.per"), &it.per)?,
        reductions: each(&format!("{at}.reductions"), &it.reductions, reduction)?,
    })
}

fn unfit(unfit: Unfit) -> Wrong {
    let field = match unfit {
        Unfit::Empty => "amounts".to_owned(),
        Unfit::UnknownProcedure { at } => format!("amounts[{at}].procedure"),
        Unfit::UnknownRule { at } | Unfit::Twice { at } => format!("amounts[{at}].rule"),
        Unfit::SetByLaw { at } | Unfit::Amount { at } => format!("amounts[{at}].per"),
    };
    wrong(field, &unfit.to_string())
}

/// The resolution of data that was checked.
///
/// # Errors
/// `RULE_INVALID`.
pub fn read(data: &Value) -> Result<Resolution> {
    let file: FeesFile = serde_json::from_value(data.clone()).map_err(internal)?;
    Ok(file.read()?)
}

/// Whether a resolution that is typed here fits the procedures in force on a day. One that comes in
/// a file may speak of procedures this counter does not know: there it changes nothing.
///
/// # Errors
/// `RULE_INVALID` with the field.
pub fn fits(connection: &Connection, resolution: &Resolution, day: NaiveDate) -> Result<()> {
    let catalogue = catalogue::all(connection, day)?;
    resolution.check(&catalogue).map_err(|it| unfit(it).into())
}

/// The resolutions in force on a day.
///
/// # Errors
/// When the database cannot be read.
pub fn in_force(connection: &Connection, day: NaiveDate) -> Result<Vec<Resolution>> {
    let read = |version: super::Version| {
        let file: FeesFile = serde_json::from_str(&version.data).map_err(internal)?;
        file.read().map_err(|wrong| damaged(&wrong.field))
    };
    all_current(connection, RuleKind::Fees, day)?
        .into_iter()
        .map(read)
        .collect()
}
