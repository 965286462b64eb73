//! The catalogue as an officer looks it up.

use dossier::calendar::civil;

use crate::api;
use crate::api::requests::ProceduresRequest;
use crate::api::responses::{ProcedureFacts, Procedures};
use crate::catalogue::Search;
use crate::error::Result;
use crate::officers::Signed;
use crate::station::Station;

/// Procedures by letters or digits; an officer's favourites and the ones they used last come first. 50 when no
/// limit is said.
///
/// # Errors
/// When the database cannot be read.
pub fn procedures(station: &Station, officer: Option<&Signed>, request: &ProceduresRequest) -> Result<Procedures> {
    let limit = usize::try_from(request.limit.unwrap_or(50)).unwrap_or(50).min(1_000);
    let asked = Search {
        text: request.text.as_deref().unwrap_or_default(),
        limit,
        day: civil(station.now()).date(),
        officer: officer.map(|signed| signed.id),
    };
    let found = station.store.read(|connection| super::search(connection, &asked))?;
    let summaries = found.iter().map(|it| api::procedure_summary(it, asked.day));
    Ok(Procedures {
        procedures: summaries.collect::<Result<_>>()?,
    })
}

/// A procedure by its national code.
///
/// # Errors
/// `UNKNOWN_PROCEDURE`.
pub fn procedure(station: &Station, code: &str) -> Result<ProcedureFacts> {
    let day = civil(station.now()).date();
    let found = station
        .store
        .read(|connection| super::procedure(connection, code, day))?;
    api::procedure(&found, day)
}
