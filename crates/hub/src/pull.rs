//! `GET /v1/pull`: what other streams did to the dossiers of the caller's agency. The cursor counts
//! deliveries to that agency, not acceptance numbers: an agency that a dossier is handed to later
//! still gets its beginning without going back. Within a dossier the order is the acceptance order.

use rusqlite::{Connection, Row, params};
use wire::envelope::hex;
use wire::protocol::{PullResponse, PulledEvent, StreamName};

use crate::error::{HubError, Result};
use crate::hello::Caller;
use crate::hub::Hub;
use crate::row::{first, record, signed, unsigned, unsigned32};

const MOST: u32 = 1_000;
/// Bytes of headers and bodies after which an answer is cut: a slow line gets something soon.
const ENOUGH_BYTES: usize = 2 << 20;

struct Delivered {
    position: u64,
    event: PulledEvent,
}

/// Events after the cursor `after`, at most `limit`. With `own` those of the asking stream too: after a
/// restore they may stand in other places than their counter was told.
pub fn pull(hub: &Hub, caller: &Caller, after: u64, limit: u32, own: bool) -> Result<PullResponse> {
    let limit = limit.clamp(1, MOST);
    hub.inner().store.read(|db| {
        let end = end(db, caller)?;
        let mut found = deliveries(db, caller, after, limit, own)?;
        let more = cut(&mut found, usize::try_from(limit).unwrap_or(usize::MAX));
        // At the end the cursor also passes over the caller's own events; and it goes back where the
        // list ends before it, because the database did.
        let last = found.last().map_or(after, |it| it.position);
        let next = if more { last } else { end };
        let events = found.into_iter().map(|it| it.event).collect();
        Ok(PullResponse {
            generation: hub.generation(),
            events,
            next,
            more,
        })
    })
}

/// Where the list of the caller's agency ends.
pub fn end(db: &Connection, caller: &Caller) -> Result<u64> {
    let end: i64 = db
        .prepare_cached(include_str!("sql/delivery_end.sql"))?
        .query_row([&caller.agency], first)?;
    Ok(end.unsigned_abs())
}

fn deliveries(db: &Connection, caller: &Caller, after: u64, limit: u32, own: bool) -> Result<Vec<Delivered>> {
    let mut statement = db.prepare_cached(include_str!("sql/deliveries.sql"))?;
    let one_more = limit.saturating_add(1);
    // No stream has row 0.
    let without = if own { 0 } else { caller.stream };
    let rows = statement.query_map(params![caller.agency, signed(after), without, one_more], delivered)?;
    rows.collect::<rusqlite::Result<_>>().map_err(HubError::from)
}

fn delivered(row: &Row<'_>) -> rusqlite::Result<Delivered> {
    let device = dossier::DeviceId::from_bytes(row.get("device")?);
    Ok(Delivered {
        position: unsigned(row, "position")?,
        event: PulledEvent {
            number: unsigned(row, "number")?,
            stream: StreamName {
                device: device.to_string(),
                epoch: unsigned32(row, "epoch")?,
            },
            prev: hex(&row.get::<_, [u8; 32]>("prev")?),
            record: record(row)?,
            refused: row.get("refused")?,
        },
    })
}

/// Cuts a list that is too long or too large, never to nothing; whether something was cut.
fn cut(found: &mut Vec<Delivered>, limit: usize) -> bool {
    let mut bytes = 0usize;
    let fits = found.iter().take(limit).take_while(|it| {
        let record = &it.event.record;
        let before = bytes;
        bytes = bytes
            .saturating_add(record.header.len())
            .saturating_add(record.body.as_deref().map_or(0, str::len));
        before < ENOUGH_BYTES
    });
    let fits = fits.count();
    let more = fits < found.len();
    found.truncate(fits);
    more
}
