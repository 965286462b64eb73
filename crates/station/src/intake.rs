//! Taking a dossier in: one SQLite transaction from the number to the rendered receipt.

pub(crate) mod arrival;
pub(crate) mod check;
#[cfg(feature = "fill")]
pub(crate) mod fill;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use dossier::calendar::{Calendar, civil, instant};
use dossier::catalogue::{Case, Procedure};
use dossier::code::DossierCode;
use dossier::deadline::{self, Agreed};
use dossier::fact::{CodeKind, Fact, FormIssued};
use dossier::registration::{Agencies, ProcedureRef, Promise, Registration};
use dossier::{BlobHash, Dossier, DossierId};
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use crate::api::requests::RegisterRequest;
use crate::api::responses::{self, CodeReason, ReceiptFacts, Registered};
use crate::api::shared::Channel;
use crate::catalogue;
use crate::duplicates;
use crate::error::{ApiError, Code, Result, internal};
use crate::fees;
use crate::honest;
use crate::linked;
use crate::log::{self, Author, Deed};
use crate::machine::Reading;
use crate::numbers;
use crate::officers::Signed;
use crate::project;
use crate::receipts::{self, Aside};
use crate::seal::{self, Gate, Verdict, Wanted};
use crate::station::Station;
use crate::sync;
use arrival::Arrival;

/// Takes a dossier in. Asked twice with the same `request_id` and content: one dossier, the same
/// answer. When this returns, event, number, projection and receipt are on the disk.
///
/// # Errors
/// A refusal of the field that is wrong; `REQUEST_ID_REUSED`; `YEAR_NOT_IN_CALENDAR`;
/// `CLOCK_IMPLAUSIBLE` when nobody can say what day it is; `MISSING_GLYPH`; `DISK_FULL`. Nothing is
/// stored then.
pub fn register(station: &Station, actor: Option<&Signed>, request: &RegisterRequest) -> Result<Registered> {
    let request_id = check::request_id(&request.request_id)?;
    let asked = blake3::hash(serde_json::to_string(request).map_err(internal)?.as_bytes());
    let mut gate = seal::gate(station)?;
    // Read once: what judges the clock, counts the promise and stands in the events is one instant.
    let read = station.reading();
    for _ in 0..ATTEMPTS {
        // All of it on the one connection that writes: after every write the readers' caches are stale.
        let outcome = station.store.write(|transaction| {
            if let Some(answer) = answered(transaction, &request_id, asked.as_bytes())? {
                return Ok(Outcome::Done(answer));
            }
            take_in(transaction, (station, &read), &gate, actor, request, *asked.as_bytes())
        })?;
        match outcome {
            Outcome::Done(answer) => return Ok(answer),
            Outcome::Reserve(wanted) => gate.reserve(&wanted)?,
        }
    }
    Err(internal("the numbers reserved are never those that are next"))
}

/// Reservations until the next number is among them: one, or two when the mark cannot be written.
const ATTEMPTS: usize = 3;

/// What came of a transaction: all of it, or nothing because numbers must be reserved first.
enum Outcome {
    Done(Registered),
    Reserve(Wanted),
}

fn take_in(
    transaction: &Transaction<'_>,
    (station, read): (&Station, &Reading),
    gate: &Gate<'_>,
    actor: Option<&Signed>,
    request: &RegisterRequest,
    asked: [u8; 32],
) -> Result<Outcome> {
    let author = station.author()?;
    let evidence = honest::evidence(transaction, author.row)?;
    let arrival = arrival::at(read, transaction, &evidence, request.received_at.as_deref())?;
    let day = civil(arrival.received_at).date();
    // The seal is asked before a number is taken, and in the transaction that takes it.
    let reason = match gate.verdict(transaction, &author.agency, day, arrival.doubtful)? {
        Verdict::Official => None,
        Verdict::Temporary(reason) => Some(reason),
        Verdict::Reserve(wanted) => return Ok(Outcome::Reserve(wanted)),
    };
    honest::note(transaction, &evidence, read.now, arrival.doubtful)?;
    let parent = linked::parent(station, transaction, request.linked.as_ref())?;
    let note = duplicates::note(station, transaction, request.despite.as_ref())?;
    let (registration, aside) = registration(transaction, station, &author, request, &arrival)?;
    let intake = Intake {
        deed: station.deed_at(&author, actor, read.clone()),
        actor,
        letterhead: &station.agency_in(transaction, civil(read.now).date())?,
        asked,
        parent,
        note,
        reason,
    };
    intake.store(transaction, &registration, &aside).map(Outcome::Done)
}

/// What was answered to this request before.
fn answered(connection: &rusqlite::Connection, id: &str, asked: &[u8; 32]) -> Result<Option<Registered>> {
    let known: Option<(Vec<u8>, String)> = connection
        .prepare_cached(include_str!("intake/answered.sql"))?
        .query_row([id], |row| Ok((row.get("asked")?, row.get("response")?)))
        .optional()?;
    match known {
        None => Ok(None),
        Some((before, response)) if before == asked => Ok(Some(serde_json::from_str(&response).map_err(internal)?)),
        Some(_) => Err(ApiError::of(Code::RequestIdReused, "request_id")),
    }
}

