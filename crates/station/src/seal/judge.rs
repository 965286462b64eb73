//! Comparing database, machine and mark when a station is opened.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};
use vault::SealFile;
use wire::Stream;

use super::mark::Mark;
use super::{Break, FIRST_STRIDE, Seal, Standing, TOKEN};
use crate::error::Result;
use crate::machine::Machine;
use crate::numbers;
use crate::store::{Store, setting, thirty_two};

impl Seal {
    /// Compares database, machine and mark, and gives up what a program that was cut off may have
    /// issued.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub fn open(
        file: SealFile,
        data: &Path,
        machine: &dyn Machine,
        store: &Store,
        own: &(i64, Stream),
    ) -> Result<Self> {
        let mut seal = Self {
            mark: None,
            standing: Standing::Broken(Break::BadMark),
            stride: FIRST_STRIDE,
            settled: false,
            machine: machine.facts(),
            folder: machine.folder(data),
            file,
        };
        // What cannot be read is no mark to go by; the next meeting with the hub lays it anew.
        if let Ok(mark) = Mark::read(&seal.file) {
            seal.standing = store.read(|connection| seal.judge(connection, mark.as_ref(), own))?;
            seal.mark = mark;
        }
        if seal.standing == Standing::Whole {
            seal.give_up_reserved(store)?;
        }
        Ok(seal)
    }

    fn judge(&self, connection: &Connection, mark: Option<&Mark>, own: &(i64, Stream)) -> Result<Standing> {
        let token = setting(connection, TOKEN)?;
        let Some(mark) = mark else {
            let new = token.is_none() && setting(connection, "hub")?.is_none();
            return Ok(if new {
                Standing::Unlaid
            } else {
                Standing::Broken(Break::NoMark)
            });
        };
        let broken = if mark.distrusted {
            Some(Break::Distrusted)
        } else if !mark.is_of(&own.1) {
            Some(Break::OtherStream)
        } else if mark.machine.differ(&self.machine) {
            Some(Break::OtherMachine)
        } else if mark.folder.differs(&self.folder) {
            Some(Break::OtherFolder)
        } else if !mark.accepts(&token.unwrap_or_default()) || !holds(connection, mark, own.0)? {
            Some(Break::RolledBack)
        } else {
            None
        };
        Ok(broken.map_or(Standing::Whole, Standing::Broken))
    }

    fn give_up_reserved(&self, store: &Store) -> Result<()> {
        let mark = self.mark.as_ref();
        let reserved = mark.map(|mark| mark.reserved.as_slice()).unwrap_or_default();
        if reserved.is_empty() {
            return Ok(());
        }
        store.write(|transaction| {
            for one in reserved {
                numbers::give_up_through(transaction, &one.series, &one.day, one.through)?;
            }
            Ok(())
        })
    }
}

/// Whether the record the mark speaks of is here, with its hash.
fn holds(connection: &Connection, mark: &Mark, row: i64) -> Result<bool> {
    let Some(position) = mark.position().filter(|position| position.seq > 0) else {
        return Ok(true);
    };
    let found: Option<Vec<u8>> = connection
        .prepare_cached(include_str!("../sync/hash_at.sql"))?
        .query_row(params![row, position.seq], |row| row.get("hash"))
        .optional()?;
    Ok(found.map(thirty_two).transpose()? == Some(position.hash))
}
