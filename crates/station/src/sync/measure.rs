//! How long the line takes. What is measured here decides only how much goes at once and how long a talk
//! lasts, never what is true: so it is the one clock that may run beside the station's.

use std::time::Instant;

/// Sending of files in one talk, milliseconds: then numbers, rules and what others did have their turn.
const TURN_MS: u64 = 30_000;

/// Does the work, and says how many milliseconds it took.
#[expect(
    clippy::disallowed_methods,
    reason = "the line's edge: nothing that is stored comes of it"
)]
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let begun = Instant::now();
    let done = work();
    (done, u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX))
}

/// How long files may still be sent in this talk.
#[derive(Debug)]
pub struct Turn {
    left_ms: u64,
}

impl Default for Turn {
    fn default() -> Self {
        Self { left_ms: TURN_MS }
    }
}

impl Turn {
    /// The line was held for so many milliseconds.
    pub fn spent(&mut self, ms: u64) {
        self.left_ms = self.left_ms.saturating_sub(ms);
    }

    /// The window closes.
    pub const fn end(&mut self) {
        self.left_ms = 0;
    }

    /// Whether something else has its turn.
    pub const fn is_over(&self) -> bool {
        self.left_ms == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_ends_after_the_time_the_line_was_held() {
        let mut turn = Turn::default();
        for _ in 0..29 {
            turn.spent(1_000);
            assert!(!turn.is_over());
        }
        turn.spent(60_000);
        assert!(turn.is_over());
    }
}
