//! Counts random deadlines against the day-by-day counter and measures one deadline, for the bench:
//! `cargo run --release -p dossier --features samples --example deadlines -- [SEED [CASES]]`.
//! One JSON line a figure; exit 1 when a count differs or a limit is broken.
#![allow(clippy::print_stdout, clippy::print_stderr)]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::error::Error;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use dossier::calendar::Calendar;
use dossier::deadline::{Limit, due, oracle_check};

const SAMPLES: i32 = 20_000;
/// Microseconds that one deadline may take.
const LIMIT: f64 = 50.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let seed = match words.next() {
        Some(seed) => seed.parse()?,
        None => SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
    };
    let cases = words.next().map_or(Ok(1_000_000), |cases| cases.parse())?;
    let counted = agreement(seed, cases);
    let fast = speed(seed)?;
    if counted && fast {
        Ok(())
    } else {
        Err("a limit is broken".into())
    }
}

/// Cases on which both counts agree.
fn agreement(seed: u64, cases: u64) -> bool {
    let begin = Instant::now();
    let checked = oracle_check(seed, cases);
    let seconds = begin.elapsed().as_secs_f64();
    let ok = checked.is_ok();
    let differing = u8::from(!ok);
    println!(r#"{{"name":"deadlines_that_differ","value":{differing},"limit":0,"ok":{ok},"seed":{seed},"n":{cases}}}"#);
    eprintln!("seed {seed}: {cases} cases in {seconds:.1} s");
    if let Err(why) = checked {
        eprintln!("{why}");
    }
    ok
}

/// Microseconds of one deadline: the median and the 99th of a hundred, over all kinds of limits.
fn speed(seed: u64) -> Result<bool, Box<dyn Error>> {
    let calendar = Calendar::embedded()?;
    let first = NaiveDate::from_ymd_opt(2025, 1, 2)
        .unwrap_or_default()
        .and_time(chrono::NaiveTime::MIN);
    let mut took = Vec::new();
    for limit in [
        Limit::WorkingDays(3),
        Limit::WorkingDays(45),
        Limit::CalendarDays(60),
        Limit::Hours(80),
        Limit::SameDay,
    ] {
        for nth in 0..SAMPLES {
            let minutes = TimeDelta::minutes(i64::from(nth).saturating_mul(70));
            let received = first.checked_add_signed(minutes).unwrap_or(first);
            took.push(one(received, limit, &calendar)?);
        }
    }
    took.sort_by(f64::total_cmp);
    let n = took.len();
    let at = |percent: usize| took.get(n.saturating_mul(percent) / 100).copied().unwrap_or(f64::MAX);
    let (median, most) = (at(50), at(99));
    for (name, value) in [("due_us_p50", median), ("due_us_p99", most)] {
        let ok = value <= LIMIT;
        println!(r#"{{"name":"{name}","value":{value:.2},"limit":{LIMIT},"ok":{ok},"seed":{seed},"n":{n}}}"#);
    }
    Ok(most <= LIMIT)
}

fn one(received: NaiveDateTime, limit: Limit, calendar: &Calendar) -> Result<f64, Box<dyn Error>> {
    let begin = Instant::now();
    let counted = due(received, &limit, calendar);
    let took = begin.elapsed().as_secs_f64();
    // Looked at, so that the count cannot be optimised away.
    let counted = counted?.due;
    if counted < received {
        return Err("due before it was received".into());
    }
    Ok(took * 1e6)
}
