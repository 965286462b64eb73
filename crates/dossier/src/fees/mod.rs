//! Fees by rule: what the law charges for, in amounts a case, a copy or a page, with exemptions and
//! online reductions that begin and end on dates. A rule is data with its legal basis; a receipt
//! carries the lines it gave that day.

mod assess;
mod resolution;
#[cfg(test)]
mod tests;

pub use assess::{assess, claimable, total};
pub use resolution::{Rate, Resolution, Unfit, apply};

use chrono::NaiveDate;

use crate::catalogue::Validity;
use crate::money::Dong;

/// One rule of a procedure's fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeRule {
    /// Stable short name, unique in the procedure.
    pub id: String,
    /// What it is for, as printed.
    pub name: String,
    /// Legal basis: circular, or resolution of the provincial council.
    pub basis: String,
    /// How it is counted.
    pub per: Per,
    /// Cases it belongs to; empty means all.
    pub cases: Vec<String>,
    /// Days of reception on which it holds.
    pub validity: Validity,
    /// Who pays less, and when.
    pub reductions: Vec<Reduction>,
}

/// How an amount is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Per {
    /// Once.
    Case(Dong),
    /// For every copy.
    Copy(Dong),
    /// For every page of every copy, by the page's place.
    Page {
        /// Amounts from a page on, the first from page 1; in rising order.
        tiers: Vec<Tier>,
        /// Most for one copy.
        cap: Option<Dong>,
    },
    /// The provincial council sets it and nobody entered it here: the officer types the amount.
    Unset,
}

/// An amount from a page on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// First page it holds for, from 1.
    pub from: u16,
    /// For each page.
    pub amount: Dong,
}

/// Less to pay, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduction {
    /// Stable short name, unique in the rule.
    pub id: String,
    /// Whom it is for: "Người thuộc hộ nghèo", "Nộp trực tuyến".
    pub name: String,
    /// Legal basis.
    pub basis: String,
    /// When it applies.
    pub when: When,
    /// What is then paid.
    pub change: Change,
    /// Days of reception on which it holds.
    pub validity: Validity,
}

/// When a reduction applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The dossier came through the portal.
    Online,
    /// The officer has seen the paper that proves it.
    Claimed,
}

/// What is paid instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Free,
    /// So many hundredths less, 1 to 100.
    Percent(u8),
    /// This amount in place of the rule's own, counted the same way.
    Amount(Dong),
}

/// What a dossier is charged for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Case id.
    pub case: &'a str,
    /// Day of reception.
    pub day: NaiveDate,
    /// Came through the portal.
    pub online: bool,
    /// Copies asked for, at least 1.
    pub copies: u16,
    /// Pages of one copy, at least 1.
    pub pages: u16,
    /// Ids of the reductions whose papers the officer saw.
    pub claimed: &'a [String],
}

/// One line of the assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Rule id.
    pub rule: String,
    /// What it is for.
    pub name: String,
    /// What is to be paid; none where the council's amount is not entered here.
    pub amount: Option<Dong>,
    /// How it came out, in Vietnamese: `2 × 2.000 đ + 1 × 1.000 đ`.
    pub reason: String,
    /// Legal basis.
    pub basis: String,
}

impl Change {
    /// Whether a counter can charge it.
    pub(super) fn in_range(self) -> bool {
        match self {
            Self::Free => true,
            Self::Percent(percent) => (1..=100).contains(&percent),
            Self::Amount(amount) => Dong::new(amount.0).is_ok(),
        }
    }
}
