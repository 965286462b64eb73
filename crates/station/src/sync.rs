//! Talking to the hub: what waits goes up, what was answered is written down, numbers come for
//! the next thirty days. Whatever breaks, the next talk goes on from what the hub says is durable.

mod address;
mod background;
mod down;
mod evidence;
mod http;
mod mend;
mod numbers;
mod rules;
mod streams;
mod up;

use chrono::{DateTime, Utc};
use dossier::calendar::civil;
use dossier::code::AgencyCode;
use dossier::fact::Fact;
use line::{EnrolmentCode, Pin, Trust};
use rusqlite::Connection;
use wire::envelope::{hex, unhex};
use wire::protocol::{self, EnrolRequest, EnrolResponse, PROTOCOL};

use crate::api::responses::{AgencyFacts, Enrolled, NumbersLeft, RefusedFacts, SyncState, SyncStatus, Synced};
use crate::error::{ApiError, Code, Result, internal};
use crate::intake::local;
use crate::log;
use crate::station::Station;
use crate::store::{lock, set_setting, setting};

use address::Address;
pub use background::Background;
use http::Hub;
pub use http::Way;
pub use up::enqueue;

/// When a talk last came through, RFC 3339: what people ask first after a night without a line.
const LAST_CONTACT: &str = "last_contact";

/// What the hub signed when it enrolled this PC: shown to it when it was restored to before that.
const PROOF: &str = "enrolment_proof";

/// What the last talk of this run came to.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    talking: bool,
    silent_since: Option<DateTime<Utc>>,
    problem: Option<Code>,
}

/// Enrols this PC with a one-time code, which also says by what key the hub is known; only a `plain`
/// line to this very machine does without. The recovery code is given back once, to be printed.
///
/// # Errors
/// `ALREADY_ENROLLED`, `INVALID_ADDRESS`, `ENROLMENT_CODE_MISTYPED`, `HUB_UNREACHABLE`, `HUB_KEY_WRONG`,
/// `ENROLMENT_CODE_INVALID`.
pub fn enrol(station: &Station, address: &str, code: &str, plain: bool) -> Result<Enrolled> {
    let _talking = lock(&station.talking)?;
    if station.store.read(|connection| setting(connection, "hub"))?.is_some() {
        return Err(ApiError::new(Code::AlreadyEnrolled));
    }
    let address = Address::read(address, plain)?;
    let code = EnrolmentCode::parse(code).map_err(|_| mistyped())?;
    let dial = match (&address, code.print) {
        (Address::Tls(_), None) => return Err(mistyped()),
        (_, print) => http::dial(&address, print.map(Trust::Print))?,
    };
    let author = station.author()?;
    let key = station.signing_key(&author.stream)?;
    let request = EnrolRequest {
        // The fingerprint stays here: whoever could read it on the way learns nothing by it.
        code: code.secret,
        device: author.stream.device.to_string(),
        epoch: author.stream.epoch,
        public_key: hex(&key.verifying_key().to_bytes()),
        name: format!("Quầy {}", author.stream.device),
        protocol: PROTOCOL,
    };
    let answer: EnrolResponse = http::enrol(&dial, &address, &request)?;
    let agency = AgencyCode::parse(&answer.agency.code).map_err(|_| ApiError::new(Code::HubRefused))?;
    let recovery = lock(&station.keys)?.add_recovery(&*station.entropy)?;
    remember(station, &address, dial.seen(), &answer)?;
    station.set_agency(agency)?;
    // The first numbers come at once. Whatever breaks here, the PC is enrolled and its recovery code
    // must reach the screen: the trouble goes with the answer, and the next talk brings the numbers.
    let first = talk_once(station);
    Ok(Enrolled {
        device: answer.device,
        agency: agency_facts(answer.agency),
        recovery_code: Some(recovery),
        first_talk: first.err().as_ref().map(Into::into),
    })
}

fn mistyped() -> ApiError {
    ApiError::of(Code::EnrolmentCodeMistyped, "code")
}

fn remember(station: &Station, address: &Address, pin: Option<Pin>, answer: &EnrolResponse) -> Result<()> {
    let hub_key = unhex(&answer.hub_key).ok_or_else(|| ApiError::new(Code::HubRefused))?;
    let (author, now) = (station.author()?, station.now());
    let agency = serde_json::to_string(&answer.agency).map_err(internal)?;
    let agencies = serde_json::to_string(&answer.agencies).map_err(internal)?;
    station.store.write(|transaction| {
        for (key, value) in [
            ("hub", address.as_str()),
            ("hub_name", &answer.hub_name),
            ("hub_key", &answer.hub_key),
            ("agency", &agency),
            ("agencies", &agencies),
        ] {
            set_setting(transaction, key, value)?;
        }
        if let Some(proof) = &answer.proof {
            let proof = serde_json::to_string(proof).map_err(internal)?;
            set_setting(transaction, PROOF, &proof)?;
        }
        if let Some(pin) = pin {
            set_setting(transaction, "hub_pin", &pin.text())?;
        }
        let today = civil(now).date();
        crate::rules::learn_agency(transaction, &answer.agency.clone().into(), today)?;
        let enrolled = Fact::DeviceEnrolled {
            device: author.stream.device,
            name: answer.device.clone(),
            hub_key,
        };
        log::append(transaction, &station.deed(&author, None, now), None, enrolled)?;
        Ok(())
    })
}

/// The agency in the shape of the answers.
#[must_use]
pub fn agency_facts(it: protocol::AgencyFacts) -> AgencyFacts {
    AgencyFacts {
        code: it.code,
        name: it.name,
        parent: it.parent,
        unit: it.unit,
        place: it.place,
    }
}

