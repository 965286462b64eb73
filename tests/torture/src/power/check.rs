//! Whether a disk after a power cut holds what was acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use station::seal::{self, Standing};
use tempfile::TempDir;
use vault::{BlobStore, Database, Secret32};
use wire::envelope::hex;

use super::run::Run;
use crate::counter::{call, open_image, reception};
use crate::disk::Image;

static MIGRATIONS: include_dir::Dir<'static> =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/../../migrations/station");

/// What is wrong.
type Found = Result<(), String>;

macro_rules! promise {
    ($kept:expr, $($words:tt)*) => {
        if !$kept {
            return Err(format!($($words)*));
        }
    };
}

fn told(error: impl std::fmt::Display) -> String {
    format!("cannot be opened or read: {error}")
}

/// A folder into which images are laid, one after the other.
pub struct Place {
    root: TempDir,
    data: PathBuf,
    keys: PathBuf,
    lies: BTreeMap<String, u64>,
    /// Names of the last image.
    last: BTreeSet<String>,
    blobs: BlobStore,
}

impl Place {
    /// In memory where there is such a place: the disk under this test is simulated.
    #[must_use]
    pub fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        }
        .unwrap();
        let (data, keys) = (root.path().join("data"), root.path().join("keys"));
        let blobs = BlobStore::open(&data.join("blobs")).unwrap();
        std::fs::create_dir(data.join("blobs/sealing")).unwrap();
        std::fs::create_dir(&keys).unwrap();
        Self {
            root,
            data,
            keys,
            lies: BTreeMap::new(),
            last: BTreeSet::new(),
            blobs,
        }
    }

    /// What may lie here: the last image, and what the product itself put beside it. The folders of
    /// finished files have 256 names, and nothing new comes into them by itself.
    fn names(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self.last.clone();
        for folder in ["data/", "data/blobs/part/", "data/blobs/sealing/", "keys/"] {
            for entry in std::fs::read_dir(self.root.path().join(folder)).unwrap() {
                names.insert(format!("{folder}{}", entry.unwrap().file_name().to_str().unwrap()));
            }
        }
        names.retain(|name| self.root.path().join(name).is_file());
        names
    }

    /// Lays an image down in place of what lies here.
    pub fn lay(&mut self, image: &Image) {
        for name in self.names() {
            if !image.contains_key(&name) {
                std::fs::remove_file(self.root.path().join(&name)).unwrap();
            }
        }
        self.last = image.keys().cloned().collect();
        for (name, (file, bytes)) in image {
            let path = self.root.path().join(name);
            // What the product never changes in place need not be written again.
            let changes = name.starts_with("data/station.db") || name.ends_with(".seal");
            let same = file.is_some() && self.lies.get(name) == file.as_ref() && !changes;
            if same && path.metadata().is_ok_and(|it| it.len() == bytes.len() as u64) {
                continue;
            }
            if std::fs::write(&path, bytes).is_err() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, bytes).unwrap();
            }
            match file {
                Some(file) => self.lies.insert(name.clone(), *file),
                None => self.lies.remove(name),
            };
        }
    }
}

impl Default for Place {
    fn default() -> Self {
        Self::new()
    }
}

/// The product's own opening of the database, and what lies in it.
///
/// # Errors
/// The promise that was broken.
pub fn quick(run: &Run, place: &Place, done: usize) -> Found {
    let database = Database::open(&place.data, "station.db", &run.key, &MIGRATIONS, "power").map_err(told)?;
    let reader = database.reader().map_err(told)?;
    answers(run, &reader, done)?;
    counts(run, &reader, done)?;
    receipts(&reader)?;
    files(&place.blobs, &reader)
}

fn answers(run: &Run, reader: &Connection, done: usize) -> Found {
    let mut statement = reader.prepare_cached(include_str!("answers.sql")).map_err(told)?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>("id")?, row.get::<_, String>("response")?))
    });
    let there: BTreeMap<String, String> = rows.and_then(Iterator::collect).map_err(told)?;
    for (id, answer) in run.registered(done) {
        let Some(kept) = there.get(&id) else {
            return Err(format!("{id} was acknowledged and is lost"));
        };
        let kept: Value = serde_json::from_str(kept).map_err(told)?;
        promise!(kept == *answer, "{id} has another answer");
    }
    let acknowledged = run.registered(done).count();
    let most = acknowledged + 1;
    promise!(
        there.len() <= most,
        "{} registrations of {most} that were begun",
        there.len()
    );
    Ok(())
}

