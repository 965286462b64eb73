//! Taking a dossier in: beside it, in turn, a bare commit of as many bytes, and the rendering of the
//! same receipt once more, so that both stand in the same weather.

use serde_json::{Value, json};
use wire::protocol::Block;

use crate::bare::Bare;
use crate::counter::{Counter, Folders};
use crate::figures::Figures;
use crate::json::Part as _;
use crate::measure::{Spent, median, quantile, spend};
use crate::requests;
use crate::stop::{Outcome, Stop, While as _};
use crate::years;

const WARM: usize = 40;
/// People taken in for the usual figures.
pub const TIMES: usize = 400;

struct Turn {
    register: Spent,
    bare: Spent,
    plain: Spent,
    receipt: Spent,
    receipt_bytes: usize,
}

/// Registers, commits and renders in turn.
pub fn measure(counter: &Counter, folders: &Folders, dossiers: usize, times: usize, figures: &mut Figures) -> Outcome {
    let procedures = years::procedures(counter)?;
    lease(counter)?;
    let bare = Bare::open(&folders.keys)?;
    let last = dossiers.saturating_add(WARM).saturating_add(times);
    let turns: Outcome<Vec<Turn>> = (dossiers..last)
        .map(|number| turn(counter, &bare, &requests::numbered(number, &procedures)?))
        .collect();
    tell(turns?.get(WARM..).unwrap_or_default(), figures);
    Ok(())
}

/// Numbers of the Monday of the measurement.
fn lease(counter: &Counter) -> Outcome {
    let facts = counter.call("station", &json!({}))?;
    let series = facts.part("agency").part("code").as_str().unwrap_or_default();
    let block = Block {
        series: series.to_owned(),
        day: "2026-11-23".to_owned(),
        from: 1,
        to: 9_999,
    };
    counter.station.fill_numbers(&block).doing("leasing")
}

fn turn(counter: &Counter, bare: &Bare, request: &Value) -> Outcome<Turn> {
    counter.next();
    let (answer, register) = spend(|| counter.call("register", request));
    let answer = answer?;
    if answer.part("code_kind") != "official" {
        return Err(Stop::Failed(format!("no official code: {answer}")));
    }
    let code = answer.part("code").as_str().unwrap_or_default();
    let (rendered, receipt) = spend(|| counter.station.render_again(code));
    let receipt_bytes = rendered.doing("rendering the receipt again")?.len();
    Ok(Turn {
        register,
        bare: bare.sealed(register.written)?,
        plain: bare.plain(register.written)?,
        receipt,
        receipt_bytes,
    })
}

fn tell(turns: &[Turn], figures: &mut Figures) {
    let n = turns.len();
    let of = |pick: fn(&Turn) -> f64| turns.iter().map(pick);
    let bare = median(of(|turn| turn.bare.wall));
    let plain = median(of(|turn| turn.plain.wall));
    let without_pdf = median(of(|turn| turn.register.wall - turn.receipt.wall));
    figures.promise("register.wall_to_bare", without_pdf / bare, 1.5, n);
    figures.note("register.wall_to_unencrypted_bare", without_pdf / plain, n);
    figures.note("register.wall_without_pdf_ms", without_pdf, n);
    figures.note(
        "register.cpu_without_pdf_ms",
        median(of(|turn| turn.register.cpu - turn.receipt.cpu)),
        n,
    );
    figures.note("register.bare_commit_ms", bare, n);
    figures.note("register.bare_cpu_ms", median(of(|turn| turn.bare.cpu)), n);
    figures.note("register.unencrypted_bare_ms", plain, n);
    figures.note("register.written_kb", median(of(|turn| kilobytes(turn.register))), n);
    figures.note("register.bare_written_kb", median(of(|turn| kilobytes(turn.bare))), n);
    figures.note("register.wall_ms", median(of(|turn| turn.register.wall)), n);
    figures.note("register.wall_p99_ms", quantile(of(|turn| turn.register.wall), 0.99), n);
    figures.promise("register.cpu_ms", median(of(|turn| turn.register.cpu)), 10.0, n);
    figures.promise("receipt.cpu_ms", median(of(|turn| turn.receipt.cpu)), 5.0, n);
    figures.promise(
        "receipt.max_kb",
        quantile(of(|turn| size(turn.receipt_bytes)), 1.0) / 1000.0,
        40.0,
        n,
    );
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
const fn size(bytes: usize) -> f64 {
    bytes as f64
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
const fn kilobytes(spent: Spent) -> f64 {
    spent.written as f64 / 1000.0
}
