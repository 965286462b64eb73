//! One counter PC without its window: store, intake, lookup, pages, receipts, sync, and the one
//! list of commands that the window, the tests and the headless program share.

pub mod api;
mod cash;
pub mod catalogue;
pub mod clock;
mod deadlines;
mod disputes;
mod duplicates;
pub mod error;
mod extension;
mod fees;
mod honest;
mod intake;
mod linked;
mod log;
mod lookup;
pub mod machine;
mod numbers;
mod officers;
mod pages;
mod people;
mod preferences;
mod project;
mod promises;
mod reader;
mod receipts;
mod rules;
pub mod seal;
mod sealed;
mod socket;
mod station;
mod store;
mod supplement;
mod sync;
mod verify;

pub use api::Caller;
pub use error::{ApiError, Code, Result};
#[cfg(feature = "fill")]
pub use intake::fill::Reception;
pub use socket::ask_running;
pub use station::{Opening, Station};
pub use sync::{Address, Dialling};

use std::sync::Arc;

/// What runs beside the window: sync, and the socket through which `motcua` reaches it.
pub struct Background {
    _sync: sync::Background,
    _socket: Option<socket::Door>,
}

impl Station {
    /// Calls a command.
    ///
    /// # Errors
    /// What the command refuses.
    pub fn call(&self, caller: &Caller, command: &str, request: serde_json::Value) -> Result<serde_json::Value> {
        api::call(self, caller, command, request)
    }

    /// Starts what runs beside the window; it stops when the answer is dropped.
    #[must_use]
    pub fn start_background(self: &Arc<Self>) -> Background {
        Background {
            _sync: sync::Background::start(Arc::clone(self)),
            // Without its socket the window works all the same; only `motcua call` cannot reach it.
            _socket: socket::Door::open(self).ok(),
        }
    }
}

/// The Vietnamese sentence of a refusal.
#[must_use]
pub fn words(error: &ApiError) -> String {
    error.words()
}
