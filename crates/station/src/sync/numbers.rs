//! Numbers ahead, so that a counter may stay offline a month, and official codes for dossiers
//! that were given temporary ones.

use chrono::{Days, NaiveDate};
use dossier::calendar::civil;
use dossier::code::DossierCode;
use dossier::fact::{CodeKind, Fact};
use dossier::{Dossier, DossierId};
use wire::protocol::{LEASE_DAYS, LeaseRequest, LeaseResponse};

use super::http::Hub;
use crate::error::{Result, internal};
use crate::log;
use crate::numbers;
use crate::project;
use crate::rules::agency::{Numbering, numbering};
use crate::station::Station;
use crate::store::{set_setting, setting, sixteen};

/// Numbers kept ready for a day. A commune takes in about 13 dossiers a day, after the mergers of
/// 2025 perhaps 60: two hundred last one counter a day without a line.
const BLOCK: u32 = 200;
/// Dossiers made official in one talk.
const MOST: usize = 5_000;

/// Leases numbers for today and the next thirty days, once a day.
pub fn lease_ahead(station: &Station, hub: &Hub) -> Result<()> {
    let today = civil(station.now()).date();
    if !numbers_here(station)? {
        return Ok(());
    }
    let until = setting_day(station)?;
    let enough = today
        .checked_add_days(Days::new(u64::from(LEASE_DAYS)))
        .ok_or_else(|| internal("the calendar ends"))?;
    if until.is_none_or(|until| until < enough) {
        lease(station, hub, today, LEASE_DAYS.saturating_add(1), BLOCK)?;
        station
            .store
            .write(|transaction| set_setting(transaction, "leased_until", &enough.to_string()))?;
    }
    refill(station, hub, today, BLOCK / 2)
}

/// Leases a further block for a day with fewer than `low` numbers left. The hub is asked for the
/// day's total, so that an answer lost on the way takes nothing twice.
fn refill(station: &Station, hub: &Hub, day: NaiveDate, low: u32) -> Result<()> {
    let series = station.author()?.agency;
    let (left, held) = station
        .store
        .read(|connection| numbers::stock(connection, &series, day))?;
    if left >= low {
        return Ok(());
    }
    lease(station, hub, day, 1, held.saturating_add(BLOCK))
}

fn setting_day(station: &Station) -> Result<Option<NaiveDate>> {
    let text = station.store.read(|connection| setting(connection, "leased_until"))?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn lease(station: &Station, hub: &Hub, from: NaiveDate, days: u32, count: u32) -> Result<()> {
    let series = station.author()?.agency.to_string();
    let request = LeaseRequest {
        series,
        from: from.to_string(),
        days,
        count,
    };
    let answer: LeaseResponse = hub.post("/v1/numbers/lease", &request)?;
    station.store.write(|transaction| {
        answer
            .blocks
            .iter()
            .try_for_each(|block| numbers::keep(transaction, block))
    })
}

/// Gives an official code to every dossier of this counter that has only a temporary one. The
/// code's day is the day of reception, so its number comes from that day's series.
pub fn make_official(station: &Station, hub: &Hub) -> Result<()> {
    if !numbers_here(station)? {
        return Ok(());
    }
    for id in waiting(station)? {
        let dossier = station.store.read(|connection| log::fold(connection, id))?.dossier;
        let author = station.author()?;
        let day = civil(dossier.registration.received_at).date();
        if dossier.holder != author.agency {
            continue;
        }
        refill(station, hub, day, 1)?;
        assign(station, &dossier, day)?;
    }
    Ok(())
}

/// Whether this counter numbers its dossiers; where the province does, no number is asked for.
fn numbers_here(station: &Station) -> Result<bool> {
    let (series, today) = (station.author()?.agency, civil(station.now()).date());
    let numbering = station.store.read(|connection| numbering(connection, &series, today))?;
    Ok(numbering == Numbering::Local)
}

fn waiting(station: &Station) -> Result<Vec<DossierId>> {
    station.store.read(|connection| {
        let mut statement = connection.prepare_cached(include_str!("temporary.sql"))?;
        let rows = statement.query_map([i64::try_from(MOST).unwrap_or(1)], |row| row.get::<_, Vec<u8>>("id"))?;
        rows.map(|row| Ok(DossierId::from_bytes(sixteen(row?)?))).collect()
    })
}

fn assign(station: &Station, dossier: &Dossier, day: NaiveDate) -> Result<()> {
    let (author, now) = (station.author()?, station.now());
    station.store.write(|transaction| {
        let Some(number) = numbers::next_number(transaction, &author.agency, day)? else {
            return Ok(());
        };
        let code = DossierCode::official(&author.agency, day, u64::from(number)).map_err(internal)?;
        let fact = Fact::CodeAssigned {
            code,
            kind: CodeKind::Official,
            issuer: author.agency.clone(),
        };
        let deed = station.deed(&author, None, now);
        let (after, _, seq) = log::append_to(transaction, &deed, dossier, fact)?;
        project::project(transaction, &after, seq)
    })
}
