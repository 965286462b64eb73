//! The limit of the law and the shorter one the agency committed to, side by side: the citizen is
//! promised the shorter, and statistics of the law still count against the longer.

use super::trace::{Rule, TraceStep};
use super::words::at;
use super::{DeadlineError, Due, Limit, due};
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
    if let Some(id) = alternative {
        let Some(other) = case.alternatives.iter().find(|it| it.id == id) else {
            return Ok(None);
        };
        let text = format!("Áp dụng thời hạn của trường hợp “{}”: {}", other.name, other.limit);
        let step = TraceStep::new(Rule::Alternative, text, said(basis));
        return Ok(Some(one(received, other.limit, vec![step], calendar)?));
    }
    match case.committed.filter(|committed| *committed != case.limit) {
        None => Ok(Some(one(received, case.limit, Vec::new(), calendar)?)),
        Some(committed) => Ok(Some(both(received, case.limit, committed, basis, calendar)?)),
    }
}

fn said(basis: &str) -> Option<&str> {
    Some(basis).filter(|basis| !basis.is_empty())
}

fn one(
    received: NaiveDateTime,
    limit: Limit,
    mut trace: Vec<TraceStep>,
    calendar: &Calendar,
) -> Result<Agreed, DeadlineError> {
    let mut promised = due(received, &limit, calendar)?;
    trace.append(&mut promised.trace);
    promised.trace = trace;
    Ok(Agreed {
        limit,
        statutory: limit,
        statutory_due: promised.due,
        promised,
    })
}

fn both(
    received: NaiveDateTime,
    statutory: Limit,
    committed: Limit,
    basis: &str,
    calendar: &Calendar,
) -> Result<Agreed, DeadlineError> {
    let (law, own) = (
        due(received, &statutory, calendar)?,
        due(received, &committed, calendar)?,
    );
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
    Ok(Agreed {
        limit,
        promised,
        statutory,
        statutory_due,
    })
}
