//! The counter PC under measurement: it is spoken to through the command list, like the window.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use station::clock::Clock;
use station::{Caller, Opening, Station};
use vault::SeededEntropy;

use crate::stop::{Outcome, While as _};

/// Where it lives.
pub struct Folders {
    /// Data folder.
    pub data: PathBuf,
    /// Key folder.
    pub keys: PathBuf,
}

/// A clock that is put forward by hand.
#[derive(Clone)]
struct Hands(Arc<Mutex<DateTime<Utc>>>);

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The Monday morning of the measurement, 09:42 in Viet Nam.
pub fn monday() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_401_720, 0).unwrap_or_default()
}

/// An open station.
pub struct Counter {
    /// The station itself.
    pub station: Arc<Station>,
    clock: Hands,
}

impl Counter {
    /// Opens it on a Monday morning.
    pub fn open(folders: &Folders, seed: u64) -> Outcome<Self> {
        let clock = Hands(Arc::new(Mutex::new(monday())));
        let opening = Opening {
            data: folders.data.clone(),
            keys: Some(folders.keys.clone()),
            now: None,
        };
        let entropy = Box::new(SeededEntropy::new(seed));
        let station = Station::open_with(&opening, Box::new(clock.clone()), entropy).doing("opening the station")?;
        Ok(Self { station, clock })
    }

    /// The next citizen comes a minute later.
    pub fn next(&self) {
        let mut now = self.clock.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.checked_add_signed(Duration::minutes(1)).unwrap_or(*now);
    }

    /// A command that must succeed.
    pub fn call(&self, command: &str, request: &Value) -> Outcome<Value> {
        self.station
            .call(&Caller::Headless(None), command, request.clone())
            .doing(command)
    }
}
