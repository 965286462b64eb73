//! What is asked of a station. Shapes are fixed: fields may be added, never renamed or removed.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A command without arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Nothing {}

/// Person or organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ApplicantKind {
    Person,
    Organisation,
}

/// Gender as on the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Male,
    Female,
}

/// Applicant. Dates `YYYY-MM-DD`, a birth date also `YYYY-MM` or `YYYY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "dossier::person::Applicant documents each field")]
pub struct Applicant {
    #[serde(default = "person")]
    pub kind: ApplicantKind,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

const fn person() -> ApplicantKind {
    ApplicantKind::Person
}

/// Who hands it in for the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "dossier::person::Authorised documents each field")]
pub struct Authorised {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
}

/// In what state a paper came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "dossier::catalogue::PaperState documents each")]
pub enum ComponentState {
    Original,
    Certified,
    Copy,
    Presented,
    FromDatabase,
    Missing,
    NotApplicable,
}

/// One component as handed in; several with one `no` when originals and copies both came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct HandedIn {
    /// Number in the checklist.
    pub no: u32,
    /// State.
    pub state: ComponentState,
    /// How many; 1 when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// What a limit is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LimitKind {
    WorkingDays,
    CalendarDays,
    Hours,
    SameDay,
}

/// A time limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct Limit {
    /// Unit.
    pub kind: LimitKind,
    /// How many; nothing for `same_day`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
}

/// One fee; `amount` in đồng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FeeLine {
    pub name: String,
    #[ts(type = "number")]
    pub amount: i64,
}

/// How the dossier came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Channel {
    #[default]
    Direct,
    Online,
    Post,
}

/// Where the result goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ReturnVia {
    #[default]
    Counter,
    Post,
    Online,
}

/// Take a dossier in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "dossier::registration::Registration documents each field")]
pub struct RegisterRequest {
    pub request_id: String,
    pub procedure: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
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

/// Take a page out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PageRemoveRequest {
    pub code: String,
    pub page: String,
    pub reason: String,
}

/// Put a removed page back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PageRequest {
    pub code: String,
    pub page: String,
}

/// When is it due.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DueRequest {
    /// Instant of reception, RFC 3339.
    pub received_at: String,
    /// Limit.
    pub limit: Limit,
}

/// What would be promised now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PromiseRequest {
    pub procedure: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
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

/// What an officer may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Role {
    /// Takes dossiers in.
    #[default]
    Reception,
    /// May also add officers and enrol the PC.
    Admin,
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
    /// One-time code.
    pub code: String,
}

/// Remember a choice.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PreferenceRequest {
    pub key: String,
    pub value: String,
}
