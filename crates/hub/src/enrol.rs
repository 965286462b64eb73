//! Enrolment: a one-time code, read out by an administrator, binds a device's stream and its
//! public key to an agency.

use chrono::{DateTime, TimeDelta, Utc};
use dossier::DeviceId;
use line::EnrolmentCode;
use rusqlite::{Row, Transaction, params};
use wire::Stream;
use wire::envelope::{hex, unhex};
use wire::protocol::{
    AgencyFacts, EnrolRequest, EnrolResponse, EnrolmentFacts, EnrolmentProof, RefusalCode, ReturnRequest,
    ReturnResponse, StreamName,
};
use wire::sync::hub::Wish;

use crate::agency;
use crate::devices;
use crate::epoch;
use crate::error::{HubError, Result};
use crate::http::Call;
use crate::hub::Hub;
use crate::push::task;
use crate::row::{first, maybe};

const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);
const HUB_NAME: &str = "Máy chủ cấp trên";
const LONGEST_NAME: usize = 200;

/// The secret part alone is kept, whatever was typed around it; what is no code has no digest.
fn code_digest(code: &str) -> Option<[u8; 32]> {
    let secret = EnrolmentCode::parse(code).ok()?.secret;
    let plain: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(blake3::derive_key(
        "motcua 2026 hub enrolment code v1",
        plain.as_bytes(),
    ))
}

/// Keeps a code's digest.
pub fn keep_code(tx: &Transaction<'_>, code: &str, agency: &str, now: DateTime<Utc>) -> Result<()> {
    if agency::find(tx, agency)?.is_none() {
        return Err(HubError::refused(RefusalCode::NotFound));
    }
    let until = now.checked_add_signed(GOOD_FOR).unwrap_or(now).timestamp_millis();
    tx.execute(
        include_str!("sql/code_keep.sql"),
        params![code_digest(code), agency, until],
    )?;
    Ok(())
}

struct KeptCode {
    agency: String,
    expires_at: i64,
    used_by: Option<i64>,
}

fn kept_code(row: &Row<'_>) -> rusqlite::Result<KeptCode> {
    Ok(KeptCode {
        agency: row.get("agency")?,
        expires_at: row.get("expires_at")?,
        used_by: row.get("used_by")?,
    })
}

/// `POST /v1/enrol`.
pub fn enrol(hub: &Hub, request: &EnrolRequest) -> Result<EnrolResponse> {
    let name = StreamName {
        device: request.device.clone(),
        epoch: request.epoch,
    };
    let stream = name.stream().ok_or_else(bad)?;
    let key = unhex::<32>(&request.public_key).ok_or_else(bad)?;
    if ed25519_dalek::VerifyingKey::from_bytes(&key).is_err() || request.name.chars().count() > LONGEST_NAME {
        return Err(bad());
    }
    let (now, restores) = (hub.now(), hub.restores());
    hub.inner().store.write(|tx| {
        let code = find_code(tx, &request.code)?;
        let agency_facts = agency::find(tx, &code.agency)?.ok_or(HubError::Damaged("a code without its agency"))?;
        match code.used_by {
            Some(used_by) => same_again(tx, used_by, &stream, &key)?,
            None => bind(tx, request, &code, &stream, &key, (restores, now))?,
        }
        Ok(EnrolResponse {
            device: request.device.clone(),
            epoch: request.epoch,
            agencies: agency::all(tx)?,
            hub_key: hex(hub.inner().key.verifying_key().as_bytes()),
            hub_name: HUB_NAME.to_owned(),
            proof: Some(proof(tx, hub, request, &agency_facts)?),
            agency: agency_facts,
        })
    })
}

/// What the device shows to a hub that was restored to before this.
fn proof(tx: &Transaction<'_>, hub: &Hub, request: &EnrolRequest, agency: &AgencyFacts) -> Result<EnrolmentProof> {
    let device: DeviceId = request.device.parse().map_err(|_| bad())?;
    let at: i64 = tx.query_row(include_str!("sql/device_since.sql"), [device.as_bytes()], first)?;
    let facts = EnrolmentFacts {
        device: request.device.clone(),
        epoch: request.epoch,
        public_key: request.public_key.clone(),
        name: request.name.clone(),
        agency: agency.clone(),
        at: DateTime::from_timestamp_millis(at).unwrap_or_default().to_rfc3339(),
    };
    Ok(EnrolmentProof::sign(&hub.inner().key, &facts)?)
}