fn registration(
    connection: &rusqlite::Connection,
    station: &Station,
    author: &Author,
    request: &RegisterRequest,
    arrival: &Arrival,
) -> Result<(Registration, Aside)> {
    let now = arrival.received_at;
    let late = arrival::late(
        request.received_at.as_ref(),
        request.late_reason.as_ref(),
        arrival.entered_at,
    )?;
    let procedure = catalogue::procedure(connection, &request.procedure, civil(now).date())?;
    let case = procedure
        .case(request.case.as_deref())
        .ok_or_else(|| ApiError::of(Code::UnknownCase, "case"))?;
    let limit = Chosen {
        alternative: request.alternative.as_deref(),
        linked: request.linked.is_some(),
    };
    let online = request.channel == Some(Channel::Online);
    let agencies = Agencies {
        helps: None,
        receives: author.agency.clone(),
        resolves: author.agency.clone(),
    };
    let fees = check::fees(request.fees.as_deref(), || {
        fees::usual(&procedure, case, civil(now).date(), online)
    })?;
    let (promise, agreed) = promise(station, (&procedure, case), limit, arrival)?;
    let aside = Aside {
        unset_fees: fees.unset,
        statutory: Some(agreed.statutory).filter(|law| *law != promise.limit),
    };
    let registration = Registration {
        request_id: check::request_id(&request.request_id)?,
        applicant: check::applicant(&request.applicant)?,
        authorised: request.authorised.as_ref().map(check::authorised).transpose()?,
        components: check::components(&procedure, case, request.components.as_deref().unwrap_or_default())?,
        sets: check::sets(request.sets)?,
        fees: fees.charged,
        channel: request.channel.unwrap_or_default().into(),
        return_via: request.return_via.unwrap_or_default().into(),
        case: (procedure.cases.len() > 1 || request.case.is_some()).then(|| (case.id.clone(), case.name.clone())),
        promise,
        procedure: reference(&procedure),
        agencies,
        received_at: now,
        late,
        clock_doubtful: arrival.doubtful,
    };
    Ok((registration, aside))
}

/// Of a year that no calendar knows because the clock is wrong, the clock is to be told.
fn clock(error: ApiError, arrival: &Arrival) -> ApiError {
    if arrival.doubtful && error.code == Code::YearNotInCalendar {
        ApiError::new(Code::ClockImplausible).because(error)
    } else {
        error
    }
}

fn reference(procedure: &Procedure) -> ProcedureRef {
    ProcedureRef {
        code: procedure.code.clone(),
        name: procedure.name.clone(),
        field: procedure.field.clone(),
        version: procedure.version.clone(),
        needs_approval: procedure.needs_approval,
    }
}

/// Which limit of a case is counted, and how.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'a> {
    /// Another limit of the case.
    pub alternative: Option<&'a str>,
    /// As part of a linked group: after 15:00 from the next working day (NĐ 63/2024/NĐ-CP Điều 7).
    pub linked: bool,
}

/// The promise of a case for a dossier that arrived then, with the day strip. Where the agency committed
/// to less than the law allows, the reason names both.
///
/// # Errors
/// `YEAR_NOT_IN_CALENDAR`, or `CLOCK_IMPLAUSIBLE` where the clock is the cause; `UNKNOWN_CASE` when the
/// case has no such alternative.
pub fn promise(
    station: &Station,
    of: (&Procedure, &Case),
    chosen: Chosen<'_>,
    arrival: &Arrival,
) -> Result<(Promise, Agreed)> {
    let calendar = station.calendar_of(civil(arrival.shown).date());
    let counted = calendar.and_then(|calendar| count(&calendar, of, chosen, arrival.received_at));
    counted.map_err(|error| clock(error, arrival))
}

fn count(
    calendar: &Calendar,
    (procedure, case): (&Procedure, &Case),
    chosen: Chosen<'_>,
    received: DateTime<Utc>,
) -> Result<(Promise, Agreed)> {
    let agree = if chosen.linked {
        deadline::agreed_linked
    } else {
        deadline::agreed
    };
    let agreed = agree(civil(received), case, chosen.alternative, &procedure.basis, calendar)
        .map_err(no_due_date)?
        .ok_or_else(|| ApiError::of(Code::UnknownCase, "alternative"))?;
    let promise = Promise {
        limit: agreed.limit,
        due_at: instant(agreed.promised.due),
        trace: agreed.promised.trace.iter().map(ToString::to_string).collect(),
        calendar: calendar.version().to_owned(),
    };
    Ok((promise, agreed))
}

/// Why there is no due date, as a refusal.
pub fn no_due_date(error: deadline::DeadlineError) -> ApiError {
    match error {
        deadline::DeadlineError::Calendar(error) => error.into(),
        deadline::DeadlineError::ZeroLimit => ApiError::of(Code::InvalidCount, "limit").with("most", u16::MAX),
    }
}

