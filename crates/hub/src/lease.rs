//! `POST /v1/numbers/lease`: numbers of a daily series that only one device may issue, so that a
//! counter without a line gives legal codes. A number is never leased twice, not even when unused.

use chrono::{Days, NaiveDate};
use rusqlite::{Row, Transaction, params};
use wire::protocol::{Block, LeaseRequest, LeaseResponse, RefusalCode};

use crate::clock::{civil_day, days_from};
use crate::error::{HubError, Result};
use crate::hello::Caller;
use crate::hub::Hub;
use crate::row::{first, unsigned32};

/// Largest block.
const LARGEST: u32 = 500;
/// Most numbers of one day for one device: far above what a counter takes in on its busiest day.
const MOST: u32 = 5_000;
const DAYS_AHEAD: u64 = 31;
const DAYS_BACK: u64 = 40;
/// Kept back for dossiers that come through the portal; behind them the series goes on in five
/// digits.
const KEPT_BACK: std::ops::RangeInclusive<u32> = 5_001..=9_999;

/// Blocks that give the caller `count` numbers in all on each day; asked again, the same blocks. A
/// counter that has used its numbers asks with a higher count and gets a further block.
pub fn lease(hub: &Hub, caller: &Caller, request: &LeaseRequest) -> Result<LeaseResponse> {
    if request.series != caller.agency {
        return Err(HubError::refused(RefusalCode::NotFound));
    }
    let days = days(request, civil_day(hub.now()))?;
    let count = request.count.min(MOST);
    hub.inner().store.write(|tx| {
        let mut blocks = Vec::new();
        for day in days {
            blocks.extend(lease_day(tx, caller, &day.to_string(), count)?);
        }
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

fn lease_day(tx: &Transaction<'_>, caller: &Caller, day: &str, count: u32) -> Result<Vec<Block>> {
    let mut blocks = held(tx, caller, day)?;
    let has = blocks.iter().fold(0u32, |sum, block| sum.saturating_add(size(block)));
    let mut lacking = count.saturating_sub(has);
    while lacking > 0 {
        let (from, to) = next_block(last_number(tx, &caller.agency, day)?, lacking);
        tx.prepare_cached(include_str!("sql/lease_add.sql"))?.execute(params![
            caller.agency,
            day,
            from,
            to,
            caller.device.as_bytes()
        ])?;
        let block = Block {
            series: caller.agency.clone(),
            day: day.to_owned(),
            from,
            to,
        };
        lacking = lacking.saturating_sub(size(&block));
        blocks.push(block);
    }
    Ok(blocks)
}

/// The numbers behind `last`, at most `count` and one block, never across those kept back.
fn next_block(last: u32, count: u32) -> (u32, u32) {
    let after = last.saturating_add(1);
    let from = if KEPT_BACK.contains(&after) {
        KEPT_BACK.end().saturating_add(1)
    } else {
        after
    };
    let to = from.saturating_add(count.min(LARGEST)).saturating_sub(1);
    let before = KEPT_BACK.start().saturating_sub(1);
    (from, if from <= before { to.min(before) } else { to })
}

const fn size(block: &Block) -> u32 {
    block.to.saturating_sub(block.from).saturating_add(1)
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
    let rows = statement.query_map(params![caller.agency, day, caller.device.as_bytes()], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_kept_back_are_jumped_over() {
        assert_eq!(next_block(0, 200), (1, 200));
        assert_eq!(next_block(4_900, 200), (4_901, 5_000));
        assert_eq!(next_block(5_000, 100), (10_000, 10_099));
        assert_eq!(next_block(10_099, 500), (10_100, 10_599));
    }
}
