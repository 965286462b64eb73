//! Scanning through SANE, by the program `scanimage` (Debian package `sane-utils`).
//!
//! Pages are counted by the files that exist, never by messages: on a jam `scanimage` still says
//! "Batch terminated, 1 page scanned" though no file was written. Every scan, also that of a
//! single sheet, uses `--batch`: there a page is written as `.part` and renamed when it is whole.

mod error;
mod folder;
mod list;
mod request;
mod scan;

pub use error::{SCAN_ERROR_CODES, ScanError};
pub use list::{Scanner, list};
pub use request::{Feed, ScanRequest};
pub use scan::{Next, Outcome, Receiver, ScanLimits, ScannedPage, scan};
