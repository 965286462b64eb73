//! Enrolment: a one-time code, read out by an administrator, binds a device's stream and its
//! public key to an agency.

use chrono::{DateTime, TimeDelta, Utc};
use dossier::ids::CROCKFORD;
use rusqlite::{Row, Transaction, params};
use vault::Entropy;
use wire::envelope::{hex, unhex};
use wire::protocol::{EnrolRequest, EnrolResponse, RefusalCode, StreamName};
use wire::{Stream, first_prev};

use crate::agency;
use crate::error::{HubError, Result};
use crate::hub::Hub;
use crate::row::maybe;

const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);
const HUB_NAME: &str = "Máy chủ cấp trên";
const LONGEST_NAME: usize = 200;

/// 60 random bits as `XXXX-XXXX-XXXX`.
pub fn draw_code(entropy: &dyn Entropy) -> Result<String> {
    let mut random = [0; 12];
    entropy.fill(&mut random)?;
    let mut code = String::new();
    for (place, byte) in random.iter().enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            code.push('-');
        }
        code.extend(CROCKFORD.get(usize::from(byte & 31)).map(|digit| char::from(*digit)));
    }
    Ok(code)
}

/// What people write for a Crockford code: any case, any separators, O for 0, I and L for 1.
fn code_digest(code: &str) -> [u8; 32] {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(unmistaken)
        .collect();
    blake3::derive_key("motcua 2026 hub enrolment code v1", plain.as_bytes())
}

const fn unmistaken(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
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
    let bad = || HubError::refused(RefusalCode::BadMessage);
    let name = StreamName {
        device: request.device.clone(),
        epoch: request.epoch,
    };
    let stream = name.stream().ok_or_else(bad)?;
    let key = unhex::<32>(&request.public_key).ok_or_else(bad)?;
    if ed25519_dalek::VerifyingKey::from_bytes(&key).is_err() || request.name.chars().count() > LONGEST_NAME {
        return Err(bad());
    }
    let now = hub.now();
    hub.inner().store.write(|tx| {
        let code = find_code(tx, &request.code)?;
        let agency = agency::find(tx, &code.agency)?.ok_or(HubError::Damaged("a code without its agency"))?;
        match code.used_by {
            Some(used_by) => same_again(tx, used_by, &stream, &key)?,
            None => bind(tx, request, &code, &stream, &key, now)?,
        }
        Ok(EnrolResponse {
            device: request.device.clone(),
            epoch: request.epoch,
            agency,
            agencies: agency::all(tx)?,
            hub_key: hex(hub.inner().key.verifying_key().as_bytes()),
            hub_name: HUB_NAME.to_owned(),
        })
    })
}

fn find_code(tx: &Transaction<'_>, code: &str) -> Result<KeptCode> {
    maybe(tx.query_row(include_str!("sql/code_find.sql"), [code_digest(code)], kept_code))?
        .ok_or(HubError::refused(RefusalCode::EnrolmentCodeInvalid))
}

/// The answer was lost on its way and the same device asks again; anyone else is refused.
fn same_again(tx: &Transaction<'_>, used_by: i64, stream: &Stream, key: &[u8; 32]) -> Result<()> {
    let found: Option<i64> = maybe(tx.query_row(
        include_str!("sql/stream_of_key.sql"),
        params![stream.device.as_bytes(), stream.epoch, key],
        |row| row.get("id"),
    ))?;
    if found == Some(used_by) {
        Ok(())
    } else {
        Err(HubError::refused(RefusalCode::EnrolmentCodeInvalid))
    }
}

fn bind(
    tx: &Transaction<'_>,
    request: &EnrolRequest,
    code: &KeptCode,
    stream: &Stream,
    key: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<()> {
    if now.timestamp_millis() > code.expires_at {
        return Err(HubError::refused(RefusalCode::EnrolmentCodeInvalid));
    }
    let device = stream.device.as_bytes();
    let known = maybe(tx.query_row(include_str!("sql/device_known.sql"), [device], |row| {
        Ok((row.get::<_, String>("agency")?, row.get::<_, Option<u32>>("epoch")?))
    }))?;
    match known {
        None => {
            tx.execute(
                include_str!("sql/device_add.sql"),
                params![device, code.agency, request.name, now.timestamp_millis()],
            )?;
        }
        // A new life of a known device. An old or equal epoch is another writer under its name.
        Some((agency, epoch)) if agency == code.agency && epoch.is_none_or(|last| stream.epoch > last) => {}
        Some(_) => return Err(HubError::refused(RefusalCode::Fork)),
    }
    tx.execute(
        include_str!("sql/stream_add.sql"),
        params![device, stream.epoch, key, first_prev(key)],
    )?;
    tx.execute(
        include_str!("sql/code_use.sql"),
        params![code_digest(&request.code), tx.last_insert_rowid()],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_as_people_type() {
        let code = draw_code(&vault::SeededEntropy::new(1)).unwrap();
        assert_eq!(code.len(), 14);
        assert_eq!(code_digest(&code), code_digest(&code.to_lowercase().replace('-', " ")));
        assert_eq!(code_digest("0011-ABCD-EFGH"), code_digest("OoiL abcd efgh"));
    }
}
