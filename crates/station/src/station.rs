//! One counter PC without its window: what is opened once and shared by every command.

mod facts;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use chrono::{DateTime, NaiveDate, Utc};
use devices::Program;
use dossier::DeviceId;
use dossier::calendar::{Calendar, civil};
use dossier::code::AgencyCode;
use ed25519_dalek::SigningKey;
use rusqlite::Connection;
use vault::{BlobStore, Entropy, KeyRing, OsEntropy};
use wire::protocol::AgencyFacts;
use wire::{Stream, first_prev};

use crate::clock::{Clock, FixedClock, SystemClock};
use crate::error::{ApiError, Code, Result, internal};
use crate::log::{self, Author, Deed};
use crate::machine::{Machine, Reading, ThisMachine};
use crate::officers::Signed;
use crate::project;
use crate::rules;
use crate::seal::{self, Seal};
use crate::sealed;
use crate::store::{Store, lock, set_setting, setting};
use crate::sync::{self, Dialling, Progress, Way, files_durable};

pub(crate) use facts::facts;

/// The agency of a station nobody enrolled yet: the sample commune.
const SAMPLE_AGENCY: &str = include_str!("../../../data/sample-agency.json");

/// How to open a station.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// Data folder; made when missing.
    pub data: PathBuf,
    /// Folder of the owner-only key file; the user's configuration folder when not said.
    pub keys: Option<PathBuf>,
    /// A clock that stands still, for tests and demonstrations.
    pub now: Option<DateTime<Utc>>,
}

#[cfg(test)]
impl Opening {
    /// Both folders in one, under this PC's clock.
    pub(crate) fn within(folder: &Path) -> Self {
        Self {
            data: folder.join("data"),
            keys: Some(folder.join("keys")),
            now: None,
        }
    }
}

/// Programs of this PC that are called and never linked.
pub struct Programs {
    /// `scanimage`.
    pub scanimage: Program,
    /// `lp`.
    pub lp: Program,
}

/// A counter PC.
pub struct Station {
    pub(crate) store: Store,
    pub(crate) blobs: BlobStore,
    /// The calendar of the day it was read for; nothing after one was approved.
    calendar: Mutex<Option<(NaiveDate, Arc<Calendar>)>>,
    pub(crate) programs: Programs,
    pub(crate) session: Mutex<Option<Signed>>,
    pub(crate) scan_cancel: AtomicBool,
    /// The window closes: a talk under way ends at its next step.
    leaving: AtomicBool,
    pub(crate) progress: Mutex<Progress>,
    /// How a way to a hub is found.
    pub(crate) dialling: Box<Dialling>,
    /// The open line to the hub.
    pub(crate) way: Mutex<Option<Way>>,
    /// Held while talking to the hub, so that the window's and the background's talk never mix.
    pub(crate) talking: Mutex<()>,
    pub(crate) keys: Mutex<KeyRing>,
    /// The key that was asked for last, by the name it is derived from: its public half costs as much as
    /// a signature, and a talk asks for it again and again.
    signer: Mutex<Option<(String, SigningKey)>>,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) entropy: Box<dyn Entropy>,
    pub(crate) machine: Box<dyn Machine>,
    /// Locked before the writing connection, never after it.
    pub(crate) seal: Mutex<Seal>,
    author: RwLock<Author>,
    data: PathBuf,
}

impl Station {
    /// Opens a station on its data folder; an empty folder becomes an unenrolled one.
    ///
    /// # Errors
    /// `DATA_FOLDER_IN_USE`, `DATABASE_NEWER`, `WRONG_KEY`, `DATABASE_DAMAGED`, `DISK_FULL`.
    pub fn open(opening: &Opening) -> Result<Arc<Self>> {
        let clock: Box<dyn Clock> = match opening.now {
            Some(now) => Box::new(FixedClock(now)),
            None => Box::new(SystemClock),
        };
        let machine = ThisMachine::new(opening.now.is_none());
        Self::open_on(opening, clock, Box::new(OsEntropy), Box::new(machine))
    }

