//! Due dates before anything is registered: of any instant and limit, and of somebody who came now.

use chrono::{DateTime, Utc};
use dossier::calendar::{civil, instant};
use dossier::deadline;

use crate::api;
use crate::api::requests::{DueRequest, PromiseRequest};
use crate::api::responses::{CodeKind, CodeReason, Due, Promised};
use crate::api::shared::{Limit, LimitKind};
use crate::catalogue;
use crate::error::{ApiError, Code, Result};
use crate::intake;
use crate::numbers;
use crate::rules::agency::{Numbering, numbering};
use crate::station::Station;
use crate::store::setting;

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
        LimitKind::SameDay => deadline::Limit::SameDay,
    })
}

/// When something received then, under that limit, is due, and why.
///
/// # Errors
/// `INVALID_DATE`, `MISSING_FIELD`, `INVALID_COUNT`, `YEAR_NOT_IN_CALENDAR`.
pub fn due(station: &Station, request: &DueRequest) -> Result<Due> {
    let received = DateTime::parse_from_rfc3339(&request.received_at)
        .map_err(|_| ApiError::of(Code::InvalidDate, "received_at"))?
        .to_utc();
    let due =
        deadline::due(civil(received), &limit(&request.limit)?, &*station.calendar()?).map_err(intake::no_due_date)?;
    Ok(Due {
        due_at: intake::local(instant(due.due)),
        due_date: due.due.date().to_string(),
        trace: due.trace.iter().map(ToString::to_string).collect(),
    })
}

/// What would be promised to somebody who came now, and whether the code would be official.
///
/// # Errors
/// `UNKNOWN_PROCEDURE`, `UNKNOWN_CASE`, `YEAR_NOT_IN_CALENDAR`.
pub fn promise(station: &Station, request: &PromiseRequest) -> Result<Promised> {
    let now = station.now();
    let procedure = station
        .store
        .read(|connection| catalogue::procedure(connection, &request.procedure, civil(now).date()))?;
    let case = procedure
        .case(request.case.as_deref())
        .ok_or_else(|| ApiError::of(Code::UnknownCase, "case"))?;
    let (promise, agreed) = intake::promise(station, (&procedure, case), request.alternative.as_deref(), now)?;
    let reason = no_number(station, now)?;
    Ok(Promised {
        received_at: intake::local(now),
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
fn no_number(station: &Station, now: DateTime<Utc>) -> Result<Option<CodeReason>> {
    let series = station.author()?.agency;
    let today = civil(now).date();
    station.store.read(|connection| {
        if numbering(connection, &series, today)? == Numbering::External {
            return Ok(Some(CodeReason::ExternalNumbering));
        }
        if numbers::is_left(connection, &series, today)? {
            return Ok(None);
        }
        let enrolled = setting(connection, "hub")?.is_some();
        Ok(Some(if enrolled {
            CodeReason::NoLease
        } else {
            CodeReason::NotEnrolled
        }))
    })
}
