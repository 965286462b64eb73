//! Batches in the order of their stream. A counter with a quick line sends the next batch before the last is
//! answered, and the one that comes second may be here first: it is told so by its sender, and waits a while
//! for the one it follows.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::error::Result;

/// How long a batch waits for the one before it. What does not come then was lost on its way.
const PATIENCE: Duration = Duration::from_millis(500);

/// Where batches wait for each other.
#[derive(Default)]
pub struct Order {
    waits: Mutex<()>,
    moved: Condvar,
}

impl Order {
    /// Waits until the records before a batch are stored, or patience ends. Whoever waits holds nothing that
    /// somebody before it needs.
    pub fn wait_until(&self, stored: impl Fn() -> Result<bool>) {
        // What cannot be read is told by the work that comes after.
        let waits = |(): &mut ()| !stored().unwrap_or(true);
        drop(self.moved.wait_timeout_while(self.lock(), PATIENCE, waits));
    }

    /// Something was stored.
    pub fn moved(&self) {
        // Not between somebody's look and their sleep.
        drop(self.lock());
        self.moved.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn the_second_goes_on_once_the_first_is_stored() {
        let (order, stored) = (Order::default(), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                order.wait_until(|| Ok(stored.load(Ordering::SeqCst)));
                stored.load(Ordering::SeqCst)
            });
            stored.store(true, Ordering::SeqCst);
            order.moved();
            assert!(second.join().unwrap());
        });
    }

    #[test]
    fn patience_ends() {
        Order::default().wait_until(|| Ok(false));
    }
}