    /// Opens a data folder whose key file was lost, with the recovery code printed at enrolment,
    /// and writes a new key file. Nothing in the folder changes besides its wraps.
    ///
    /// # Errors
    /// `WRONG_KEY` when the code is not this folder's.
    pub fn recover(opening: &Opening, code: &str) -> Result<()> {
        let key_dir = key_dir(opening.keys.as_deref())?;
        KeyRing::open_with_recovery(&opening.data, &key_dir, code.trim(), &OsEntropy)?;
        Ok(())
    }

    /// Opens a station with a given clock and source of randomness, so that a run can be replayed.
    ///
    /// # Errors
    /// As [`Station::open`].
    pub fn open_with(opening: &Opening, clock: Box<dyn Clock>, entropy: Box<dyn Entropy>) -> Result<Arc<Self>> {
        Self::open_on(opening, clock, entropy, Box::new(ThisMachine::new(false)))
    }

    /// Opens a station on a given machine, so that a test can move it to another one.
    ///
    /// # Errors
    /// As [`Station::open`].
    pub fn open_on(
        opening: &Opening,
        clock: Box<dyn Clock>,
        entropy: Box<dyn Entropy>,
        machine: Box<dyn Machine>,
    ) -> Result<Arc<Self>> {
        Self::open_over(opening, clock, entropy, machine, Box::new(sync::dial))
    }

    /// Opens a station that reaches its hub in a given way, so that a test can stand between them.
    ///
    /// # Errors
    /// As [`Station::open`].
    pub fn open_over(
        opening: &Opening,
        clock: Box<dyn Clock>,
        entropy: Box<dyn Entropy>,
        machine: Box<dyn Machine>,
        dialling: Box<Dialling>,
    ) -> Result<Arc<Self>> {
        let key_dir = key_dir(opening.keys.as_deref())?;
        let keys = KeyRing::open_or_create(&opening.data, &key_dir, &*entropy)?;
        let store = Store::open(&opening.data, keys.database_key(), &clock.now().to_rfc3339())?;
        let blobs = BlobStore::open(&opening.data.join("blobs"))?;
        sealed::sweep(&opening.data, &store, &blobs)?;
        let author = first_author(&store, &keys, &*clock, &*entropy)?;
        let own = (author.row, author.stream);
        let seal = Seal::open(keys.seal_file(&key_dir)?, &opening.data, &*machine, &store, &own)?;
        let today = civil(clock.now()).date();
        store.write(|transaction| {
            rules::install_starter(transaction, &known_agency(transaction)?.into(), today)?;
            renew_projections(transaction)
        })?;
        Ok(Arc::new(Self {
            store,
            blobs,
            calendar: Mutex::new(None),
            programs: Programs {
                scanimage: Program::new("scanimage"),
                lp: Program::new("lp"),
            },
            session: Mutex::new(None),
            scan_cancel: AtomicBool::new(false),
            leaving: AtomicBool::new(false),
            progress: Mutex::new(Progress::default()),
            dialling,
            way: Mutex::new(None),
            talking: Mutex::new(()),
            keys: Mutex::new(keys),
            signer: Mutex::new(None),
            clock,
            entropy,
            machine,
            seal: Mutex::new(seal),
            author: RwLock::new(author),
            data: opening.data.clone(),
        }))
    }

    /// Ends in good order: what was reserved and not given may be given by the next start. Whoever ends
    /// the process calls it, because a station that others still hold is never dropped. Called twice it
    /// does nothing more; a number given afterwards is reserved anew.
    ///
    /// # Errors
    /// When the database cannot be read or the mark not be written: the numbers reserved are given up at
    /// the next opening, and nothing else is lost.
    pub fn close(&self) -> Result<()> {
        seal::close(self)
    }

