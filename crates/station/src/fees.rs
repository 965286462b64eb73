//! What a dossier is charged, line by line with its reason, before and while it is taken in. The
//! rules are the catalogue's of the day; amounts, exemptions and words come from `dossier::fees`.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use dossier::calendar::civil;
use dossier::catalogue::{Case, Fee, Procedure};
use dossier::fees::{self, Asked};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::shared::Channel;
use crate::catalogue;
use crate::error::{ApiError, Code, Result};
use crate::station::Station;

/// Above any pile of paper at a counter; a slip of the finger is met here.
const MAX_COPIES: u32 = 999;
const MAX_PAGES: u32 = 9_999;

/// What would be charged now.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct FeesRequest {
    /// National code.
    pub procedure: String,
    /// Case; the usual one when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// How the dossier came; at the counter when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Copies asked for, 1 to 999; 1 when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// Pages of one copy, 1 to 9,999; 1 when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Reductions whose papers the officer saw, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Vec<String>>,
}

/// One line of what is charged.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FeeCharged {
    /// Id of the rule.
    pub rule: String,
    /// What it is for.
    pub name: String,
    /// Đồng; nothing where the province's amount is not on this PC: the officer types it.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// How it came out.
    pub reason: String,
    /// Legal basis.
    pub basis: String,
}

/// A reduction the officer may tick.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReductionOffered {
    pub id: String,
    pub name: String,
    pub basis: String,
}

/// What is charged, with its sum in đồng and in words.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FeesCharged {
    pub lines: Vec<FeeCharged>,
    #[ts(type = "number")]
    pub total: i64,
    pub words: String,
    pub reductions: Vec<ReductionOffered>,
}

/// What would be charged now, and what could be claimed.
///
/// # Errors
/// `UNKNOWN_PROCEDURE`, `UNKNOWN_CASE`, `INVALID_COUNT`, `UNKNOWN_REDUCTION`, `INVALID_AMOUNT`.
pub fn fees(station: &Station, request: &FeesRequest) -> Result<FeesCharged> {
    let day = civil(station.now()).date();
    let procedure = station
        .store
        .read(|connection| catalogue::procedure(connection, &request.procedure, day))?;
    let case = procedure
        .case(request.case.as_deref())
        .ok_or_else(|| ApiError::of(Code::UnknownCase, "case"))?;
    let asked = Asked {
        case: &case.id,
        day,
        online: request.channel == Some(Channel::Online),
        copies: count("copies", request.copies, MAX_COPIES)?,
        pages: count("pages", request.pages, MAX_PAGES)?,
        claimed: request.claimed.as_deref().unwrap_or_default(),
    };
    charged(&procedure, &asked)
}

fn count(field: &str, asked: Option<u32>, most: u32) -> Result<u16> {
    let asked = asked.unwrap_or(1);
    let sound = (1..=most).contains(&asked).then(|| u16::try_from(asked).ok());
    sound
        .flatten()
        .ok_or_else(|| ApiError::of(Code::InvalidCount, field).with("most", most))
}

fn charged(procedure: &Procedure, asked: &Asked<'_>) -> Result<FeesCharged> {
    let offered = fees::claimable(&procedure.fees, asked);
    // A claim that is not offered today would silently change nothing: the exemption may have ended.
    if asked.claimed.iter().any(|id| offered.iter().all(|it| it.id != *id)) {
        return Err(ApiError::of(Code::UnknownReduction, "claimed"));
    }
    let out_of_range = |_| ApiError::of(Code::InvalidAmount, "fees");
    let lines = fees::assess(&procedure.fees, asked).map_err(out_of_range)?;
    let total = fees::total(&lines).map_err(out_of_range)?;
    // A sum that leaves an unknown amount out must not be read out as the sum.
    let words = if lines.iter().all(|line| line.amount.is_some()) {
        total.in_words()
    } else {
        "Chưa đủ mức thu để cộng".to_owned()
    };
    Ok(FeesCharged {
        lines: lines.into_iter().map(FeeCharged::from).collect(),
        total: total.0,
        words,
        reductions: offered.into_iter().map(ReductionOffered::from).collect(),
    })
}

impl From<fees::Line> for FeeCharged {
    fn from(it: fees::Line) -> Self {
        Self {
            rule: it.rule,
            name: it.name,
            amount: it.amount.map(|amount| amount.0),
            reason: it.reason,
            basis: it.basis,
        }
    }
}

impl From<&fees::Reduction> for ReductionOffered {
    fn from(it: &fees::Reduction) -> Self {
        Self {
            id: it.id.clone(),
            name: it.name.clone(),
            basis: it.basis.clone(),
        }
    }
}

/// The fees of a registration whose officer said nothing of them: one copy of one page, nobody
/// exempt, the reductions of the channel it came by.
///
/// # Errors
/// `INVALID_AMOUNT` when the catalogue's amounts are out of range.
pub fn usual(procedure: &Procedure, case: &Case, day: NaiveDate, online: bool) -> Result<Usual> {
    let lines = catalogue::usual_fees(procedure, case, day, online)?;
    let unknown = lines.iter().filter(|line| line.amount.is_none());
    Ok(Usual {
        unset: unknown.map(|line| line.name.clone()).collect(),
        charged: catalogue::charged(&lines),
    })
}

/// What [`usual`] knows of a registration's fees.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usual {
    /// What is charged.
    pub charged: Vec<Fee>,
    /// Names of the fees whose amount the province's council has not told this PC.
    pub unset: Vec<String>,
}
