//! Sync while the window is open: a timer decides, never the next write alone. Nothing the
//! officer does waits for it.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::error::Code;
use crate::station::Station;

/// Between two looks at what waits.
const TICK: Duration = Duration::from_secs(1);
/// Looks between two talks when nothing waits: numbers, and what others did.
const IDLE_TICKS: u32 = 30;
/// Longest pause after failures, in looks.
const LONGEST_PAUSE: u32 = 60;

/// The running background; it stops when this is dropped.
pub struct Background {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Starts talking to the hub whenever something waits.
    #[must_use]
    pub fn start(station: Arc<Station>) -> Self {
        let (stop, stopped) = channel();
        let thread = std::thread::spawn(move || {
            let mut pace = Pace::default();
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(TICK) {
                if pace.is_due(&station) {
                    let talked = super::sync(&station);
                    pace.note(talked.is_ok() || matches!(&talked, Err(error) if error.code == Code::NotEnrolled));
                }
            }
        });
        Self {
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A talk in flight ends at its own deadline; the process need not wait for it.
            drop(thread);
        }
    }
}

/// When to talk next, counted in looks: doubling pauses after failures.
#[derive(Debug, Default)]
struct Pace {
    since: u32,
    pause: u32,
}

impl Pace {
    fn is_due(&mut self, station: &Station) -> bool {
        self.since = self.since.saturating_add(1);
        if self.since <= self.pause {
            return false;
        }
        let waits = super::counts(station).is_ok_and(|counts| counts.waiting > 0);
        waits || self.since >= IDLE_TICKS
    }

    fn note(&mut self, fine: bool) {
        self.since = 0;
        self.pause = if fine {
            0
        } else {
            self.pause.saturating_mul(2).clamp(1, LONGEST_PAUSE)
        };
    }
}