    /// Files that are durable above, counted one by one: for whoever compares both ends.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn files_durable(&self) -> Result<u64> {
        self.store.read(files_durable)
    }

    /// The data folder.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.data
    }

    /// The instant of a command, read once.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Both clocks, read once.
    pub(crate) fn reading(&self) -> Reading {
        Reading {
            now: self.now(),
            moment: self.machine.moment(),
        }
    }

    /// Who writes now.
    pub(crate) fn author(&self) -> Result<Author> {
        self.author
            .read()
            .map(|author| author.clone())
            .map_err(|_| internal("poisoned"))
    }

    /// The agency changes at enrolment.
    pub(crate) fn set_agency(&self, agency: AgencyCode) -> Result<()> {
        self.author.write().map_err(|_| internal("poisoned"))?.agency = agency;
        Ok(())
    }

    /// The key that signs the heads of a stream.
    pub(crate) fn signing_key(&self, stream: &Stream) -> Result<SigningKey> {
        let drawn = self
            .store
            .read(|connection| setting(connection, &epoch_key(stream.epoch)))?;
        let name = signer_name(stream.epoch, drawn.as_deref());
        let mut signer = lock(&self.signer)?;
        if let Some((_, key)) = signer.as_ref().filter(|(known, _)| *known == name) {
            return Ok(key.clone());
        }
        let key = signing_key(&*lock(&self.keys)?, &name);
        *signer = Some((name, key.clone()));
        Ok(key)
    }

    /// Whether a talk ends at its next step, because the window closes.
    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::SeqCst)
    }

    pub(crate) fn set_leaving(&self, leaving: bool) {
        self.leaving.store(leaving, Ordering::SeqCst);
    }

    /// A new epoch was opened: from now on it is written to.
    pub(crate) fn set_author(&self, author: Author) -> Result<()> {
        *self.author.write().map_err(|_| internal("poisoned"))? = author;
        Ok(())
    }

    /// Who did it and when.
    pub(crate) fn deed<'a>(&'a self, author: &'a Author, actor: Option<&Signed>, at: DateTime<Utc>) -> Deed<'a> {
        let moment = self.machine.moment();
        self.deed_at(author, actor, Reading { now: at, moment })
    }

    /// The same, where both clocks were read already.
    pub(crate) fn deed_at<'a>(&'a self, author: &'a Author, actor: Option<&Signed>, read: Reading) -> Deed<'a> {
        Deed {
            author,
            actor: actor.map(|signed| signed.id),
            at: read.now,
            moment: read.moment,
            entropy: &*self.entropy,
        }
    }

    /// The agency as printed today.
    pub(crate) fn agency(&self) -> Result<AgencyFacts> {
        let today = civil(self.now()).date();
        self.store.read(|connection| self.agency_in(connection, today))
    }

    /// The agency as printed on a day, read on a connection that is at hand.
    pub(crate) fn agency_in(&self, connection: &rusqlite::Connection, today: NaiveDate) -> Result<AgencyFacts> {
        let code = self.author()?.agency;
        match rules::agency::in_force(connection, &code, today)? {
            Some(file) => Ok(file.facts()),
            None => known_agency(connection),
        }
    }

    /// The calendar of today.
    pub(crate) fn calendar(&self) -> Result<Arc<Calendar>> {
        self.calendar_of(civil(self.now()).date())
    }

    /// The calendar in force today, by a clock that was read already. The lock is held while it is read,
    /// so that nobody keeps an old one beside a newly approved one.
    pub(crate) fn calendar_of(&self, today: NaiveDate) -> Result<Arc<Calendar>> {
        let mut kept = lock(&self.calendar)?;
        if let Some((_, calendar)) = kept.as_ref().filter(|(day, _)| *day == today) {
            return Ok(Arc::clone(calendar));
        }
        let calendar = Arc::new(
            self.store
                .read(|connection| rules::calendar_in_force(connection, today))?,
        );
        *kept = Some((today, Arc::clone(&calendar)));
        Ok(calendar)
    }

    /// A calendar was approved: the next question reads it. To be called after COMMIT.
    pub(crate) fn forget_calendar(&self) -> Result<()> {
        *lock(&self.calendar)? = None;
        Ok(())
    }

    /// Agencies whose codes may be typed without separators.
    pub(crate) fn known_agencies(&self) -> Result<Vec<AgencyCode>> {
        let stored = self.store.read(|connection| setting(connection, "agencies"))?;
        let facts: Vec<AgencyFacts> = match stored {
            Some(text) => serde_json::from_str(&text).map_err(internal)?,
            None => Vec::new(),
        };
        let mut codes: Vec<AgencyCode> = facts
            .iter()
            .filter_map(|facts| AgencyCode::parse(&facts.code).ok())
            .collect();
        codes.push(self.author()?.agency);
        codes.sort();
        codes.dedup();
        Ok(codes)
    }
}

