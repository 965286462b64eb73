//! The hub: the server above the counters ("máy chủ cấp trên"). It takes in what devices wrote,
//! checks every chain and signature, gives each event its place in one order, leases numbers and
//! keeps the files. It never decides a dossier's state itself: it folds events with the same
//! `dossier::apply` as the counters do.
//!
//! The caller owns the socket, the stop signal, the clock and the randomness, so that a test runs
//! the whole server in its own process.

mod agency;
mod blobs;
mod clock;
mod devices;
mod enrol;
mod epoch;
mod error;
mod evidence;
mod generation;
mod hello;
mod http;
mod hub;
mod lease;
mod parts;
mod pull;
mod push;
mod report;
mod row;
mod rules;
mod store;
mod tally;

pub use agency::sample_agency;
pub use clock::Clock;
pub use devices::DeviceFacts;
pub use error::{HubError, Result};
pub use http::{ADMIN_TOKEN, Over, Peer, router};
pub use hub::Hub;
pub use report::{Problem, Report};
pub use rules::Published;
