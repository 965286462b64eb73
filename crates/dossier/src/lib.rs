//! What a dossier is: types, events, the state machine, codes, the calendar, deadlines, search
//! keys. Pure on purpose: no serde, no clock, no disk, no async, so that the counter and the hub
//! fold the same events to the same dossier and every rule can be tested in microseconds.
#![warn(clippy::wildcard_enum_match_arm)] // a new fact must be met at every place that decides

pub mod alike;
pub mod apply;
pub mod calendar;
pub mod card;
pub mod catalogue;
pub mod code;
pub mod date;
pub mod deadline;
pub mod fact;
pub mod fees;
pub mod fold;
pub mod ids;
pub mod money;
pub mod person;
pub mod registration;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
pub mod state;
pub mod text;

pub use apply::{Refused, apply, fold_events};
pub use fact::{Event, Fact};
pub use ids::{BlobHash, DeviceId, DossierId, EventId, OfficerId, PageId};
pub use state::Dossier;
