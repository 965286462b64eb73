//! Sync while the window is open: a timer decides, never the next write alone. Nothing the
//! officer does waits for it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};

use super::answer::RETRY_AFTER;
use super::status;
use crate::api::responses::Synced;
use crate::error::{Code, Result};
use crate::station::Station;
use crate::store::lock;

/// Between two looks at what waits.
const TICK: Duration = Duration::from_secs(1);
/// Looks between two talks when nothing waits: numbers, and what others did.
const IDLE_TICKS: u32 = 30;
/// Longest pause after failures, in looks: five minutes.
const LONGEST_PAUSE: u32 = 300;

/// How long a talk is waited for that ends at its next step. One that hangs on a dead line is left: it holds
/// no lock and writes nothing.
const MOMENT: Duration = Duration::from_secs(1);

/// The running background; it stops when this is dropped.
pub struct Background {
    station: Arc<Station>,
    stop: Option<Sender<()>>,
    ended: Receiver<()>,
}

impl Background {
    /// Starts talking to the hub whenever something waits.
    #[must_use]
    pub fn start(station: Arc<Station>) -> Self {
        let (stop, stopped) = channel();
        let (running, ended) = channel();
        station.set_leaving(false);
        let at_work = Arc::clone(&station);
        std::thread::spawn(move || {
            // Nothing of the station is held any more when this goes.
            let _running: Sender<()> = running;
            work(&at_work, &stopped);
            drop(at_work);
        });
        Self {
            station,
            stop: Some(stop),
            ended,
        }
    }
}

fn work(station: &Station, stopped: &Receiver<()>) {
    step_back();
    let mut pace = Pace::default();
    while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(TICK) {
        if pace.is_due(station) {
            let before = moved(station);
            let talked = super::sync(station);
            pace.note(failed(&talked), moved(station) > before, chance(station));
        }
    }
}

impl Drop for Background {
    /// Waits a moment for a talk under way: a process that ends while a thread still writes tears the database's
    /// library down under it.
    fn drop(&mut self) {
        self.station.set_leaving(true);
        drop(self.stop.take());
        // Nothing is ever said: the thread ended, or time is over. A talk that comes back to life later still
        // ends at its next step.
        let waited = self.ended.recv_timeout(MOMENT);
        self.station.set_leaving(waited == Err(RecvTimeoutError::Timeout));
    }
}

/// From now on this thread gets a ninth of what a window gets while both want a processor: `nice` 10 on
/// Linux, below normal on Windows. Not less, because it may hold the writer somebody waits for.
fn step_back() {
    const BELOW_NORMAL: u8 = 22;
    let below = ThreadPriorityValue::try_from(BELOW_NORMAL).map(ThreadPriority::Crossplatform);
    // A system that refuses lets it run as everything else: nobody has to be told.
    drop(below.map(set_current_thread_priority));
}

/// After how many looks the hub wants to be asked again, when the talk failed; 0 when it did not say.
fn failed(talked: &Result<Synced>) -> Option<u32> {
    let error = talked.as_ref().err().filter(|error| error.code != Code::NotEnrolled)?;
    let wait = error.detail.get(RETRY_AFTER).and_then(|text| text.parse::<u32>().ok());
    Some(wait.unwrap_or(0).div_ceil(1_000))
}

/// What came through so far: records, and pieces of files.
fn moved(station: &Station) -> u64 {
    // A database that cannot be read moved nothing.
    let records = station.store.read(status::waits).map_or(0, |waits| waits.durable);
    let pieces = lock(&station.progress).map_or(0, |progress| progress.pieces);
    pieces.saturating_add(records)
}

/// A number nobody else has: counters that lost the hub together do not come back together.
fn chance(station: &Station) -> u32 {
    let mut drawn = [0; 4];
    // Without randomness the pause is the longest of its kind.
    match station.entropy.fill(&mut drawn) {
        Ok(()) => u32::from_le_bytes(drawn),
        Err(_) => u32::MAX,
    }
}

/// When to talk next, counted in looks: doubling pauses after failures, each cut by chance to
/// something above its half, and never before the hub wants to be asked.
#[derive(Debug, Default)]
struct Pace {
    since: u32,
    longest: u32,
    pause: u32,
}

impl Pace {
    fn is_due(&mut self, station: &Station) -> bool {
        self.since = self.since.saturating_add(1);
        if self.since <= self.pause {
            return false;
        }
        let waits = station.store.read(status::waits);
        let waits = waits.is_ok_and(|waits| waits.records > 0 || waits.files);
        waits || self.since >= IDLE_TICKS
    }

    /// How a talk ended. Where something came through the line is not dead, only cut: at the next look
    /// it is tried again.
    fn note(&mut self, failed: Option<u32>, moved: bool, chance: u32) {
        self.since = 0;
        let wanted = failed.unwrap_or(0);
        if failed.is_none() || (moved && wanted == 0) {
            (self.longest, self.pause) = (0, 0);
            return;
        }
        self.longest = self.longest.saturating_mul(2).clamp(1, LONGEST_PAUSE);
        let half = self.longest.div_ceil(2);
        let own = half.saturating_add(part(self.longest.saturating_sub(half), chance));
        // All were told the same: they spread over a quarter more.
        let told = wanted.saturating_add(part(wanted.div_ceil(4), chance));
        self.pause = own.max(told).min(LONGEST_PAUSE.max(wanted));
    }
}

/// So much of `whole` as `chance` is of its greatest.
fn part(whole: u32, chance: u32) -> u32 {
    let share = u64::from(whole).saturating_add(1).saturating_mul(u64::from(chance)) >> 32;
    u32::try_from(share).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pauses(failures: usize, chance: u32) -> Vec<u32> {
        let mut pace = Pace::default();
        let pause = |_| {
            pace.note(Some(0), false, chance);
            pace.pause
        };
        (0..failures).map(pause).collect()
    }

    #[test]
    fn pauses_double_from_a_second_to_five_minutes() {
        assert_eq!(pauses(11, u32::MAX), [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(pauses(11, 0), [1, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150]);
    }

    proptest! {
        #[test]
        fn a_pause_is_never_shorter_than_the_hub_wants(before in 0_usize..12, wanted in 0_u32..2_000, moved: bool, chance: u32) {
            let mut pace = Pace::default();
            (0..before).for_each(|_| pace.note(Some(0), false, chance));
            pace.note(Some(wanted), moved, chance);
            prop_assert!(pace.pause >= wanted && (moved || pace.pause >= 1));
            prop_assert!(pace.pause <= LONGEST_PAUSE.max(wanted));
            pace.note(None, false, chance);
            prop_assert_eq!((pace.pause, pace.longest), (0, 0));
        }
    }
}
