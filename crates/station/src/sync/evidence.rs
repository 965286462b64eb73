//! What a suspended PC still brings: everything it wrote, once. The hub lays it aside for a person to
//! read, and nothing counts as sent: taken back, the PC sends it all again and it is judged.

use wire::protocol::{MAX_BATCH_BYTES, PushResponse, RefusalCode};

use super::http::Hub;
use super::{streams, up};
use crate::error::Result;
use crate::station::Station;
use crate::store::{set_setting, setting};

/// Up to where everything was brought: the heads of all streams.
const BROUGHT: &str = "evidence_brought";

/// Brings what was not brought before.
pub fn bring(station: &Station) -> Result<()> {
    let all = station.store.read(streams::own)?;
    let heads = all.iter().map(|own| format!("{} {}", own.stream.epoch, own.head.seq));
    let heads = heads.collect::<Vec<_>>().join(", ");
    if station
        .store
        .read(|connection| setting(connection, BROUGHT))?
        .as_deref()
        == Some(&heads)
    {
        return Ok(());
    }
    for own in &all {
        if !bring_stream(station, own)? {
            return Ok(());
        }
    }
    station
        .store
        .write(|transaction| set_setting(transaction, BROUGHT, &heads))
}

/// False when the hub has something else to say.
fn bring_stream(station: &Station, own: &streams::OwnStream) -> Result<bool> {
    let hub = Hub::speaking_as(station, own.stream)?;
    let mut after = own.durable;
    while let Some(batch) = station
        .store
        .read(|connection| up::batch(connection, own, after, MAX_BATCH_BYTES))?
    {
        after = after.saturating_add(u64::try_from(batch.len()).unwrap_or(1));
        let request = up::request(station, own, batch)?;
        match hub.ask::<PushResponse>("/v1/push", &request)? {
            Err(refusal) if refusal.code == RefusalCode::DeviceSuspended => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}
