//! Pages taken out and put back. The file stays: what was handed in is never destroyed here.

use dossier::fact::Fact;

use super::page_id;
use crate::api::requests::{PageRemoveRequest, PageRequest};
use crate::error::{ApiError, Code, Result};
use crate::log;
use crate::lookup;
use crate::officers::Signed;
use crate::project;
use crate::station::Station;

/// Takes a page out, with a reason; its file stays.
///
/// # Errors
/// `REASON_REQUIRED`, `UNKNOWN_PAGE`.
pub fn remove(station: &Station, actor: Option<&Signed>, request: &PageRemoveRequest) -> Result<()> {
    let reason = dossier::text::checked("reason", &request.reason, 300)
        .map_err(|_| ApiError::of(Code::ReasonRequired, "reason"))?;
    let page = page_id(&request.which.page)?;
    change(station, actor, &request.which.code, &Fact::PageRemoved { page, reason })
}

/// Puts a removed page back.
///
/// # Errors
/// `UNKNOWN_PAGE`.
pub fn restore(station: &Station, actor: Option<&Signed>, which: &PageRequest) -> Result<()> {
    let page = page_id(&which.page)?;
    change(station, actor, &which.code, &Fact::PageRestored { page })
}

fn change(station: &Station, actor: Option<&Signed>, code: &str, fact: &Fact) -> Result<()> {
    let id = lookup::dossier_id(station, code)?;
    let (author, now) = (station.author()?, station.now());
    station.store.write(|transaction| {
        let folded = log::fold(transaction, id)?;
        let deed = station.deed(&author, actor, now);
        let (after, _, seq) = log::append_to(transaction, &deed, &folded.dossier, fact.clone())?;
        project::project(transaction, &after, seq)
    })
}
