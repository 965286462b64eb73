//! What lies on a disk when the power fails: everything synced, and of the rest what chance leaves.
//!
//! The model is laxer than any file system in use: what was written since a file's last sync may be
//! there, be missing, be torn inside a sector, be rubbish, or be there although something older is
//! not; a name is sure only once its folder was synced, and only a rename inside one folder is whole
//! or not at all. Bytes beside a write stay as they were (SQLite's "powersafe overwrite", which it
//! assumes of every disk), and folders themselves are there at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::journal::{FileId, Journal, Op};
use crate::chance::Chance;

const SECTOR: u64 = 512;

/// What chance did to a disk.
pub type Loss = BTreeSet<&'static str>;

/// Every file of a disk after a power cut. The number stands for bytes that did not change since
/// another image of the same machine.
pub type Image = BTreeMap<String, (Option<FileId>, Arc<[u8]>)>;

#[derive(Debug, Clone)]
enum Later {
    Write { at: u64, bytes: Arc<[u8]> },
    Cut(u64),
}

#[derive(Debug, Clone, Default)]
struct File {
    durable: Vec<u8>,
    /// The same, for images; made when first asked for.
    shared: Option<Arc<[u8]>>,
    later: Vec<Later>,
}

#[derive(Debug, Clone)]
enum Name {
    Add(String, FileId),
    Remove(String),
    Replace(String, String, FileId),
}

#[derive(Debug, Clone, Default)]
struct Folder {
    durable: BTreeMap<String, FileId>,
    later: Vec<Name>,
}

impl Name {
    fn apply(&self, names: &mut BTreeMap<String, FileId>) {
        match self {
            Self::Add(name, file) => drop(names.insert(name.clone(), *file)),
            Self::Remove(name) => drop(names.remove(name)),
            Self::Replace(from, to, file) => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
        }
    }
}

/// A disk in the middle of a run.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    files: BTreeMap<FileId, File>,
    folders: BTreeMap<String, Folder>,
    /// Names as the program sees them.
    seen: BTreeMap<String, FileId>,
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

impl Machine {
    #[must_use]
    pub fn new(journal: &Journal) -> Self {
        let mut it = Self::default();
        for (path, (file, bytes)) in &journal.before {
            let (folder, name) = split(path);
            let folder = it.folders.entry(folder.to_owned()).or_default();
            folder.durable.insert(name.to_owned(), *file);
            it.seen.insert(path.clone(), *file);
            let known = File {
                durable: bytes.to_vec(),
                ..File::default()
            };
            it.files.insert(*file, known);
        }
        it
    }

    /// The disk is told the next thing.
    pub fn apply(&mut self, op: &Op) {
        match op {
            Op::Write { file, at, bytes } => self.later(
                *file,
                Later::Write {
                    at: *at,
                    bytes: Arc::clone(bytes),
                },
            ),
            Op::Cut { file, length } => self.later(*file, Later::Cut(*length)),
            Op::Sync { file } => self.file(*file).sync(),
            Op::Lost { file } => self.file(*file).later.clear(),
            Op::Make { name: path, file } => {
                self.seen.insert(path.clone(), *file);
                let (folder, name) = split(path);
                self.folder(folder).later.push(Name::Add(name.to_owned(), *file));
            }
            Op::Move { from, to } => self.rename(from, to),
            Op::Remove { name: path } => {
                self.seen.remove(path);
                let (folder, name) = split(path);
                self.folder(folder).later.push(Name::Remove(name.to_owned()));
            }
            Op::SyncFolder { folder } => self.folder(folder).sync(),
            Op::Done(_) => {}
        }
    }

    fn rename(&mut self, from: &str, to: &str) {
        let Some(file) = self.seen.remove(from) else { return };
        self.seen.insert(to.to_owned(), file);
        let ((old, name), (new, name_there)) = (split(from), split(to));
        let (name, name_there) = (name.to_owned(), name_there.to_owned());
        if old == new {
            self.folder(old).later.push(Name::Replace(name, name_there, file));
        } else {
            self.folder(new).later.push(Name::Add(name_there, file));
            self.folder(old).later.push(Name::Remove(name));
        }
    }

