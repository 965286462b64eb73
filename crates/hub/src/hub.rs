//! One hub on one data folder: opening it, and what an administrator asks of it.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use dossier::code::AgencyCode;
use ed25519_dalek::SigningKey;
use line::{EnrolmentCode, HubKey, Pin};
use rusqlite::Transaction;
use vault::{BlobStore, Entropy, KeyRing, Secret32};
use wire::envelope::hex;
use wire::protocol::{AgencyFacts, RefusalCode};

use crate::agency;
use crate::clock::{Clock, civil_day};
use crate::devices;
use crate::enrol;
use crate::error::{HubError, Result};
use crate::generation::{self, Generation};
use crate::parts;
use crate::push;
use crate::report::{self, Report};
use crate::store::Store;
use crate::tally::Tally;

/// A hub. Clones are the same hub.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

pub(crate) struct Inner {
    pub store: Store,
    pub blobs: BlobStore,
    pub entropy: Arc<dyn Entropy>,
    pub clock: Arc<dyn Clock>,
    pub key: SigningKey,
    pub line_key: HubKey,
    pub admin_token: String,
    /// Where batches of one stream wait for each other.
    pub order: push::Order,
    /// What must survive the database. Taken before the database's writer, never inside it.
    generation: Mutex<Generation>,
    /// The last day on which what nobody needs any more was removed.
    swept: Mutex<NaiveDate>,
}

impl Hub {
    /// Opens the data folder; the first time makes its keys (in `key_dir`, outside it), its
    /// database and the sample agency.
    ///
    /// # Errors
    /// [`HubError::Vault`] with `InUse` when another program has it, and everything else of the
    /// vault.
    pub fn open(data_dir: &Path, key_dir: &Path, entropy: Arc<dyn Entropy>, clock: Arc<dyn Clock>) -> Result<Self> {
        let keys = KeyRing::open_or_create(data_dir, key_dir, entropy.as_ref())?;
        let label = clock.now().format("%Y%m%dT%H%M%S").to_string();
        let tally = Tally::open(&generation::tally_file(key_dir, &keys));
        let store = Store::open(data_dir, keys.database_key(), &label, tally)?;
        let noted = store.noted();
        let today = civil_day(clock.now());
        let generation = store.write(|tx| {
            agency::put_sample_if_none(tx)?;
            parts::forget_old(tx, clock.now())?;
            let generation = Generation::begin((data_dir, key_dir), &keys, (tx, noted), today, entropy.as_ref())?;
            for (device, at) in generation.suspended() {
                devices::suspend(tx, &device, at)?;
            }
            Ok(generation)
        })?;
        let blobs = open_blobs(data_dir, &store)?;
        let key = SigningKey::from_bytes(keys.secret("motcua 2026 hub signing key v1").as_bytes());
        let (line_key, admin_token) = (line_key(&keys)?, admin_token(&keys));
        Ok(Self(Arc::new(Inner {
            store,
            blobs,
            entropy,
            clock,
            key,
            line_key,
            admin_token,
            order: push::Order::default(),
            generation: Mutex::new(generation),
            swept: Mutex::new(today),
        })))
    }

    /// A one-time enrolment code for a PC of this agency, good for ten minutes, to be read out or
    /// typed ([`line::EnrolmentCode`]). It carries the fingerprint of this hub's key.
    ///
    /// # Errors
    /// `NotFound` for an agency that is not here; those of the database.
    pub fn new_code(&self, agency: &str) -> Result<String> {
        let mut random = [0; 12];
        self.0.entropy.fill(&mut random)?;
        let code = EnrolmentCode::of(&random, self.0.line_key.pin().print());
        let now = self.now();
        self.0
            .store
            .write(|tx| enrol::keep_code(tx, &code.secret, agency, now))?;
        Ok(code.to_string())
    }

    /// Adds an agency, or describes a known one anew.
    ///
    /// # Errors
    /// `BadMessage` for a code that is no agency code; those of the database.
    pub fn put_agency(&self, facts: &AgencyFacts) -> Result<()> {
        if facts.code.parse::<AgencyCode>().is_err() {
            return Err(HubError::refused(RefusalCode::BadMessage));
        }
        self.0.store.write(|tx| agency::put(tx, facts))
    }

    /// Counts everything and checks every chain, signature, body and file from its stored bytes.
    ///
    /// # Errors
    /// When the database cannot be read at all; findings are no errors.
    pub fn report(&self) -> Result<Report> {
        report::make(&self.0)
    }

    /// Changes when the database was restored from a backup.
    #[must_use]
    pub fn generation(&self) -> String {
        self.outside().name().to_owned()
    }

    /// How often the database went back.
    pub(crate) fn restores(&self) -> u32 {
        self.outside().restores()
    }

    /// What is kept outside the database. A thread that panicked left nothing half done in it.
    pub(crate) fn outside(&self) -> MutexGuard<'_, Generation> {
        self.0.generation.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token that opens the administrator's addresses. It is derived from the keys, so that
    /// whoever may open the data folder may also ask the running server.
    #[must_use]
    pub fn admin_token(&self) -> &str {
        &self.0.admin_token
    }

    /// The key by which counters know this hub on the line.
    #[must_use]
    pub fn line_key(&self) -> &HubKey {
        &self.0.line_key
    }

    /// By what a running server's data folder is asked, without its database: the token, and the key
    /// that has to answer.
    ///
    /// # Errors
    /// When the keys are not there.
    pub fn admin_of(data_dir: &Path, key_dir: &Path) -> Result<(String, Pin)> {
        let keys = KeyRing::open(data_dir, key_dir)?;
        Ok((admin_token(&keys), line_key(&keys)?.pin()))
    }

    /// A clean stop: counted, and the write-ahead log moved into the file.
    ///
    /// # Errors
    /// Those of the database.
    pub fn finish(&self) -> Result<()> {
        let mut generation = self.outside();
        self.0.store.write(|tx: &Transaction<'_>| generation.count(tx))?;
        self.0.store.checkpoint()
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    /// Once for each day.
    pub(crate) fn is_new_day(&self, today: NaiveDate) -> bool {
        let mut swept = self.0.swept.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *swept, today) != today
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }
}

fn line_key(keys: &KeyRing) -> Result<HubKey> {
    Ok(HubKey::from_seed(
        keys.secret("motcua 2026 hub line key v1").as_bytes(),
    )?)
}

fn admin_token(keys: &KeyRing) -> String {
    hex(keys.secret("motcua 2026 hub administrator token v1").as_bytes())
}

/// Files sealed by a killed process before their row was written are removed.
fn open_blobs(data_dir: &Path, store: &Store) -> Result<BlobStore> {
    let blobs = BlobStore::open(&data_dir.join("blobs"))?;
    let claimed = store.read(|db| {
        let mut statement = db.prepare(include_str!("sql/blob_claimed.sql"))?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, [u8; 32]>(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
    })?;
    let claimed: Vec<_> = claimed
        .into_iter()
        .map(|(hash, key)| (hash, Secret32::new(key)))
        .collect();
    blobs.remove_unclaimed(claimed.iter().map(|(hash, key)| (hash, key)))?;
    Ok(blobs)
}
