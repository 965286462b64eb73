//! The hub of a test, and the clocks.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use hub::Hub;
use rig::{Folders, Serving};
use station::clock::Clock;
use vault::OsEntropy;

/// Monday 23 November 2026, in the morning in Viet Nam.
const NOW: i64 = 1_795_400_000;

/// A clock with hands.
#[derive(Clone)]
pub struct Hands(Arc<Mutex<DateTime<Utc>>>);

impl Hands {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(DateTime::from_timestamp(NOW, 0).unwrap())))
    }

    pub fn turn(&self, hours: i64) {
        *self.0.lock().unwrap() += Duration::hours(hours);
    }

    pub fn seconds(&self, seconds: i64) {
        *self.0.lock().unwrap() += Duration::seconds(seconds);
    }

    pub fn set_by(&self, other: &Self) {
        let shown = other.now();
        *self.0.lock().unwrap() = shown;
    }
}

impl Default for Hands {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A hub that listens.
pub struct World {
    _folders: Folders,
    pub hub: Hub,
    serving: Option<Serving<hub::HubError>>,
    pub clock: Hands,
}

impl World {
    #[must_use]
    pub fn new() -> Self {
        let (folders, clock) = (Folders::new().unwrap(), Hands::new());
        let hands = clock.clone();
        let hub = Hub::open(
            &folders.data,
            &folders.keys,
            Arc::new(OsEntropy),
            Arc::new(move || hands.now()),
        );
        let hub = hub.unwrap();
        let served = hub.clone();
        let serving =
            Serving::start(async move |listener, stop| served.serve(listener, hub::Over::PlainLoopback, stop).await)
                .unwrap();
        Self {
            _folders: folders,
            hub,
            serving: Some(serving),
            clock,
        }
    }

    #[must_use]
    pub fn address(&self) -> String {
        self.serving.as_ref().unwrap().url()
    }

    /// Dossiers, and what waits for a person.
    #[must_use]
    pub fn report(&self) -> (u64, Vec<String>) {
        let report = self.hub.report().unwrap();
        assert_eq!(report.chain, "ok");
        let problems = report.problems.into_iter().map(|problem| problem.code);
        (report.dossiers, problems.collect())
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.stop().unwrap();
        }
    }
}
