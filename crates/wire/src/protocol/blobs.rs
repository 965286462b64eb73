//! Files on their way up and down.

use serde::{Deserialize, Serialize};

/// Largest file: an A4 page at 600 dpi in colour, uncompressed, is far below it.
pub const MAX_BLOB_BYTES: usize = 64 << 20;

/// `HEAD`, `PUT` and `GET /v1/blobs/{blake3}`: the answer to a `PUT`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobStored {
    /// Name.
    pub blake3: String,
    /// Bytes, fsynced.
    pub size: u64,
}
