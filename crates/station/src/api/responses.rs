//! What a station answers. Shapes are fixed: fields may be added, never renamed or removed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::rules::RulesArrived;
use super::shared::{
    Applicant, Authorised, Channel, ComponentState, FeeLine, Gender, HandedIn, Limit, ReturnVia, Role,
};

names! {
    /// How a code came to be.
    CodeKind { Official, Temporary, External }
    /// The business axis and the end of the paper axis, as one word for people.
    Status { Received, Processing, SupplementRequested, AwaitingPayment, Withdrawn, Stopped, Refused, Resolved, Returned }
    /// The money axis.
    Money { NothingDue, Due, Paid, Waived }
    /// The paper axis.
    Paper { AtCounter, HandedOver, ResultWaiting, Returned }
    /// Handed in or only presented.
    Group { Submit, Present }
    /// What an officer may do now, as far as the dossier's state decides.
    Action { AskSupplement, TakeSupplement, Extend }
    /// What a day of the strip is.
    DayKind { Start, Off, Counted, Due }
    /// What sync is doing.
    SyncState { NotEnrolled, Offline, Idle, Sending }
    /// Whether every chain and file is whole.
    ChainState { Ok, Broken }
    /// The form of a code that was read.
    CodeForm {
        #[serde(rename = "2025")] Form2025,
        #[serde(rename = "2018")] Form2018,
        Temporary
    }
    /// Why a code would be temporary.
    CodeReason {
        #[serde(rename = "NOT_ENROLLED")] NotEnrolled,
        #[serde(rename = "NO_LEASE")] NoLease,
        #[serde(rename = "EXTERNAL_NUMBERING")] ExternalNumbering,
        #[serde(rename = "SEAL_BROKEN")] SealBroken,
        #[serde(rename = "CLOCK_IMPLAUSIBLE")] ClockImplausible
    }
    /// How well a record of the portal was read.
    ImportStatus { Full, Partial, Refused }
}

