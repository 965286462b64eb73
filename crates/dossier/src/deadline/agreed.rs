//! The limit of the law and the shorter one the agency committed to, side by side: the citizen is
//! promised the shorter, and statistics of the law still count against the longer.

use super::trace::{Rule, TraceStep};
use super::words::at;
use super::{DeadlineError, Due, Limit, due, due_linked};
use crate::calendar::Calendar;
use crate::catalogue::Case;
use chrono::NaiveDateTime;

/// What is promised for a case, and what the law would allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The limit that is promised.
    pub limit: Limit,
    /// The promise; its trace names both limits where they differ.
    pub promised: Due,
    /// The limit of the law.
    pub statutory: Limit,
    /// The end of the law's limit, civil time (+07:00); never before the promise.
    pub statutory_due: NaiveDateTime,
}

/// Counts a case from `received` (civil time, +07:00). `basis` is what the procedure rests on.
/// None when the case has no alternative of that name.
///
/// An alternative takes the place of both limits. A commitment longer than the law is no promise
/// anybody may make: the law's limit is promised then, and the trace says so.
///
/// # Errors
/// As [`due`](super::due).
pub fn agreed(
    received: NaiveDateTime,
    case: &Case,
    alternative: Option<&str>,
    basis: &str,
    calendar: &Calendar,
) -> Result<Option<Agreed>, DeadlineError> {
    counted(due, received, (case, alternative), basis, calendar)
}

/// As [`agreed`], for a case that is part of a linked group: each limit by [`due_linked`].
///
/// # Errors
/// As [`due`](super::due).
pub fn agreed_linked(
    received: NaiveDateTime,
    case: &Case,
    alternative: Option<&str>,
    basis: &str,
    calendar: &Calendar,
) -> Result<Option<Agreed>, DeadlineError> {
    counted(due_linked, received, (case, alternative), basis, calendar)
}

/// How a limit is counted: [`due`] or [`due_linked`].
type Counted = fn(NaiveDateTime, &Limit, &Calendar) -> Result<Due, DeadlineError>;

fn counted(
    due: Counted,
    received: NaiveDateTime,
    (case, alternative): (&Case, Option<&str>),
    basis: &str,
    calendar: &Calendar,
) -> Result<Option<Agreed>, DeadlineError> {
    if let Some(id) = alternative {
        let Some(other) = case.alternatives.iter().find(|it| it.id == id) else {
            return Ok(None);
        };
        let text = format!("Áp dụng thời hạn của trường hợp “{}”: {}", other.name, other.limit);
        let step = TraceStep::new(Rule::Alternative, text, said(basis));
        return Ok(Some(one(
            other.limit,
            vec![step],
            due(received, &other.limit, calendar)?,
        )));
    }
    match case.committed.filter(|committed| *committed != case.limit) {
        None => Ok(Some(one(case.limit, Vec::new(), due(received, &case.limit, calendar)?))),
        Some(committed) => {
            let law = (case.limit, due(received, &case.limit, calendar)?);
            let own = (committed, due(received, &committed, calendar)?);
            Ok(Some(both(law, own, basis)))
        }
    }
}

fn said(basis: &str) -> Option<&str> {
    Some(basis).filter(|basis| !basis.is_empty())
}

fn one(limit: Limit, mut trace: Vec<TraceStep>, mut promised: Due) -> Agreed {
    trace.append(&mut promised.trace);
    promised.trace = trace;
    Agreed {
        limit,
        statutory: limit,
        statutory_due: promised.due,
        promised,
    }
}

fn both((statutory, law): (Limit, Due), (committed, own): (Limit, Due), basis: &str) -> Agreed {
    let statutory_due = law.due;
    let said_law = format!("Thời hạn theo quy định {statutory}: chậm nhất {}", at(law.due));
    let (limit, mut promised, said_own) = if own.due <= law.due {
        (committed, own, format!("Cơ quan cam kết {committed}: hẹn theo cam kết"))
    } else {
        let text = format!("Cam kết {committed} dài hơn quy định: hẹn theo thời hạn quy định");
        (statutory, law, text)
    };
    let mut trace = vec![
        TraceStep::new(Rule::Statutory, said_law, said(basis)),
        TraceStep::new(Rule::Committed, said_own, Some("thời hạn cắt giảm do cơ quan công bố")),
    ];
    trace.append(&mut promised.trace);
    promised.trace = trace;
    Agreed {
        limit,
        promised,
        statutory,
        statutory_due,
    }
}
