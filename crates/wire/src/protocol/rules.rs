//! Rules on their way down.

use serde::{Deserialize, Serialize};

/// `GET /v1/rules?after=N`: sets of rules the hub published, in their order, one at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesResponse {
    /// Changes when the hub was restored from a backup.
    pub generation: String,
    /// The next set; nothing when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<RuleSet>,
    /// There are more.
    pub more: bool,
}

/// A published set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    /// Cursor for the next call.
    pub number: u64,
    /// The file ([`crate::rules::RulesFile`]) as the hub signed it.
    pub file: String,
}
