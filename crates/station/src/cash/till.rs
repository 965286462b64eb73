//! The tables of tills: written with each event, made again from the log.

use chrono::{DateTime, NaiveDate, Utc};
use dossier::calendar::{Calendar, civil};
use dossier::money::Dong;
use dossier::{Event, Fact, OfficerId};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};

use super::{CashPayment, PaymentMethod, Till};
use crate::error::Result;
use crate::log;
use crate::store::{damaged, sixteen};

/// Writes what a payment or a close means for a till. Only events of this PC come here: money lies
/// where it was taken. A payment the hub's fold refused was taken all the same.
///
/// # Errors
/// When the database cannot be written.
pub fn project(transaction: &Transaction<'_>, event: &Event) -> Result<()> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "two facts speak of tills; the caller chose them"
    )]
    match &event.fact {
        Fact::PaymentReceived {
            amount, method, till, ..
        } => payment(transaction, event, *amount, method, *till),
        Fact::CashClosed(it) => {
            transaction
                .prepare_cached(include_str!("insert_close.sql"))?
                .execute(params![
                    it.officer.as_bytes(),
                    it.day.to_string(),
                    event.at.timestamp_millis()
                ])?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn payment(
    transaction: &Transaction<'_>,
    event: &Event,
    amount: Dong,
    method: &str,
    till: Option<NaiveDate>,
) -> Result<()> {
    let (Some(dossier), Some(officer)) = (event.dossier, event.actor) else {
        return Ok(());
    };
    let day = till.unwrap_or_else(|| civil(event.at).date());
    transaction
        .prepare_cached(include_str!("insert_payment.sql"))?
        .execute(named_params! {
            ":event": event.id.as_bytes(),
            ":dossier": dossier.as_bytes(),
            ":officer": officer.as_bytes(),
            ":till": day.to_string(),
            ":at": event.at.timestamp_millis(),
            ":amount": amount.0,
            ":method": method,
        })?;
    Ok(())
}

/// Makes the tables again from the log; they were emptied before.
///
/// # Errors
/// When the database cannot be read or written.
pub fn rebuild(transaction: &Transaction<'_>) -> Result<()> {
    let mut statement = transaction.prepare(include_str!("records.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        project(transaction, &log::read(&log::stored(row)?.record)?)?;
    }
    Ok(())
}

/// When an officer closed a day, if they did.
///
/// # Errors
/// When the database cannot be read.
pub fn closed_at(connection: &Connection, officer: OfficerId, day: NaiveDate) -> Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = connection
        .prepare_cached(include_str!("closed_at.sql"))?
        .query_row(params![officer.as_bytes(), day.to_string()], |row| row.get("at"))
        .optional()?;
    at.map(instant).transpose()
}

/// The day with which an officer's money is counted now: today, or the next working day whose till
/// is open. Where the calendar ends, it is simply the next day.
///
/// # Errors
/// When the database cannot be read.
pub fn open_day(
    connection: &Connection,
    calendar: &Calendar,
    officer: OfficerId,
    today: NaiveDate,
) -> Result<NaiveDate> {
    let mut day = today;
    while closed_at(connection, officer, day)?.is_some() {
        let next = calendar.next_working(day).ok().or_else(|| day.succ_opt());
        day = next.ok_or_else(|| damaged("a till of the last day of all"))?;
    }
    Ok(day)
}

/// The tills of a day by name of the officer, each with its payments in the order they came.
///
/// # Errors
/// When the database cannot be read.
pub fn of_day(connection: &Connection, day: NaiveDate) -> Result<Vec<(OfficerId, Till)>> {
    let mut tills: Vec<(OfficerId, Till)> = Vec::new();
    let mut statement = connection.prepare_cached(include_str!("payments_of_day.sql"))?;
    let mut rows = statement.query([day.to_string()])?;
    while let Some(row) = rows.next()? {
        let officer = OfficerId::from_bytes(sixteen(row.get("officer")?)?);
        if tills.last().is_none_or(|(known, _)| *known != officer) {
            tills.push((officer, empty(officer, row.get("name")?)));
        }
        if let Some((_, till)) = tills.last_mut() {
            count(till, read(row)?);
        }
    }
    for (officer, till) in &mut tills {
        till.words = Dong(till.total).in_words();
        till.closed_at = closed_at(connection, *officer, day)?.map(crate::intake::local);
    }
    Ok(tills)
}

fn empty(officer: OfficerId, name: String) -> Till {
    Till {
        officer: officer.to_string(),
        name,
        payments: Vec::new(),
        cash: 0,
        transfer: 0,
        total: 0,
        words: String::new(),
        closed_at: None,
    }
}

fn count(till: &mut Till, payment: CashPayment) {
    let part = match payment.method {
        PaymentMethod::Cash => &mut till.cash,
        PaymentMethod::Transfer => &mut till.transfer,
    };
    *part = part.saturating_add(payment.amount);
    till.total = till.total.saturating_add(payment.amount);
    till.payments.push(payment);
}

fn read(row: &Row<'_>) -> Result<CashPayment> {
    let method: String = row.get("method")?;
    Ok(CashPayment {
        code: row.get("code")?,
        applicant_name: row.get("applicant")?,
        amount: row.get("amount")?,
        // A newer program may know further ways; what is not money in hand is not in the drawer.
        method: if method == PaymentMethod::Cash.as_str() {
            PaymentMethod::Cash
        } else {
            PaymentMethod::Transfer
        },
        at: super::at(row.get("at")?)?,
    })
}

/// An instant out of a column.
///
/// # Errors
/// When the database is damaged.
pub fn instant(millis: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| damaged("an instant out of range"))
}
