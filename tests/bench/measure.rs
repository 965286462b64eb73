//! Clocks, and what is read off many measurements.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// One run of something.
#[derive(Clone, Copy)]
pub struct Spent {
    /// Milliseconds on the wall.
    pub wall: f64,
    /// Milliseconds of this thread on a processor.
    pub cpu: f64,
    /// Bytes this thread wrote to files.
    pub written: u64,
}

/// Runs it once.
pub fn spend<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let written = written();
    let (start, busy) = (Instant::now(), processor());
    let done = work();
    let spent = Spent {
        wall: milliseconds(start.elapsed()),
        cpu: milliseconds(processor().saturating_sub(busy)),
        written: self::written().saturating_sub(written),
    };
    (done, spent)
}

/// The `wchar:` line of this thread's account; 0 where the system keeps none.
fn written() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/io").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("wchar: "));
    line.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn processor() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The value below which `share` (0–1) of all values lie, by nearest rank; 0 of none.
pub fn quantile(values: impl Iterator<Item = f64>, share: f64) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a rank among a few thousand"
    )]
    let rank = (share * values.len() as f64).ceil() as usize;
    values.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// The middle value.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    quantile(values, 0.5)
}
