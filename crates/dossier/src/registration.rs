//! What is written down when a dossier is taken in: everything Mẫu 01 prints and everything a
//! later reader needs to understand the promise, in the versions valid at that moment.

use chrono::{DateTime, Utc};

use crate::catalogue::{Fee, Group, PaperState};
use crate::code::AgencyCode;
use crate::deadline::Limit;
use crate::money::Dong;
use crate::person::{Applicant, Authorised};

/// How the dossier came (KenhThucHien 1, 2, 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// At the counter.
    Direct,
    /// Through the portal.
    Online,
    /// By post.
    Post,
}

/// Where the result goes (Mẫu 01 line 13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnVia {
    /// At the counter.
    Counter,
    /// By post to the applicant's address.
    Post,
    /// Electronically.
    Online,
}

/// The three agencies of a dossier (NĐ 118/2025): reception is not bound to territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agencies {
    /// Who helped the citizen file it, when that is another one.
    pub helps: Option<AgencyCode>,
    /// Who received it.
    pub receives: AgencyCode,
    /// Who resolves it: its code stands in the dossier code.
    pub resolves: AgencyCode,
}

/// The procedure as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureRef {
    /// National code.
    pub code: String,
    /// Name at the time.
    pub name: String,
    /// Field at the time.
    pub field: String,
    /// Catalogue version.
    pub version: String,
    /// Nobody with authority had approved that version: the receipt says so.
    pub needs_approval: bool,
}

/// Papers of one component in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedIn {
    /// In what state.
    pub state: PaperState,
    /// How many.
    pub count: u16,
}

/// One line of the checklist as ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentLine {
    /// Number in the checklist.
    pub no: u16,
    /// Name at the time.
    pub name: String,
    /// Hint at the time.
    pub note: Option<String>,
    /// Handed in or presented.
    pub group: Group,
    /// What came; originals and copies may both have counts.
    pub handed_in: Vec<HandedIn>,
}

/// The promise: when the result is due and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Limit it was computed from.
    pub limit: Limit,
    /// Instant the result is due.
    pub due_at: DateTime<Utc>,
    /// The reason in Vietnamese, a sentence a step.
    pub trace: Vec<String>,
    /// Version of the calendar used.
    pub calendar: String,
}

/// A hand-written receipt that was entered when the power was back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateEntry {
    /// When it was entered; the registration's own instant is that of the reception.
    pub entered_at: DateTime<Utc>,
    /// Why it could not be entered at once.
    pub reason: String,
}

/// A registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Chosen by who asked: asked twice, one dossier.
    pub request_id: String,
    /// Procedure.
    pub procedure: ProcedureRef,
    /// Case id and name.
    pub case: Option<(String, String)>,
    /// Channel.
    pub channel: Channel,
    /// Applicant.
    pub applicant: Applicant,
    /// Who handed it in for them.
    pub authorised: Option<Authorised>,
    /// Checklist.
    pub components: Vec<ComponentLine>,
    /// Number of sets ("bộ").
    pub sets: u16,
    /// Fees to pay.
    pub fees: Vec<Fee>,
    /// Where the result goes.
    pub return_via: ReturnVia,
    /// Agencies.
    pub agencies: Agencies,
    /// Instant of reception.
    pub received_at: DateTime<Utc>,
    /// Entered after the fact.
    pub late: Option<LateEntry>,
    /// The PC's clock was not to be believed: the instant of reception is the best guess there was.
    pub clock_doubtful: bool,
    /// The promise.
    pub promise: Promise,
}

impl Registration {
    /// Sum of the fees. Saturates: amounts are bounded when they are read.
    #[must_use]
    pub fn fees_total(&self) -> Dong {
        Dong(
            self.fees
                .iter()
                .fold(0, |sum: i64, fee| sum.saturating_add(fee.amount.0)),
        )
    }

    /// The line of the checklist with this number.
    #[must_use]
    pub fn component(&self, no: u16) -> Option<&ComponentLine> {
        self.components.iter().find(|line| line.no == no)
    }
}
