//! Files on their way up, smallest first, in chunks that go on where the hub's disk ends. Records never
//! wait for a file: between two chunks what was written meanwhile goes first. A talk sends files for a
//! while and not until the last of them is up, because numbers and what others did come with a talk too.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use wire::envelope::hex;
use wire::protocol::{BlobPlace, Refusal, RefusalCode};
use wire::sync::client::{ChunkPace, NextPart, Upload};

use super::answer::{Asked, refused};
use super::http::Hub;
use super::measure::{Turn, timed};
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

/// Why the hub does not want this very file: every other reason holds for the next one as well.
const OF_ONE_FILE: [RefusalCode; 2] = [RefusalCode::WrongHash, RefusalCode::TooLarge];

/// Uploads the files that wait, for one turn; the next talk goes on. A file the hub does not want to
/// have is left until all others had their turn.
///
/// # Errors
/// `HUB_UNREACHABLE`, `HUB_REFUSED`, whatever else the hub refuses every file for, and what keeps a file
/// from being read here.
pub fn upload_all(station: &Station, hub: &Hub) -> Result<()> {
    let mut left = lock(&station.progress)?.left.clone();
    let sent = upload_turn(station, hub, &mut left);
    lock(&station.progress)?.left = left;
    sent
}

fn upload_turn(station: &Station, hub: &Hub, left: &mut BTreeSet<[u8; 32]>) -> Result<()> {
    let (mut after, mut told, mut turn) = (None, Ok(()), Turn::default());
    while let Some(waiting) = station.store.read(|connection| next(connection, after.as_ref()))? {
        if left.contains(&waiting.hash) {
            after = Some(waiting);
            continue;
        }
        let sending = Sending::of(station, hub, &waiting)?;
        match sending.map_or(Ok(Some(DAMAGED)), |sending| sending.run(&mut turn)) {
            Ok(Some(state)) => settle(station, &waiting.hash, state)?,
            Ok(None) => {}
            Err(error) if is_of_one_file(&error) => {
                left.insert(waiting.hash);
                told = Err(error);
            }
            Err(error) => return Err(error),
        }
        if turn.is_over() {
            return told;
        }
    }
    left.clear();
    told
}

fn is_of_one_file(error: &ApiError) -> bool {
    let reason = error.detail.get("reason");
    error.code == Code::HubRefused && OF_ONE_FILE.iter().any(|one| reason == Some(&format!("{one:?}")))
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
    /// The hub threw it away: other files come first, should the turn end here.
    spoilt: bool,
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
            spoilt: false,
            station,
            hub,
            bytes,
        }))
    }

    /// What becomes of it; nothing when the turn is over before it is up.
    fn run(mut self, turn: &mut Turn) -> Result<Option<i64>> {
        loop {
            if self.station.is_leaving() {
                turn.end();
            }
            let pace = lock(&self.station.progress)?.pace;
            match self.upload.next(pace) {
                NextPart::Done => return Ok(Some(IS_UP)),
                NextPart::Later => return Err(refused(&Refusal::of(RefusalCode::WrongHash))),
                _ if turn.is_over() && self.spoilt => return Err(refused(&Refusal::of(RefusalCode::WrongHash))),
                _ if turn.is_over() => return Ok(None),
                NextPart::AskPlace => {
                    let place = format!("/v1/blobs/{}/place", self.name);
                    let (asked, ms) = timed(|| self.hub.look(&place));
                    turn.spent(ms.max(1));
                    self.heard(asked)?;
                }
                // No request is for nothing, however near the hub: many small files have an end of their turn too.
                NextPart::Send { from, length } => turn.spent(self.send(from, length, pace)?.max(1)),
            }
        }
    }

    /// Sends a piece, and says how many milliseconds it held the line.
    fn send(&mut self, from: u64, length: u64, pace: ChunkPace) -> Result<u64> {
        let target = format!("/v1/blobs/{}?from={from}&size={}", self.name, self.bytes.len());
        let end = from.saturating_add(length);
        let range = usize::try_from(from).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX);
        let piece = self.bytes.get(range).unwrap_or_default();
        let (asked, ms) = timed(|| self.hub.patch(&target, piece));
        {
            let mut progress = lock(&self.station.progress)?;
            match &asked {
                Ok(Ok(_)) => {
                    progress.pace = pace.took(length, ms);
                    progress.speed.carried(length, ms);
                }
                // A refusal comes before the piece was read: it says nothing about the line.
                Ok(Err(_)) => {}
                Err(_) => progress.pace = pace.cut(),
            }
        }
        self.heard(asked)?;
        // What was registered meanwhile does not wait for the next chunk.
        streams::send_new(self.station)?;
        Ok(ms)
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
            self.spoilt = true;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wrong_with_one_file_lets_the_next_one_go() {
        for code in RefusalCode::ALL {
            let wanted = matches!(code, RefusalCode::WrongHash | RefusalCode::TooLarge);
            assert_eq!(is_of_one_file(&refused(&Refusal::of(*code))), wanted, "{code:?}");
        }
        assert!(!is_of_one_file(&ApiError::new(Code::HubUnreachable)));
        assert!(!is_of_one_file(&ApiError::new(Code::DiskIo)));
    }
}
