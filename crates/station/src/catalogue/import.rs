//! Reading the national portal's records.

use crate::api::responses::Imported;
use crate::error::{ApiError, Code, Result};

/// Reads a file of records, one JSON object a line.
///
/// # Errors
/// `NO_RECORD` when nothing can be read.
pub fn import(_text: &str) -> Result<Imported> {
    Err(ApiError::new(Code::NoRecord))
}
