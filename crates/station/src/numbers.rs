//! Numbers of the daily series. A number comes only from a block the hub leased to this device
//! for that very day; `next` is moved in the registration's own transaction and never goes back.

use chrono::NaiveDate;
use dossier::code::{AgencyCode, DossierCode};
use dossier::fact::CodeKind;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use vault::Entropy;
use wire::protocol::Block;

use crate::error::{Result, internal};
use crate::store::set_setting;

/// Last day numbers were leased for; empty when they are to be leased again.
pub const LEASED_UNTIL: &str = "leased_until";
/// When the seal was laid anew after it had been broken, RFC 3339: what the hub leased to this device
/// up to then may have been issued by somebody else.
pub const DOUBTED_AT: &str = "numbers_doubted_at";

/// A code for a dossier received on `day`: where `official`, from the numbers leased for it, else
/// temporary. The seal says which, in the same transaction and before this.
///
/// # Errors
/// When the database cannot be written or the system has no randomness.
pub fn take(
    transaction: &Transaction<'_>,
    series: &AgencyCode,
    day: NaiveDate,
    official: bool,
    entropy: &dyn Entropy,
) -> Result<(DossierCode, CodeKind)> {
    let number = if official {
        next_number(transaction, series, day)?
    } else {
        None
    };
    match number {
        Some(number) => {
            let code = DossierCode::official(series, day, u64::from(number)).map_err(internal)?;
            Ok((code, CodeKind::Official))
        }
        None => {
            let mut bits = [0; 5];
            entropy.fill(&mut bits)?;
            Ok((DossierCode::temporary(bits), CodeKind::Temporary))
        }
    }
}

/// Takes the next leased number of the day, when one is left.
///
/// # Errors
/// When the database cannot be written.
pub fn next_number(transaction: &Transaction<'_>, series: &AgencyCode, day: NaiveDate) -> Result<Option<u32>> {
    let taken = transaction
        .prepare_cached(include_str!("numbers/take.sql"))?
        .query_row(params![series.as_str(), day.to_string()], |row| row.get("number"))
        .optional()?;
    Ok(taken)
}

/// The number that would be taken next, when one is left for the day.
///
/// # Errors
/// When the database cannot be read.
pub fn peek(connection: &Connection, series: &AgencyCode, day: NaiveDate) -> Result<Option<u32>> {
    let next = connection
        .prepare_cached(include_str!("numbers/peek.sql"))?
        .query_row(params![series.as_str(), day.to_string()], |row| row.get("next"))
        .optional()?;
    Ok(next)
}

/// Numbers left of a day, and numbers ever leased for it.
///
/// # Errors
/// When the database cannot be read.
pub fn stock(connection: &Connection, series: &AgencyCode, day: NaiveDate) -> Result<(u32, u32)> {
    Ok(connection
        .prepare_cached(include_str!("numbers/stock.sql"))?
        .query_row(params![series.as_str(), day.to_string()], |row| {
            Ok((row.get("left")?, row.get("held")?))
        })?)
}

/// Keeps a block the hub leased. Heard twice, the numbers already taken stay taken.
///
/// # Errors
/// When the database cannot be written.
pub fn keep(transaction: &Transaction<'_>, block: &Block) -> Result<()> {
    transaction
        .prepare_cached(include_str!("numbers/keep.sql"))?
        .execute(params![block.series, block.day, block.from, block.to])?;
    Ok(())
}

/// Keeps a block that nothing is taken from: who knows what was issued of it. One that is known here
/// stays as it is.
///
/// # Errors
/// When the database cannot be written.
pub fn keep_given_up(transaction: &Transaction<'_>, block: &Block) -> Result<()> {
    transaction
        .prepare_cached(include_str!("numbers/keep_given_up.sql"))?
        .execute(params![block.series, block.day, block.from, block.to])?;
    Ok(())
}

/// Gives up every number that is held, because somebody else may have printed it; the next talk leases
/// others.
///
/// # Errors
/// When the database cannot be written.
pub fn give_up_all(transaction: &Transaction<'_>) -> Result<()> {
    transaction.execute(include_str!("numbers/give_up_all.sql"), [])?;
    set_setting(transaction, LEASED_UNTIL, "")
}

/// Gives up what is held of a day through a number: it was reserved, and nobody can say what of it was
/// printed.
///
/// # Errors
/// When the database cannot be written.
pub fn give_up_through(transaction: &Transaction<'_>, series: &str, day: &str, through: u32) -> Result<()> {
    transaction
        .prepare_cached(include_str!("numbers/give_up_through.sql"))?
        .execute(params![series, day, through])?;
    Ok(())
}

/// Days from `from` on with the numbers left of each.
///
/// # Errors
/// When the database cannot be read.
pub fn left(connection: &Connection, series: &AgencyCode, from: NaiveDate) -> Result<Vec<(String, u32)>> {
    let mut statement = connection.prepare_cached(include_str!("numbers/left.sql"))?;
    let rows = statement.query_map(params![series.as_str(), from.to_string()], |row| {
        Ok((row.get("day")?, row.get("left")?))
    })?;
    rows.map(|row| Ok(row?)).collect()
}