    fn file(&mut self, file: FileId) -> &mut File {
        self.files.entry(file).or_default()
    }

    fn folder(&mut self, folder: &str) -> &mut Folder {
        self.folders.entry(folder.to_owned()).or_default()
    }

    fn later(&mut self, file: FileId, what: Later) {
        self.file(file).later.push(what);
    }

    /// The power fails now.
    pub fn crash(&mut self, chance: &mut Chance, loss: &mut Loss) -> Image {
        let mut image = Image::new();
        for (folder, names) in &self.folders {
            for (name, file) in names.left(chance, loss) {
                let path = if folder.is_empty() {
                    name
                } else {
                    format!("{folder}/{name}")
                };
                let bytes = self.files.entry(file).or_default().left(file, chance, loss);
                image.insert(path, bytes);
            }
        }
        image
    }
}

impl File {
    fn sync(&mut self) {
        if self.later.is_empty() {
            return;
        }
        self.shared = None;
        for what in std::mem::take(&mut self.later) {
            what.apply(&mut self.durable);
        }
    }

    fn left(&mut self, id: FileId, chance: &mut Chance, loss: &mut Loss) -> (Option<FileId>, Arc<[u8]>) {
        if self.later.is_empty() {
            let shared = self.shared.get_or_insert_with(|| self.durable.as_slice().into());
            return (Some(id), Arc::clone(shared));
        }
        let mut bytes = self.durable.clone();
        match chance.below(6) {
            0 => {
                loss.insert("everything dropped");
            }
            1 => {
                loss.insert("everything kept");
                self.later.iter().for_each(|what| what.apply(&mut bytes));
            }
            2 => {
                loss.insert("a beginning kept");
                let kept = usize::try_from(chance.below(self.later.len() as u64 + 1)).unwrap();
                self.later.iter().take(kept).for_each(|what| what.apply(&mut bytes));
            }
            order => self.by_sector(&mut bytes, order == 5, chance, loss),
        }
        (None, bytes.into())
    }

    fn by_sector(&self, bytes: &mut Vec<u8>, shuffled: bool, chance: &mut Chance, loss: &mut Loss) {
        let mut pieces: Vec<Later> = self.later.iter().flat_map(Later::sectors).collect();
        if shuffled {
            loss.insert("sectors reordered");
            for at in (1..pieces.len()).rev() {
                let other = usize::try_from(chance.below(at as u64 + 1)).unwrap();
                pieces.swap(at, other);
            }
        }
        // Sometimes nearly all is there, sometimes nearly nothing.
        let lost_in_8 = chance.below(8);
        for piece in pieces {
            let lost = chance.below(8) < lost_in_8;
            match (lost, chance.below(4)) {
                (false, _) => piece.apply(bytes),
                (true, 0) => {
                    loss.insert("a sector torn");
                    piece.torn(chance).apply(bytes);
                }
                (true, 1) => {
                    loss.insert("rubbish in a sector");
                    piece.rubbish(chance).apply(bytes);
                }
                (true, _) => {
                    loss.insert("a sector dropped");
                }
            }
        }
    }
}

impl Later {
    fn apply(&self, file: &mut Vec<u8>) {
        match self {
            Self::Cut(length) => file.resize(usize::try_from(*length).unwrap(), 0),
            Self::Write { at, bytes } => {
                let at = usize::try_from(*at).unwrap();
                if file.len() < at + bytes.len() {
                    file.resize(at + bytes.len(), 0);
                }
                file[at..at + bytes.len()].copy_from_slice(bytes);
            }
        }
    }

