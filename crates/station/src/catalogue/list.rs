//! The catalogue as an officer looks it up.

use dossier::calendar::civil;

use crate::api;
use crate::api::requests::ProceduresRequest;
use crate::api::responses::{ProcedureFacts, Procedures};
use crate::error::Result;
use crate::station::Station;

/// Procedures by letters or digits; the ones used last come first. 50 when no limit is said.
///
/// # Errors
/// When the database cannot be read.
pub fn procedures(station: &Station, request: &ProceduresRequest) -> Result<Procedures> {
    let limit = usize::try_from(request.limit.unwrap_or(50)).unwrap_or(50).min(1_000);
    let text = request.text.as_deref().unwrap_or_default();
    let day = civil(station.now()).date();
    let found = station
        .store
        .read(|connection| super::search(connection, text, limit, day))?;
    let summaries = found
        .iter()
        .map(|(it, recent)| api::procedure_summary(it, *recent, day));
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
