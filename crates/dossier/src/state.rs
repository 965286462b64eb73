//! What a dossier is now: the fold of its events on three axes. Business is what the law counts,
//! money is what is owed, paper is where the papers and the result lie. Where a record has
//! travelled is the station's own knowledge and no axis of the dossier.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::code::{AgencyCode, DossierCode};
use crate::fact::{CodeKind, FormIssued, PageFacts};
use crate::ids::{DossierId, EventId, PageId};
use crate::money::Dong;
use crate::registration::Registration;

/// The business axis; numbers are the statuses exchanged with the national portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Business {
    /// 2: được tiếp nhận.
    Received,
    /// 3: không được tiếp nhận.
    Refused,
    /// 4: đang xử lý.
    Processing,
    /// 5: yêu cầu bổ sung giấy tờ.
    SupplementRequested,
    /// 6: yêu cầu thực hiện nghĩa vụ tài chính.
    AwaitingPayment,
    /// 7: công dân rút hồ sơ.
    Withdrawn,
    /// 8: dừng xử lý.
    Stopped,
    /// 9: đã xử lý xong. Whether the citizen has it is the paper axis.
    Resolved,
}

impl Business {
    /// Work may still be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Received | Self::Processing | Self::SupplementRequested | Self::AwaitingPayment
        )
    }
}

/// The money axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money {
    /// Free, or nothing asked yet.
    NothingDue,
    /// Asked, not paid in full.
    Due,
    /// Paid.
    Paid,
    /// Waived by a rule.
    Waived,
}

/// The paper axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// The papers lie where the dossier was received.
    AtCounter,
    /// They went to another agency.
    HandedOver,
    /// The result lies at the counter.
    ResultWaiting,
    /// The citizen has the result, or the papers of an ended dossier.
    Returned,
}

/// A code the dossier was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenCode {
    /// The code.
    pub code: DossierCode,
    /// How it came to be.
    pub kind: CodeKind,
    /// Who gave it.
    pub issuer: AgencyCode,
    /// Why it is void, when it is.
    pub void_reason: Option<String>,
}

/// An attached page and whether it was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedPage {
    /// What was attached, where it is now.
    pub facts: PageFacts,
    /// Why it was taken out, when it was.
    pub removed: Option<String>,
}

/// A form that was rendered, and how often it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredForm {
    /// The form.
    pub form: FormIssued,
    /// Times it went to a printer.
    pub printed: u16,
}

/// A dossier. Made by [`crate::apply::fold_events`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Identity.
    pub id: DossierId,
    /// What was written down, with its corrections. Shared: few events change it, and every one of them
    /// works on a copy of the dossier.
    pub registration: Arc<Registration>,
    /// Business axis.
    pub business: Business,
    /// Money axis.
    pub money: Money,
    /// Sum asked for so far.
    pub charged: Dong,
    /// Sum received less refunds.
    pub received: Dong,
    /// Paper axis.
    pub paper: Paper,
    /// Who may change it.
    pub holder: AgencyCode,
    /// Who was to accept it and has not yet.
    pub in_transit: bool,
    /// The first promise: statistics count against it.
    pub first_due_at: DateTime<Utc>,
    /// The one extension was used.
    pub extended: bool,
    /// State to return to when the supplement or payment comes; set only while waiting.
    pub before_wait: Option<Business>,
    /// The one request for a supplement was made.
    pub supplement_asked: bool,
    /// Codes in the order given.
    pub codes: Vec<GivenCode>,
    /// Pages in the order attached.
    pub pages: Vec<AttachedPage>,
    /// Forms in the order rendered.
    pub forms: Vec<StoredForm>,
    /// Components whose copies were compared with the originals.
    pub compared: Vec<u16>,
    /// Parent of a linked group.
    pub parent: Option<DossierId>,
    /// Last rating.
    pub rated: Option<u8>,
    /// Events whose bodies were destroyed.
    pub erased: Vec<EventId>,
}

impl Dossier {
    /// A dossier as it is at its registration.
    #[must_use]
    pub fn new(id: DossierId, registration: Registration) -> Self {
        let charged = registration.fees_total();
        Self {
            id,
            business: Business::Received,
            money: if charged.0 > 0 { Money::Due } else { Money::NothingDue },
            charged,
            received: Dong(0),
            paper: Paper::AtCounter,
            holder: registration.agencies.receives.clone(),
            in_transit: false,
            first_due_at: registration.promise.due_at,
            extended: false,
            before_wait: None,
            supplement_asked: false,
            codes: Vec::new(),
            pages: Vec::new(),
            forms: Vec::new(),
            compared: Vec::new(),
            parent: None,
            rated: None,
            erased: Vec::new(),
            registration: Arc::new(registration),
        }
    }

    /// The code people use: official before external before temporary, never a void one.
    #[must_use]
    pub fn code(&self) -> Option<&GivenCode> {
        let rank = |kind| match kind {
            CodeKind::Official => 0,
            CodeKind::External => 1,
            CodeKind::Temporary => 2,
        };
        self.codes
            .iter()
            .filter(|given| given.void_reason.is_none())
            .min_by_key(|given| rank(given.kind))
    }

    /// An attached page by identity.
    #[must_use]
    pub fn page(&self, page: PageId) -> Option<&AttachedPage> {
        self.pages.iter().find(|attached| attached.facts.page == page)
    }

    /// Pages that were not taken out.
    pub fn live_pages(&self) -> impl Iterator<Item = &AttachedPage> {
        self.pages.iter().filter(|page| page.removed.is_none())
    }

    /// The stored receipt (Mẫu 01), when one was rendered.
    #[must_use]
    pub fn receipt(&self) -> Option<&StoredForm> {
        self.forms.iter().rev().find(|stored| stored.form.form == "01")
    }
}
