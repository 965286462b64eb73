//! Everything that can happen, as data. Events live for ever: a variant is added, never changed
//! or removed. The list and its transition table are docs/adr/0001; the stored form is `wire`'s.

use chrono::{DateTime, NaiveDate, Utc};

use crate::code::{AgencyCode, DossierCode};
use crate::ids::{BlobHash, DeviceId, DossierId, EventId, OfficerId, PageId};
use crate::money::Dong;
use crate::person::{Applicant, Authorised};
use crate::registration::{ComponentLine, Promise, Registration, ReturnVia};

/// Something that happened, with who and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Identity; the same when re-emitted under another stream.
    pub id: EventId,
    /// The dossier, or none for events of the station itself.
    pub dossier: Option<DossierId>,
    /// PC clock when it happened. Evidence only: it orders nothing.
    pub at: DateTime<Utc>,
    /// Officer, or none for the program itself.
    pub actor: Option<OfficerId>,
    /// Agency where it happened: who holds the dossier may change it.
    pub agency: AgencyCode,
    /// What happened; `None` once its body was erased by law.
    pub fact: Fact,
}

/// How a code came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeKind {
    /// From a leased block of the resolving agency's daily series.
    Official,
    /// Clearly marked, until the hub has answered.
    Temporary,
    /// Given by a province's own system.
    External,
}

/// A form of TT 03/2025/TT-VPCP Phụ lục I.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormIssued {
    /// Form number: `01` is the receipt.
    pub form: String,
    /// SHA-256 of the bytes that are printed for ever.
    pub sha256: [u8; 32],
    /// BLAKE3 of the same bytes: its name as a file.
    pub blob: BlobHash,
    /// Size in bytes.
    pub size: u32,
}

/// A page that was attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFacts {
    /// Identity.
    pub page: PageId,
    /// Component number it belongs to.
    pub component: u16,
    /// File.
    pub blob: BlobHash,
    /// Media type: `image/jpeg`, `image/png`, `image/tiff`, `image/bmp`, `application/pdf`.
    pub media: String,
    /// Pixels, or points of a PDF's first page.
    pub width: u32,
    /// Pixels, or points of a PDF's first page.
    pub height: u32,
    /// Dots per inch when the file says so.
    pub dpi: Option<u32>,
    /// Pages inside a PDF; 1 for images.
    pub pdf_pages: u32,
    /// Bytes.
    pub size: u32,
}

/// A correction; only what is `Some` changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// New applicant.
    pub applicant: Option<Applicant>,
    /// New authorised person.
    pub authorised: Option<Authorised>,
    /// New checklist.
    pub components: Option<Vec<ComponentLine>>,
    /// New way of return.
    pub return_via: Option<ReturnVia>,
    /// Why.
    pub reason: String,
}

/// How the decision came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The request is granted.
    Granted,
    /// The request is denied in a written decision.
    Denied,
}

/// How the result reached the citizen (NĐ 118/2025 Điều 6.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultReturned {
    /// Who took it.
    pub to: String,
    /// Identity number shown.
    pub id_number: Option<String>,
    /// The receipt was handed over; false means identity and details were checked instead.
    pub receipt_shown: bool,
    /// By which way.
    pub via: ReturnVia,
}

/// An officer as other stations may know them. The PIN never leaves its PC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerFacts {
    /// Identity.
    pub officer: OfficerId,
    /// Name as printed under the receipt.
    pub name: String,
    /// May administer.
    pub admin: bool,
}

/// A run of numbers of one day that will never be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumbersClosed {
    /// Agency that owns the series.
    pub series: AgencyCode,
    /// Day of the series.
    pub day: NaiveDate,
    /// First number.
    pub from: u32,
    /// Last number.
    pub to: u32,
    /// Why.
    pub reason: String,
}

/// The till of one officer on one day, counted and closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashClosed {
    /// Day of the till.
    pub day: NaiveDate,
    /// Whose till.
    pub officer: OfficerId,
    /// How many payments.
    pub count: u32,
    /// What they came to, money in hand and transfers.
    pub total: Dong,
    /// What of it was money in hand.
    pub cash: Dong,
}

