//! Lists of cases, papers, fees: items are met again by their identity or their name, so that one
//! that is put in the middle does not make all the others look changed.

use serde_json::Value;

use super::fields::Field;
use super::{Place, RuleChange, words};

/// Whether a list holds items and not words.
pub fn are(list: &[Value]) -> bool {
    list.iter().any(Value::is_object)
}

/// Compares two lists item by item.
pub fn walk(at: &Place, field: Field<'_>, before: &[Value], after: &[Value], out: &mut Vec<RuleChange>) {
    let pairs = pairs(before, after);
    for (place, item) in before.iter().enumerate() {
        if !pairs.iter().any(|(old, _)| *old == Some(place)) {
            out.push(alone(&at.item(place, &name(item)), field, Some(item), None));
        }
    }
    for (old, place) in pairs {
        let Some(item) = after.get(place) else { continue };
        let here = at.item(place, &name(item));
        match old.and_then(|old| before.get(old)) {
            Some(old) => super::walk(&here, Field::of(""), Some(old), Some(item), out),
            None => out.push(alone(&here, field, None, Some(item))),
        }
    }
}

fn alone(at: &Place, field: Field<'_>, before: Option<&Value>, after: Option<&Value>) -> RuleChange {
    let words = |item: Option<&Value>| item.map(|item| words::of(field, item));
    RuleChange {
        field: at.path.clone(),
        label: at.label.clone(),
        before: words(before),
        after: words(after),
    }
}

/// For each later item the earlier one it was; first by what is surely the same, then by number.
fn pairs(before: &[Value], after: &[Value]) -> Vec<(Option<usize>, usize)> {
    let mut pairs: Vec<(Option<usize>, usize)> = (0..after.len()).map(|place| (None, place)).collect();
    for same in [same_identity, same_number] {
        for index in 0..pairs.len() {
            let found = before.iter().enumerate().position(|(place, old)| {
                let taken = pairs.iter().any(|(known, _)| *known == Some(place));
                !taken && after.get(index).is_some_and(|new| same(old, new))
            });
            if let Some(slot) = pairs.get_mut(index)
                && slot.0.is_none()
            {
                slot.0 = found;
            }
        }
    }
    pairs
}

fn same_identity(old: &Value, new: &Value) -> bool {
    let keys: &[&str] = if new.get("id").is_some() {
        &["id"]
    } else if new.get("rule").is_some() {
        &["procedure", "rule"]
    } else if new.get("from").is_some() {
        &["from"]
    } else {
        &["name"]
    };
    keys.iter()
        .all(|key| old.get(key).is_some() && old.get(key) == new.get(key))
}

fn same_number(old: &Value, new: &Value) -> bool {
    old.get("no").is_some() && old.get("no") == new.get("no")
}

fn name(item: &Value) -> String {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    match (text("name"), text("procedure"), text("rule")) {
        (Some(name), ..) => name.to_owned(),
        (None, Some(procedure), Some(rule)) => format!("{procedure} {rule}"),
        _ => text("id").unwrap_or_default().to_owned(),
    }
}
