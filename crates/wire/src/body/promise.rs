//! The promise, both ways, with the limit it was computed from.

use dossier::deadline::Limit;
use dossier::registration::Promise;
use serde_json::{Value, json};

use super::BodyError;
use super::json::object;
use crate::decode::Fields;

fn limit(it: &Limit) -> Value {
    let (kind, amount) = match it {
        Limit::WorkingDays(amount) => ("working_days", Some(*amount)),
        Limit::CalendarDays(amount) => ("calendar_days", Some(*amount)),
        Limit::Hours(amount) => ("hours", Some(*amount)),
        Limit::SameDay => ("same_day", None),
    };
    object([("kind", Some(json!(kind))), ("amount", amount.map(Value::from))])
}

fn read_limit(it: &Fields<'_>) -> Result<Limit, BodyError> {
    match it.str("kind")? {
        "working_days" => Ok(Limit::WorkingDays(it.number("amount")?)),
        "calendar_days" => Ok(Limit::CalendarDays(it.number("amount")?)),
        "hours" => Ok(Limit::Hours(it.number("amount")?)),
        "same_day" => Ok(Limit::SameDay),
        _ => Err(BodyError::new("kind", "not one of the known names")),
    }
}

pub fn promise(it: &Promise) -> Value {
    json!({"limit": limit(&it.limit), "due_at": it.due_at.timestamp_millis(), "trace": it.trace, "calendar": it.calendar})
}

pub fn read_promise(it: &Fields<'_>) -> Result<Promise, BodyError> {
    Ok(Promise {
        limit: read_limit(&it.object("limit")?)?,
        due_at: it.instant("due_at")?,
        trace: it.texts("trace")?,
        calendar: it.text("calendar")?,
    })
}
