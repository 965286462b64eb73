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
    /// The kinds of fault without which nothing was shown.
    pub must_see: Vec<String>,
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

    /// Asks that these kinds of fault came.
    #[must_use]
    pub fn must_see<S: Into<String>>(mut self, kinds: impl IntoIterator<Item = S>) -> Self {
        self.must_see.extend(kinds.into_iter().map(Into::into));
        self
    }

    /// Those that should have come and never did: too few schedules, or a fault that is no longer made.
    #[must_use]
    pub fn never_seen(&self) -> Vec<&str> {
        let came = |kind: &&str| self.seen.get(*kind).is_some_and(|times| *times > 0);
        let kinds = self.must_see.iter().map(String::as_str);
        kinds.filter(|kind| !came(kind)).collect()
    }

    /// Whether every promise held, and was tried.
    #[must_use]
    pub fn ok(&self) -> bool {
        let kept = |(_, value, limit): &(String, f64, Option<f64>)| limit.is_none_or(|limit| *value <= limit);
        let tried = self.ran > 0 && self.never_seen().is_empty();
        tried && self.broken.is_empty() && self.figures.iter().all(kept)
    }

    /// A line of JSON for each figure, as `cargo xtask bench` prints them.
    #[must_use]
    pub fn lines(&self, test: &str, seed: u64) -> Vec<Value> {
        let line = |name: String, value: f64, limit: Option<f64>| {
            json!({"name": name, "value": value, "limit": limit, "seed": seed, "n": self.ran,
                "ok": limit.is_none_or(|limit| value <= limit)})
        };
        let mut lines = vec![line(format!("{test}.broken"), self.broken.len() as f64, Some(0.0))];
        let never = self.never_seen().len();
        lines.push(line(format!("{test}.never seen"), never as f64, Some(0.0)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_that_never_came_was_not_tested() {
        let run = Report {
            ran: 1,
            ..Report::default()
        };
        assert!(run.ok());
        let mut run = run.must_see(["cut"]);
        assert!(!run.ok());
        assert_eq!(run.never_seen(), ["cut"]);
        run.seen.insert("cut".to_owned(), 0);
        assert!(!run.ok());
        run.saw("cut");
        assert!(run.ok() && run.lines("x", 1).iter().all(|line| line["ok"] == true));
    }
}
