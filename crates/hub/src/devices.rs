//! Devices as an administrator sees them: listed, suspended (lost, stolen, replaced), taken back.

use chrono::{DateTime, SecondsFormat};
use dossier::DeviceId;
use rusqlite::{Row, Transaction, params};
use serde::Serialize;
use wire::protocol::RefusalCode;

use crate::error::{HubError, Result};
use crate::hub::Hub;
use crate::row::unsigned;

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

/// Whether a device was enrolled here, suspended or not.
pub fn is_here(hub: &Hub, device: &DeviceId) -> Result<bool> {
    hub.inner().store.read(|db| {
        let mut statement = db.prepare_cached(include_str!("sql/device_since.sql"))?;
        Ok(statement.exists([device.as_bytes()])?)
    })
}

/// How many devices that were; 0 for one that is not here.
pub fn suspend(tx: &Transaction<'_>, device: &DeviceId, at: i64) -> Result<usize> {
    Ok(tx.execute(include_str!("sql/device_suspend.sql"), params![device.as_bytes(), at])?)
}