struct Intake<'a> {
    deed: Deed<'a>,
    actor: Option<&'a Signed>,
    letterhead: &'a wire::protocol::AgencyFacts,
    asked: [u8; 32],
    /// The dossier of the linked group it is part of.
    parent: Option<DossierId>,
    /// What is noted beside it.
    note: Option<String>,
    /// Why its code is temporary; none where it is official.
    reason: Option<CodeReason>,
}

impl Intake<'_> {
    fn store(&self, transaction: &Transaction<'_>, registration: &Registration, aside: &Aside) -> Result<Registered> {
        let (millis, random) = log::fresh(self.deed.at, self.deed.entropy)?;
        let id = DossierId::new(millis, random);
        let (dossier, code, kind) = self.number(transaction, id, registration)?;
        let head = log::position(transaction, self.deed.author.row)?;
        let bytes = receipts::render(self.letterhead, &dossier, aside, self.actor, &head.hash)?;
        let (dossier, last_seq, sha256) = keep_receipt(transaction, &self.deed, &dossier, &bytes)?;
        project::first(transaction, &dossier, last_seq)?;
        let answer = answer(&dossier, &code, (kind, self.reason), &sha256);
        self.remember(transaction, registration, id, &answer)?;
        Ok(answer)
    }

    fn number(
        &self,
        transaction: &Transaction<'_>,
        id: DossierId,
        registration: &Registration,
    ) -> Result<(Dossier, DossierCode, CodeKind)> {
        let (deed, series) = (&self.deed, &registration.agencies.resolves);
        log::append(
            transaction,
            deed,
            Some(id),
            Fact::Registered(Box::new(registration.clone())),
        )?;
        let dossier = Dossier::new(id, registration.clone());
        let day = civil(registration.received_at).date();
        let (code, kind) = numbers::take(transaction, series, day, self.reason.is_none(), deed.entropy)?;
        let assigned = Fact::CodeAssigned {
            code: code.clone(),
            kind,
            issuer: series.clone(),
        };
        let (mut dossier, _, _) = log::append_to(transaction, deed, &dossier, assigned)?;
        if let Some(parent) = self.parent {
            (dossier, _, _) = log::append_to(transaction, deed, &dossier, Fact::Linked { parent })?;
        }
        if let Some(text) = self.note.clone() {
            (dossier, _, _) = log::append_to(transaction, deed, &dossier, Fact::NoteAdded { text })?;
        }
        Ok((dossier, code, kind))
    }

    fn remember(
        &self,
        transaction: &Transaction<'_>,
        registration: &Registration,
        id: DossierId,
        answer: &Registered,
    ) -> Result<()> {
        let response = serde_json::to_string(answer).map_err(internal)?;
        transaction
            .prepare_cached(include_str!("intake/answer.sql"))?
            .execute(params![registration.request_id, self.asked, id.as_bytes(), response])?;
        Ok(())
    }
}

/// Stores the rendered receipt with its event, and queues it for the hub.
///
/// # Errors
/// When the database cannot be written.
pub fn keep_receipt(
    transaction: &Transaction<'_>,
    deed: &Deed<'_>,
    dossier: &Dossier,
    bytes: &[u8],
) -> Result<(Dossier, i64, [u8; 32])> {
    let sha256: [u8; 32] = Sha256::digest(bytes).into();
    let blob = BlobHash::from_bytes(*blake3::hash(bytes).as_bytes());
    let size = u32::try_from(bytes.len()).map_err(internal)?;
    let issued = FormIssued {
        form: "01".to_owned(),
        sha256,
        blob,
        size,
    };
    let (dossier, _, seq) = log::append_to(transaction, deed, dossier, Fact::FormIssued(issued))?;
    transaction
        .prepare_cached(include_str!("intake/keep_receipt.sql"))?
        .execute(params![dossier.id.as_bytes(), sha256, blob.as_bytes(), bytes])?;
    sync::enqueue(transaction, blob.as_bytes(), i64::from(size))?;
    Ok((dossier, seq, sha256))
}

fn answer(
    dossier: &Dossier,
    code: &DossierCode,
    (kind, reason): (CodeKind, Option<CodeReason>),
    sha256: &[u8; 32],
) -> Registered {
    Registered {
        dossier_id: dossier.id.to_string(),
        code: code.to_string(),
        code_kind: responses::CodeKind::from(kind),
        received_at: local(dossier.registration.received_at),
        due_at: local(dossier.registration.promise.due_at),
        receipt: Some(ReceiptFacts {
            sha256: wire::envelope::hex(sha256),
        }),
        code_reason: reason,
    }
}

/// RFC 3339 at the fixed offset of Việt Nam.
#[must_use]
pub fn local(instant: DateTime<Utc>) -> String {
    format!("{}+07:00", civil(instant).format("%Y-%m-%dT%H:%M:%S"))
}
