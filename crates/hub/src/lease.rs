//! `POST /v1/numbers/lease`: numbers of a daily series that only one device may issue, so that a
//! counter without a line gives legal codes. A number is never leased twice: not when unused, not to a
//! copy of the same device, not after the database went back in time.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rusqlite::{Row, Transaction, params};
use wire::protocol::{Block, LeaseRequest, LeaseResponse, RefusalCode};
use wire::sync::hub::{Span, blocks};

use crate::clock::{civil_day, days_from};
use crate::error::{HubError, Result};
use crate::hello::Caller;
use crate::hub::Hub;
use crate::row::{first, unsigned32};

/// Most numbers of one day for one device: far above what a counter takes in on its busiest day.
const MOST: u32 = 5_000;
const DAYS_AHEAD: u64 = 31;
const DAYS_BACK: u64 = 40;

/// Blocks that give the caller `count` numbers in all on each day; asked again, the same blocks. A
/// counter that has used its numbers asks with a higher count and gets a further block.
pub fn lease(hub: &Hub, caller: &Caller, request: &LeaseRequest) -> Result<LeaseResponse> {
    if request.series != caller.agency {
        return Err(HubError::refused(RefusalCode::NotFound));
    }
    let days = days(request, civil_day(hub.now()))?;
    let count = request.count.min(MOST);
    let mut generation = hub.outside();
    hub.inner().store.write(|tx| {
        let (mut blocks, mut highest) = (Vec::new(), BTreeMap::new());
        for day in days {
            let day = day.to_string();
            let floor = generation.floor(&caller.agency, &day);
            let held = lease_day(tx, caller, &day, count, floor)?;
            highest.extend(held.iter().map(|block| block.to).max().map(|to| (day, to)));
            blocks.extend(held);
        }
        // Durable outside before the database has it: a number may be lost, never given twice.
        generation.raise(&caller.agency, &highest)?;
        Ok(LeaseResponse { blocks })
    })
}

fn days(request: &LeaseRequest, today: NaiveDate) -> Result<Vec<NaiveDate>> {
    let bad = || HubError::refused(RefusalCode::BadMessage);
    let from: NaiveDate = request.from.parse().map_err(|_| bad())?;
    let earliest = today.checked_sub_days(Days::new(DAYS_BACK)).ok_or_else(bad)?;
    let latest = today.checked_add_days(Days::new(DAYS_AHEAD)).ok_or_else(bad)?;
    let most = DAYS_BACK.saturating_add(DAYS_AHEAD).saturating_add(1);
    if request.count == 0 || u64::from(request.days) > most {
        return Err(bad());
    }
    let days = days_from(from, request.days);
    let allowed = days.iter().all(|day| (earliest..=latest).contains(day));
    if days.is_empty() || !allowed {
        Err(bad())
    } else {
        Ok(days)
    }
}

fn lease_day(tx: &Transaction<'_>, caller: &Caller, day: &str, count: u32, floor: u32) -> Result<Vec<Block>> {
    let mut held = held(tx, caller, day)?;
    let has = held.iter().fold(0u32, |sum, block| sum.saturating_add(size(block)));
    let last = last_number(tx, &caller.agency, day)?.max(floor);
    for Span { from, to } in blocks(has, last, count) {
        tx.prepare_cached(include_str!("sql/lease_add.sql"))?.execute(params![
            caller.agency,
            day,
            from,
            to,
            caller.device.as_bytes(),
            caller.epoch,
        ])?;
        held.push(Block {
            series: caller.agency.clone(),
            day: day.to_owned(),
            from,
            to,
        });
    }
    Ok(held)
}

const fn size(block: &Block) -> u32 {
    Span {
        from: block.from,
        to: block.to,
    }
    .size()
}

fn last_number(tx: &Transaction<'_>, series: &str, day: &str) -> Result<u32> {
    Ok(tx
        .prepare_cached(include_str!("sql/lease_last.sql"))?
        .query_row(params![series, day], first)?)
}

fn held(tx: &Transaction<'_>, caller: &Caller, day: &str) -> Result<Vec<Block>> {
    let read = |row: &Row<'_>| {
        Ok(Block {
            series: caller.agency.clone(),
            day: day.to_owned(),
            from: unsigned32(row, "first_number")?,
            to: unsigned32(row, "last_number")?,
        })
    };
    let mut statement = tx.prepare_cached(include_str!("sql/lease_held.sql"))?;
    let rows = statement.query_map(
        params![caller.agency, day, caller.device.as_bytes(), caller.epoch],
        read,
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
