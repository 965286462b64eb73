//! How many transactions were ever committed: counted in the database by each of them, and after it in
//! a file beside the keys. A database that counts less than the file went back in time, also where it
//! was copied and put back between two starts.
//!
//! The file is never synced and its failure is nobody's trouble: with an older count in it only a copy
//! made since then is not told apart, and nothing is ever taken for a copy that is none.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The file, where there is one.
#[derive(Debug)]
pub struct Tally(Mutex<Option<File>>);

impl Tally {
    /// Opens the file, or makes it.
    pub fn open(path: &Path) -> Self {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path);
        Self(Mutex::new(file.ok()))
    }

    /// The count that was noted last.
    pub fn noted(&self) -> Option<i64> {
        let mut text = String::new();
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let file = file.as_mut()?;
        file.rewind().ok()?;
        file.read_to_string(&mut text).ok()?;
        text.trim().parse().ok()
    }

    /// To be called after COMMIT.
    pub fn note(&self, commits: i64) {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = file.as_mut() else { return };
        // Always as long as before: one write in place.
        let _ = file
            .rewind()
            .and_then(|()| file.write_all(format!("{commits:019}\n").as_bytes()));
    }
}
