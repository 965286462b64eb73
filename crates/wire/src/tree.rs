//! JSON as it lies in its text: what is read of a record and thrown away again. Every event of a batch is
//! read this way, and a tree that owns its words takes longer to make and drop than to look at.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value, as far as records have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number; nothing when it is no whole one, or has no room in 64 bits.
    Number(Option<i64>),
    /// A text, borrowed where it holds no escapes.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(Fieldset<'a>),
}

/// The fields of an object in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fieldset<'a>(Vec<(Cow<'a, str>, Tree<'a>)>);

impl<'a> Fieldset<'a> {
    /// A field. Of two with one name the later one counts, as it always did.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Tree<'a>> {
        let mut fields = self.0.iter().rev();
        fields.find(|(name, _)| name == key).map(|(_, value)| value)
    }
}

impl<'a> Tree<'a> {
    /// Reads a text to its end.
    ///
    /// # Errors
    /// For a text that is no JSON.
    pub fn of(text: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number.
    #[must_use]
    pub const fn as_number(&self) -> Option<i64> {
        if let Self::Number(number) = self { *number } else { None }
    }

    /// The flag.
    #[must_use]
    pub const fn as_flag(&self) -> Option<bool> {
        if let Self::Flag(flag) = self { Some(*flag) } else { None }
    }

    /// The list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    /// The object.
    #[must_use]
    pub const fn as_object(&self) -> Option<&Fieldset<'a>> {
        if let Self::Object(fields) = self {
            Some(fields)
        } else {
            None
        }
    }
}

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reads)
    }
}

struct Reads;

impl<'de> Visitor<'de> for Reads {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Tree::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Tree::Number(Some(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Tree::Number(i64::try_from(number).ok()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Tree::Number(None))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Tree::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Tree::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(one) = all.next_element()? {
            list.push(one);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = all.next_key::<Name<'de>>()? {
            fields.push((name.0, all.next_value()?));
        }
        Ok(Tree::Object(Fieldset(fields)))
    }
}

/// A field's name. `Cow` alone would be read into an owned text every time.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if let Tree::Text(text) = deserializer.deserialize_str(Reads)? {
            Ok(Self(text))
        } else {
            Err(serde::de::Error::custom("a name is expected"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::canonical::tests::nested;

    fn same(tree: &Tree<'_>, value: &Value) -> bool {
        match (tree, value) {
            (Tree::Null, Value::Null) => true,
            (Tree::Flag(one), Value::Bool(other)) => one == other,
            (Tree::Number(one), Value::Number(other)) => *one == other.as_i64(),
            (Tree::Text(one), Value::String(other)) => one == other,
            (Tree::List(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
            }
            (Tree::Object(one), Value::Object(other)) => other
                .iter()
                .all(|(name, other)| one.get(name).is_some_and(|one| same(one, other))),
            _ => false,
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(|number| json!(number)),
            ".*".prop_map(Value::from),
        ];
        nested(leaf)
    }

    #[test]
    fn of_two_fields_with_one_name_the_later_one_counts() {
        let tree = Tree::of(r#"{"a":1,"b":2,"a":"\u0033"}"#).unwrap();
        assert_eq!(tree.as_object().unwrap().get("a").unwrap().as_text(), Some("3"));
        assert!(Tree::of("{} x").is_err());
        assert!(Tree::of(&"[".repeat(100_000)).is_err(), "no depth brings it down");
    }

    proptest! {
        #[test]
        fn whatever_is_written_as_json_reads_as_it_always_did(value in any_json(), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.unwrap();
            let again: Value = serde_json::from_str(&text).unwrap();
            prop_assert!(same(&Tree::of(&text).unwrap(), &again), "{}", text);
        }

        #[test]
        fn what_is_no_json_is_none_here_either(text in "[\\[\\]{}\",:0-9a-z\\\\.\\- ]{0,20}") {
            prop_assert_eq!(Tree::of(&text).is_ok(), serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
        }
    }
}
