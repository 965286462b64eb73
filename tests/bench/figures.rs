//! What was measured beside what was promised.

use std::fmt::Write as _;
use std::io::Write as _;

use serde_json::{Value, json};

use crate::stop::{Outcome, While as _};

struct Figure {
    name: String,
    value: f64,
    /// Largest value that keeps the promise; none for what is only told.
    limit: Option<f64>,
    /// Measurements behind the value.
    n: usize,
}

impl Figure {
    fn holds(&self) -> bool {
        self.limit.is_none_or(|limit| self.value <= limit)
    }

    fn json(&self, seed: u64) -> Value {
        json!({
            "name": self.name, "value": (self.value * 1000.0).round() / 1000.0, "limit": self.limit,
            "ok": self.holds(), "seed": seed, "n": self.n,
        })
    }
}

/// All figures of one run.
pub struct Figures {
    seed: u64,
    all: Vec<Figure>,
}

impl Figures {
    /// None yet.
    pub const fn new(seed: u64) -> Self {
        Self { seed, all: Vec::new() }
    }

    /// A figure with the most it may be.
    pub fn promise(&mut self, name: &str, value: f64, limit: f64, n: usize) {
        self.add(name, value, Some(limit), n);
    }

    /// A figure that explains others.
    pub fn note(&mut self, name: &str, value: f64, n: usize) {
        self.add(name, value, None, n);
    }

    /// Takes those of another measurement over, under names that begin with `prefix`.
    pub fn adopt(&mut self, prefix: &str, others: Self) {
        let renamed = others.all.into_iter().map(|figure| Figure {
            name: format!("{prefix}{}", figure.name),
            ..figure
        });
        self.all.extend(renamed);
    }

    fn add(&mut self, name: &str, value: f64, limit: Option<f64>, n: usize) {
        self.all.push(Figure {
            name: name.to_owned(),
            value,
            limit,
            n,
        });
    }

    /// Prints the table and the JSON lines, writes the lines to `out` as well; true when every
    /// promise holds.
    pub fn tell(&self, out: Option<&str>) -> Outcome<bool> {
        let lines: String = self
            .all
            .iter()
            .map(|figure| format!("{}\n", figure.json(self.seed)))
            .collect();
        let mut stdout = std::io::stdout().lock();
        write!(stdout, "{}\n{lines}", self.table()).doing("printing the figures")?;
        if let Some(out) = out {
            std::fs::write(out, &lines).doing(format!("writing {out}"))?;
        }
        Ok(self.all.iter().all(Figure::holds))
    }

    fn table(&self) -> String {
        let mut table = String::new();
        for figure in &self.all {
            let limit = figure.limit.map_or_else(String::new, |limit| format!("≤ {limit}"));
            let verdict = match (figure.limit, figure.holds()) {
                (None, _) => "",
                (Some(_), true) => "ok",
                (Some(_), false) => "BROKEN",
            };
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "{:<36} {:>12.3} {:>10}  n={:<6} {verdict}",
                figure.name, figure.value, limit, figure.n
            );
        }
        table
    }
}
