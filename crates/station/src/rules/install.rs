//! What the program brings along: the starter catalogue, the embedded calendar, the agency the PC
//! knows. They are versions like any other, in force while nobody approved anything else; a newer
//! program adds versions and overwrites none.

use chrono::NaiveDate;
use dossier::calendar::Calendar;
use rusqlite::Transaction;
use serde_json::Value;

use super::agency::AgencyFile;
use super::write::bring;
use super::{RuleKind, RuleSource, calendar};
use crate::catalogue::STARTER;
use crate::error::{Result, internal};
use crate::store::{set_setting, setting};

/// Digest of what was installed last: the work is done once for each program.
const INSTALLED: &str = "starter_rules";

/// Installs what this program brings along; `agency` is the one the PC knows.
///
/// # Errors
/// When the database cannot be written.
pub fn install_starter(transaction: &Transaction<'_>, agency: &AgencyFile, day: NaiveDate) -> Result<()> {
    let agency_data = serde_json::to_value(agency).map_err(internal)?;
    let mark = mark(&agency_data);
    if setting(transaction, INSTALLED)?.as_deref() == Some(mark.as_str()) {
        return Ok(());
    }
    let edition = calendar::data(Calendar::embedded_text());
    let starter = RuleSource::Starter;
    bring(
        transaction,
        starter,
        (RuleKind::Calendar, calendar::NATIONAL),
        &edition,
        day,
    )?;
    for (code, data) in crate::catalogue::starter()? {
        bring(transaction, starter, (RuleKind::Procedure, &code), &data, day)?;
    }
    bring(
        transaction,
        starter,
        (RuleKind::Agency, &agency.code),
        &agency_data,
        day,
    )?;
    set_setting(transaction, INSTALLED, &mark)
}

/// Keeps what the hub said of the agency at enrolment.
///
/// # Errors
/// `RULE_INVALID` when it cannot be printed.
pub fn learn_agency(transaction: &Transaction<'_>, agency: &AgencyFile, day: NaiveDate) -> Result<()> {
    let data = serde_json::to_value(agency).map_err(internal)?;
    bring(
        transaction,
        RuleSource::Hub,
        (RuleKind::Agency, &agency.code),
        &data,
        day,
    )
}

fn mark(agency: &Value) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [STARTER, Calendar::embedded_text(), &agency.to_string()] {
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
