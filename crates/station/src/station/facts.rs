//! What a station says of itself.

use super::Station;
use crate::api::responses::StationFacts;
use crate::error::Result;
use crate::intake;
use crate::officers;
use crate::store::{lock, setting};
use crate::sync;

/// This PC as the window shows it: agency, hub, officers, who is signed in.
///
/// # Errors
/// When the database cannot be read.
pub fn facts(station: &Station) -> Result<StationFacts> {
    let agency = station.agency()?;
    let author = station.author()?;
    let (hub, hub_name, officers) = station.store.read(|connection| {
        Ok((
            setting(connection, "hub")?,
            setting(connection, "hub_name")?,
            officers::all(connection)?,
        ))
    })?;
    Ok(StationFacts {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        enrolled: hub.is_some(),
        device: hub.is_some().then(|| author.stream.device.to_string()),
        agency: sync::agency_facts(agency),
        hub,
        hub_name: hub_name.unwrap_or_else(|| "Máy chủ cấp trên".to_owned()),
        officers: officers.into_iter().map(Into::into).collect(),
        session: lock(&station.session)?.clone().map(Into::into),
        now: intake::local(station.now()),
    })
}
