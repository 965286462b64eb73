//! Rules for the stations below: an administrator gives a signed file, the hub checks its signature
//! and signs it with its own key, which every station learned at its enrolment. Whether each rule
//! can be worked by is the stations' knowledge; what one of them refuses, it tells its officers.

use rusqlite::{Connection, Row, params};
use serde::Serialize;
use wire::protocol::{RefusalCode, RuleSet, RulesResponse};
use wire::rules::{MAX_RULES_BYTES, RulesFile, RulesFileError};

use crate::error::{HubError, Result};
use crate::hub::Hub;
use crate::row::{maybe, signed, unsigned};

/// A published set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Its number.
    pub number: u64,
    /// Rules in it.
    pub count: usize,
    /// The file was published before: nothing new goes down. To go back to it, a station exports its
    /// rules anew.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub known: bool,
}

impl Hub {
    /// Publishes a signed file of rules. The same file again is the same set.
    ///
    /// # Errors
    /// `BadMessage` for what is no file of rules, `BadSignature` for one that nobody signed or that
    /// was changed since, `TooLarge`; those of the database.
    pub fn publish_rules(&self, text: &str) -> Result<Published> {
        let file = verified(text)?;
        let count = file.rules.len();
        let ours =
            RulesFile::seal(&self.inner().key, &file.by, &file.made_at, file.rules).map_err(|it| refused(&it))?;
        let digest = *blake3::hash(ours.as_bytes()).as_bytes();
        let now = self.now().timestamp_millis();
        self.inner().store.write(|tx| {
            let added = tx.execute(include_str!("sql/rules_add.sql"), params![digest, ours, now])?;
            let number = tx.query_row(include_str!("sql/rules_number.sql"), [digest], |row| {
                unsigned(row, "number")
            })?;
            Ok(Published {
                number,
                count,
                known: added == 0,
            })
        })
    }
}

fn verified(text: &str) -> Result<RulesFile> {
    if text.len() > MAX_RULES_BYTES {
        return Err(HubError::refused(RefusalCode::TooLarge));
    }
    let file = RulesFile::read(text).map_err(|it| refused(&it))?;
    if file.signer().is_none() {
        return Err(HubError::refused(RefusalCode::BadSignature));
    }
    if file.rules.is_empty() {
        return Err(HubError::refused(RefusalCode::BadMessage));
    }
    Ok(file)
}

const fn refused(error: &RulesFileError) -> HubError {
    HubError::refused(match error {
        RulesFileError::Tampered => RefusalCode::BadSignature,
        RulesFileError::Unreadable(_) | RulesFileError::Canonical(_) => RefusalCode::BadMessage,
    })
}

/// Number of the newest set, 0 for none.
pub fn newest(db: &Connection) -> Result<u64> {
    let mut statement = db.prepare_cached(include_str!("sql/rules_newest.sql"))?;
    Ok(statement.query_row([], |row| unsigned(row, "number"))?)
}

/// `GET /v1/rules?after=N`: the next set, to every device that is enrolled.
pub fn next(hub: &Hub, after: u64) -> Result<RulesResponse> {
    let found = hub.inner().store.read(|db| {
        let mut statement = db.prepare_cached(include_str!("sql/rules_next.sql"))?;
        maybe(statement.query_row([signed(after)], set))
    })?;
    let (set, more) = found.unzip();
    Ok(RulesResponse {
        generation: hub.generation(),
        set,
        more: more.unwrap_or(false),
    })
}

fn set(row: &Row<'_>) -> rusqlite::Result<(RuleSet, bool)> {
    let set = RuleSet {
        number: unsigned(row, "number")?,
        file: row.get("file")?,
    };
    Ok((set, row.get("more")?))
}
