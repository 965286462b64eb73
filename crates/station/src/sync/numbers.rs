//! Numbers ahead, so that a counter may stay offline a month, and official codes for dossiers
//! that were given temporary ones.

use chrono::{DateTime, Days, NaiveDate};
use dossier::calendar::civil;
use dossier::code::DossierCode;
use dossier::fact::{CodeKind, Fact};
use dossier::{Dossier, DossierId};
use rusqlite::Transaction;
use wire::protocol::{Block, LEASE_DAYS, LeaseRequest, LeaseResponse};

use super::http::Hub;
use crate::error::{Code, Result, internal};
use crate::honest;
use crate::log::{self, Deed};
use crate::numbers;
use crate::project;
use crate::rules::agency::{Numbering, numbering};
use crate::seal::{self, Verdict};
use crate::station::Station;
use crate::store::{set_setting, setting, sixteen};

/// Numbers kept ready for a day. A commune takes in about 13 dossiers a day, after the mergers of
/// 2025 perhaps 60: two hundred last one counter a day without a line.
const BLOCK: u32 = 200;
/// Fewer are short of a day.
const LOW: u32 = BLOCK / 2;
/// Dossiers made official in one talk.
const MOST: usize = 5_000;

/// Leases numbers for today and the next thirty days, once a day.
pub fn lease_ahead(station: &Station, hub: &Hub) -> Result<()> {
    let today = honest::today(station)?;
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
            .write(|transaction| set_setting(transaction, numbers::LEASED_UNTIL, &enough.to_string()))?;
    }
    refill(station, hub, today, LOW)
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
    let text = station
        .store
        .read(|connection| setting(connection, numbers::LEASED_UNTIL))?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn lease(station: &Station, hub: &Hub, from: NaiveDate, days: u32, count: u32) -> Result<()> {
    if !doubted(station, from)? {
        return ask(station, hub, (from, days), count, numbers::keep);
    }
    // What the hub says this device holds, somebody else may have issued: it is written down as
    // given up, and as many again are asked for behind it, of the days that run short.
    ask(station, hub, (from, days), 1, numbers::keep_given_up)?;
    for run in short(station, from, days)? {
        ask(
            station,
            hub,
            (run.from, run.days),
            run.held.saturating_add(BLOCK),
            numbers::keep,
        )?;
    }
    Ok(())
}

/// Days that follow each other, run short of numbers and hold as many, given up or not.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    from: NaiveDate,
    days: u32,
    held: u32,
}

fn short(station: &Station, from: NaiveDate, days: u32) -> Result<Vec<Run>> {
    let series = station.author()?.agency;
    station.store.read(|connection| {
        let days = from.iter_days().take(usize::try_from(days).unwrap_or(0));
        let stocks = days.map(|day| Ok((day, numbers::stock(connection, &series, day)?)));
        Ok(runs(&stocks.collect::<Result<Vec<_>>>()?))
    })
}

/// Of each day what is left and what is held.
fn runs(stocks: &[(NaiveDate, (u32, u32))]) -> Vec<Run> {
    let alike = |(left, held): (u32, u32)| (left < LOW, held);
    let alike = stocks.chunk_by(|one, next| alike(one.1) == alike(next.1));
    let run = |days: &[(NaiveDate, (u32, u32))]| {
        let (from, (left, held)) = *days.first()?;
        let days = u32::try_from(days.len()).ok()?;
        (left < LOW).then_some(Run { from, days, held })
    };
    alike.filter_map(run).collect()
}

/// Whether blocks of these days may be in the hands of a twin: they were within reach of a lease
/// before the seal was laid anew.
fn doubted(station: &Station, from: NaiveDate) -> Result<bool> {
    let at = station
        .store
        .read(|connection| setting(connection, numbers::DOUBTED_AT))?;
    let at = at.and_then(|text| DateTime::parse_from_rfc3339(&text).ok());
    let reach = Days::new(u64::from(LEASE_DAYS).saturating_mul(2));
    let last = at.and_then(|at| civil(at.to_utc()).date().checked_add_days(reach));
    Ok(last.is_some_and(|last| from <= last))
}

