//! Procedures as data: what a counter asks for, how long it takes, what it costs. A dossier keeps
//! the version it was received under, so a new catalogue never changes a dossier in hand.

use chrono::NaiveDate;

use crate::deadline::{Limit, Waiting};
use crate::fees::FeeRule;
use crate::money::Dong;

/// Whether a paper stays with the dossier or is looked at and given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// "Giấy tờ phải nộp".
    Submit,
    /// "Giấy tờ phải xuất trình": never digitised (TT 03/2025/TT-VPCP Điều 5.2 b).
    Present,
}

/// In what state a paper reached the counter (domain of TT 01/2023/TT-VPCP's reception record).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperState {
    /// Bản chính.
    Original,
    /// Bản chứng thực.
    Certified,
    /// Bản sao, bản chụp.
    Copy,
    /// Shown and given back.
    Presented,
    /// Read from a national database instead of asked for.
    FromDatabase,
    /// Needed and not there.
    Missing,
    /// Not needed in this case.
    NotApplicable,
}

/// One line of a procedure's checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Number printed beside it, from 1.
    pub no: u16,
    /// Name of the paper.
    pub name: String,
    /// A condition or hint, smaller beside the name.
    pub note: Option<String>,
    /// Handed in or only presented.
    pub group: Group,
    /// Cases it belongs to; empty means all.
    pub cases: Vec<String>,
    /// What officers usually tick.
    pub usual: (PaperState, u16),
}

/// From when until when a rule holds, both days included; open where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Validity {
    /// Whether the rule holds on a day.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Another limit of the same case: "cần xác minh: không quá 05 ngày làm việc".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Stable short name.
    pub id: String,
    /// When it applies, in words for the officer.
    pub name: String,
    /// The limit then.
    pub limit: Limit,
}

/// A case ("trường hợp") with its own limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Stable short name.
    pub id: String,
    /// Words for the officer.
    pub name: String,
    /// The limit the law sets.
    pub limit: Limit,
    /// The shorter one the agency or its province committed to.
    pub committed: Option<Limit>,
    /// Limits that apply instead when the officer says so.
    pub alternatives: Vec<Alternative>,
    /// What waiting for the citizen does to the promise.
    pub waiting: Waiting,
}

impl Case {
    /// The limit that is promised: the alternative named, else the committed one, else the law's.
    /// None when no alternative has that name.
    #[must_use]
    pub fn promised(&self, alternative: Option<&str>) -> Option<Limit> {
        match alternative {
            None => Some(self.committed.unwrap_or(self.limit)),
            Some(id) => self.alternatives.iter().find(|it| it.id == id).map(|it| it.limit),
        }
    }
}

/// One fee as charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// What it is for.
    pub name: String,
    /// Amount.
    pub amount: Dong,
}

/// The decision that announced a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// Number: `858/QĐ-BTP`.
    pub number: String,
    /// Who decided.
    pub authority: String,
    /// When.
    pub issued: Option<NaiveDate>,
}

/// A form to fill in, or a paper the citizen gets, with its code where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// `KQ.G15.000021`, `CT01`.
    pub code: Option<String>,
}

/// Who does what, as the announcement words it. Which agency code that is, the station knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    /// Who helps the citizen to file.
    pub helps: Option<String>,
    /// Who receives.
    pub receives: Option<String>,
    /// Who resolves.
    pub resolves: Option<String>,
}

/// One version of one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// National code `d.dddddd`.
    pub code: String,
    /// National name.
    pub name: String,
    /// Field ("lĩnh vực").
    pub field: String,
    /// Version label, unique per code.
    pub version: String,
    /// Decision that announced it.
    pub decision: Decision,
    /// What this record rests on, in words.
    pub basis: String,
    /// Days on which it may be taken in.
    pub validity: Validity,
    /// Nobody with authority has approved it yet: receipts under it say so.
    pub needs_approval: bool,
    /// At least one case; the first is the usual one.
    pub cases: Vec<Case>,
    /// The checklist.
    pub components: Vec<Component>,
    /// What the announcement remarks and no one hands in ("Lưu ý").
    pub notes: Vec<String>,
    /// Forms to fill in.
    pub forms: Vec<Named>,
    /// Fees by rule; empty means free.
    pub fees: Vec<FeeRule>,
    /// What the citizen gets.
    pub results: Vec<Named>,
    /// Who does what.
    pub roles: Roles,
}

impl Procedure {
    /// The case asked for, or the usual one when none was named.
    #[must_use]
    pub fn case(&self, id: Option<&str>) -> Option<&Case> {
        match id {
            None => self.cases.first(),
            Some(id) => self.cases.iter().find(|case| case.id == id),
        }
    }

    /// The components of a case, in order.
    pub fn components_of<'a>(&'a self, case: &'a str) -> impl Iterator<Item = &'a Component> {
        self.components
            .iter()
            .filter(move |component| component.cases.is_empty() || component.cases.iter().any(|id| id == case))
    }
}
