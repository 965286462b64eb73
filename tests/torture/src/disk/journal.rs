//! What a disk was told, in order.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A file, whatever its name is at the moment.
pub type FileId = u64;

/// One thing a disk was told. Folders and names are relative to the watched folder.
#[derive(Debug, Clone)]
pub enum Op {
    Write {
        file: FileId,
        at: u64,
        bytes: Arc<[u8]>,
    },
    Cut {
        file: FileId,
        length: u64,
    },
    Sync {
        file: FileId,
    },
    /// A sync that failed: the kernel may have dropped what it could not write.
    Lost {
        file: FileId,
    },
    Make {
        name: String,
        file: FileId,
    },
    Move {
        from: String,
        to: String,
    },
    Remove {
        name: String,
    },
    SyncFolder {
        folder: String,
    },
    /// The program said that something is done: the number is the test's own.
    Done(u64),
}

/// A run: how the folder lay on the disk before, and everything after.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    /// Names and files at the beginning, all of them durable.
    pub before: BTreeMap<String, (FileId, Arc<[u8]>)>,
    pub ops: Vec<Op>,
}

impl Journal {
    /// A folder as it lies there now. Nobody may be writing in it.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        let mut before = BTreeMap::new();
        for (number, path) in rig::files(folder).unwrap().into_iter().enumerate() {
            // A socket or another program's lock is no file to be read.
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            before.insert(name, (number as FileId, bytes.into()));
        }
        Self {
            before,
            ops: Vec::new(),
        }
    }

    /// The files of a folder never get synced, as a program would have it that forgot to.
    #[must_use]
    pub fn without_syncs_of(mut self, folder: &str) -> Self {
        let mut inside: std::collections::BTreeSet<FileId> = std::collections::BTreeSet::new();
        self.ops.retain(|op| match op {
            Op::Make { name, file } => {
                if name.starts_with(folder) {
                    inside.insert(*file);
                }
                true
            }
            Op::Sync { file } => !inside.contains(file),
            Op::SyncFolder { folder: it } => !it.starts_with(folder),
            _ => true,
        });
        self
    }

    /// What happens to the files of a folder happens only after the next thing was called done, as a
    /// program would have it that writes the row before the file.
    #[must_use]
    pub fn with_files_after_their_rows(mut self, folder: &str) -> Self {
        let mut inside = std::collections::BTreeSet::new();
        let (mut order, mut held) = (Vec::new(), Vec::new());
        for op in std::mem::take(&mut self.ops) {
            let late = match &op {
                Op::Make { name, file } => {
                    name.starts_with(folder) && {
                        inside.insert(*file);
                        true
                    }
                }
                Op::Write { file, .. } | Op::Cut { file, .. } | Op::Sync { file } | Op::Lost { file } => {
                    inside.contains(file)
                }
                Op::Move { from, .. } => from.starts_with(folder),
                Op::Remove { name } => name.starts_with(folder),
                Op::SyncFolder { folder: it } => it.starts_with(folder),
                Op::Done(_) => false,
            };
            let done = matches!(op, Op::Done(_));
            if late {
                held.push(op)
            } else {
                order.push(op)
            }
            if done {
                order.append(&mut held);
            }
        }
        order.append(&mut held);
        self.ops = order;
        self
    }
}
