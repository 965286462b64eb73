//! The body of every event type as JSON, both ways. Fields are added, never renamed or removed:
//! golden files of every type ever written are kept in `crates/wire/golden`.

mod checklist;
mod json;
mod people;
mod promise;
mod read;
mod registration;
mod write;

pub(crate) use read::decode_fact;
pub use write::encode_fact;

use dossier::fact::{CodeKind, Outcome, Settlement};
use dossier::text;

/// A field of a stored body that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("field {field:?}: {problem}")]
pub struct BodyError {
    /// Which field.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

impl BodyError {
    pub(crate) fn new(field: &str, problem: &str) -> Self {
        Self {
            field: text::clean(field),
            problem: problem.to_owned(),
        }
    }
}

const KINDS: &[(CodeKind, &str)] = &[
    (CodeKind::Official, "official"),
    (CodeKind::Temporary, "temporary"),
    (CodeKind::External, "external"),
];
const SETTLEMENTS: &[(Settlement, &str)] = &[(Settlement::Above, "above"), (Settlement::Again, "again")];
const OUTCOMES: &[(Outcome, &str)] = &[(Outcome::Granted, "granted"), (Outcome::Denied, "denied")];
