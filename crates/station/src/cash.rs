//! Money at the counter: payments of dossiers, and the till of each officer, closed once a day.
//!
//! A till is what one officer took at this PC on one day. Once it is closed its figures are on a
//! signed slip and never change; the citizen who comes after it is still served, and the money is
//! counted with the officer's next working day. Refusing it would send a person home; reopening
//! the day would make the slip a lie.

#[cfg(test)]
mod tests;
mod till;

use chrono::NaiveDate;
use dossier::calendar::civil;
use dossier::fact::{self, Fact};
use dossier::money::Dong;
use dossier::state::{Dossier, Money};
use dossier::text;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{ApiError, Code, Result};
use crate::intake::local;
use crate::log;
use crate::lookup;
use crate::officers::Signed;
use crate::project;
use crate::station::Station;

pub use till::{instant, project, rebuild};

/// How it was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PaymentMethod {
    /// Money in hand.
    Cash,
    /// To the agency's account.
    Transfer,
}

impl PaymentMethod {
    /// Stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Transfer => "transfer",
        }
    }
}

/// Write down that money came.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct PaymentRequest {
    /// Code of the dossier.
    pub code: String,
    /// Đồng, at least 1 and at most what is still owed.
    #[ts(type = "number")]
    pub amount: i64,
    /// How.
    pub method: PaymentMethod,
    /// Number of the treasury's or the bank's receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
}

/// A payment that is on this PC's disk.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PaymentTaken {
    /// What was paid for this dossier in all, đồng.
    #[ts(type = "number")]
    pub total_paid: i64,
    /// What is still owed, đồng.
    #[ts(type = "number")]
    pub remaining: i64,
    /// The day it is counted with.
    pub till: String,
    /// Said when that is not today: the officer's till was closed already.
    pub notice: Option<String>,
}

/// A day, today when not said.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct CashDayRequest {
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
}

/// One payment of a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CashPayment {
    pub code: String,
    pub applicant_name: String,
    #[ts(type = "number")]
    pub amount: i64,
    pub method: PaymentMethod,
    pub at: String,
}

/// The till of one officer; amounts in đồng, `words` those of `total`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Till {
    pub officer: String,
    pub name: String,
    pub payments: Vec<CashPayment>,
    #[ts(type = "number")]
    pub cash: i64,
    #[ts(type = "number")]
    pub transfer: i64,
    #[ts(type = "number")]
    pub total: i64,
    pub words: String,
    pub closed_at: Option<String>,
}

/// The tills of a day, by officer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CashDay {
    pub day: String,
    pub officers: Vec<Till>,
}

/// A till that was closed; `total` in đồng.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CashClosed {
    pub count: u32,
    #[ts(type = "number")]
    pub total: i64,
    pub words: String,
}

fn officer(actor: Option<&Signed>) -> Result<&Signed> {
    // Money belongs to the till of a person, also when a program writes it down.
    actor.ok_or_else(|| ApiError::new(Code::NotSignedIn))
}

/// The day asked for, or today.
fn named(asked: Option<&str>, today: NaiveDate) -> Result<NaiveDate> {
    let Some(asked) = asked else { return Ok(today) };
    NaiveDate::parse_from_str(asked.trim(), "%Y-%m-%d").map_err(|_| ApiError::of(Code::InvalidDate, "day"))
}

/// A day that has not come is not closed, and has nothing to look at.
fn come(day: NaiveDate, today: NaiveDate) -> Result<()> {
    if day > today {
        return Err(ApiError::of(Code::DayNotYet, "day").with("day", day.format("%d/%m/%Y")));
    }
    Ok(())
}

/// Writes down that money came for a dossier.
///
/// # Errors
/// `NOT_SIGNED_IN`, `UNKNOWN_DOSSIER`, `INVALID_AMOUNT`, `NOTHING_DUE`, `OVERPAID`.
pub fn payment(station: &Station, actor: Option<&Signed>, request: &PaymentRequest) -> Result<PaymentTaken> {
    let officer = officer(actor)?;
    let amount = Dong::new(request.amount).ok().filter(|amount| *amount > Dong::ZERO);
    let amount = amount.ok_or_else(|| ApiError::of(Code::InvalidAmount, "amount"))?;
    let paper = paper(request.paper.as_deref())?;
    let id = lookup::dossier_id(station, &request.code)?;
    let (author, now) = (station.author()?, station.now());
    let calendar = station.calendar()?;
    station.store.write(|transaction| {
        let before = log::fold(transaction, id)?.dossier;
        within_what_is_owed(&before, amount)?;
        let today = civil(now).date();
        let till = till::open_day(transaction, &calendar, officer.id, today)?;
        let fact = Fact::PaymentReceived {
            amount,
            method: request.method.as_str().to_owned(),
            paper: paper.clone(),
            till: (till != today).then_some(till),
        };
        let deed = station.deed(&author, actor, now);
        let (after, event, seq) = log::append_to(transaction, &deed, &before, fact)?;
        project::project(transaction, &after, seq)?;
        till::project(transaction, &event)?;
        Ok(taken(&after, till, today))
    })
}

