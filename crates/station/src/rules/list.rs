//! The versions as an administrator sees them.

use chrono::{DateTime, NaiveDate};
use dossier::calendar::civil;
use rusqlite::{Connection, named_params};

use super::row::{self, State, Version};
use super::{RuleKind, current, one, versions};
use crate::api::rules::{RuleEntry, RuleLine, RuleLines, RuleRequest, RuleState};
use crate::error::{ApiError, Code, Result};
use crate::intake::local;
use crate::officers::{self, Signed};
use crate::station::Station;

/// Every version of every rule, or of one kind.
///
/// # Errors
/// When the database cannot be read.
pub fn rules(station: &Station, kind: Option<RuleKind>) -> Result<RuleLines> {
    let today = civil(station.now()).date();
    let lines = station.store.read(|connection| lines(connection, kind, None, today))?;
    Ok(RuleLines {
        rules: lines.into_iter().map(|(line, _)| line).collect(),
    })
}

/// One version with its data: the named one, else the one in force, else the newest draft.
///
/// # Errors
/// `UNKNOWN_RULE`.
pub fn rule(station: &Station, request: &RuleRequest) -> Result<RuleEntry> {
    let today = civil(station.now()).date();
    station.store.read(|connection| {
        let wanted = wanted(connection, request, today)?;
        let mut all = lines(connection, Some(request.kind), Some(&request.key), today)?.into_iter();
        let (line, version) = all
            .find(|(_, version)| version.id == wanted.id)
            .ok_or_else(|| ApiError::of(Code::UnknownRule, "key"))?;
        Ok(RuleEntry {
            line,
            data: version.value()?,
        })
    })
}

fn wanted(connection: &Connection, request: &RuleRequest, today: NaiveDate) -> Result<Version> {
    if let Some(version) = &request.version {
        return one(connection, request.kind, &request.key, version);
    }
    let found = match current(connection, request.kind, &request.key, today)? {
        Some(version) => Some(version),
        None => versions(connection, request.kind, &request.key)?.into_iter().next(),
    };
    found.ok_or_else(|| ApiError::of(Code::UnknownRule, "key"))
}

fn lines(
    connection: &Connection,
    kind: Option<RuleKind>,
    key: Option<&str>,
    today: NaiveDate,
) -> Result<Vec<(RuleLine, Version)>> {
    let officers = officers::all(connection)?;
    let mut statement = connection.prepare_cached(include_str!("list.sql"))?;
    let mut rows = statement
        .query(named_params! { ":kind": kind.map(RuleKind::as_str), ":key": key, ":day": today.to_string() })?;
    let mut found = Vec::new();
    while let Some(one) = rows.next()? {
        let (version, place) = (row::read(one)?, one.get("place")?);
        found.push((line(&version, place, &officers, today), version));
    }
    Ok(found)
}

/// `place` is 1 for the version in force, more for what it took the place of, 0 for all others.
fn line(it: &Version, place: i64, officers: &[Signed], today: NaiveDate) -> RuleLine {
    let date = |date: Option<NaiveDate>| date.map(|date| date.to_string());
    let by = it
        .officer
        .and_then(|id| officers.iter().find(|officer| officer.id == id));
    RuleLine {
        kind: it.kind,
        key: it.key.clone(),
        title: it.title.clone(),
        version: it.version.clone(),
        valid_from: date(it.valid_from),
        valid_to: date(it.valid_to),
        in_force: date(it.in_force),
        basis: it.basis.clone(),
        state: state(it, place, today),
        current: place == 1,
        by: by.map(|officer| officer.name.clone()),
        at: it.at.and_then(DateTime::from_timestamp_millis).map(local),
        source: it.source,
        signed_by: it.signed_by.clone(),
    }
}

fn state(it: &Version, place: i64, today: NaiveDate) -> RuleState {
    match it.state {
        State::Draft => RuleState::Draft,
        State::Approved if place > 1 || it.valid_to.is_some_and(|last| last < today) => RuleState::Retired,
        State::Approved => RuleState::Approved,
    }
}
