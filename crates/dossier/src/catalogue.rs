//! Procedures as data: what a counter asks for, how long it takes, what it costs. A dossier keeps
//! the version it was received under, so a new catalogue never changes a dossier in hand.

use crate::deadline::Limit;
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

/// A case ("trường hợp") with its own limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Stable short name.
    pub id: String,
    /// Words for the officer.
    pub name: String,
    /// Its time limit.
    pub limit: Limit,
}

/// One fee line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// What it is for.
    pub name: String,
    /// Amount.
    pub amount: Dong,
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
    /// Decision it rests on.
    pub basis: String,
    /// Nobody with authority has approved it yet.
    pub needs_approval: bool,
    /// At least one case; the first is the usual one.
    pub cases: Vec<Case>,
    /// The checklist.
    pub components: Vec<Component>,
    /// Fees; empty means free.
    pub fees: Vec<Fee>,
    /// What the citizen gets.
    pub result: Option<String>,
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
