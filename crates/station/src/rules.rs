//! The rules a counter works by, as dated versions with their basis: procedures, the calendar, the
//! agency, provincial fees. What is in force on a day is asked here; what is approved is written
//! here, and nowhere else. A dossier in hand keeps what it was received under.

pub mod agency;
mod amounts;
pub mod arrive;
mod calendar;
mod check;
mod compare;
mod digest;
pub mod edit;
pub mod exchange;
pub mod fees;
mod install;
pub mod list;
mod name;
pub mod recount;
mod row;
#[cfg(test)]
mod tests;
mod write;

use chrono::NaiveDate;
use rusqlite::{Connection, named_params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{ApiError, Code, Result};

pub use calendar::in_force as calendar_in_force;
pub use install::{install_starter, learn_agency};
pub use row::{State, Version};
pub use write::approve;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
            #[serde(rename_all = "snake_case")]
            #[ts(export)]
            pub enum $name { $($variant),* }

            impl $name {
                /// Every one.
                pub const ALL: &[Self] = &[$(Self::$variant),*];

                /// Stable name.
                #[must_use]
                pub const fn as_str(self) -> &'static str {
                    match self { $(Self::$variant => $text),* }
                }

                /// Of its stable name.
                #[must_use]
                pub fn named(name: &str) -> Option<Self> {
                    Self::ALL.iter().copied().find(|one| one.as_str() == name)
                }
            }
        )*
    };
}

names! {
    /// What a rule is about. Its key: a procedure's code, `national` or `local` for a calendar (with
    /// office hours), an agency's code, the number of a resolution on fees.
    RuleKind { Procedure = "procedure", Calendar = "calendar", Agency = "agency", Fees = "fees" }
    /// Where a version came from.
    RuleSource { Starter = "starter", Typed = "typed", File = "file", Hub = "hub", Portal = "portal" }
}

/// The version in force on a day: the one whose time began last, an approved one before a starter.
///
/// # Errors
/// When the database cannot be read.
pub fn current(connection: &Connection, kind: RuleKind, key: &str, day: NaiveDate) -> Result<Option<Version>> {
    let mut statement = connection.prepare_cached(include_str!("rules/current.sql"))?;
    let mut rows = statement.query(named_params! { ":kind": kind.as_str(), ":key": key, ":day": day.to_string() })?;
    rows.next()?.map(row::read).transpose()
}

/// The versions of a kind in force on a day, one of each key, in the order their keys came.
///
/// # Errors
/// When the database cannot be read.
pub fn all_current(connection: &Connection, kind: RuleKind, day: NaiveDate) -> Result<Vec<Version>> {
    let mut statement = connection.prepare_cached(include_str!("rules/all_current.sql"))?;
    let mut rows = statement.query(named_params! { ":kind": kind.as_str(), ":day": day.to_string() })?;
    let mut found = Vec::new();
    while let Some(one) = rows.next()? {
        found.push(row::read(one)?);
    }
    Ok(found)
}

/// Every version of a kind and key, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn versions(connection: &Connection, kind: RuleKind, key: &str) -> Result<Vec<Version>> {
    let mut statement = connection.prepare_cached(include_str!("rules/versions.sql"))?;
    let mut rows = statement.query(named_params! { ":kind": kind.as_str(), ":key": key })?;
    let mut found = Vec::new();
    while let Some(one) = rows.next()? {
        found.push(row::read(one)?);
    }
    Ok(found)
}

/// One version by its name.
///
/// # Errors
/// `UNKNOWN_RULE`.
pub fn one(connection: &Connection, kind: RuleKind, key: &str, version: &str) -> Result<Version> {
    let mut found = versions(connection, kind, key)?.into_iter();
    found
        .find(|one| one.version == version)
        .ok_or_else(|| ApiError::of(Code::UnknownRule, "version"))
}
