//! What a test did and found: for a person a table, for programs a line of JSON each figure.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// One run of one test.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Schedules that broke something: their number and what broke. Empty when all is well.
    pub broken: Vec<(u64, String)>,
    /// How many schedules, cycles or points were run.
    pub ran: u64,
    /// How often each kind of fault was seen: a fault that never came was not tested.
    pub seen: BTreeMap<String, u64>,
    /// Further figures: name, value, the most it may be.
    pub figures: Vec<(String, f64, Option<f64>)>,
}

impl Report {
    /// Counts a fault.
    pub fn saw(&mut self, fault: &str) {
        *self.seen.entry(fault.to_owned()).or_default() += 1;
    }

    /// Adds what another thread did and found.
    pub fn add(&mut self, part: Self) {
        self.ran += part.ran;
        self.broken.extend(part.broken);
        for (fault, times) in part.seen {
            *self.seen.entry(fault).or_default() += times;
        }
    }

    /// Whether every promise held.
    #[must_use]
    pub fn ok(&self) -> bool {
        let kept = |(_, value, limit): &(String, f64, Option<f64>)| limit.is_none_or(|limit| *value <= limit);
        self.ran > 0 && self.broken.is_empty() && self.figures.iter().all(kept)
    }

    /// A line of JSON for each figure, as `cargo xtask bench` prints them.
    #[must_use]
    pub fn lines(&self, test: &str, seed: u64) -> Vec<Value> {
        let line = |name: String, value: f64, limit: Option<f64>| {
            json!({"name": name, "value": value, "limit": limit, "seed": seed, "n": self.ran,
                "ok": limit.is_none_or(|limit| value <= limit)})
        };
        let mut lines = vec![line(format!("{test}.broken"), self.broken.len() as f64, Some(0.0))];
        lines.extend(
            self.seen
                .iter()
                .map(|(fault, times)| line(format!("{test}.saw.{fault}"), *times as f64, None)),
        );
        lines.extend(
            self.figures
                .iter()
                .map(|(name, value, limit)| line(format!("{test}.{name}"), *value, *limit)),
        );
        lines
    }
}