answers! {
    /// A stored receipt.
    ReceiptFacts { sha256: String }
    /// A registration that is on this PC's disk.
    Registered {
        dossier_id: String, code: String, code_kind: CodeKind, received_at: String, due_at: String,
        receipt: Option<ReceiptFacts>,
        #[serde(default, skip_serializing_if = "Option::is_none")] #[ts(optional)] code_reason: Option<CodeReason>,
    }
    /// One line of a list.
    Summary {
        dossier_id: String, code: String, code_kind: CodeKind, applicant_name: String,
        id_masked: Option<String>, phone: Option<String>, procedure: String, procedure_name: String,
        received_at: String, due_at: String, status: Status, durable: bool, pages: u32,
    }
    /// Dossiers found.
    Found { dossiers: Vec<Summary> }
    /// A picture of the receipt.
    ReceiptImage { base64: String, pages: u32, sha256: String, printed: u32 }
    /// A print job.
    Printed { job: String }
    /// A page.
    Page {
        page: String, component: u32, no: u32, media: String, width: u32, height: u32, dpi: Option<u32>,
        pdf_pages: u32, blake3: String, size: u32, removed: bool,
    }
    /// Pages that were attached.
    Attached { pages: Vec<Page> }
    /// A scanner.
    ScannerFacts { id: String, label: String }
    /// Scanners found.
    Scanners { scanners: Vec<ScannerFacts> }
    /// A picture.
    Picture { media: String, base64: String }
    /// A due date with its reason; `transfer` where it was asked for.
    Due {
        due_at: String, due_date: String, trace: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] #[ts(optional)] transfer: Option<Transfer>,
    }
    /// By when the counter hands a dossier to the unit that resolves it, with its reason.
    Transfer { by: String, trace: Vec<String> }
    /// One day of the strip.
    Day { date: String, weekday: String, kind: DayKind, count: Option<u32>, reason: Option<String> }
    /// What would be promised now.
    Promised {
        received_at: String, due_at: String, limit: Limit, limit_words: String, trace: Vec<String>,
        days: Vec<Day>, code_kind: CodeKind, code_reason: Option<CodeReason>,
    }
    /// Something odd about a card.
    Warning { code: String, message: String }
    /// A citizen card's QR.
    CardFacts {
        id_number: String, old_id_number: Option<String>, name: String, birth_date: Option<String>,
        gender: Option<Gender>, address: Option<String>, issued_on: Option<String>, warnings: Vec<Warning>,
    }
    /// A code that was read; of a separator slip also the paper whose pages follow it.
    CodeRead {
        code: String, form: CodeForm,
        #[serde(default, skip_serializing_if = "Option::is_none")] #[ts(optional)] component: Option<u16>,
    }
    /// One row of the table of ways as read; `time` is none and a fee is missing where `problems` says why.
    ImportedWay { way: String, time: Option<String>, fees: Vec<String>, description: String }
    /// One paper as read; counts are none where nobody can say.
    ImportedPaper {
        title: Option<String>, name: String, form: Option<String>, originals: Option<u32>, copies: Option<u32>,
    }
    /// One record of the portal as read.
    ImportedRecord {
        code: String, name: String, status: ImportStatus, times: Vec<String>, fees: Vec<String>,
        components: Vec<String>, problems: Vec<String>, notes: Vec<String>, ways: Vec<ImportedWay>,
        papers: Vec<ImportedPaper>,
    }
    /// A file of the portal's records as read.
    Imported { total: u32, full: u32, partial: u32, refused: u32, records: Vec<ImportedRecord> }
    /// One procedure in a list.
    ProcedureSummary {
        code: String, name: String, field: String, limit_words: String, fee_words: String, recent: bool,
        favourite: bool,
    }
    /// Procedures found.
    Procedures { procedures: Vec<ProcedureSummary> }
    /// Another limit of a case.
    AlternativeFacts { id: String, name: String, limit_words: String }
    /// A case. `limit` is the promised one; `statutory_words` stands beside a shorter commitment.
    CaseFacts {
        id: String, name: String, limit: Limit, limit_words: String, statutory_words: Option<String>,
        alternatives: Vec<AlternativeFacts>,
    }
    /// What officers usually tick.
    Usual { state: ComponentState, count: u32 }
    /// One line of the checklist.
    ComponentFacts {
        no: u32, name: String, note: Option<String>, group: Group, cases: Vec<String>, usual: Usual,
    }
    /// A procedure.
    ProcedureFacts {
        code: String, name: String, field: String, version: String, needs_approval: bool, basis: String,
        cases: Vec<CaseFacts>, components: Vec<ComponentFacts>, fees: Vec<FeeLine>, result: Option<String>,
        notes: Vec<String>, forms: Vec<String>,
    }
    /// What is known of a person.
    PersonFacts { applicant: Option<Applicant>, dossiers: Vec<Summary> }
    /// An agency as printed.
    AgencyFacts { code: String, name: String, parent: String, unit: String, place: String }
    /// An officer.
    Officer { id: String, name: String, role: Role }
    /// This PC.
    StationFacts {
        version: String, enrolled: bool, device: Option<String>, agency: AgencyFacts, hub: Option<String>,
        hub_name: String, officers: Vec<Officer>, session: Option<Officer>, now: String,
    }
    /// An officer who signed in or was added.
    OfficerAnswer { officer: Officer }
    /// What did not work: a code of the closed list and its Vietnamese sentence.
    Trouble { code: String, message: String }
    /// An enrolment; the recovery code is shown once. The PC is enrolled even when the first talk
    /// with the hub broke: `first_talk` says why, and a later `sync` brings the numbers.
    Enrolled { device: String, agency: AgencyFacts, recovery_code: Option<String>, first_talk: Option<Trouble> }
    /// How far sync is.
    Synced { durable: u32, waiting: u32, refused: u32 }
    /// Numbers left of a day.
    NumbersLeft { date: String, left: u32 }
    /// Sync as people see it; `refused` counts what nobody has decided about yet.
    SyncStatus {
        state: SyncState, hub: Option<String>, waiting: u32, waiting_blobs: u32, durable: u32,
        blobs_damaged: u32, #[ts(type = "number")] bytes_waiting: u64,
        #[ts(type = "number | null")] bytes_per_second: Option<u64>, oldest_waiting_at: Option<String>, last_contact_at: Option<String>, since: Option<String>, problem: Option<String>,
        refused: u32, newest_refused: Option<String>, numbers: Vec<NumbersLeft>, rules: Vec<RulesArrived>,
    }
    /// Whether every byte is as it was written.
    Verified { chain: ChainState, dossiers: u32, blobs: u32, problems: Vec<String> }
    /// Remembered choices.
    Preferences { values: BTreeMap<String, String> }
    /// One command.
    CommandFacts { name: String, request: String, response: String }
    /// All commands.
    Commands { commands: Vec<CommandFacts> }
    /// A code of a dossier.
    GivenCode { code: String, kind: CodeKind, issuer: String, void_reason: Option<String> }
    /// The procedure of a dossier as it stood.
    ProcedureRef { code: String, name: String, field: String, version: String, needs_approval: bool }
    /// One line of a dossier's checklist with its pages.
    ShownComponent {
        no: u32, name: String, note: Option<String>, group: Group, handed_in: Vec<HandedIn>, pages: Vec<Page>,
    }
    /// The stored receipt of a dossier.
    ShownReceipt { sha256: String, size: u32, printed: u32 }
    /// An event that changes nothing, and why.
    Disputed { event_id: String, kind: String, reason: String }
    /// One line of the timeline.
    ShownEvent { event_id: String, kind: String, at: String, actor: Option<String>, words: String, durable: bool }
    /// One dossier of a linked group.
    LinkedPart { code: String, procedure_name: String, due_at: String, status: Status }
    /// A linked group, its common dossier first; due when its slowest part is. Parts that ended without
    /// a result hold nobody up.
    LinkedGroup { due_at: String, trace: Vec<String>, parts: Vec<LinkedPart> }
    /// Another dossier whose paper bears the same code.
    SameCode { applicant_name: String, procedure_name: String, received_at: String }
    /// A dossier with its events. `same_code`: others that bear its code, printed twice by copies of one
    /// PC. `charged` and `paid` are sums in đồng.
    Shown {
        dossier_id: String, code: String, code_kind: CodeKind, codes: Vec<GivenCode>, status: Status,
        money: Money, #[ts(type = "number")] charged: i64, #[ts(type = "number")] paid: i64, paper: Paper, applicant: Applicant, authorised: Option<Authorised>, channel: Channel,
        procedure: ProcedureRef, case: Option<String>, components: Vec<ShownComponent>, sets: u32,
        fees: Vec<FeeLine>, return_via: ReturnVia, received_at: String, due_at: String, limit_words: String,
        trace: Vec<String>, receipt: Option<ShownReceipt>, durable: bool, disputed: Vec<Disputed>,
        events: Vec<ShownEvent>, can: Vec<Action>, group: Option<LinkedGroup>, same_code: Vec<SameCode>,
    }
}
