//! What an administrator does with versions: compare, save a draft, approve, throw a draft away.
//! Nothing here changes a dossier.

use chrono::NaiveDate;
use dossier::calendar::civil;
use rusqlite::Connection;
use serde_json::Value;

use super::check::{basis, check};
use super::{RuleKind, RuleSource, Version, calendar, compare, current, fees, one, write};
use crate::api::requests::Nothing;
use crate::api::rules::{
    RuleApproveRequest, RuleApproved, RuleChange, RuleChanges, RuleCompareRequest, RuleDiscardRequest, RuleSaveRequest,
    RuleSaved,
};
use crate::error::{ApiError, Code, Result};
use crate::officers::Signed;
use crate::station::Station;

/// A stored version, or data that is stored nowhere yet, beside the version in force today.
///
/// # Errors
/// `UNKNOWN_RULE`, `MISSING_FIELD`, and what the data is refused for.
pub fn compared(station: &Station, request: &RuleCompareRequest) -> Result<RuleChanges> {
    let (kind, key, today) = (request.kind, request.key.as_str(), civil(station.now()).date());
    station.store.read(|connection| {
        let data = match (&request.data, &request.version) {
            (Some(data), _) => check(kind, key, data)?.data,
            (None, Some(version)) => one(connection, kind, key, version)?.value()?,
            (None, None) => return Err(ApiError::of(Code::MissingField, "version")),
        };
        let changes = changes(connection, kind, key, &data, today)?;
        Ok(RuleChanges { changes })
    })
}

/// What data would change of the version in force on a day.
///
/// # Errors
/// When the database cannot be read, or the data is no calendar.
pub fn changes(
    connection: &Connection,
    kind: RuleKind,
    key: &str,
    data: &Value,
    day: NaiveDate,
) -> Result<Vec<RuleChange>> {
    if kind == RuleKind::Calendar {
        let (before, after) = calendar::both(connection, key, data, day)?;
        return Ok(compare::days(&before, &after));
    }
    let before = current(connection, kind, key, day)?
        .map(|version| version.value())
        .transpose()?;
    Ok(compare::changes(before.as_ref(), data))
}

/// Saves a draft.
///
/// # Errors
/// `RULE_INVALID`, `CALENDAR_UNREADABLE`, `REASON_REQUIRED`.
pub fn saved(station: &Station, actor: Option<&Signed>, request: &RuleSaveRequest) -> Result<RuleSaved> {
    let (author, now) = (station.author()?, station.now());
    let (kind, key, today) = (request.kind, request.key.trim(), civil(now).date());
    station.store.write(|transaction| {
        let checked = check(kind, key, &request.data)?;
        fits(transaction, kind, &checked.data, today)?;
        let changes = changes(transaction, kind, key, &checked.data, today)?;
        let deed = station.deed(&author, actor, now);
        let draft = write::save(
            transaction,
            &deed,
            kind,
            key,
            &checked.data,
            &request.basis,
            RuleSource::Typed,
        )?;
        Ok(RuleSaved {
            version: draft.version,
            changes,
        })
    })
}

/// Approves a version: a draft, what came with the program, or an older one again.
///
/// # Errors
/// `UNKNOWN_RULE`, `RULE_INVALID`, `REASON_REQUIRED`; `RULE_APPROVED_ALREADY` for what
/// is approved and in force.
pub fn approved(station: &Station, actor: Option<&Signed>, request: &RuleApproveRequest) -> Result<RuleApproved> {
    let (author, now) = (station.author()?, station.now());
    let basis = basis(&request.basis)?;
    let version = station.store.write(|transaction| {
        let version = named(transaction, request)?;
        not_again(transaction, &version, civil(now).date())?;
        // Checked again: what stood in a draft for months meets the procedures of today.
        let data = check(version.kind, &version.key, &version.value()?)?.data;
        fits(transaction, version.kind, &data, civil(now).date())?;
        write::promote(transaction, &station.deed(&author, actor, now), &version, &basis)
    })?;
    station.forget_calendar()?;
    Ok(RuleApproved { version })
}

/// Who approved what is in force, and on what basis, stays as it was.
fn not_again(connection: &Connection, version: &Version, today: NaiveDate) -> Result<()> {
    let now = current(connection, version.kind, &version.key, today)?;
    if version.approval.is_some() && now.is_some_and(|now| now.id == version.id) {
        return Err(ApiError::of(Code::RuleApprovedAlready, "version"));
    }
    Ok(())
}

fn named(connection: &Connection, request: &RuleApproveRequest) -> Result<Version> {
    one(connection, request.kind, &request.key, &request.version)
}

fn fits(connection: &Connection, kind: RuleKind, data: &Value, today: NaiveDate) -> Result<()> {
    if kind != RuleKind::Fees {
        return Ok(());
    }
    fees::fits(connection, &fees::read(data)?, today)
}

/// Throws a draft away.
///
/// # Errors
/// `UNKNOWN_RULE`; `RULE_IN_FORCE` for what is no draft.
pub fn discarded(station: &Station, request: &RuleDiscardRequest) -> Result<Nothing> {
    station.store.write(|transaction| {
        let version = one(transaction, request.kind, &request.key, &request.version)?;
        write::discard(transaction, &version)
    })?;
    Ok(Nothing {})
}
