//! How a counter becomes known to its hub, and learns of the agencies around it.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::envelope::{hex, unhex};

/// Stands before what a hub signs about an enrolment.
const PROOF: &str = "motcua/enrolment/1\n";

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
    /// What the device shows when the hub was restored to before its enrolment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub proof: Option<EnrolmentProof>,
}

/// What a hub says about a device it enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentFacts {
    /// Device identity.
    pub device: String,
    /// Its epoch.
    pub epoch: u32,
    /// Ed25519 public key of the stream, hexadecimal.
    pub public_key: String,
    /// Name of the PC for people.
    pub name: String,
    /// Agency of the counter: the backup may not know it either.
    pub agency: AgencyFacts,
    /// When, RFC 3339.
    pub at: String,
}

/// The same, signed by the hub's key. The text is what was signed and is never written anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentProof {
    /// [`EnrolmentFacts`] as JSON.
    pub text: String,
    /// Signature, hexadecimal.
    pub signature: String,
}

impl EnrolmentProof {
    /// Signs what is known of a device.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn sign(key: &SigningKey, facts: &EnrolmentFacts) -> Result<Self, serde_json::Error> {
        let text = serde_json::to_string(facts)?;
        let signature = hex(&key.sign(&signed(&text)).to_bytes());
        Ok(Self { text, signature })
    }

    /// What the hub of this key said; nothing when it did not say so.
    #[must_use]
    pub fn read(&self, key: &VerifyingKey) -> Option<EnrolmentFacts> {
        let signature = Signature::from_bytes(&unhex::<64>(&self.signature)?);
        key.verify(&signed(&self.text), &signature).ok()?;
        serde_json::from_str(&self.text).ok()
    }
}

fn signed(text: &str) -> Vec<u8> {
    [PROOF, text].concat().into_bytes()
}

/// `POST /v1/return`: the hub does not know this device any more, because it was restored from an
/// older backup. Signed by the key that the proof names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRequest {
    /// What the hub itself once said.
    pub proof: EnrolmentProof,
}

/// The device is known; asked again, the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnResponse {
    /// Changes when the hub was restored from a backup.
    pub generation: String,
}