/// What an officer made of an event that was refused after the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// What stands above holds; ours stays in the log and changes nothing.
    Above,
    /// It was done once more, as the dossier stands now.
    Again,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "fields are named by their types; each variant says its meaning"
)]
pub enum Fact {
    /// The dossier was taken in (business → received).
    Registered(Box<Registration>),
    /// It was given a code.
    CodeAssigned {
        code: DossierCode,
        kind: CodeKind,
        issuer: AgencyCode,
    },
    /// A code is void; it is never used again.
    CodeVoided { code: DossierCode, reason: String },
    /// A form was rendered and stored.
    FormIssued(FormIssued),
    /// Stored bytes went to a printer; the first time or again.
    FormPrinted { sha256: [u8; 32], copy: u16 },
    /// What was written down was wrong.
    Corrected(Box<Correction>),
    /// Copies were compared with the originals.
    ComponentsCompared { components: Vec<u16> },
    /// An image or PDF was attached to a component.
    PageAttached(PageFacts),
    /// A page was taken out; its file stays.
    PageRemoved { page: PageId, reason: String },
    /// A removed page came back.
    PageRestored { page: PageId },
    /// A page belongs to another component.
    PageMoved { page: PageId, component: u16 },
    /// The dossier went to another agency, which now holds it (Mẫu 06).
    HandedOver { to: AgencyCode, note: Option<String> },
    /// It arrived there.
    HandOverAccepted,
    /// Work on it began (status 4).
    ProcessingStarted,
    /// The one allowed request for a supplement (Mẫu 02; status 5).
    SupplementRequested { items: Vec<String>, reason: String },
    /// The supplement came, with a new promise.
    SupplementReceived {
        components: Vec<ComponentLine>,
        promise: Promise,
    },
    /// A financial duty stops the clock (status 6).
    PaymentRequired { amount: Dong, what: String },
    /// Money came. `paper` numbers the receipt of the treasury or the bank; `till` is the day it is
    /// counted with when that is not the day it came on.
    PaymentReceived {
        amount: Dong,
        method: String,
        paper: Option<String>,
        till: Option<NaiveDate>,
    },
    /// Nothing need be paid.
    PaymentWaived { basis: String },
    /// Money went back.
    PaymentRefunded { amount: Dong, reason: String },
    /// An officer changed a promise after a change of calendar or law.
    PromiseChanged { promise: Promise, reason: String },
    /// The one allowed extension, with its apology (Mẫu 04).
    Extended { promise: Promise, reason: String },
    /// Refused at the counter (Mẫu 03; status 3).
    IntakeRefused { reason: String },
    /// The citizen took it back (status 7).
    Withdrawn { reason: String },
    /// Stopped (Mẫu 05; status 8).
    Stopped { reason: String },
    /// Decided (status 9).
    Resolved {
        outcome: Outcome,
        number: Option<String>,
        blob: Option<BlobHash>,
    },
    /// The result lies at the counter.
    ResultArrived,
    /// The result was given to the citizen (status 10).
    ResultReturned(ResultReturned),
    /// Originals went back to the citizen.
    PapersReturned { components: Vec<u16> },
    /// A free note.
    NoteAdded { text: String },
    /// Part of a linked group.
    Linked { parent: DossierId },
    /// The citizen rated the service, 1 to 5.
    Rated { level: u8, reason: Option<String> },
    /// The body of an event was destroyed; its hash stays.
    Erased { target: EventId, basis: String },
    /// An officer looked at what was refused and decided what becomes of it.
    DisputeSettled { event: EventId, choice: Settlement },
    /// A hub enrolled this device.
    DeviceEnrolled {
        device: DeviceId,
        name: String,
        hub_key: [u8; 32],
    },
    /// A new stream of this device begins: after a restore, a clone or a broken seal.
    EpochOpened { epoch: u32, reason: String },
    /// An officer was added.
    OfficerAdded(OfficerFacts),
    /// An officer's name or role changed, or they left.
    OfficerChanged { officer: OfficerFacts, active: bool },
    /// Numbers will never be used.
    NumbersClosed(NumbersClosed),
    /// The day was closed.
    DayClosed {
        day: NaiveDate,
        issued: u32,
        voided: u32,
        unused: u32,
    },
    /// An officer confirmed a doubtful date.
    ClockConfirmed { day: NaiveDate },
    /// The database and this machine do not belong together.
    SealBroken { what: String },
    /// A version of the catalogue was approved.
    CatalogueApproved { version: String, basis: String },
    /// An officer's till was closed: no later payment is counted with that day.
    CashClosed(CashClosed),
    /// Made by a newer program: kept as it is, changes nothing here.
    Unknown { kind: String },
    /// Its body was destroyed by law.
    BodyErased { kind: String },
}

