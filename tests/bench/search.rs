//! Finding one dossier among all of them: by its code, and by a name as people type it, without
//! tones and often half.

use dossier::code::{AgencyCode, DossierCode};
use dossier::fold::fold;
use serde_json::{Value, json};

use crate::counter::Counter;
use crate::figures::Figures;
use crate::json::Part as _;
use crate::measure::{median, quantile, spend};
use crate::people::Dice;
use crate::requests;
use crate::stop::{Outcome, Stop, While as _};
use crate::years;

const TIMES: usize = 2_000;

/// Looks dossiers of the whole time up, thrown by the seed.
pub fn measure(counter: &Counter, dossiers: usize, seed: u64, figures: &mut Figures) -> Outcome {
    let mut dice = Dice::new(seed);
    let shown = times(|| by_code(counter, dice.roll(dossiers), dossiers))?;
    figures.promise("lookup.code_p99_ms", quantile(shown.iter().copied(), 0.99), 1.0, TIMES);
    figures.note("lookup.code_p50_ms", median(shown.iter().copied()), TIMES);
    let procedures = years::procedures(counter)?;
    let found = times(|| by_name(counter, dice.roll(dossiers), dice.roll(4), &procedures))?;
    figures.promise("lookup.name_p99_ms", quantile(found.iter().copied(), 0.99), 30.0, TIMES);
    figures.note("lookup.name_p50_ms", median(found.iter().copied()), TIMES);
    figures.note("lookup.name_max_ms", quantile(found.iter().copied(), 1.0), TIMES);
    let offered = times(|| by_letters(counter, dice.roll(dossiers), &procedures))?;
    figures.promise("people.p99_ms", quantile(offered.iter().copied(), 0.99), 30.0, TIMES);
    figures.note("people.p50_ms", median(offered.iter().copied()), TIMES);
    Ok(())
}

/// Milliseconds from three letters of a given name to who came before.
fn by_letters(counter: &Counter, number: usize, procedures: &[Value]) -> Outcome<f64> {
    let request = requests::numbered(number, procedures)?;
    let name = fold(request.part("applicant").part("name").as_str().unwrap_or_default());
    let typed: String = name.rsplit(' ').next().unwrap_or_default().chars().take(3).collect();
    let (found, spent) = spend(|| counter.call("people", &json!({"name": typed})));
    match found?.part("people").as_array().map_or(0, Vec::len) {
        0 => Err(Stop::Failed(format!("nobody is offered for {typed}"))),
        _ => Ok(spent.wall),
    }
}

fn times(mut once: impl FnMut() -> Outcome<f64>) -> Outcome<Vec<f64>> {
    (0..TIMES).map(|_| once()).collect()
}

/// Milliseconds from a scanned code to the whole dossier with its events.
fn by_code(counter: &Counter, number: usize, dossiers: usize) -> Outcome<f64> {
    let code = code_of(number, dossiers)?;
    let request = json!({"code": code.as_str()});
    let (shown, spent) = spend(|| counter.call("show", &request));
    let shown = shown?;
    if shown.part("code") == code.as_str() {
        Ok(spent.wall)
    } else {
        Err(Stop::Failed(format!("{} shows {}", code.as_str(), shown.part("code"))))
    }
}

/// The code of a dossier by its number.
pub fn code_of(number: usize, dossiers: usize) -> Outcome<DossierCode> {
    let (day, place) = years::place(number, dossiers)?;
    let agency = AgencyCode::parse("H99.128").doing("the sample agency")?;
    DossierCode::official(&agency, day, place).doing("a code")
}

/// Milliseconds from typed words to the rows of the list.
fn by_name(counter: &Counter, number: usize, way: usize, procedures: &[Value]) -> Outcome<f64> {
    let request = requests::numbered(number, procedures)?;
    let name = fold(request.part("applicant").part("name").as_str().unwrap_or_default());
    let words: Vec<&str> = name.split(' ').collect();
    let typed = match way {
        0 => name.clone(),
        1 => words.iter().take(2).copied().collect::<Vec<_>>().join(" "),
        2 => words.iter().take(1).copied().collect::<String>(),
        _ => name.chars().take(name.chars().count().saturating_sub(2)).collect(),
    };
    let request = json!({"text": typed});
    let (found, spent) = spend(|| counter.call("find", &request));
    let rows = found?.part("dossiers").as_array().map_or(0, Vec::len);
    if rows == 0 {
        return Err(Stop::Failed(format!("nobody is called {typed}")));
    }
    Ok(spent.wall)
}
