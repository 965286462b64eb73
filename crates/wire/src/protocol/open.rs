//! A push whose records' texts are written as the JSON they are, not as text within text: it is
//! shorter, and read without a look at every quotation mark. The bytes are the same.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::push::PushRequest;
use super::stream::StreamName;
use crate::envelope::{Head, Record};

/// A push as it is written to a hub of [`super::READS_OPEN`] or later.
#[derive(Debug, Serialize)]
pub struct OpenPush<'a> {
    stream: &'a StreamName,
    prev: &'a str,
    open: Vec<Written<'a>>,
    head: &'a Head,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    follows: bool,
}

#[derive(Debug, Serialize)]
struct Written<'a> {
    seq: u64,
    header: &'a RawValue,
    #[serde(skip_serializing_if = "str::is_empty")]
    digest: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a RawValue>,
}

impl PushRequest {
    /// The push with open texts; nothing when one of them is no JSON that comes back as it is.
    #[must_use]
    pub fn open(&self) -> Option<OpenPush<'_>> {
        Some(OpenPush {
            stream: &self.stream,
            prev: &self.prev,
            open: self.records.iter().map(written).collect::<Option<_>>()?,
            head: &self.head,
            follows: self.follows,
        })
    }
}

fn written(record: &Record) -> Option<Written<'_>> {
    Some(Written {
        seq: record.seq,
        header: raw(&record.header)?,
        digest: &record.digest,
        salt: record.salt.as_deref(),
        body: match &record.body {
            Some(body) => Some(raw(body)?),
            None => None,
        },
    })
}

/// Blanks around it would not come back, and `null` would come back as nothing.
fn raw(text: &str) -> Option<&RawValue> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    (raw.get().len() == text.len() && text != "null").then_some(raw)
}

/// A push as it comes, written either way.
#[derive(Debug, Deserialize)]
pub struct Either {
    stream: StreamName,
    prev: String,
    #[serde(default)]
    records: Vec<Record>,
    #[serde(default)]
    open: Vec<Read>,
    head: Head,
    #[serde(default)]
    follows: bool,
}

#[derive(Debug, Deserialize)]
struct Read {
    seq: u64,
    header: Box<RawValue>,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    salt: Option<String>,
    #[serde(default)]
    body: Option<Box<RawValue>>,
}

impl From<Either> for PushRequest {
    fn from(it: Either) -> Self {
        let mut records = it.records;
        records.extend(it.open.into_iter().map(Record::from));
        Self {
            stream: it.stream,
            prev: it.prev,
            records,
            head: it.head,
            follows: it.follows,
        }
    }
}

impl From<Read> for Record {
    fn from(it: Read) -> Self {
        let text = |raw: Box<RawValue>| String::from(Box::<str>::from(raw));
        Self {
            seq: it.seq,
            header: text(it.header),
            digest: it.digest,
            salt: it.salt,
            body: it.body.map(text),
        }
    }
}
