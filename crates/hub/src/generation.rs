//! The hub's generation: a name that changes when the database went back in time, so that stations
//! send again what they believed was up here. It is kept in a file beside the database, because a
//! restored database would bring its own name back; and in another beside the keys, because whoever
//! restores the folder restores the file in it too.
//!
//! Files and database also count the server's starts and clean stops together. A database that
//! counts less was restored from a backup, and the name is drawn anew. The highest number leased of
//! each day is kept here too: what a lost database gave away is not given again; and so is who was
//! suspended: a backup takes no thief back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use dossier::DeviceId;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use vault::{Entropy, KeyRing};
use wire::envelope::hex;
use wire::sync::hub::{self, Beginning, Floor};

use crate::error::{HubError, Result};
use crate::row::first;

const FILE: &str = "hub.generation";
/// Where numbers go on when nobody knows which were leased: below lie more numbers a day than any
/// agency was ever given.
const BEHIND_EVERYTHING: u32 = 99_999;
/// Days for which numbers may have been leased, ahead of today and behind it.
const AHEAD: u64 = 32;
const BEHIND: u64 = 41;

/// What must survive the database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    generation: String,
    starts: i64,
    /// How often the database went back.
    #[serde(default)]
    restores: u32,
    /// The highest number ever leased, by series and day (`YYYY-MM-DD`, which sorts as days do).
    #[serde(default)]
    leased: BTreeMap<String, BTreeMap<String, u32>>,
    /// Up to this day nobody knows which numbers were leased.
    #[serde(default)]
    lost_until: Option<String>,
    /// Suspended devices, and when (milliseconds).
    #[serde(default)]
    suspended: BTreeMap<String, i64>,
}

/// What is kept outside the database, and where.
#[derive(Debug)]
pub struct Generation {
    places: [(PathBuf, String); 2],
    kept: Kept,
}

impl Generation {
    /// Counts a start; a database that went back gets a new name. `noted` are the transactions it had.
    pub fn begin(
        (data_dir, key_dir): (&Path, &Path),
        keys: &KeyRing,
        (db, noted): (&Connection, Option<i64>),
        today: NaiveDate,
        entropy: &dyn Entropy,
    ) -> Result<Self> {
        let places = places(data_dir, key_dir, keys);
        let found = load(&places)?;
        let counted: i64 = db.query_row(include_str!("sql/life.sql"), [], first)?;
        let outside = found.as_ref().map(|kept| kept.starts);
        let mut kept = found.unwrap_or_default();
        let commits: i64 = db.query_row(include_str!("sql/life_commits.sql"), [], first)?;
        // Copied and put back between two starts: the starts are the same.
        let less = outside.is_some() && noted.is_some_and(|noted| commits < noted);
        let beginning = if less {
            Beginning::New(Floor::Known)
        } else {
            hub::begin(outside, counted)
        };
        if let Beginning::New(floor) = beginning {
            // From now on it counts more than any copy made before, whichever is put back next.
            let raised = params![outside.unwrap_or(0), noted.unwrap_or(0)];
            db.execute(include_str!("sql/life_raise.sql"), raised)?;
            if counted > 0 {
                kept.restores = kept.restores.saturating_add(1);
            }
            if floor == Floor::Lost {
                kept.lost_until = today.checked_add_days(Days::new(AHEAD)).map(|day| day.to_string());
            }
            kept.generation = draw(entropy)?;
        }
        let oldest = today.checked_sub_days(Days::new(BEHIND)).unwrap_or(today).to_string();
        kept.leased
            .values_mut()
            .for_each(|days| days.retain(|day, _| *day >= oldest));
        let mut it = Self { places, kept };
        it.count(db)?;
        Ok(it)
    }

    /// Counts a start or a clean stop: the database first, then the files.
    pub fn count(&mut self, db: &Connection) -> Result<()> {
        self.kept.starts = db.query_row(include_str!("sql/life_count.sql"), [], first)?;
        self.keep()
    }

    /// Changes when the database was restored from a backup.
    pub fn name(&self) -> &str {
        &self.kept.generation
    }

    /// How often the database went back.
    pub fn restores(&self) -> u32 {
        self.kept.restores
    }

    /// The highest number that may have been leased of a day, whatever the database says.
    pub fn floor(&self, series: &str, day: &str) -> u32 {
        let leased = self.kept.leased.get(series).and_then(|days| days.get(day)).copied();
        let lost = self.kept.lost_until.as_deref().is_some_and(|until| day <= until);
        leased.unwrap_or(0).max(if lost { BEHIND_EVERYTHING } else { 0 })
    }

