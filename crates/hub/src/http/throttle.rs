//! How much one caller may ask for: so much at once, and so much again as time goes by.

use std::collections::BTreeMap;
use std::time::Duration;

/// Callers remembered. One more than that forgets somebody who may then begin anew.
const MOST: usize = 20_000;

/// A measure for each caller. Time is counted from any one moment, and only forwards.
#[derive(Debug)]
pub struct Throttle<K> {
    every: Duration,
    ahead: Duration,
    /// Until when each caller has used up what time gives.
    used: BTreeMap<K, Duration>,
}

impl<K: Ord + Copy> Throttle<K> {
    /// `burst` at once, then one `every` so long.
    pub const fn new(burst: u32, every: Duration) -> Self {
        Self {
            every,
            ahead: every.saturating_mul(burst.saturating_sub(1)),
            used: BTreeMap::new(),
        }
    }

    /// Whether this caller may ask now.
    ///
    /// # Errors
    /// How long to wait.
    pub fn ready(&self, caller: &K, now: Duration) -> Result<(), Duration> {
        let used = self.used.get(caller).copied().unwrap_or_default();
        let wait = used.saturating_sub(now).saturating_sub(self.ahead);
        if wait.is_zero() { Ok(()) } else { Err(wait) }
    }

    /// This caller asked.
    pub fn charge(&mut self, caller: K, now: Duration) {
        if self.used.len() >= MOST {
            self.used.retain(|_, until| *until > now);
            if self.used.len() >= MOST {
                self.used.pop_first();
            }
        }
        let used = self.used.entry(caller).or_default();
        *used = (*used).max(now).saturating_add(self.every);
    }

    /// Both.
    ///
    /// # Errors
    /// How long to wait.
    pub fn take(&mut self, caller: K, now: Duration) -> Result<(), Duration> {
        self.ready(&caller, now)?;
        self.charge(caller, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn second(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    #[test]
    fn a_burst_and_then_as_time_gives() {
        let mut throttle = Throttle::new(3, second(10));
        for _ in 0..3 {
            assert_eq!(throttle.take('a', second(5)), Ok(()));
        }
        assert_eq!(throttle.take('a', second(5)), Err(second(10)));
        assert_eq!(
            throttle.take('b', second(5)),
            Ok(()),
            "another caller is another matter"
        );
        assert_eq!(throttle.take('a', second(14)), Err(second(1)));
        assert_eq!(throttle.take('a', second(15)), Ok(()));
        assert_eq!(throttle.take('a', second(15)), Err(second(10)));
        for _ in 0..3 {
            assert_eq!(throttle.take('a', second(1_000)), Ok(()));
        }
        assert!(
            throttle.take('a', second(1_000)).is_err(),
            "what was not used is not saved up"
        );
    }

    #[test]
    fn strangers_without_number_take_bounded_room() {
        let mut throttle = Throttle::new(1, second(1));
        for caller in 0..MOST + 500 {
            throttle.charge(caller, second(0));
        }
        assert!(throttle.used.len() <= MOST);
        throttle.charge(0, second(60));
        assert!(throttle.used.len() <= 2, "{}", throttle.used.len());
    }
}