/// Asks, and keeps what is answered as it is told to.
fn ask(
    station: &Station,
    hub: &Hub,
    (from, days): (NaiveDate, u32),
    count: u32,
    keep: fn(&Transaction<'_>, &Block) -> Result<()>,
) -> Result<()> {
    let series = station.author()?.agency.to_string();
    let request = LeaseRequest {
        series,
        from: from.to_string(),
        days,
        count,
    };
    let answer: LeaseResponse = hub.post("/v1/numbers/lease", &request)?;
    station
        .store
        .write(|transaction| answer.blocks.iter().try_for_each(|block| keep(transaction, block)))
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
        let day = day(station, &dossier)?;
        if dossier.holder != author.agency {
            continue;
        }
        match refill(station, hub, day, 1) {
            // The hub gives no numbers of so old a day: the dossier keeps its code, the talk goes on.
            Err(error) if error.code == Code::HubRefused => continue,
            other => other?,
        }
        assign(station, &dossier, day)?;
    }
    Ok(())
}

/// Whether this counter numbers its dossiers; where the province does, no number is asked for.
fn numbers_here(station: &Station) -> Result<bool> {
    let (series, today) = (station.author()?.agency, honest::today(station)?);
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

/// The day of a dossier's number: of its reception. Where that is a guess, or a day that is yet to
/// come, a day the hub gives numbers for.
fn day(station: &Station, dossier: &Dossier) -> Result<NaiveDate> {
    let (received, today) = (civil(dossier.registration.received_at).date(), honest::today(station)?);
    if !dossier.registration.clock_doubtful && received <= today {
        return Ok(received);
    }
    let earliest = today.checked_sub_days(Days::new(u64::from(LEASE_DAYS)));
    Ok(received.min(today).max(earliest.unwrap_or(today)))
}

fn assign(station: &Station, dossier: &Dossier, day: NaiveDate) -> Result<()> {
    let (author, now) = (station.author()?, station.now());
    let mut gate = seal::gate(station)?;
    let mut asked = false;
    loop {
        let verdict = station.store.write(|transaction| {
            // The day was judged; today's clock has no part in it.
            let verdict = gate.verdict(transaction, &author.agency, day, false)?;
            if verdict == Verdict::Official {
                give(transaction, station, &station.deed(&author, None, now), dossier, day)?;
            }
            Ok(verdict)
        })?;
        match verdict {
            Verdict::Reserve(wanted) if !asked => gate.reserve(&wanted)?,
            _ => return Ok(()),
        }
        asked = true;
    }
}

fn give(
    transaction: &Transaction<'_>,
    station: &Station,
    deed: &Deed<'_>,
    dossier: &Dossier,
    day: NaiveDate,
) -> Result<()> {
    let series = station.author()?.agency;
    let Some(number) = numbers::next_number(transaction, &series, day)? else {
        return Ok(());
    };
    let fact = Fact::CodeAssigned {
        code: DossierCode::official(&series, day, u64::from(number)).map_err(internal)?,
        kind: CodeKind::Official,
        issuer: series,
    };
    let (after, _, seq) = log::append_to(transaction, deed, dossier, fact)?;
    project::project(transaction, &after, seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_run_short_are_asked_for_again() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let stocks = [
            (day(23), (0, 400)),
            (day(24), (0, 400)),
            (day(25), (200, 400)),
            (day(26), (99, 200)),
            (day(27), (0, 0)),
        ];
        let found: Vec<_> = runs(&stocks).iter().map(|run| (run.from, run.days, run.held)).collect();
        assert_eq!(found, [(day(23), 2, 400), (day(26), 1, 200), (day(27), 1, 0)]);
    }
}
