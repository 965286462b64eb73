//! Acceptance numbers that one device alone may issue.

use serde::{Deserialize, Serialize};

/// Days ahead for which numbers are leased.
pub const LEASE_DAYS: u32 = 30;

/// `POST /v1/numbers/lease`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseRequest {
    /// Series of which agency.
    pub series: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Number of days.
    pub days: u32,
    /// Numbers wanted a day.
    pub count: u32,
}

/// Blocks leased to this device; asked again, the same blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseResponse {
    /// A block a day.
    pub blocks: Vec<Block>,
}

/// Numbers of one day that only this device may issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Series of which agency.
    pub series: String,
    /// Day, `YYYY-MM-DD`.
    pub day: String,
    /// First number.
    pub from: u32,
    /// Last number.
    pub to: u32,
}
