//! Batches on their way to the hub. While the hub works on one, what it said of the last is written down and
//! the next is read and packed; over a quick line the next sets out at once, so that the hub never waits.
//! Sending too early costs nothing: what does not follow is refused, and is sent again when its turn comes.

use std::thread::JoinHandle;

use wire::protocol::PushResponse;

use super::answer::Asked;
use super::http::{Hub, Message};
use crate::error::Result;

/// A batch as it goes over the line.
pub struct Ready {
    /// The record before it.
    pub after: u64,
    /// As many bytes it might have had.
    pub bytes: usize,
    /// How many records.
    pub records: usize,
    /// Its last record.
    pub last: u64,
    /// What is sent.
    pub message: Message,
}

impl Ready {
    /// Whether it is what is asked for, and not more than goes at once.
    pub const fn fits(&self, after: u64, bytes: usize) -> bool {
        self.after == after && self.bytes <= bytes
    }

    /// Sends it, without waiting for the answer.
    ///
    /// # Errors
    /// When the system has no further thread.
    pub fn depart(self, hub: &Hub) -> Result<Flight> {
        Ok(Flight {
            after: self.after,
            bytes: self.bytes,
            records: self.records,
            last: self.last,
            answer: hub.send_beside("/v1/push", self.message)?,
        })
    }
}

/// A batch whose answer is not here yet.
pub struct Flight {
    /// The record before it.
    pub after: u64,
    /// As many bytes it might have had.
    pub bytes: usize,
    /// How many records.
    pub records: usize,
    /// Its last record.
    pub last: u64,
    answer: JoinHandle<Result<Asked<PushResponse>>>,
}

impl Flight {
    /// Waits for its answer.
    pub fn land(self) -> Result<Asked<PushResponse>> {
        let answer = self.answer.join();
        // A panic there is one here.
        answer.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