fn counts(run: &Run, reader: &Connection, done: usize) -> Found {
    let mut statement = reader.prepare_cached(include_str!("counts.sql")).map_err(told)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let row: rusqlite::Result<BTreeMap<String, i64>> = statement.query_row([], |row| {
        let value = |(at, name): (usize, &String)| {
            // `total` is a float in SQL, and every value here is a small count.
            let value = row
                .get::<_, i64>(at)
                .or_else(|_| row.get::<_, f64>(at).map(|it| it as i64))?;
            Ok((name.clone(), value))
        };
        names.iter().enumerate().map(value).collect()
    });
    let row = row.map_err(told)?;
    for same in ["dossiers", "forms", "codes", "registered", "coded", "issued", "numbers"] {
        promise!(row[same] == row["requests"], "half a registration: {row:?}");
    }
    promise!(
        row["pages"] == row["attached"] && row["blobs"] == row["pages"],
        "half a page: {row:?}"
    );
    let pages = run.attached(done) as i64;
    promise!(
        (pages..=pages + 1).contains(&row["pages"]),
        "{pages} pages acknowledged: {row:?}"
    );
    promise!(
        row["records"] == row["last"] && row["last"] == row["head"],
        "half a stream: {row:?}"
    );
    Ok(())
}

/// The newest two: the others' rows were checked, and all bytes are read by [`whole`].
fn receipts(reader: &Connection) -> Found {
    let mut statement = reader.prepare_cached(include_str!("receipts.sql")).map_err(told)?;
    let mut rows = statement.query([]).map_err(told)?;
    while let Some(row) = rows.next().map_err(told)? {
        let (sha256, blake): (Vec<u8>, Vec<u8>) = (row.get("sha256").map_err(told)?, row.get("blob").map_err(told)?);
        let bytes: Vec<u8> = row.get("bytes").map_err(told)?;
        let same = *Sha256::digest(&bytes) == *sha256 && *blake3::hash(&bytes).as_bytes() == *blake;
        promise!(same, "a receipt has other bytes");
    }
    Ok(())
}

fn files(blobs: &BlobStore, reader: &Connection) -> Found {
    let mut statement = reader.prepare_cached(include_str!("blobs.sql")).map_err(told)?;
    let mut rows = statement.query([]).map_err(told)?;
    while let Some(row) = rows.next().map_err(told)? {
        let (hash, key): ([u8; 32], [u8; 32]) = (row.get("hash").map_err(told)?, row.get("key").map_err(told)?);
        let read = blobs.read(&hash, &Secret32::new(key));
        promise!(read.is_ok(), "a row names a file that is not whole: {read:?}");
    }
    Ok(())
}

/// The counter itself: opened, verified, asked again for everything it acknowledged, and for one more.
///
/// # Errors
/// The promise that was broken.
pub fn whole(run: &Run, place: &Place, done: usize) -> Found {
    let station = open_image(&place.data, &place.keys).map_err(told)?;
    let verified = call(&station, "verify", &json!({})).map_err(told)?;
    promise!(verified["chain"] == "ok", "not as it was written: {verified}");
    let mut codes = BTreeSet::new();
    for (number, (id, answer)) in run.registered(done).enumerate() {
        let again = call(&station, "register", &reception(number as u64)).map_err(told)?;
        promise!(again == *answer, "{id} is answered otherwise: {again}");
        let shown = call(&station, "show", &json!({"code": answer["code"]})).map_err(told)?;
        promise!(
            shown["dossier_id"] == answer["dossier_id"],
            "{id} is not found by its code"
        );
        promise!(
            codes.insert(answer["code"].to_string()),
            "a number was given twice: {answer}"
        );
    }
    let next = call(&station, "register", &reception(900_000)).map_err(told)?;
    promise!(next["code_kind"] == "official", "no number is left: {next}");
    promise!(
        codes.insert(next["code"].to_string()),
        "a number is given again: {next}"
    );
    Ok(())
}

/// The seal: whole wherever the power failed, and the next number is one nobody had.
///
/// # Errors
/// The promise that was broken.
pub fn sealed(run: &Run, place: &Place, done: usize) -> Found {
    let station = open_image(&place.data, &place.keys).map_err(told)?;
    let standing = seal::state(&station).map_err(told)?;
    promise!(standing == Standing::Whole, "the seal is {standing:?}");
    let next = call(&station, "register", &reception(900_000)).map_err(told)?;
    promise!(next["code_kind"] == "official", "no number is left: {next}");
    let given = run.registered(done).any(|(_, answer)| answer["code"] == next["code"]);
    promise!(!given, "a number is given again: {next}");
    Ok(())
}

/// The hash by which a broken image is named in a report.
#[must_use]
pub fn mark(image: &Image) -> String {
    let mut hasher = blake3::Hasher::new();
    for (_, bytes) in image.values() {
        hasher.update(bytes);
    }
    hex(&hasher.finalize().as_bytes()[..4])
}
