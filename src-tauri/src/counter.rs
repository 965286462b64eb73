//! The station behind the window: opened once, on a thread of its own while the web view starts,
//! and closed before the program ends.
//!
//! A station that cannot be opened (a newer database, a folder in use, a wrong key, a full disk)
//! is no reason to show nothing: every command then answers with that refusal, and the page says
//! its sentence.

use std::sync::{Arc, Mutex, OnceLock};

use serde_json::Value;
use station::{ApiError, Background, Caller, Opening, Station};

/// What every command needs. Cheap to clone; all clones share one station.
#[derive(Clone)]
pub struct Counter(Arc<Inner>);

struct Inner {
    opening: Opening,
    station: OnceLock<Result<Arc<Station>, ApiError>>,
    background: Mutex<Option<Background>>,
}

impl Counter {
    /// A counter that will open this station. Nothing is read or written yet.
    pub fn new(opening: Opening) -> Self {
        Self(Arc::new(Inner {
            opening,
            station: OnceLock::new(),
            background: Mutex::new(None),
        }))
    }

    /// Opens the station and starts what runs beside the commands (sync, the local socket).
    /// Blocks until that is done; asked again, it answers at once.
    ///
    /// # Errors
    /// The refusal with which the station could not be opened.
    pub fn open(&self) -> Result<&Arc<Station>, &ApiError> {
        self.0.station.get_or_init(|| self.start()).as_ref()
    }

    fn start(&self) -> Result<Arc<Station>, ApiError> {
        let station = Station::open(&self.0.opening)?;
        self.keep(Some(station.start_background()));
        Ok(station)
    }

    /// Answers one command; blocks while the station works.
    ///
    /// # Errors
    /// `{"code", "field", "detail"}` as the page expects it.
    pub fn call(&self, command: &str, request: Value) -> Result<Value, Value> {
        let answer = match self.open() {
            Ok(station) => station.call(&Caller::Window, command, request),
            Err(refusal) => return Err(plain(refusal)),
        };
        answer.map_err(|refusal| plain(&refusal))
    }

    /// Ends what runs beside the commands, and waits a moment at most for a talk under way: what it had not
    /// sent is sent the next time. The process may end afterwards without dropping the station.
    pub fn close(&self) {
        self.keep(None);
        if let Some(Ok(station)) = self.0.station.get() {
            // No window is left to say it in; what a failure costs stands at `Station::close`.
            let _ = station.close();
        }
    }

    fn keep(&self, background: Option<Background>) {
        // A poisoned lock only means that another thread died while swapping: the value is whole.
        let mut kept = self
            .0
            .background
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *kept = background;
    }
}

fn plain(refusal: &ApiError) -> Value {
    serde_json::to_value(refusal).unwrap_or_else(|_| serde_json::json!({ "code": "INTERNAL" }))
}
