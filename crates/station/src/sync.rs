//! Talking to the hub: what waits goes up, what was answered is written down, numbers come for
//! the next thirty days. Whatever breaks, the next talk goes on from what the hub says is durable.

mod address;
mod answer;
mod background;
mod down;
mod evidence;
mod files;
mod flight;
mod http;
mod measure;
mod mend;
mod numbers;
mod own;
mod places;
mod rules;
mod speed;
mod status;
mod streams;
mod up;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use dossier::calendar::civil;
use dossier::code::AgencyCode;
use dossier::fact::Fact;
use line::{EnrolmentCode, Pin, Trust};
use rusqlite::Transaction;
use wire::envelope::{hex, unhex};
use wire::protocol::{self, EnrolRequest, EnrolResponse, PROTOCOL};

use crate::api::responses::{AgencyFacts, Enrolled, Synced};
use crate::error::{ApiError, Code, Result, internal};
use crate::log;
use crate::seal;
use crate::station::Station;
use crate::store::{lock, set_setting, setting};

pub use address::Address;
pub use background::Background;
use http::Hub;
pub use http::{Dialling, Way, dial};
use speed::Speed;
use status::counts;
pub use status::{files_durable, status};
pub use up::enqueue;
use wire::sync::client::ChunkPace;

/// When a talk last came through, RFC 3339: what people ask first after a night without a line.
const LAST_CONTACT: &str = "last_contact";

/// What the hub signed when it enrolled this PC: shown to it when it was restored to before that.
const PROOF: &str = "enrolment_proof";

/// What the last talk of this run came to.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    silent_since: Option<DateTime<Utc>>,
    problem: Option<Code>,
    /// How large the pieces are that this line carries well.
    pub(crate) pace: ChunkPace,
    /// Pieces of files that came through since this program started.
    pub(crate) pieces: u64,
    /// How fast files went up last.
    pub(crate) speed: Speed,
    /// Files the hub did not want to have since all had their turn.
    pub(crate) left: BTreeSet<[u8; 32]>,
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
    let carry = match (&address, code.print) {
        (Address::Tls(_), None) => return Err(mistyped()),
        (_, print) => (station.dialling)(&address, print.map(Trust::Print))?,
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
    let answer: EnrolResponse = http::enrol(&*carry, &address, &request)?;
    let agency = AgencyCode::parse(&answer.agency.code).map_err(|_| ApiError::new(Code::HubRefused))?;
    let recovery = lock(&station.keys)?.add_recovery(&*station.entropy)?;
    // Before the folder is known to a hub: from then on one without its mark is a copy.
    seal::lay(station)?;
    remember(station, &address, carry.seen(), &answer)?;
    station.set_agency(agency)?;
    // The first numbers come at once. Whatever breaks here, the PC is enrolled and its recovery code
    // must reach the screen: the trouble goes with the answer, and the next talk brings the numbers.
    // Files do not go with it: an hour of them must not stand before the code.
    let first = talk_once(station, |station| records(station)?);
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

/// Talks to the hub until no record waits, and sends files for a while.
///
/// # Errors
/// `NOT_ENROLLED`, `HUB_UNREACHABLE`, `HUB_REFUSED`. Everything that was durable before stays so.
pub fn sync(station: &Station) -> Result<Synced> {
    let _talking = lock(&station.talking)?;
    // Before anything is noted: a PC that was never enrolled has no line that could be silent.
    Hub::of(station)?;
    talk_once(station, talk)?;
    counts(station)
}

/// One talk, and what it came to written down.
fn talk_once(station: &Station, talk: impl Fn(&Station) -> Result<()>) -> Result<()> {
    let done = talk(station);
    let noted = note(station, &done);
    done.and(noted)
}

fn talk(station: &Station) -> Result<()> {
    let told = records(station)?;
    if station.is_leaving() {
        return told;
    }
    // Only now: a stream that was mended goes on under another name.
    files::upload_all(station, &Hub::of(station)?)?;
    told
}

/// Everything but files. Numbers for a wrong date of this PC and rules that cannot be trusted are told,
/// but no event and no file waits for them.
fn records(station: &Station) -> Result<Result<()>> {
    let mut ends = streams::send(station)?;
    if seal::met_hub(station)? {
        // What ends a twin's history goes up before new numbers come down.
        ends = streams::send(station)?;
    }
    if station.is_leaving() {
        return Ok(Ok(()));
    }
    let hub = &Hub::of(station)?;
    let numbered = unless_refused(numbers::lease_ahead(station, hub))?;
    let official = unless_refused(numbers::make_official(station, hub))?;
    down::pull_all(station, hub, ends)?;
    let handed_down = rules::fetch_all(station, hub, ends);
    streams::send_new(station)?;
    Ok(numbered.and(official).and(handed_down))
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
    {
        let mut progress = lock(&station.progress)?;
        progress.problem = done.as_ref().err().map(|error| error.code);
        match done {
            Ok(()) => progress.silent_since = None,
            Err(_) => {
                progress.silent_since.get_or_insert(now);
            }
        }
    }
    match done {
        Err(error) if !is_an_answer(error.code) => Ok(()),
        _ => station.store.write(|transaction| note_contact(transaction, now)),
    }
}

/// Whether somebody up there answered, if only with no.
const fn is_an_answer(code: Code) -> bool {
    matches!(code, Code::HubRefused | Code::HubBusy | Code::DeviceSuspended)
}

/// The hub greets this PC: what was wrong with the line, or with this PC up there, is over, whatever the
/// talk comes to yet. Another refusal of the last talk stands until a talk goes without it.
fn answered(station: &Station) -> Result<()> {
    let mut progress = lock(&station.progress)?;
    if progress.problem.is_some_and(|problem| problem != Code::HubRefused) {
        (progress.problem, progress.silent_since) = (None, None);
    }
    Ok(())
}

/// When the hub was last heard.
fn note_contact(transaction: &Transaction<'_>, now: DateTime<Utc>) -> Result<()> {
    set_setting(transaction, LAST_CONTACT, &now.to_rfc3339())
}
