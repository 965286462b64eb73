//! Canonical JSON (RFC 8785): one value, one text, so that a hash means the value. Numbers with a
//! fraction are refused: none of our facts has one, and their rendering is where libraries differ.

use serde_json::{Map, Value};

/// A value that has no canonical text here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// A number that is no integer, or beyond 2^53 − 1 where JSON readers lose digits.
    #[error("only whole numbers up to 2^53 - 1 are allowed")]
    Number,
}

const LARGEST: i64 = (1 << 53) - 1;

/// The canonical text of a value.
///
/// # Errors
/// [`CanonicalError::Number`] for fractions and for integers beyond 2^53 − 1.
pub fn canonical(value: &Value) -> Result<String, CanonicalError> {
    let mut out = String::new();
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> Result<(), CanonicalError> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => {
            let whole = number.as_i64().ok_or(CanonicalError::Number)?;
            if !(-LARGEST..=LARGEST).contains(&whole) {
                return Err(CanonicalError::Number);
            }
            out.push_str(&whole.to_string());
        }
        Value::String(text) => write_text(text, out),
        Value::Array(items) => return write_list(items, out),
        Value::Object(map) => return write_object(map, out),
    }
    Ok(())
}

fn write_list(items: &[Value], out: &mut String) -> Result<(), CanonicalError> {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(item, out)?;
    }
    out.push(']');
    Ok(())
}

/// RFC 8785 §3.2.3: keys sorted by their UTF-16 code units.
fn write_object(map: &Map<String, Value>, out: &mut String) -> Result<(), CanonicalError> {
    let mut keys: Vec<(&String, &Value)> = map.iter().collect();
    keys.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    out.push('{');
    for (index, (key, value)) in keys.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(key, out);
        out.push(':');
        write(value, out)?;
    }
    out.push('}');
    Ok(())
}

/// RFC 8785 §3.2.2.2: only what must be escaped is, in the shortest form, hexadecimal lower case.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{9}' => out.push_str("\\t"),
            '\u{a}' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\u{d}' => out.push_str("\\r"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn keys_sort_by_utf16_and_text_is_escaped_shortest() {
        let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "ö": 7});
        let text = canonical(&value).unwrap();
        assert_eq!(
            text,
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
        );
        assert_eq!(
            canonical(&json!("\u{1}/\u{7f}\"\\")).unwrap(),
            "\"\\u0001/\u{7f}\\\"\\\\\""
        );
    }

    #[test]
    fn fractions_and_huge_numbers_are_refused() {
        assert_eq!(canonical(&json!(1.5)), Err(CanonicalError::Number));
        assert_eq!(canonical(&json!(1u64 << 53)), Err(CanonicalError::Number));
        assert_eq!(canonical(&json!(-((1i64 << 53) - 1))).unwrap(), "-9007199254740991");
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-LARGEST..=LARGEST).prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        nested(leaf)
    }

    /// Lists and objects of such values.
    pub(crate) fn nested(leaf: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
        leaf.prop_recursive(3, 20, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map(".{0,6}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reading_it_back_and_writing_again_changes_nothing(value in values()) {
            let text = canonical(&value).unwrap();
            let again: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&again, &value);
            prop_assert_eq!(canonical(&again).unwrap(), text);
        }
    }
}
