//! The header of a record: the part that stays, and can be read, for ever.

use chrono::{DateTime, Utc};
use dossier::code::AgencyCode;
use dossier::{BlobHash, DossierId, Event, EventId, Fact, OfficerId};
use serde_json::{Map, Value, json};

use super::EnvelopeError;
use crate::body::BodyError;
use crate::canonical::{CanonicalError, canonical};
use crate::decode::Fields;
use crate::tree::Tree;

/// Version of the body's schema this program writes.
pub const SCHEMA: u16 = 1;

/// What clocks said. Evidence only: no clock decides an order or a winner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// The PC's clock.
    pub at: DateTime<Utc>,
    /// Milliseconds since the PC started, when known.
    pub mono_ms: Option<u32>,
    /// Random name of this start of the PC, when known.
    pub boot: Option<String>,
}

/// The part of an event everyone may read for ever: no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Event.
    pub event: EventId,
    /// Dossier, or none for events of the station.
    pub dossier: Option<DossierId>,
    /// Type name, see [`dossier::Fact::kind`].
    pub kind: String,
    /// Schema version of the body.
    pub schema: u16,
    /// Clocks.
    pub clocks: Clocks,
    /// Officer.
    pub actor: Option<OfficerId>,
    /// Agency where it happened.
    pub agency: AgencyCode,
    /// Last acceptance number of the hub seen for this dossier; 0 for none.
    pub based_on: u64,
    /// Files the event speaks of.
    pub blobs: Vec<BlobHash>,
}

impl Header {
    /// The header of an event.
    #[must_use]
    pub fn of(event: &Event, clocks: Clocks, based_on: u64) -> Self {
        Self {
            event: event.id,
            dossier: event.dossier,
            kind: event.fact.kind().to_owned(),
            schema: SCHEMA,
            clocks,
            actor: event.actor,
            agency: event.agency.clone(),
            based_on,
            blobs: event.fact.blobs(),
        }
    }

    /// The event of this header and this fact.
    #[must_use]
    pub fn with(&self, fact: Fact) -> Event {
        Event {
            id: self.event,
            dossier: self.dossier,
            at: self.clocks.at,
            actor: self.actor,
            agency: self.agency.clone(),
            fact,
        }
    }

    pub(super) fn to_text(&self) -> Result<String, CanonicalError> {
        let mut map = Map::new();
        let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
        put("agency", json!(self.agency.to_string()));
        put("at", json!(self.clocks.at.timestamp_millis()));
        put("based_on", json!(self.based_on));
        put("blobs", self.blobs.iter().map(ToString::to_string).collect());
        put("event", json!(self.event.to_string()));
        put("kind", json!(self.kind));
        put("schema", json!(self.schema));
        self.actor.map(|actor| put("actor", json!(actor.to_string())));
        self.dossier.map(|dossier| put("dossier", json!(dossier.to_string())));
        self.clocks.mono_ms.map(|mono| put("mono", json!(mono)));
        self.clocks.boot.as_ref().map(|boot| put("boot", json!(boot)));
        canonical(&Value::Object(map))
    }

    pub(super) fn from_text(text: &str) -> Result<Self, EnvelopeError> {
        let wrong = |what: String| EnvelopeError::Header(what);
        let value = Tree::of(text).map_err(|error| wrong(error.to_string()))?;
        let fields = Fields::of(&value).map_err(|error| wrong(error.to_string()))?;
        Self::from_fields(&fields).map_err(|error| wrong(error.to_string()))
    }

    fn from_fields(fields: &Fields<'_>) -> Result<Self, BodyError> {
        Ok(Self {
            event: fields.parsed("event")?,
            dossier: fields.maybe_parsed("dossier")?,
            kind: fields.text("kind")?,
            schema: fields.number("schema")?,
            clocks: Clocks {
                at: fields.instant("at")?,
                mono_ms: fields.maybe_number("mono")?,
                boot: fields.maybe_text("boot")?,
            },
            actor: fields.maybe_parsed("actor")?,
            agency: fields.parsed("agency")?,
            based_on: fields.number("based_on")?,
            blobs: fields.parsed_list("blobs")?,
        })
    }
}
