//! The edge where time comes in. Everything below is told `now`.

use chrono::{DateTime, SubsecRound, Utc};

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The instant, UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The PC's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    fn now(&self) -> DateTime<Utc> {
        // Events keep milliseconds; what is projected before sealing must be what is read back.
        DateTime::<Utc>::from(std::time::SystemTime::now()).trunc_subsecs(3)
    }
}

/// A clock that stands still: for tests and for `--now`.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}
