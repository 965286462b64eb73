//! What a suspended PC still brings: everything it wrote, once. The hub lays it aside for a person to
//! read, and nothing counts as sent: taken back, the PC sends it all again and it is judged.

use wire::protocol::{MAX_BATCH_BYTES, PushResponse, RefusalCode};

use super::http::Hub;
use super::own::{OwnStream, own};
use super::up;
use crate::error::Result;
use crate::station::Station;
use crate::store::{set_setting, setting};

/// Up to where a stream was brought, so that a PC on which people go on working does not bring the same
/// again with every talk.
fn brought_key(own: &OwnStream) -> String {
    format!("evidence_brought {}", own.stream.epoch)
}

/// Brings what was not brought before.
pub fn bring(station: &Station) -> Result<()> {
    for own in &station.store.read(own)? {
        if !bring_stream(station, own)? {
            return Ok(());
        }
    }
    Ok(())
}

/// The last record of a stream that needs not be brought.
fn brought(station: &Station, own: &OwnStream) -> Result<u64> {
    let kept = station
        .store
        .read(|connection| setting(connection, &brought_key(own)))?;
    let kept = kept.and_then(|text| text.parse().ok());
    // A stream that was mended may end before it.
    let kept: Option<u64> = kept.filter(|seq| *seq <= own.head.seq);
    Ok(own.durable.max(kept.unwrap_or(0)))
}

/// False when the hub has something else to say.
fn bring_stream(station: &Station, own: &OwnStream) -> Result<bool> {
    let hub = Hub::speaking_as(station, own.stream)?;
    let mut after = brought(station, own)?;
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
        station
            .store
            .write(|transaction| set_setting(transaction, &brought_key(own), &after.to_string()))?;
    }
    Ok(true)
}
