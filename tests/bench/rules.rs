//! The rules: deadlines against a day-by-day counter written apart, the time one deadline takes, and
//! the time the portal's records take to be read.

use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use dossier::calendar::Calendar;
use dossier::deadline::{Limit, due, oracle_check};
use serde_json::json;

use crate::counter::Counter;
use crate::figures::Figures;
use crate::json::Part as _;
use crate::measure::{median, quantile, spend};
use crate::stop::{Outcome, Stop, While as _};

/// Random cases on which both counters must agree.
const CASES: u64 = 1_000_000;
/// Deadlines measured for each kind of limit.
const TIMES: i32 = 20_000;
/// Readings of the portal's file.
const READINGS: usize = 5;

/// All three.
pub fn measure(counter: &Counter, seed: u64, figures: &mut Figures) -> Outcome {
    let checked = oracle_check(seed, CASES);
    if let Err(why) = &checked {
        tell(why);
    }
    let differing = f64::from(u8::from(checked.is_err()));
    let cases = usize::try_from(CASES).unwrap_or(0);
    figures.promise("deadline.counts_that_differ", differing, 0.0, cases);
    let took = deadlines()?;
    figures.promise(
        "deadline.due_p99_us",
        quantile(took.iter().copied(), 0.99),
        50.0,
        took.len(),
    );
    figures.note("deadline.due_p50_us", median(took.iter().copied()), took.len());
    portal(counter, figures)
}

/// Says which case differs; a figure cannot.
fn tell(why: &str) {
    use std::io::Write as _;
    // The figure says it as well.
    let _ = writeln!(std::io::stderr(), "deadlines differ: {why}");
}

/// Microseconds of one deadline, over all kinds of limits.
fn deadlines() -> Outcome<Vec<f64>> {
    let calendar = Calendar::embedded().doing("the calendar")?;
    let first = NaiveDate::from_ymd_opt(2025, 1, 2)
        .unwrap_or_default()
        .and_time(NaiveTime::MIN);
    let limits = [
        Limit::WorkingDays(3),
        Limit::WorkingDays(45),
        Limit::CalendarDays(60),
        Limit::Hours(80),
        Limit::SameDay,
    ];
    let receptions =
        (0..TIMES).filter_map(|nth| first.checked_add_signed(TimeDelta::minutes(i64::from(nth).checked_mul(70)?)));
    let all = receptions.flat_map(|received| limits.map(|limit| (received, limit)));
    all.map(|(received, limit)| one(received, limit, &calendar)).collect()
}

fn one(received: NaiveDateTime, limit: Limit, calendar: &Calendar) -> Outcome<f64> {
    let (counted, spent) = spend(|| due(received, &limit, calendar));
    // Looked at, so that the count cannot be optimised away.
    if counted.doing("a deadline")?.due < received {
        return Err(Stop::Failed("due before it was received".to_owned()));
    }
    Ok(spent.wall * 1000.0)
}

/// Milliseconds to read and judge the portal's records, where they lie beside the project.
fn portal(counter: &Counter, figures: &mut Figures) -> Outcome {
    let shared = std::env::var_os("MOTCUA_SHARED").unwrap_or_else(|| "../shared".into());
    let file = Path::new(&shared).join("data/procedures-dvcqg-2026-07.ndjson");
    if !file.is_file() {
        figures.note("import.records", 0.0, 0);
        return Ok(());
    }
    let request = json!({"path": file});
    let mut took = Vec::new();
    let mut read = json!(null);
    for _ in 0..READINGS {
        let (answer, spent) = spend(|| counter.call("import-catalogue", &request));
        took.push(spent.wall);
        read = answer?;
    }
    let count = |name: &str| read.part(name).as_f64().unwrap_or(0.0);
    figures.promise("import.ms", median(took.into_iter()), 2_000.0, READINGS);
    figures.note("import.records", count("total"), READINGS);
    figures.note("import.full", count("full"), READINGS);
    figures.note("import.partial", count("partial"), READINGS);
    figures.promise(
        "import.refused_percent",
        count("refused") / count("total") * 100.0,
        10.0,
        READINGS,
    );
    Ok(())
}
