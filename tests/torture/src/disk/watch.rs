//! Folders that are watched: their calls are written down, and one of them fails when a test says so.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::journal::{FileId, Journal, Op};

/// How many folders are watched: while none is, a call costs one look at this.
static ACTIVE: AtomicUsize = AtomicUsize::new(0);
static ALL: RwLock<Vec<Arc<Watch>>> = RwLock::new(Vec::new());

/// One call, as far as a disk is concerned.
pub(super) enum Call<'a> {
    Write { at: u64, bytes: &'a [u8] },
    Cut(u64),
    Sync,
    Open { creates: bool, empties: bool },
    Move { to: &'a Path },
    Remove,
}

/// A call that is to fail.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Which one from now on: 1 is the next.
    pub at: u64,
    /// `EIO` or `ENOSPC`.
    pub errno: i32,
    /// Which files it may be.
    pub of: fn(&str) -> bool,
    /// What is to become of it.
    pub how: How,
}

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Any call that writes, and the program is told.
    Any,
    /// A sync, and the program is told.
    Sync,
    /// A sync, and the program hears that all is well: as one that does not look at the answer.
    SyncUnheard,
}

/// A watched folder.
pub struct Watch {
    root: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    journal: Option<Journal>,
    /// The kernel gives an inode again once its file is gone; our numbers are never given twice.
    files: BTreeMap<u64, FileId>,
    next: FileId,
    fault: Option<Fault>,
    fired: Option<String>,
    calls: u64,
}

pub(super) fn active() -> bool {
    ACTIVE.load(Ordering::Relaxed) > 0
}

/// The watch a path belongs to, and the path inside it.
pub(super) fn watched(path: &Path) -> Option<(Arc<Watch>, String)> {
    let all = ALL.read().unwrap_or_else(PoisonError::into_inner);
    all.iter().find_map(|watch| {
        let inside = path.strip_prefix(&watch.root).ok()?.to_str()?;
        Some((Arc::clone(watch), inside.to_owned()))
    })
}

impl Watch {
    /// Watches a folder until [`Watch::end`].
    #[must_use]
    pub fn begin(root: &Path) -> Arc<Self> {
        let watch = Arc::new(Self {
            root: root.canonicalize().unwrap(),
            inner: Mutex::default(),
        });
        ALL.write().unwrap().push(Arc::clone(&watch));
        ACTIVE.fetch_add(1, Ordering::SeqCst);
        watch
    }

    /// From now on everything is written down. Nobody may be writing in the folder.
    pub fn record(&self) {
        let journal = Journal::of(&self.root);
        let mut inner = self.lock();
        for (name, (file, _)) in &journal.before {
            let inode = self.root.join(name).metadata().unwrap().ino();
            inner.files.insert(inode, *file);
        }
        inner.next = journal.before.len() as FileId + 1;
        inner.journal = Some(journal);
    }

    /// The program said that something is done.
    pub fn done(&self, number: u64) {
        if let Some(journal) = &mut self.lock().journal {
            journal.ops.push(Op::Done(number));
        }
    }

    /// What was written down.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.lock().journal.take().unwrap()
    }

    /// Has a call fail, once.
    pub fn fail(&self, fault: Fault) {
        let mut inner = self.lock();
        (inner.fault, inner.fired, inner.calls) = (Some(fault), None, 0);
    }

    /// No call fails any more. Which one did, if it came to that.
    pub fn heal(&self) -> Option<String> {
        let mut inner = self.lock();
        inner.fault = None;
        inner.fired.take()
    }

    /// The folder is watched no longer.
    pub fn end(self: &Arc<Self>) {
        ALL.write().unwrap().retain(|other| !Arc::ptr_eq(other, self));
        ACTIVE.fetch_sub(1, Ordering::SeqCst);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a call under the lock, so that what is written down is in the order of what was done.
    pub(super) fn run(
        &self,
        inside: &str,
        call: Call<'_>,
        kernel: impl FnOnce() -> Result<libc::c_long, i32>,
    ) -> Result<libc::c_long, i32> {
        let mut inner = self.lock();
        let path = self.root.join(inside);
        // Asked before the call, which may make it or take it away.
        let was = path.symlink_metadata().ok();
        if let Some(errno) = inner.fails(inside, &call, was.is_none()) {
            if matches!(call, Call::Sync) && was.as_ref().is_some_and(|it| it.is_file()) {
                let file = inner.file(was.map_or(0, |it| it.ino()));
                inner.note(Op::Lost { file });
            }
            let unheard = inner.fault.is_some_and(|fault| fault.how == How::SyncUnheard);
            return if unheard { Ok(0) } else { Err(errno) };
        }
        let done = kernel()?;
        if inner.journal.is_some() {
            inner.keep(&self.root, inside, call, was.as_ref(), done);
        }
        Ok(done)
    }
}

impl Inner {
    fn fails(&mut self, inside: &str, call: &Call<'_>, is_new: bool) -> Option<i32> {
        let fault = self.fault?;
        // Opening what is there already writes nothing.
        let writes = match fault.how {
            How::Any => !matches!(call, Call::Remove) && (is_new || !matches!(call, Call::Open { .. })),
            How::Sync | How::SyncUnheard => matches!(call, Call::Sync),
        };
        if !writes || self.fired.is_some() || !(fault.of)(inside) {
            return None;
        }
        self.calls += 1;
        if self.calls < fault.at {
            return None;
        }
        let what = match call {
            Call::Write { .. } => "write",
            Call::Cut(_) => "truncate",
            Call::Sync => "fsync",
            Call::Open { .. } => "create",
            Call::Move { .. } => "rename",
            Call::Remove => "remove",
        };
        self.fired = Some(format!("{what} {inside}"));
        Some(fault.errno)
    }

    fn keep(&mut self, root: &Path, inside: &str, call: Call<'_>, was: Option<&std::fs::Metadata>, done: libc::c_long) {
        let inode = was.map_or(0, MetadataExt::ino);
        let name = inside.to_owned();
        match call {
            Call::Write { at, bytes } => {
                let bytes = &bytes[..usize::try_from(done).unwrap_or(0)];
                let file = self.file(inode);
                self.note(Op::Write {
                    file,
                    at,
                    bytes: bytes.into(),
                });
            }
            Call::Cut(length) => {
                let file = self.file(inode);
                self.note(Op::Cut { file, length });
            }
            Call::Sync if was.is_some_and(std::fs::Metadata::is_dir) => self.note(Op::SyncFolder { folder: name }),
            Call::Sync => {
                let file = self.file(inode);
                self.note(Op::Sync { file });
            }
            Call::Open { creates: true, .. } if was.is_none() => {
                let Ok(made) = root.join(inside).symlink_metadata() else {
                    return;
                };
                self.next += 1;
                let file = self.next;
                self.files.insert(made.ino(), file);
                self.note(Op::Make { name, file });
            }
            Call::Open { empties: true, .. } => {
                let file = self.file(inode);
                self.note(Op::Cut { file, length: 0 });
            }
            Call::Open { .. } => {}
            Call::Move { to } => {
                let to = to.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                self.note(Op::Move { from: name, to });
            }
            Call::Remove => self.note(Op::Remove { name }),
        }
    }

    fn file(&mut self, inode: u64) -> FileId {
        let next = &mut self.next;
        *self.files.entry(inode).or_insert_with(|| {
            *next += 1;
            *next
        })
    }

    fn note(&mut self, op: Op) {
        if let Some(journal) = &mut self.journal {
            journal.ops.push(op);
        }
    }
}
