//! Procedures an officer keeps at the top of the list. They are this PC's own and go nowhere.

#[cfg(test)]
mod tests;

use dossier::OfficerId;
use dossier::calendar::civil;
use rusqlite::Connection;

use crate::api::requests::{FavouriteRequest, Nothing};
use crate::error::{Result, internal};
use crate::officers::Signed;
use crate::station::Station;
use crate::store::{set_setting, setting};

/// As many as stand on one screen: a longer list is searched, not read.
const MOST: usize = 10;

fn key(officer: Option<OfficerId>) -> String {
    officer.map_or_else(|| "favourites".to_owned(), |id| format!("favourites {id}"))
}

/// Codes of an officer's favourites, in the order they were chosen.
///
/// # Errors
/// When the database cannot be read.
pub fn of(connection: &Connection, officer: Option<OfficerId>) -> Result<Vec<String>> {
    match setting(connection, &key(officer))? {
        Some(text) => serde_json::from_str(&text).map_err(internal),
        None => Ok(Vec::new()),
    }
}

/// Keeps a procedure at the top for an officer, or no longer. Where too many are kept, the oldest leaves.
///
/// # Errors
/// `UNKNOWN_PROCEDURE` for one that nobody can hand in today.
pub fn set(station: &Station, officer: Option<&Signed>, request: &FavouriteRequest) -> Result<Nothing> {
    let officer = officer.map(|signed| signed.id);
    let day = civil(station.now()).date();
    station.store.write(|transaction| {
        let code = super::procedure(transaction, &request.procedure, day)?.code;
        let mut kept = of(transaction, officer)?;
        kept.retain(|it| *it != code);
        if request.on {
            kept.push(code);
        }
        kept.drain(..kept.len().saturating_sub(MOST));
        let text = serde_json::to_string(&kept).map_err(internal)?;
        set_setting(transaction, &key(officer), &text)
    })?;
    Ok(Nothing {})
}
