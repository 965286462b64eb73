//! What a version's bytes are, and whether two texts say the same.

use serde_json::Value;

use super::{RuleKind, calendar};
use crate::error::{Result, internal};

/// The stored text: canonical, so that one value has one text and one digest.
pub fn text(value: &Value) -> Result<String> {
    wire::canonical(value).map_err(internal)
}

/// BLAKE3 of the stored text.
pub fn of(text: &str) -> [u8; 32] {
    *blake3::hash(text.as_bytes()).as_bytes()
}

/// The data under another name of its version, where the data carries one.
pub fn named(kind: RuleKind, data: &Value, version: &str) -> Value {
    let mut data = data.clone();
    match kind {
        RuleKind::Procedure => {
            set(&mut data, "version", Value::from(version));
        }
        RuleKind::Calendar => {
            if let Some(text) = data.get("text").and_then(Value::as_str) {
                let renamed = calendar::renamed(text, version);
                set(&mut data, "text", Value::from(renamed));
            }
        }
        RuleKind::Agency | RuleKind::Fees => {}
    }
    data
}

/// The data as it stands once an officer has looked at it.
pub fn approved(kind: RuleKind, data: &Value) -> Value {
    let mut data = data.clone();
    if kind == RuleKind::Procedure {
        set(&mut data, "needs_approval", Value::Bool(false));
    }
    data
}

fn set(data: &mut Value, key: &str, value: Value) {
    if let Some(fields) = data.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}