/// `POST /v1/return`: what this hub once signed, shown by the device it names. The agency comes back with
/// it where the backup does not know that either.
pub fn take_back(hub: &Hub, call: &Call) -> Result<ReturnResponse> {
    let unknown = || HubError::refused(RefusalCode::UnknownDevice);
    let request: ReturnRequest = call.json()?;
    let facts = request
        .proof
        .read(&hub.inner().key.verifying_key())
        .ok_or_else(unknown)?;
    let name = StreamName {
        device: facts.device.clone(),
        epoch: facts.epoch,
    };
    let (stream, key) = (name.stream(), unhex::<32>(&facts.public_key));
    let (stream, key) = stream.zip(key).ok_or_else(bad)?;
    if !call.is_signed_by(&stream.device, &key) {
        return Err(unknown());
    }
    let (now, restores, suspended) = (hub.now(), hub.restores(), hub.outside().suspended());
    hub.inner().store.write(|tx| {
        if agency::find(tx, &facts.agency.code)?.is_none() {
            agency::put(tx, &facts.agency)?;
        }
        if stream_of_key(tx, &stream, &key)?.is_none() {
            // It was opened before, as this hub signed.
            let how = (Wish::Resume, restores, now);
            add(tx, &stream, &key, (&facts.agency.code, &facts.name), how)?;
            task(tx, "DEVICE_RETURNED", &facts.device, now.timestamp_millis())?;
        }
        match suspended.iter().find(|(device, _)| *device == stream.device) {
            Some((device, at)) => devices::suspend(tx, device, *at).map(drop),
            None => Ok(()),
        }
    })?;
    Ok(ReturnResponse {
        generation: hub.generation(),
    })
}

fn bad() -> HubError {
    HubError::refused(RefusalCode::BadMessage)
}

fn find_code(tx: &Transaction<'_>, code: &str) -> Result<KeptCode> {
    let wrong = || HubError::refused(RefusalCode::EnrolmentCodeInvalid);
    let digest = code_digest(code).ok_or_else(wrong)?;
    maybe(tx.query_row(include_str!("sql/code_find.sql"), [digest], kept_code))?.ok_or_else(wrong)
}

/// The answer was lost on its way and the same device asks again; anyone else is refused.
fn same_again(tx: &Transaction<'_>, used_by: i64, stream: &Stream, key: &[u8; 32]) -> Result<()> {
    if stream_of_key(tx, stream, key)? == Some(used_by) {
        Ok(())
    } else {
        Err(HubError::refused(RefusalCode::EnrolmentCodeInvalid))
    }
}

fn stream_of_key(tx: &Transaction<'_>, stream: &Stream, key: &[u8; 32]) -> Result<Option<i64>> {
    maybe(tx.query_row(
        include_str!("sql/stream_of_key.sql"),
        params![stream.device.as_bytes(), stream.epoch, key],
        |row| row.get("id"),
    ))
}

fn bind(
    tx: &Transaction<'_>,
    request: &EnrolRequest,
    code: &KeptCode,
    stream: &Stream,
    key: &[u8; 32],
    (restores, now): (u32, DateTime<Utc>),
) -> Result<()> {
    if now.timestamp_millis() > code.expires_at {
        return Err(HubError::refused(RefusalCode::EnrolmentCodeInvalid));
    }
    let row = add(
        tx,
        stream,
        key,
        (&code.agency, &request.name),
        (Wish::Begin, restores, now),
    )?;
    tx.execute(
        include_str!("sql/code_use.sql"),
        params![code_digest(&request.code), row],
    )?;
    Ok(())
}

/// Adds a stream, and its device when it is new; answers the stream's row. Of a new device nobody else can
/// have an epoch, whatever its number.
fn add(
    tx: &Transaction<'_>,
    stream: &Stream,
    key: &[u8; 32],
    (agency, name): (&str, &str),
    (wish, restores, now): (Wish, u32, DateTime<Utc>),
) -> Result<i64> {
    let device = stream.device.as_bytes();
    let known = maybe(tx.query_row(include_str!("sql/device_known.sql"), [device], first::<String>))?;
    let fork = || HubError::refused(RefusalCode::Fork);
    if known.as_ref().is_some_and(|known| known != agency) {
        return Err(fork());
    }
    if known.is_none() {
        let row = params![device, agency, name, now.timestamp_millis()];
        tx.execute(include_str!("sql/device_add.sql"), row)?;
    }
    let wish = if known.is_some() { wish } else { Wish::Resume };
    // Open under the same key, and yet another code: a copy of its folder.
    if epoch::claim(tx, wish, stream, key, restores)? {
        Ok(tx.last_insert_rowid())
    } else {
        Err(fork())
    }
}
