//! Rules that the hub hands down: in force by their own days without anybody here, because whoever
//! published them decides for every counter below. Each is an event of this counter all the same,
//! and what cannot be worked by here is refused by itself and told.

use chrono::{DateTime, NaiveDate};
use dossier::calendar::civil;
use rusqlite::{Connection, Transaction, named_params};
use wire::protocol::RuleSet;
use wire::rules::{RuleItem, RulesFile};

use super::check::{Checked, basis};
use super::exchange;
use super::write::{self, Origin};
use super::{RuleKind, RuleSource};
use crate::api::rules::RulesArrived;
use crate::error::{ApiError, Code, Result, internal};
use crate::intake::local;
use crate::log::Deed;
use crate::store::damaged;

/// Puts a set into force, once. `hub_key` is the key learned at enrolment.
///
/// # Errors
/// `RULES_TAMPERED` when the hub did not sign it, `RULES_UNREADABLE`; nothing is stored then.
pub fn install(transaction: &Transaction<'_>, deed: &Deed<'_>, set: &RuleSet, hub_key: &[u8; 32]) -> Result<()> {
    let file = exchange::read(&set.file)?;
    if file.signer().as_ref() != Some(hub_key) {
        return Err(ApiError::new(Code::RulesTampered));
    }
    let digest = *blake3::hash(set.file.as_bytes()).as_bytes();
    if is_known(transaction, &digest)? {
        return Ok(());
    }
    let mut refused = Vec::new();
    let mut installed = 0_u32;
    for item in &file.rules {
        match sound(item, &file, civil(deed.at).date()) {
            Ok(sound) => put(transaction, deed, item, &file, &sound)?,
            Err(error) => {
                refused.push(format!("{} {}: {}", kind_words(&item.kind), item.key, error.words()));
                continue;
            }
        }
        installed = installed.saturating_add(1);
    }
    transaction
        .prepare_cached(include_str!("set.sql"))?
        .execute(named_params! {
            ":digest": digest,
            ":number": i64::try_from(set.number).map_err(internal)?,
            ":signed_by": file.by,
            ":at": deed.at.timestamp_millis(),
            ":installed": installed,
            ":refused": serde_json::to_string(&refused).map_err(internal)?,
        })?;
    Ok(())
}

/// A hub that was restored from a backup hands the same sets down again.
fn is_known(connection: &Connection, digest: &[u8; 32]) -> Result<bool> {
    let known: i64 = connection
        .prepare_cached(include_str!("set_known.sql"))?
        .query_row([digest], |row| row.get("n"))?;
    Ok(known > 0)
}

/// A kind as an officer calls it.
fn kind_words(kind: &str) -> &'static str {
    match RuleKind::named(kind) {
        Some(RuleKind::Procedure) => "Thủ tục",
        Some(RuleKind::Calendar) => "Lịch nghỉ",
        Some(RuleKind::Fees) => "Nghị quyết lệ phí",
        Some(RuleKind::Agency) => "Cơ quan",
        None => "Quy định loại mới",
    }
}

type Sound = (RuleKind, Checked, String);

fn sound(item: &RuleItem, file: &RulesFile, today: NaiveDate) -> Result<Sound> {
    let (kind, checked) = exchange::checked(item)?;
    write::still(checked.valid_to, today)?;
    write::has_today(kind, &item.key, &checked.data, today)?;
    let basis = match item.basis.trim() {
        "" => basis(&format!("Theo tệp của {}", file.by))?,
        given => basis(given)?,
    };
    Ok((kind, checked, basis))
}

fn put(
    transaction: &Transaction<'_>,
    deed: &Deed<'_>,
    item: &RuleItem,
    file: &RulesFile,
    (kind, checked, basis): &Sound,
) -> Result<()> {
    let origin = Origin {
        source: RuleSource::Hub,
        signed_by: Some(&file.by),
    };
    write::approve(transaction, deed, *kind, &item.key, &checked.data, basis, origin).map(|_| ())
}

/// What the hub handed down last, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn arrived(connection: &Connection) -> Result<Vec<RulesArrived>> {
    let mut statement = connection.prepare_cached(include_str!("sets.sql"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let refused: String = row.get("refused")?;
        found.push(RulesArrived {
            number: row.get("number")?,
            at: DateTime::from_timestamp_millis(row.get("at")?)
                .map(local)
                .unwrap_or_default(),
            by: row.get("signed_by")?,
            installed: row.get("installed")?,
            refused: serde_json::from_str(&refused).map_err(|_| damaged("refused rules"))?,
        });
    }
    Ok(found)
}
