//! The warning before a number is given: how well it tells, by people invented apart from it, and how long
//! it takes among all dossiers.

use serde_json::json;

use crate::alike;
use crate::counter::Counter;
use crate::figures::Figures;
use crate::json::Part as _;
use crate::measure::{median, quantile, spend};
use crate::people::Dice;
use crate::search;
use crate::stop::{Outcome, Stop};

const TIMES: usize = 500;
/// So many of the newest are asked about once more: all of them still stand.
const NEWEST: usize = 5_000;

/// Judges, and asks about people of the last days who come again, thrown by the seed.
pub fn measure(counter: &Counter, dossiers: usize, seed: u64, figures: &mut Figures) -> Outcome {
    let (pairs, stream) = (alike::pairs(), alike::stream());
    figures.promise("duplicates.missed", 1.0 - pairs.same.share(), 0.02, pairs.same.of);
    let hard = pairs.unnumbered;
    figures.promise("duplicates.missed_without_number", 1.0 - hard.share(), 0.02, hard.of);
    figures.note("duplicates.namesakes_told", pairs.other.share(), pairs.other.of);
    figures.promise(
        "duplicates.false_in_100",
        100.0 * stream.wrongly.share(),
        1.0,
        stream.wrongly.of,
    );
    figures.note(
        "duplicates.missed_in_stream",
        1.0 - stream.again.share(),
        stream.again.of,
    );
    let mut dice = Dice::new(seed);
    let newest = NEWEST.min(dossiers);
    let times = (0..TIMES).map(|_| {
        let number = dossiers.saturating_sub(1).saturating_sub(dice.roll(newest));
        again(counter, number, dossiers)
    });
    let times: Vec<f64> = times.collect::<Outcome<_>>()?;
    figures.promise("duplicates.p99_ms", quantile(times.iter().copied(), 0.99), 50.0, TIMES);
    figures.note("duplicates.p50_ms", median(times.iter().copied()), TIMES);
    Ok(())
}

/// Milliseconds until the counter knows that somebody comes again.
fn again(counter: &Counter, number: usize, dossiers: usize) -> Outcome<f64> {
    let code = search::code_of(number, dossiers)?;
    let shown = counter.call("show", &json!({"code": code.as_str()}))?;
    let asked = json!({"procedure": shown.part("procedure").part("code"), "applicant": shown.part("applicant")});
    let (found, spent) = spend(|| counter.call("duplicates", &asked));
    match found?.part("duplicates").as_array().map_or(0, Vec::len) {
        0 => Err(Stop::Failed(format!("nobody tells that {} comes again", code.as_str()))),
        _ => Ok(spent.wall),
    }
}
