//! Linked procedures: the citizen sees one dossier, which is done when the slowest part is done.

use super::Due;
use super::trace::{Rule, TraceStep};
use super::words::at;

/// One procedure of a linked group.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its own due date, from [`due_linked`](super::due_linked).
    pub due: &'a Due,
}

/// The due date of the parent: that of the slowest part, with the strip of that part. The trace
/// has a step a part, names the slowest and then explains it. None without any part.
pub fn slowest(parts: &[Part<'_>]) -> Option<Due> {
    let last = parts.iter().map(|part| part.due.due).max()?;
    let slowest: Vec<&Part<'_>> = parts.iter().filter(|part| part.due.due == last).collect();
    let names: Vec<&str> = slowest.iter().map(|part| part.name).collect();
    let mut trace: Vec<TraceStep> = parts.iter().map(step).collect();
    let text = format!(
        "Hồ sơ liên thông xong khi thủ tục chậm nhất xong: {}; hẹn trả {}",
        names.join(", "),
        at(last)
    );
    trace.push(TraceStep::new(Rule::Slowest, text, None));
    let one = slowest.first()?;
    trace.extend(one.due.trace.iter().cloned());
    Some(Due {
        due: last,
        trace,
        days: one.due.days.clone(),
    })
}

fn step(part: &Part<'_>) -> TraceStep {
    let text = format!("{}: hẹn trả {}", part.name, at(part.due.due));
    TraceStep::new(Rule::Part, text, None)
}
