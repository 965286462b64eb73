//! Reading answers: a part that is not there is `null`, and the comparison that follows says so.

use serde_json::Value;

/// A named part of an answer.
pub trait Part {
    /// The part, or `null`.
    fn part(&self, name: &str) -> &Value;
}

impl Part for Value {
    fn part(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&Self::Null)
    }
}