fn paper(number: Option<&str>) -> Result<Option<String>> {
    let number = number.filter(|number| !number.trim().is_empty());
    let checked = number.map(|number| text::checked("paper", number, 50)).transpose();
    checked.map_err(|error| ApiError {
        field: Some("paper".to_owned()),
        ..error.into()
    })
}

/// More than is owed is a slip of the finger, or a payment written down twice.
fn within_what_is_owed(dossier: &Dossier, amount: Dong) -> Result<()> {
    let owed = remaining(dossier);
    if dossier.money != Money::Due || owed <= Dong::ZERO {
        return Err(ApiError::new(Code::NothingDue));
    }
    if amount > owed {
        return Err(ApiError::of(Code::Overpaid, "amount").with("due", owed));
    }
    Ok(())
}

fn remaining(dossier: &Dossier) -> Dong {
    Dong(dossier.charged.0.saturating_sub(dossier.received.0).max(0))
}

fn taken(dossier: &Dossier, till: NaiveDate, today: NaiveDate) -> PaymentTaken {
    let later = || {
        format!(
            "Quỹ ngày {} của anh chị đã chốt, khoản này được tính vào quỹ ngày {}.",
            today.format("%d/%m/%Y"),
            till.format("%d/%m/%Y")
        )
    };
    PaymentTaken {
        total_paid: dossier.received.0,
        remaining: remaining(dossier).0,
        till: till.to_string(),
        notice: (till != today).then(later),
    }
}

/// The tills of a day at this PC.
///
/// # Errors
/// `INVALID_DATE`, `DAY_NOT_YET`.
pub fn cash_day(station: &Station, request: &CashDayRequest) -> Result<CashDay> {
    let today = civil(station.now()).date();
    let day = named(request.day.as_deref(), today)?;
    let officers = station.store.read(|connection| till::of_day(connection, day))?;
    // What came after a closed till is counted with a later day, and can be looked at already.
    if officers.is_empty() {
        come(day, today)?;
    }
    Ok(CashDay {
        day: day.to_string(),
        officers: officers.into_iter().map(|(_, till)| till).collect(),
    })
}

/// Closes the officer's own till of a day.
///
/// # Errors
/// `NOT_SIGNED_IN`, `INVALID_DATE`, `DAY_NOT_YET`, `CASH_CLOSED_ALREADY`, `NOTHING_TO_CLOSE`.
pub fn cash_close(station: &Station, actor: Option<&Signed>, request: &CashDayRequest) -> Result<CashClosed> {
    let officer = officer(actor)?;
    let (author, now) = (station.author()?, station.now());
    let today = civil(now).date();
    let day = named(request.day.as_deref(), today)?;
    come(day, today)?;
    station.store.write(|transaction| {
        if let Some(at) = till::closed_at(transaction, officer.id, day)? {
            let at = civil(at).format("%H:%M %d/%m/%Y");
            let closed = ApiError::of(Code::CashClosedAlready, "day").with("day", day.format("%d/%m/%Y"));
            return Err(closed.with("at", at));
        }
        let tills = till::of_day(transaction, day)?;
        let own = tills.into_iter().find(|(id, _)| *id == officer.id);
        let (_, own) =
            own.ok_or_else(|| ApiError::of(Code::NothingToClose, "day").with("day", day.format("%d/%m/%Y")))?;
        let closed = figures(&own, officer, day)?;
        let deed = station.deed(&author, actor, now);
        let (event, _) = log::append(transaction, &deed, None, Fact::CashClosed(closed.clone()))?;
        till::project(transaction, &event)?;
        Ok(CashClosed {
            count: closed.count,
            total: closed.total.0,
            words: closed.total.in_words(),
        })
    })
}

fn figures(till: &Till, officer: &Signed, day: NaiveDate) -> Result<fact::CashClosed> {
    Ok(fact::CashClosed {
        day,
        officer: officer.id,
        count: u32::try_from(till.payments.len()).map_err(crate::error::internal)?,
        total: Dong(till.total),
        cash: Dong(till.cash),
    })
}

/// When something happened, for people.
fn at(millis: i64) -> Result<String> {
    till::instant(millis).map(local)
}
