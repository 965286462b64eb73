//! Files on their way up and down.

use serde::{Deserialize, Serialize};

/// Largest file: an A4 page at 600 dpi in colour, uncompressed, is far below it.
pub const MAX_BLOB_BYTES: usize = 64 << 20;

/// `GET /v1/blobs/{blake3}/place`, and the answer to `PATCH /v1/blobs/{blake3}?from=N&size=M`, which
/// carries the bytes from byte N of a file of M bytes. What the hub has is said here and nowhere else.
///
/// A `PATCH` is signed over its address alone: what came before a line broke is worth keeping and can
/// be shown to be right only when the file is whole, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobPlace {
    /// Name.
    pub blake3: String,
    /// Bytes from the beginning that are on the hub's disk, fsynced.
    pub offset: u64,
    /// The file is whole and is what its name says.
    pub stored: bool,
}
