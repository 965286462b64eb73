//! Officers and signing in. A PIN is kept as Argon2id on this PC only; five wrong ones lock the
//! officer for five minutes, so that a short PIN cannot be tried out.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, Utc};
use dossier::OfficerId;
use dossier::fact::{Fact, OfficerFacts};
use dossier::text;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::api::requests::OfficerAddRequest;
use crate::api::responses::Officer;
use crate::api::shared::Role;
use crate::error::{ApiError, Code, Result, internal};
use crate::log;
use crate::station::Station;
use crate::store::{lock, sixteen};

const WRONG_PINS: i64 = 5;
const LOCK_MILLIS: i64 = 5 * 60 * 1_000;

/// An officer who may act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Identity.
    pub id: OfficerId,
    /// Name as printed.
    pub name: String,
    /// May administer.
    pub admin: bool,
}

impl From<Signed> for Officer {
    fn from(signed: Signed) -> Self {
        let role = if signed.admin { Role::Admin } else { Role::Reception };
        Self {
            id: signed.id.to_string(),
            name: signed.name,
            role,
        }
    }
}

struct Row {
    signed: Signed,
    pin: String,
    failures: i64,
    locked_until: i64,
}

/// OWASP's smaller setting of Argon2id (19 MiB, 2 passes): about 50 ms on an old PC.
fn hasher() -> Result<Argon2<'static>> {
    let parameters = Params::new(19 * 1024, 2, 1, None).map_err(internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn hash(pin: &str, salt: &[u8; 16]) -> Result<String> {
    let salt = SaltString::encode_b64(salt).map_err(internal)?;
    Ok(hasher()?
        .hash_password(pin.as_bytes(), &salt)
        .map_err(internal)?
        .to_string())
}

fn is_right(pin: &str, stored: &str) -> Result<bool> {
    let stored = PasswordHash::new(stored).map_err(internal)?;
    Ok(hasher()?.verify_password(pin.as_bytes(), &stored).is_ok())
}

/// Adds an officer with the leave of `by`, who is not asked for the first one: a new station has
/// nobody yet.
///
/// # Errors
/// What `by` refuses; `INVALID_NAME`, `INVALID_PIN`, `OFFICER_EXISTS`.
pub fn add(
    station: &Station,
    by: impl FnOnce() -> Result<Option<Signed>>,
    request: &OfficerAddRequest,
) -> Result<Officer> {
    let first = station.store.read(|connection| Ok(all(connection)?.is_empty()))?;
    let by = if first { None } else { by()? };
    let role = request.role.unwrap_or_default();
    write(station, by.as_ref(), &request.name, &request.pin, role)
}

/// The first officer of a station administers it.
fn write(station: &Station, actor: Option<&Signed>, name: &str, pin: &str, role: Role) -> Result<Officer> {
    let name = text::checked("name", name, 100).map_err(|_| ApiError::of(Code::InvalidName, "name"))?;
    if !(4..=12).contains(&pin.len()) || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ApiError::of(Code::InvalidPin, "pin"));
    }
    let mut salt = [0; 16];
    station.entropy.fill(&mut salt)?;
    let pin = hash(pin, &salt)?;
    let (author, now) = (station.author()?, station.now());
    let (millis, random) = log::fresh(now, &*station.entropy)?;
    let signed = station.store.write(|transaction| {
        let known = all(transaction)?;
        if known.iter().any(|officer| officer.name == name) {
            return Err(ApiError::of(Code::OfficerExists, "name"));
        }
        let admin = role == Role::Admin || known.is_empty();
        let signed = Signed {
            id: OfficerId::new(millis, random),
            name: name.clone(),
            admin,
        };
        let facts = OfficerFacts {
            officer: signed.id,
            name: name.clone(),
            admin,
        };
        log::append(
            transaction,
            &station.deed(&author, actor, now),
            None,
            Fact::OfficerAdded(facts),
        )?;
        insert(transaction, &signed, &pin)?;
        Ok(signed)
    })?;
    Ok(signed.into())
}

