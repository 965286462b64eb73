//! Files on their way up, smallest first, in chunks that go on where the hub's disk ends. Records never
//! wait for a file: between two chunks what was written meanwhile goes first.

use rusqlite::{Connection, params};
use wire::envelope::hex;
use wire::protocol::{BlobPlace, Refusal, RefusalCode};
use wire::sync::client::{ChunkPace, NextPart, Upload};

use super::http::{Asked, Hub, refused};
use super::streams;
use crate::error::{ApiError, Code, Result};
use crate::pages;
use crate::station::Station;
use crate::store::{lock, thirty_two};

/// What becomes of a file that waited (0): `upload.done`.
const IS_UP: i64 = 1;
/// Its bytes here are not those of its name any more: told to people, and in nobody's way.
const DAMAGED: i64 = 2;

/// A file of the queue.
struct Waiting {
    hash: [u8; 32],
    size: i64,
}

/// Uploads every file that waits. A file the hub does not want to have now is left for the next talk
/// and holds up no other.
///
/// # Errors
/// `HUB_UNREACHABLE`, `HUB_REFUSED`.
pub fn upload_all(station: &Station, hub: &Hub) -> Result<()> {
    let mut after = None;
    let mut left = Ok(());
    while let Some(waiting) = station.store.read(|connection| next(connection, after.as_ref()))? {
        let sent = Sending::of(station, hub, &waiting)?.map_or(Ok(DAMAGED), Sending::run);
        match sent {
            Ok(state) => settle(station, &waiting.hash, state)?,
            Err(error) if error.code == Code::HubUnreachable => return Err(error),
            Err(error) => {
                left = Err(error);
                after = Some(waiting);
            }
        }
    }
    left
}

fn settle(station: &Station, hash: &[u8; 32], state: i64) -> Result<()> {
    station.store.write(|transaction| {
        transaction
            .prepare_cached(include_str!("uploaded.sql"))?
            .execute(params![hash, state])?;
        Ok(())
    })
}

/// The smallest that waits behind another one.
fn next(connection: &Connection, after: Option<&Waiting>) -> Result<Option<Waiting>> {
    let mut statement = connection.prepare_cached(include_str!("next_file.sql"))?;
    let (size, hash) = after.map_or((-1, [0; 32]), |after| (after.size, after.hash));
    let mut rows = statement.query(params![size, hash])?;
    let read = |row: &rusqlite::Row<'_>| -> Result<Waiting> {
        Ok(Waiting {
            hash: thirty_two(row.get("hash")?)?,
            size: row.get("size")?,
        })
    };
    rows.next()?.map(read).transpose()
}

/// One file under way.
struct Sending<'a> {
    station: &'a Station,
    hub: &'a Hub,
    name: String,
    bytes: Vec<u8>,
    upload: Upload,
    /// Something came through since the line was last cut: it is worth calling again at once.
    moved: bool,
}

impl<'a> Sending<'a> {
    /// Nothing when the file cannot be read here any more.
    fn of(station: &'a Station, hub: &'a Hub, waiting: &Waiting) -> Result<Option<Self>> {
        let bytes = match file(station, &waiting.hash) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.code, Code::UnknownPage | Code::BlobDamaged) => return Ok(None),
            Err(error) => return Err(error),
        };
        let pace = lock(&station.progress)?.pace;
        Ok(Some(Self {
            upload: Upload::new(u64::try_from(bytes.len()).unwrap_or(u64::MAX), pace),
            name: hex(&waiting.hash),
            moved: false,
            station,
            hub,
            bytes,
        }))
    }

    fn run(mut self) -> Result<i64> {
        loop {
            let pace = lock(&self.station.progress)?.pace;
            match self.upload.next(pace) {
                NextPart::Done => return Ok(IS_UP),
                NextPart::Later => return Err(ApiError::new(Code::HubRefused).with("reason", "WrongHash")),
                NextPart::AskPlace => {
                    let asked = self.hub.look(&format!("/v1/blobs/{}/place", self.name));
                    self.heard(asked)?;
                }
                NextPart::Send { from, length } => self.send(from, length, pace)?,
            }
        }
    }

    fn send(&mut self, from: u64, length: u64, pace: ChunkPace) -> Result<()> {
        let target = format!("/v1/blobs/{}?from={from}&size={}", self.name, self.bytes.len());
        let end = from.saturating_add(length);
        let range = usize::try_from(from).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX);
        let begun = self.station.now();
        let asked = self.hub.patch(&target, self.bytes.get(range).unwrap_or_default());
        let ms = self.station.now().signed_duration_since(begun).num_milliseconds();
        {
            let mut progress = lock(&self.station.progress)?;
            progress.pace = match &asked {
                Ok(_) => pace.took(length, u64::try_from(ms).unwrap_or(0)),
                Err(_) => pace.cut(),
            };
            if asked.is_ok() {
                progress.speed.carried(length, ms);
            }
        }
        self.heard(asked)?;
        self.events_first()
    }

    /// What was registered while a chunk was under way does not wait for the next one.
    fn events_first(&self) -> Result<()> {
        if self.station.store.read(super::status::waits)?.records > 0 {
            streams::send(self.station)?;
        }
        Ok(())
    }

    fn heard(&mut self, asked: Result<Asked<BlobPlace>>) -> Result<()> {
        match asked {
            Ok(Ok(place)) => {
                if self.upload.heard(&place) {
                    self.moved = true;
                    let mut progress = lock(&self.station.progress)?;
                    progress.pieces = progress.pieces.saturating_add(1);
                }
            }
            Ok(Err(refusal)) => self.was_refused(&refusal)?,
            Err(error) if self.moved && error.code == Code::HubUnreachable => {
                self.moved = false;
                self.upload.cut();
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn was_refused(&mut self, refusal: &Refusal) -> Result<()> {
        if refusal.code == RefusalCode::WrongHash {
            self.upload.spoilt();
            return Ok(());
        }
        Err(refused(refusal))
    }
}

/// A file's plain bytes: a rendered form lies in the database, everything else in the blob folder.
fn file(station: &Station, hash: &[u8; 32]) -> Result<Vec<u8>> {
    let form = station.store.read(|connection| {
        let mut statement = connection.prepare_cached(include_str!("form_bytes.sql"))?;
        let mut rows = statement.query([hash])?;
        Ok(rows.next()?.map(|row| row.get::<_, Vec<u8>>("bytes")).transpose()?)
    })?;
    match form {
        Some(bytes) => Ok(bytes),
        None => pages::read_blob(station, hash),
    }
}
