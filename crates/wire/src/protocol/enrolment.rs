//! How a counter becomes known to its hub, and learns of the agencies around it.

use serde::{Deserialize, Serialize};

/// An agency as the hub describes it to its stations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyFacts {
    /// Code of QĐ 20/2020/QĐ-TTg.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Agency above ("đơn vị chủ quản"), as printed.
    pub parent: String,
    /// Receiving unit, as printed.
    pub unit: String,
    /// Place for "…, ngày …".
    pub place: String,
}

/// `POST /v1/enrol`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// One-time code.
    pub code: String,
    /// Identity the device gave itself when its data folder was made: what it wrote before it was
    /// enrolled belongs to the same stream. Refused when another device has it.
    pub device: String,
    /// Its epoch.
    pub epoch: u32,
    /// Ed25519 public key of the stream, hexadecimal.
    pub public_key: String,
    /// Name of the PC for people.
    pub name: String,
    /// Protocol spoken.
    pub protocol: u32,
}

/// Answer to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolResponse {
    /// Device identity, as asked.
    pub device: String,
    /// Epoch, as asked.
    pub epoch: u32,
    /// Agency of the counter.
    pub agency: AgencyFacts,
    /// Other agencies the counter may meet: codes typed without separators are matched to these.
    pub agencies: Vec<AgencyFacts>,
    /// Ed25519 public key of the hub, hexadecimal.
    pub hub_key: String,
    /// Name of the hub on screen.
    pub hub_name: String,
}
