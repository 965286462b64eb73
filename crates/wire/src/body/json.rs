//! How a body is written as JSON: absent fields are left out, closed lists have stored names.

use serde_json::{Map, Value};

/// The stored name of one of a closed list. Every list is complete, which the golden test shows.
pub fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: &T) -> &'static str {
    names
        .iter()
        .find(|(known, _)| known == value)
        .map_or("", |(_, name)| name)
}

/// An object without its absent fields.
pub fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let present = fields
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}

pub fn text(value: &Option<String>) -> Option<Value> {
    value.clone().map(Value::from)
}
