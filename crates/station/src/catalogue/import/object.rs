//! One line as a JSON object. A field written twice is no field: the second would silently win.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value, error::Category};

/// How a record begins, and what each has; two of them on one line lost the line break between them.
const BEGINNING: &[u8] = br#"{""#;
const CODE: &[u8] = br#""ma_thu_tuc""#;

/// The objects of a line: itself, or, where it is none, what begins like a record in it.
pub fn pieces(raw: &[u8]) -> Vec<&[u8]> {
    if raw.is_empty() {
        return Vec::new();
    }
    if read(raw).is_ok() {
        return vec![raw];
    }
    let has = |text: &[u8], words: &[u8]| text.windows(words.len()).any(|window| window == words);
    let starts = (1..raw.len()).filter(|at| {
        raw.get(*at..)
            .is_some_and(|rest| rest.starts_with(BEGINNING) && has(rest, CODE))
    });
    let (mut pieces, mut from) = (Vec::new(), 0);
    for at in starts.chain([raw.len()]) {
        pieces.extend(
            raw.get(from..at)
                .map(<[u8]>::trim_ascii)
                .filter(|piece| !piece.is_empty()),
        );
        from = at;
    }
    pieces
}

/// The fields of an object, or why it is none.
pub fn read(raw: &[u8]) -> Result<Map<String, Value>, String> {
    let text = str::from_utf8(raw).map_err(|error| match error.error_len() {
        None => "không phải chữ UTF-8 (bị cắt giữa một chữ)".to_owned(),
        Some(_) => "không phải chữ UTF-8".to_owned(),
    })?;
    let fields: Result<Fields, _> = serde_json::from_str(text);
    fields.map(|fields| fields.0).map_err(|error| match error.classify() {
        Category::Eof => "không đọc được (bị cắt giữa chừng)".to_owned(),
        Category::Data => format!("không đọc được ({})", data(&error)),
        Category::Syntax | Category::Io => format!("không đọc được (sai JSON ở cột {})", error.column()),
    })
}

/// What is sound JSON and yet no record.
fn data(error: &serde_json::Error) -> String {
    let words = error.to_string();
    match words.split_once(TWICE).and_then(|(_, rest)| rest.split_once('”')) {
        Some((key, _)) => format!("mục “{key}” ghi hai lần"),
        None => "không phải một bản ghi".to_owned(),
    }
}

const TWICE: &str = "twice “";

struct Fields(Map<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Once)
    }
}

struct Once;

impl<'de> Visitor<'de> for Once {
    type Value = Fields;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
        let mut fields = Map::new();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            if fields.contains_key(&key) {
                return Err(M::Error::custom(format!("{TWICE}{key}”")));
            }
            fields.insert(key, value);
        }
        Ok(Fields(fields))
    }
}
