//! Due dates before anything is registered: of any instant and limit, and of somebody who came now.

use chrono::{DateTime, NaiveDateTime};
use dossier::calendar::{Calendar, civil, instant};
use dossier::deadline::{self, Due as Counted, Part, TraceStep};

use crate::api;
use crate::api::requests::{DueRequest, PromiseRequest};
use crate::api::responses::{CodeKind, CodeReason, Due, Promised, Transfer};
use crate::api::shared::{Limit, LimitKind};
use crate::catalogue;
use crate::error::{ApiError, Code, Result};
use crate::honest;
use crate::intake::arrival::{self, Arrival};
use crate::intake::{self, Chosen};
use crate::seal::{self, Verdict};
use crate::station::Station;

/// Most further parts of a linked group.
const MOST_PARTS: usize = 50;

fn limit(asked: &Limit) -> Result<deadline::Limit> {
    let amount = || {
        let amount = asked
            .amount
            .ok_or_else(|| ApiError::of(Code::MissingField, "limit.amount"))?;
        u16::try_from(amount).map_err(|_| ApiError::of(Code::InvalidCount, "limit.amount").with("most", u16::MAX))
    };
    Ok(match asked.kind {
        LimitKind::WorkingDays => deadline::Limit::WorkingDays(amount()?),
        LimitKind::CalendarDays => deadline::Limit::CalendarDays(amount()?),
        LimitKind::Hours => deadline::Limit::Hours(amount()?),
        // "Within 1 day" may be what was meant by a 1; any other figure was meant for another unit.
        LimitKind::SameDay if asked.amount.is_some_and(|amount| amount > 1) => {
            return Err(ApiError::of(Code::LimitWithoutAmount, "limit.amount"));
        }
        LimitKind::SameDay => deadline::Limit::SameDay,
    })
}

/// When something received then, under that limit, is due, and why.
///
/// # Errors
/// `INVALID_DATE`, `MISSING_FIELD`, `INVALID_COUNT`, `LIMIT_WITHOUT_AMOUNT`, `YEAR_NOT_IN_CALENDAR`.
pub fn due(station: &Station, request: &DueRequest) -> Result<Due> {
    let received = DateTime::parse_from_rfc3339(&request.received_at)
        .map_err(|_| ApiError::of(Code::InvalidDate, "received_at"))?
        .to_utc();
    let (received, calendar) = (civil(received), station.calendar()?);
    let limit = limit(&request.limit)?;
    let due = match &request.linked {
        None => deadline::due(received, &limit, &calendar).map_err(intake::no_due_date)?,
        Some(others) => slowest(received, limit, others, &calendar)?,
    };
    Ok(Due {
        due_at: intake::local(instant(due.due)),
        due_date: due.due.date().to_string(),
        trace: sentences(&due.trace),
        transfer: (request.transfer == Some(true))
            .then(|| transfer(received, &calendar))
            .transpose()?,
    })
}

fn sentences(trace: &[TraceStep]) -> Vec<String> {
    trace.iter().map(ToString::to_string).collect()
}

/// The parts of a linked group, each counted as such; the slowest decides.
fn slowest(received: NaiveDateTime, first: deadline::Limit, others: &[Limit], calendar: &Calendar) -> Result<Counted> {
    if others.len() > MOST_PARTS {
        return Err(ApiError::of(Code::InvalidCount, "linked").with("most", MOST_PARTS));
    }
    let mut limits = vec![first];
    for other in others {
        limits.push(limit(other)?);
    }
    let mut counted = Vec::new();
    for limit in limits {
        let due = deadline::due_linked(received, &limit, calendar).map_err(intake::no_due_date)?;
        counted.push((format!("Phần {} ({limit})", counted.len().saturating_add(1)), due));
    }
    let parts: Vec<Part<'_>> = counted.iter().map(|(name, due)| Part { name, due }).collect();
    deadline::slowest(&parts).ok_or_else(|| ApiError::of(Code::MissingField, "linked"))
}

fn transfer(received: NaiveDateTime, calendar: &Calendar) -> Result<Transfer> {
    let by = deadline::transfer(received, calendar).map_err(intake::no_due_date)?;
    Ok(Transfer {
        by: intake::local(instant(by.due)),
        trace: sentences(&by.trace),
    })
}

/// What would be promised to somebody who came now, and whether the code would be official.
///
/// # Errors
/// `UNKNOWN_PROCEDURE`, `UNKNOWN_CASE`, `YEAR_NOT_IN_CALENDAR`.
pub fn promise(station: &Station, request: &PromiseRequest) -> Result<Promised> {
    let (row, read) = (station.author()?.row, station.reading());
    let (arrival, procedure) = station.store.read(|connection| {
        let received = request.received_at.as_deref();
        let arrival = arrival::at(&read, connection, &honest::evidence(connection, row)?, received)?;
        let day = civil(arrival.received_at).date();
        Ok((arrival, catalogue::procedure(connection, &request.procedure, day)?))
    })?;
    let case = procedure
        .case(request.case.as_deref())
        .ok_or_else(|| ApiError::of(Code::UnknownCase, "case"))?;
    let chosen = Chosen {
        alternative: request.alternative.as_deref(),
        linked: request.linked == Some(true),
    };
    let (promise, agreed) = intake::promise(station, (&procedure, case), chosen, &arrival)?;
    let reason = no_number(station, &arrival)?;
    Ok(Promised {
        received_at: intake::local(arrival.received_at),
        due_at: intake::local(promise.due_at),
        limit: (&promise.limit).into(),
        limit_words: catalogue::limit_words(&promise.limit),
        trace: promise.trace,
        days: agreed.promised.days.iter().map(api::day).collect(),
        code_kind: reason.map_or(CodeKind::Official, |_| CodeKind::Temporary),
        code_reason: reason,
    })
}

/// Why the next code would be temporary, if it would.
fn no_number(station: &Station, arrival: &Arrival) -> Result<Option<CodeReason>> {
    let (series, day) = (station.author()?.agency, civil(arrival.received_at).date());
    let gate = seal::gate(station)?;
    let verdict = station
        .store
        .read(|connection| gate.verdict(connection, &series, day, arrival.doubtful))?;
    Ok(match verdict {
        Verdict::Temporary(reason) => Some(reason),
        Verdict::Official | Verdict::Reserve(_) => None,
    })
}