impl Fact {
    /// Stable name of the type: stored in every header, never changed.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Registered(_) => "registered",
            Self::CodeAssigned { .. } => "code_assigned",
            Self::CodeVoided { .. } => "code_voided",
            Self::FormIssued(_) => "form_issued",
            Self::FormPrinted { .. } => "form_printed",
            Self::Corrected(_) => "corrected",
            Self::ComponentsCompared { .. } => "components_compared",
            Self::PageAttached(_) => "page_attached",
            Self::PageRemoved { .. } => "page_removed",
            Self::PageRestored { .. } => "page_restored",
            Self::PageMoved { .. } => "page_moved",
            Self::HandedOver { .. } => "handed_over",
            Self::HandOverAccepted => "hand_over_accepted",
            Self::ProcessingStarted => "processing_started",
            Self::SupplementRequested { .. } => "supplement_requested",
            Self::SupplementReceived { .. } => "supplement_received",
            Self::PaymentRequired { .. } => "payment_required",
            Self::PaymentReceived { .. } => "payment_received",
            Self::PaymentWaived { .. } => "payment_waived",
            Self::PaymentRefunded { .. } => "payment_refunded",
            Self::PromiseChanged { .. } => "promise_changed",
            Self::Extended { .. } => "extended",
            Self::IntakeRefused { .. } => "intake_refused",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Stopped { .. } => "stopped",
            Self::Resolved { .. } => "resolved",
            Self::ResultArrived => "result_arrived",
            Self::ResultReturned(_) => "result_returned",
            Self::PapersReturned { .. } => "papers_returned",
            Self::NoteAdded { .. } => "note_added",
            Self::Linked { .. } => "linked",
            Self::Rated { .. } => "rated",
            Self::Erased { .. } => "erased",
            Self::DisputeSettled { .. } => "dispute_settled",
            Self::DeviceEnrolled { .. } => "device_enrolled",
            Self::EpochOpened { .. } => "epoch_opened",
            Self::OfficerAdded(_) => "officer_added",
            Self::OfficerChanged { .. } => "officer_changed",
            Self::NumbersClosed(_) => "numbers_closed",
            Self::DayClosed { .. } => "day_closed",
            Self::ClockConfirmed { .. } => "clock_confirmed",
            Self::SealBroken { .. } => "seal_broken",
            Self::CatalogueApproved { .. } => "catalogue_approved",
            Self::CashClosed(_) => "cash_closed",
            Self::Unknown { kind } | Self::BodyErased { kind } => kind,
        }
    }

    /// Files the fact speaks of: they stand in the header so that transfer needs no body.
    #[must_use]
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "most facts speak of no file; a new one that does is met by its golden test"
    )]
    pub fn blobs(&self) -> Vec<BlobHash> {
        match self {
            Self::FormIssued(form) => vec![form.blob],
            Self::PageAttached(page) => vec![page.blob],
            Self::Resolved { blob, .. } => blob.iter().copied().collect(),
            _ => Vec::new(),
        }
    }
}
