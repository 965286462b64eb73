//! What is asked of a station. Shapes are fixed: fields may be added, never renamed or removed.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

use super::shared::{Applicant, Authorised, Channel, FeeLine, HandedIn, Limit, ReturnVia, Role};
use crate::duplicates::Despite;

/// A command without arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Nothing {}

/// Take a dossier in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "dossier::registration::Registration documents each field")]
pub struct RegisterRequest {
    pub request_id: String,
    pub procedure: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Another limit of the case, when the officer says it applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    pub applicant: Applicant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorised: Option<Authorised>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub components: Option<Vec<HandedIn>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sets: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<Vec<FeeLine>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_via: Option<ReturnVia>,
    /// The linked group (liên thông) it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked: Option<LinkedTo>,
    /// When it was received, RFC 3339, where a receipt was written by hand while the PC was off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<String>,
    /// Why it is entered only now; to be given with `received_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_reason: Option<String>,
    /// The earlier dossier of the same person that the officer was shown, and why this is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub despite: Option<Despite>,
}

/// The group a dossier is part of, by its common dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LinkedTo {
    /// Any code of the common dossier, in any accepted writing.
    pub parent: String,
}

/// A dossier by any code of it, in any accepted writing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the name says it")]
pub struct CodeRequest {
    pub code: String,
}

/// Search text: name without tones, code, identity number, phone, procedure.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FindRequest {
    #[serde(default)]
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// The newest ones.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "the name says it")]
pub struct RecentRequest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Write the stored receipt to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReceiptRequest {
    pub code: String,
    pub out: String,
}

/// A picture of the stored receipt's first page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct ReceiptImageRequest {
    /// Code.
    pub code: String,
    /// Width in pixels; 840 when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
}

/// Send the stored receipt to a printer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct PrintRequest {
    /// Code.
    pub code: String,
    /// Queue; the default one when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printer: Option<String>,
}

/// Attach a file: a path on this PC, or its bytes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct AttachRequest {
    /// Code.
    pub code: String,
    /// Component number.
    pub component: u32,
    /// Path on this PC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Bytes as base64, when there is no path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
}

/// Scan pages into a component.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct ScanRequest {
    /// Code.
    pub code: String,
    /// Component number.
    pub component: u32,
    /// Device; the first found when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Source as the device names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Mode as the device names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Dots per inch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpi: Option<u32>,
    /// Further options of the device, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<BTreeMap<String, String>>,
}

/// Which rendering of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PictureKind {
    /// Small, for lists.
    Thumb,
    /// To be read on a screen.
    Full,
}

/// A picture of a page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct PageImageRequest {
    /// Page.
    pub page: String,
    /// Size.
    pub kind: PictureKind,
    /// Page inside a PDF, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
}

/// A page of a dossier.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PageRequest {
    pub code: String,
    pub page: String,
}

/// Take a page out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PageRemoveRequest {
    #[serde(flatten)]
    pub which: PageRequest,
    pub reason: String,
}

/// When is it due.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct DueRequest {
    /// Instant of reception, RFC 3339.
    pub received_at: String,
    /// Limit.
    pub limit: Limit,
    /// Limits of the other parts of a linked group: each is counted as such, the slowest decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked: Option<Vec<Limit>>,
    /// Also by when it is handed to the unit that resolves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<bool>,
}

/// What would be promised now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PromiseRequest {
    pub procedure: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Another limit of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<String>,
    /// As part of a linked group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked: Option<bool>,
    /// When it was received, RFC 3339, where it is entered after the fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<String>,
}

/// Read the text of a citizen card's QR.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the name says it")]
pub struct ParseCardRequest {
    pub payload: String,
}

/// Read a dossier code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the name says it")]
pub struct ParseCodeRequest {
    pub text: String,
}

/// Read a file of the portal's records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the name says it")]
pub struct ImportCatalogueRequest {
    pub path: String,
}

/// Procedures by letters without tones or digits of the code; recent ones first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProceduresRequest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Keep a procedure at the top of the officer's list, or no longer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FavouriteRequest {
    pub procedure: String,
    pub on: bool,
}

/// What is known of a person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the name says it")]
pub struct PersonRequest {
    pub id_number: String,
}

/// Sign in at the window.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SignInRequest {
    /// Identity, or the name when only one officer has it.
    pub officer: String,
    /// PIN, 4 to 12 digits.
    pub pin: String,
}

/// Add an officer.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct OfficerAddRequest {
    /// Name as printed under the receipt.
    pub name: String,
    /// PIN, 4 to 12 digits.
    pub pin: String,
    /// Role; `reception` when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// Enrol this PC.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EnrolRequest {
    /// Address of the hub.
    pub hub: String,
    /// One-time code, with the fingerprint of the hub's key.
    pub code: String,
    /// Wish for plain HTTP, to a hub on this very machine. The window never has it.
    #[serde(default)]
    #[ts(skip)]
    pub plain: bool,
}

/// Remember a choice.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PreferenceRequest {
    pub key: String,
    pub value: String,
}
