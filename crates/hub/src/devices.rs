//! Devices as an administrator sees them: listed, suspended (lost, stolen, replaced), taken back. What a
//! suspended device still sends is kept beside the log as evidence, so that neither a thief's event
//! changes a dossier nor an honest officer's goes.

use chrono::{DateTime, SecondsFormat};
use dossier::DeviceId;
use rusqlite::{Row, Transaction, params};
use serde::Serialize;
use wire::protocol::{PushRequest, RefusalCode};

use crate::error::{HubError, Result};
use crate::hello::{Caller, own_stream};
use crate::hub::Hub;
use crate::push::{task, verified};
use crate::row::{first, signed, unsigned};

/// Bytes of evidence kept of one device: years of a counter. A thief fills no disk with it.
const MOST_EVIDENCE: i64 = 64 << 20;

/// A device of this hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceFacts {
    /// Its identity.
    pub device: String,
    /// Agency it was enrolled for.
    pub agency: String,
    /// Name of the PC for people.
    pub name: String,
    /// RFC 3339.
    pub enrolled_at: String,
    /// RFC 3339; nothing while it may send.
    pub suspended_at: Option<String>,
    /// Records of all its streams.
    pub events: u64,
    /// Records it sent while it was suspended.
    pub evidence: u64,
}

impl Hub {
    /// All devices, the oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn devices(&self) -> Result<Vec<DeviceFacts>> {
        self.inner().store.read(|db| {
            let mut statement = db.prepare(include_str!("sql/devices.sql"))?;
            let rows = statement.query_map([], facts)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Suspends a device: from now on it is refused, leases nothing and hears nothing. What it sent
    /// stays; what it still sends is evidence. This outlives a database put back from a backup.
    ///
    /// # Errors
    /// `NotFound` for a device that is not here; those of the database.
    pub fn suspend(&self, device: &DeviceId) -> Result<()> {
        let now = self.now().timestamp_millis();
        let mut outside = self.outside();
        let suspend = |tx: &Transaction<'_>| suspend(tx, device, now);
        if self.inner().store.write(suspend)? == 0 {
            return Err(HubError::refused(RefusalCode::NotFound));
        }
        outside.suspend(device, Some(now))
    }

    /// Takes a device back: it sends again what was refused meanwhile, and now it is judged.
    ///
    /// # Errors
    /// `NotFound` for a device that is not here; those of the database.
    pub fn reinstate(&self, device: &DeviceId) -> Result<()> {
        let mut outside = self.outside();
        outside.suspend(device, None)?;
        let changed = self
            .inner()
            .store
            .write(|tx| Ok(tx.execute(include_str!("sql/device_reinstate.sql"), [device.as_bytes()])?))?;
        if changed == 0 {
            return Err(HubError::refused(RefusalCode::NotFound));
        }
        Ok(())
    }
}

fn facts(row: &Row<'_>) -> rusqlite::Result<DeviceFacts> {
    let said = |ms: i64| DateTime::from_timestamp_millis(ms).map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    Ok(DeviceFacts {
        device: DeviceId::from_bytes(row.get("device")?).to_string(),
        agency: row.get("agency")?,
        name: row.get("name")?,
        enrolled_at: said(row.get("enrolled_at")?).unwrap_or_default(),
        suspended_at: row.get::<_, Option<i64>>("suspended_at")?.and_then(said),
        events: unsigned(row, "events")?,
        evidence: unsigned(row, "evidence")?,
    })
}

/// How many devices that were; 0 for one that is not here.
pub fn suspend(tx: &Transaction<'_>, device: &DeviceId, at: i64) -> Result<usize> {
    Ok(tx.execute(include_str!("sql/device_suspend.sql"), params![device.as_bytes(), at])?)
}

/// A push of a suspended device: its signatures and chain are checked as always, then it is laid aside.
pub fn lay_aside(hub: &Hub, caller: &Caller, request: PushRequest) -> Result<()> {
    let (now, batch) = (hub.now().timestamp_millis(), serde_json::to_string(&request)?);
    hub.inner().store.write(|tx| {
        let row = own_stream(tx, caller, &request.stream)?;
        let epoch = request.stream.epoch;
        let (_, links) = verified(request, &row)?;
        let (Some((begin, _)), Some((end, head))) = (links.first(), links.last()) else {
            return Ok(());
        };
        let device = caller.device.as_bytes();
        let kept: i64 = tx.query_row(include_str!("sql/evidence_size.sql"), [device], first)?;
        if kept.saturating_add(i64::try_from(batch.len()).unwrap_or(i64::MAX)) > MOST_EVIDENCE {
            return Ok(());
        }
        let (from, to) = (begin.record.seq, end.record.seq);
        let added = tx.execute(
            include_str!("sql/evidence_add.sql"),
            params![device, epoch, signed(from), signed(to), head, batch, now],
        )?;
        if added > 0 {
            task(tx, "EVIDENCE", &format!("{} {epoch} {from} {to}", caller.device), now)?;
        }
        Ok(())
    })
}