impl Drop for Station {
    fn drop(&mut self) {
        // Nobody is left to be told; what a failure costs stands at `close`.
        let _ = self.close();
    }
}

/// What the hub said of our agency when this PC was enrolled, or the sample.
fn known_agency(connection: &Connection) -> Result<AgencyFacts> {
    let stored = setting(connection, "agency")?;
    serde_json::from_str(stored.as_deref().unwrap_or(SAMPLE_AGENCY)).map_err(internal)
}

/// Shape of the readable tables; raised with every change to them or to what is written there.
const PROJECTIONS: &str = "3";

/// Rebuilds the readable tables from the log when an older program wrote them.
fn renew_projections(transaction: &rusqlite::Transaction<'_>) -> Result<()> {
    if setting(transaction, "projections")?.as_deref() == Some(PROJECTIONS) {
        return Ok(());
    }
    project::rebuild(transaction)?;
    set_setting(transaction, "projections", PROJECTIONS)
}

/// Under which setting the drawn part of an epoch's key is kept.
pub(crate) fn epoch_key(epoch: u32) -> String {
    format!("epoch_key {epoch}")
}

/// The first epoch's key comes from the keys alone; later ones have a drawn part too, so that two
/// copies of one PC never sign with the same.
/// What the key of an epoch is derived from.
fn signer_name(epoch: u32, drawn: Option<&str>) -> String {
    match drawn {
        Some(drawn) => format!("motcua station stream {epoch} {drawn}"),
        None => format!("motcua station stream {epoch}"),
    }
}

fn signing_key(keys: &KeyRing, name: &str) -> SigningKey {
    SigningKey::from_bytes(keys.secret(name).as_bytes())
}

fn key_dir(asked: Option<&Path>) -> Result<PathBuf> {
    match asked {
        Some(dir) => Ok(dir.to_owned()),
        None => Ok(vault::default_key_dir(
            std::env::var_os("XDG_CONFIG_HOME"),
            std::env::var_os("HOME"),
        )?),
    }
}

/// The author of events; a new folder gets its device identity and first stream here.
fn first_author(store: &Store, keys: &KeyRing, clock: &dyn Clock, entropy: &dyn Entropy) -> Result<Author> {
    let found = store.read(|connection| {
        let agency = setting(connection, "agency")?;
        Ok((log::newest_stream(connection)?, agency))
    })?;
    let (row, stream) = match found.0 {
        Some(known) => known,
        None => new_stream(store, keys, clock, entropy)?,
    };
    let facts: AgencyFacts = serde_json::from_str(found.1.as_deref().unwrap_or(SAMPLE_AGENCY)).map_err(internal)?;
    let agency = AgencyCode::parse(&facts.code).map_err(|_| ApiError::new(Code::DatabaseDamaged))?;
    Ok(Author { row, stream, agency })
}

fn new_stream(store: &Store, keys: &KeyRing, clock: &dyn Clock, entropy: &dyn Entropy) -> Result<(i64, Stream)> {
    let (millis, random) = log::fresh(clock.now(), entropy)?;
    let stream = Stream {
        device: DeviceId::new(millis, random),
        epoch: 1,
    };
    let public_key = signing_key(keys, &signer_name(stream.epoch, None))
        .verifying_key()
        .to_bytes();
    let row = store.write(|transaction| {
        transaction.execute(
            include_str!("station/new_stream.sql"),
            rusqlite::params![
                stream.device.as_bytes(),
                stream.epoch,
                public_key,
                first_prev(&public_key)
            ],
        )?;
        let row = transaction.last_insert_rowid();
        set_setting(transaction, "created_at", &clock.now().to_rfc3339())?;
        Ok(row)
    })?;
    Ok((row, stream))
}
