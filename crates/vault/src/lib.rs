//! What is kept at rest, the same on a counter PC and on the hub: the keys, the encrypted database
//! file and the encrypted blobs. It knows nothing of dossiers; whoever opens it brings the tables.
//!
//! The rule behind all of it: what was reported as written is on the disk (write, fsync, rename,
//! fsync of the folder), nothing half-written is ever found under a final name, and no plain byte
//! of a person's papers reaches a file.

mod ballast;
mod blobs;
mod check;
mod connect;
mod copy;
mod database;
mod disk;
mod entropy;
mod error;
mod key_dir;
mod keyfile;
mod keys;
mod migrations;
mod recovery;
mod sealfile;
mod sealing;
mod secret;

pub use ballast::{BALLAST_BYTES, Ballast};
pub use blobs::{BlobStore, SealedBlob};
pub use database::Database;
pub use disk::{create_durably, create_private_dir, write_durably};
pub use entropy::{Entropy, OsEntropy, SeededEntropy};
pub use error::{Result, VaultError};
pub use key_dir::default_key_dir;
pub use keys::KeyRing;
pub use sealfile::SealFile;
pub use secret::Secret32;