/// Talks to the hub until nothing waits.
///
/// # Errors
/// `NOT_ENROLLED`, `HUB_UNREACHABLE`, `HUB_REFUSED`. Everything that was durable before stays so.
pub fn sync(station: &Station) -> Result<Synced> {
    let _talking = lock(&station.talking)?;
    // Before anything is noted: a PC that was never enrolled has no line that could be silent.
    Hub::of(station)?;
    talk_once(station)?;
    counts(station)
}

/// One talk, and what it came to written down.
fn talk_once(station: &Station) -> Result<()> {
    lock(&station.progress)?.talking = true;
    let done = talk(station);
    let noted = note(station, &done);
    done.and(noted)
}

fn talk(station: &Station) -> Result<()> {
    streams::send(station)?;
    // Only now: a stream that was mended goes on under another name.
    let hub = &Hub::of(station)?;
    let numbered = unless_refused(numbers::lease_ahead(station, hub))?;
    let official = unless_refused(numbers::make_official(station, hub))?;
    down::pull_all(station, hub)?;
    let handed_down = rules::fetch_all(station, hub);
    streams::send(station)?;
    up::upload_all(station, hub)?;
    // Numbers for a wrong date of this PC and rules that cannot be trusted are told, but no event and
    // no file waits for them.
    numbered.and(official).and(handed_down)
}

/// What the hub refuses is told when the talk is over; what breaks the line ends it.
fn unless_refused(done: Result<()>) -> Result<Result<()>> {
    match done {
        Err(error) if error.code != Code::HubRefused => Err(error),
        done => Ok(done),
    }
}

fn note(station: &Station, done: &Result<()>) -> Result<()> {
    let now = station.now();
    let mut progress = lock(&station.progress)?;
    progress.talking = false;
    match done {
        Ok(()) => *progress = Progress::default(),
        Err(error) => {
            progress.problem = Some(error.code);
            progress.silent_since.get_or_insert(now);
            return Ok(());
        }
    }
    drop(progress);
    station
        .store
        .write(|transaction| set_setting(transaction, LAST_CONTACT, &now.to_rfc3339()))
}

/// Kept over a restart; a value that cannot be read is no contact.
fn last_contact(connection: &Connection) -> Result<Option<DateTime<Utc>>> {
    let text = setting(connection, LAST_CONTACT)?;
    Ok(text
        .and_then(|text| DateTime::parse_from_rfc3339(&text).ok())
        .map(|at| at.to_utc()))
}

struct Counts {
    durable: i64,
    waiting: i64,
    blobs_durable: u32,
    blobs_waiting: u32,
    refused: u32,
}

fn count(connection: &Connection) -> Result<Counts> {
    Ok(connection
        .prepare_cached(include_str!("sync/counts.sql"))?
        .query_row([], |row| {
            Ok(Counts {
                durable: row.get("durable")?,
                waiting: row.get("waiting")?,
                blobs_durable: row.get("blobs_durable")?,
                blobs_waiting: row.get("blobs_waiting")?,
                refused: row.get("refused")?,
            })
        })?)
}

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

fn counts(station: &Station) -> Result<Synced> {
    let counts = station.store.read(count)?;
    Ok(Synced {
        durable: small(counts.durable),
        waiting: small(counts.waiting).saturating_add(counts.blobs_waiting),
        refused: counts.refused,
    })
}

/// Sync as people see it. Reads only; never waits for the network.
///
/// # Errors
/// When the database cannot be read.
pub fn status(station: &Station) -> Result<SyncStatus> {
    let author = station.author()?;
    let today = civil(station.now()).date();
    let progress = lock(&station.progress)?.clone();
    station.store.read(|connection| {
        let counts = count(connection)?;
        let hub = setting(connection, "hub")?;
        let numbers = crate::numbers::left(connection, &author.agency, today)?;
        Ok(SyncStatus {
            state: state(hub.is_some(), &progress, &counts),
            hub,
            waiting: small(counts.waiting),
            waiting_blobs: counts.blobs_waiting,
            durable: small(counts.durable),
            blobs_durable: counts.blobs_durable,
            last_contact_at: last_contact(connection)?.map(local),
            since: progress.silent_since.map(local),
            problem: progress.problem.map(|code| code.as_str().to_owned()),
            refused: refused(connection)?,
            rules: crate::rules::arrive::arrived(connection)?,
            numbers: numbers
                .into_iter()
                .map(|(date, left)| NumbersLeft { date, left })
                .collect(),
        })
    })
}

const fn state(enrolled: bool, progress: &Progress, counts: &Counts) -> SyncState {
    match (enrolled, progress.problem) {
        (false, _) => SyncState::NotEnrolled,
        (true, Some(_)) => SyncState::Offline,
        (true, None) if progress.talking && counts.waiting > 0 => SyncState::Sending,
        (true, None) => SyncState::Idle,
    }
}

fn refused(connection: &Connection) -> Result<Vec<RefusedFacts>> {
    let mut statement = connection.prepare_cached(include_str!("sync/refused.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok((
            log::stored(row)?,
            row.get::<_, Option<String>>("code")?,
            row.get::<_, String>("refused")?,
        ))
    })?;
    rows.map(|row| {
        let (stored, code, reason) = row?;
        let header = stored.record.header()?;
        let at = local(header.clocks.at);
        Ok(RefusedFacts {
            event_id: header.event.to_string(),
            code,
            kind: header.kind,
            reason,
            at,
        })
    })
    .collect()
}
