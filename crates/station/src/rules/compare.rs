//! Two versions of a rule field by field, in words that an officer can approve.

mod fields;
mod items;
mod words;

use dossier::calendar::Calendar;
use dossier::date::vn_date;
use serde_json::{Map, Value};

use crate::api::rules::RuleChange;

use fields::{Field, is_leaf, ordered};

/// Marks that say who looked at it, not what it says.
const SKIPPED: [&str; 1] = ["needs_approval"];

/// Where a value stands: its path and what people call it.
#[derive(Debug, Clone, Default)]
struct Place {
    path: String,
    label: String,
}

impl Place {
    fn field(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.under(&format!("{dot}{key}"), fields::label(key))
    }

    fn item(&self, at: usize, name: &str) -> Self {
        let path = format!("{}[{at}]", self.path);
        let label = format!("{} “{name}”", self.label);
        Self { path, label }
    }

    fn under(&self, path: &str, label: &str) -> Self {
        let label = match self.label.as_str() {
            "" => fields::capitalised(label),
            above => format!("{above}: {label}"),
        };
        Self {
            path: format!("{}{path}", self.path),
            label,
        }
    }
}

/// Every field that differs; with nothing before, every field there is.
pub fn changes(before: Option<&Value>, after: &Value) -> Vec<RuleChange> {
    let mut out = Vec::new();
    walk(&Place::default(), Field::of(""), before, Some(after), &mut out);
    out
}

/// Every day that a newer edition treats otherwise.
pub fn days(before: &Calendar, after: &Calendar) -> Vec<RuleChange> {
    let changes = before.diff(after).into_iter().map(|change| RuleChange {
        field: change.date.to_string(),
        label: vn_date(change.date),
        before: Some(change.before),
        after: Some(change.after),
    });
    changes.collect()
}

fn walk(at: &Place, field: Field<'_>, before: Option<&Value>, after: Option<&Value>, out: &mut Vec<RuleChange>) {
    if before == after {
        return;
    }
    match (before.or(after), after.or(before)) {
        (Some(Value::Object(_)), Some(Value::Object(_))) if !is_leaf(field) => objects(at, before, after, out),
        (Some(Value::Array(old)), Some(Value::Array(new))) if items::are(old) || items::are(new) => {
            items::walk(at, field, list(before), list(after), out);
        }
        _ => leaf(at, field, before, after, out),
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn objects(at: &Place, before: Option<&Value>, after: Option<&Value>, out: &mut Vec<RuleChange>) {
    let empty = Map::new();
    let fields = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
    let (old, new) = (fields(before), fields(after));
    for key in ordered(if before.is_some() { &old } else { &empty }, &new) {
        if !SKIPPED.contains(&key.as_str()) {
            walk(&at.field(&key), Field::of(&key), old.get(&key), new.get(&key), out);
        }
    }
}

fn leaf(at: &Place, field: Field<'_>, before: Option<&Value>, after: Option<&Value>, out: &mut Vec<RuleChange>) {
    let words = |value: Option<&Value>| {
        value
            .filter(|value| !value.is_null())
            .map(|value| words::of(field, value))
    };
    let (before, after) = (words(before), words(after));
    if before != after {
        out.push(RuleChange {
            field: at.path.clone(),
            label: at.label.clone(),
            before,
            after,
        });
    }
}

#[cfg(test)]
mod tests;