    /// Numbers up to these are about to be leased. Durable when this returns: to be called before the
    /// database commits them.
    pub fn raise(&mut self, series: &str, highest: &BTreeMap<String, u32>) -> Result<()> {
        let days = self.kept.leased.entry(series.to_owned()).or_default();
        let mut higher = false;
        for (day, number) in highest {
            let known = days.entry(day.clone()).or_default();
            higher |= number > known;
            *known = (*known).max(*number);
        }
        if higher { self.keep() } else { Ok(()) }
    }

    /// Who is suspended, whatever the database says.
    pub fn suspended(&self) -> Vec<(DeviceId, i64)> {
        let read = |(device, at): (&String, &i64)| Some((device.parse().ok()?, *at));
        self.kept.suspended.iter().filter_map(read).collect()
    }

    /// A device is suspended from this moment, or taken back.
    pub fn suspend(&mut self, device: &DeviceId, at: Option<i64>) -> Result<()> {
        let name = device.to_string();
        match at {
            Some(at) => drop(self.kept.suspended.entry(name).or_insert(at)),
            None => drop(self.kept.suspended.remove(&name)),
        }
        self.keep()
    }

    fn keep(&self) -> Result<()> {
        let bytes = serde_json::to_vec(&self.kept)?;
        for (dir, name) in &self.places {
            vault::write_durably(dir, name, &bytes)?;
        }
        Ok(())
    }
}

/// The key folder comes first, in writing as well: whoever restores the data folder while the count
/// stands still brings an old file with the same count, and that one may not speak louder. The key folder
/// may hold the keys of several hubs: the name is this one's own.
fn places(data_dir: &Path, key_dir: &Path, keys: &KeyRing) -> [(PathBuf, String); 2] {
    let name = own_name(keys) + ".generation";
    [(key_dir.to_owned(), name), (data_dir.to_owned(), FILE.to_owned())]
}

fn own_name(keys: &KeyRing) -> String {
    let own = hex(keys.secret("motcua 2026 hub generation file v1").as_bytes());
    own.chars().take(16).collect()
}

/// Where transactions are counted outside the database.
pub fn tally_file(key_dir: &Path, keys: &KeyRing) -> PathBuf {
    key_dir.join(own_name(keys) + ".commits")
}

/// The file that counts the most starts, of equal ones the first, with the numbers of both.
fn load(places: &[(PathBuf, String)]) -> Result<Option<Kept>> {
    let mut newest: Option<Kept> = None;
    for (dir, name) in places {
        newest = match (newest, read(&dir.join(name))?) {
            (Some(one), Some(other)) => Some(joined(one, other)),
            (one, other) => one.or(other),
        };
    }
    Ok(newest)
}

fn joined(one: Kept, other: Kept) -> Kept {
    let (mut newer, older) = if one.starts >= other.starts {
        (one, other)
    } else {
        (other, one)
    };
    for (series, days) in older.leased {
        let into = newer.leased.entry(series).or_default();
        for (day, number) in days {
            let known = into.entry(day).or_default();
            *known = (*known).max(number);
        }
    }
    newer.lost_until = newer.lost_until.max(older.lost_until);
    newer
}

fn read(path: &Path) -> Result<Option<Kept>> {
    match fs::read(path) {
        // A file nobody can read is as good as none: a new name costs one comparison per station.
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(HubError::io("read the generation")(error)),
    }
}

fn draw(entropy: &dyn Entropy) -> Result<String> {
    let mut random = [0; 16];
    entropy.fill(&mut random)?;
    Ok(hex(&random))
}

#[cfg(test)]
mod tests {
    use vault::OsEntropy;

    use super::*;

    fn keep(place: &(PathBuf, String), starts: i64, suspended: &[&str]) {
        let kept = Kept {
            starts,
            suspended: suspended.iter().map(|name| ((*name).to_owned(), 1)).collect(),
            ..Kept::default()
        };
        vault::write_durably(&place.0, &place.1, &serde_json::to_vec(&kept).unwrap()).unwrap();
    }

    #[test]
    fn of_two_equal_counts_the_key_folder_is_believed() {
        let folders = rig::Folders::new().unwrap();
        let keys = KeyRing::open_or_create(&folders.data, &folders.keys, &OsEntropy).unwrap();
        let places = places(&folders.data, &folders.keys, &keys);
        let [beside_keys, beside_data] = &places;
        assert_eq!((&beside_keys.0, &beside_data.0), (&folders.keys, &folders.data));
        let suspended = || {
            load(&places)
                .unwrap()
                .unwrap()
                .suspended
                .into_keys()
                .collect::<Vec<_>>()
        };
        keep(beside_keys, 7, &["thief"]);
        keep(beside_data, 7, &[]);
        assert_eq!(suspended(), ["thief"], "a restored data folder takes nobody back");
        keep(beside_data, 6, &["another"]);
        assert_eq!(suspended(), ["thief"]);
        keep(beside_data, 8, &[]);
        assert_eq!(suspended(), [""; 0], "the keys were restored");
    }
}