fn insert(transaction: &Transaction<'_>, signed: &Signed, pin: &str) -> Result<()> {
    transaction
        .prepare_cached(include_str!("officers/insert.sql"))?
        .execute(params![signed.id.as_bytes(), signed.name, signed.admin, pin])?;
    Ok(())
}

/// Officers by name.
///
/// # Errors
/// When the database cannot be read.
pub fn all(connection: &Connection) -> Result<Vec<Signed>> {
    let mut statement = connection.prepare_cached(include_str!("officers/active.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, Vec<u8>>("id")?, row.get("name")?, row.get("admin")?))
    })?;
    rows.map(|row| {
        let (id, name, admin) = row?;
        Ok(Signed {
            id: OfficerId::from_bytes(sixteen(id)?),
            name,
            admin,
        })
    })
    .collect()
}

/// An officer by identity or by name.
///
/// # Errors
/// `UNKNOWN_OFFICER`.
pub fn named(connection: &Connection, who: &str) -> Result<Signed> {
    let who = text::clean(who);
    let mut matching = all(connection)?
        .into_iter()
        .filter(|officer| officer.id.to_string() == who || officer.name == who);
    matching
        .next()
        .ok_or_else(|| ApiError::of(Code::UnknownOfficer, "officer"))
}

/// Signs an officer in at the window.
///
/// # Errors
/// `UNKNOWN_OFFICER`, `WRONG_PIN`, `PIN_LOCKED`.
pub fn sign_in(station: &Station, who: &str, pin: &str) -> Result<Signed> {
    let now = station.now();
    let row = station.store.read(|connection| {
        let signed = named(connection, who)?;
        row(connection, signed)
    })?;
    if row.locked_until > now.timestamp_millis() {
        return Err(ApiError::of(Code::PinLocked, "pin"));
    }
    if !is_right(pin, &row.pin)? {
        return Err(count_failure(station, &row, now)?);
    }
    if row.failures > 0 {
        set_failures(station, &row.signed, 0, 0)?;
    }
    *lock(&station.session)? = Some(row.signed.clone());
    Ok(row.signed)
}

/// Nobody is signed in any more.
///
/// # Errors
/// When another thread broke.
pub fn sign_out(station: &Station) -> Result<()> {
    *lock(&station.session)? = None;
    Ok(())
}

fn row(connection: &Connection, signed: Signed) -> Result<Row> {
    let found = connection
        .prepare_cached(include_str!("officers/pin.sql"))?
        .query_row([signed.id.as_bytes()], |row| {
            Ok((row.get("pin")?, row.get("failures")?, row.get("locked_until")?))
        })
        .optional()?;
    let (pin, failures, locked_until) = found.ok_or_else(|| ApiError::of(Code::UnknownOfficer, "officer"))?;
    Ok(Row {
        signed,
        pin,
        failures,
        locked_until,
    })
}

/// Counts a wrong PIN on disk, so that closing the window does not reset the count.
fn count_failure(station: &Station, row: &Row, now: DateTime<Utc>) -> Result<ApiError> {
    let failures = row.failures.saturating_add(1);
    if failures < WRONG_PINS {
        set_failures(station, &row.signed, failures, 0)?;
        return Ok(ApiError::of(Code::WrongPin, "pin"));
    }
    set_failures(
        station,
        &row.signed,
        0,
        now.timestamp_millis().saturating_add(LOCK_MILLIS),
    )?;
    Ok(ApiError::of(Code::PinLocked, "pin"))
}

fn set_failures(station: &Station, signed: &Signed, failures: i64, locked_until: i64) -> Result<()> {
    station.store.write(|transaction| {
        transaction
            .prepare_cached(include_str!("officers/note_failures.sql"))?
            .execute(params![signed.id.as_bytes(), failures, locked_until])?;
        Ok(())
    })
}