    /// The same in pieces none of which lies in two sectors.
    fn sectors(&self) -> Vec<Self> {
        let Self::Write { at, bytes } = self else {
            return vec![self.clone()];
        };
        let (mut at, mut rest, mut pieces) = (*at, &bytes[..], Vec::new());
        while !rest.is_empty() {
            let room = usize::try_from(SECTOR - at % SECTOR).unwrap().min(rest.len());
            let (piece, more) = rest.split_at(room);
            pieces.push(Self::Write {
                at,
                bytes: piece.into(),
            });
            (at, rest) = (at + room as u64, more);
        }
        pieces
    }

    fn torn(self, chance: &mut Chance) -> Self {
        match self {
            Self::Write { at, bytes } => {
                let kept = usize::try_from(chance.below(bytes.len() as u64)).unwrap();
                Self::Write {
                    at,
                    bytes: bytes[..kept].into(),
                }
            }
            cut @ Self::Cut(_) => cut,
        }
    }

    fn rubbish(self, chance: &mut Chance) -> Self {
        match self {
            Self::Write { at, bytes } => Self::Write {
                at,
                bytes: bytes.iter().map(|byte| byte ^ chance.bits().to_le_bytes()[0]).collect(),
            },
            cut @ Self::Cut(_) => cut,
        }
    }
}

impl Folder {
    fn sync(&mut self) {
        for what in std::mem::take(&mut self.later) {
            what.apply(&mut self.durable);
        }
    }

    fn left(&self, chance: &mut Chance, loss: &mut Loss) -> BTreeMap<String, FileId> {
        let mut names = self.durable.clone();
        if self.later.is_empty() {
            return names;
        }
        let mode = chance.below(4);
        let kept = chance.below(self.later.len() as u64 + 1);
        for (number, what) in self.later.iter().enumerate() {
            let there = match mode {
                0 => false,
                1 => true,
                2 => (number as u64) < kept,
                _ => chance.one_in(2),
            };
            if there {
                what.apply(&mut names);
            } else {
                loss.insert("a name dropped");
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(ops: Vec<Op>) -> Journal {
        Journal {
            before: BTreeMap::from([("a".to_owned(), (1, Arc::from(&b"old"[..])))]),
            ops,
        }
    }

    fn images(ops: Vec<Op>) -> BTreeSet<Option<Vec<u8>>> {
        let journal = journal(ops);
        let mut machine = Machine::new(&journal);
        journal.ops.iter().for_each(|op| machine.apply(op));
        let image = |seed| machine.crash(&mut Chance::new(seed), &mut Loss::new());
        (0..200)
            .map(image)
            .map(|image| image.get("a").map(|(_, bytes)| bytes.to_vec()))
            .collect()
    }

    #[test]
    fn what_was_synced_is_there_and_the_rest_may_be() {
        let write = Op::Write {
            file: 1,
            at: 0,
            bytes: Arc::from(&b"new"[..]),
        };
        assert!(images(vec![write.clone()]).len() > 3, "old, new, torn, rubbish");
        assert_eq!(
            images(vec![write.clone(), Op::Sync { file: 1 }]),
            BTreeSet::from([Some(b"new".to_vec())])
        );
        // A sync that failed and one that then succeeds: the bytes are gone all the same.
        let lost = vec![write, Op::Lost { file: 1 }, Op::Sync { file: 1 }];
        assert_eq!(images(lost), BTreeSet::from([Some(b"old".to_vec())]));
    }

    #[test]
    fn a_name_is_sure_once_its_folder_was_synced() {
        let mut ops = vec![
            Op::Make {
                name: "b".to_owned(),
                file: 2,
            },
            Op::Write {
                file: 2,
                at: 0,
                bytes: Arc::from(&b"new"[..]),
            },
            Op::Sync { file: 2 },
            Op::Move {
                from: "b".to_owned(),
                to: "a".to_owned(),
            },
        ];
        let (old, new) = (Some(b"old".to_vec()), Some(b"new".to_vec()));
        assert_eq!(images(ops.clone()), BTreeSet::from([old, new.clone()]));
        ops.push(Op::SyncFolder { folder: String::new() });
        assert_eq!(images(ops), BTreeSet::from([new]));
    }
}
