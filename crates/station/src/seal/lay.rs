//! Writing the mark. Three writes in one order, always: the mark **promises** a token, the database
//! **bears** it, the mark **settles** on it; only then a number is issued. Each of them is whole or
//! not there at all, and at every moment the mark on the disk accepts the token of the database:
//!
//! | cut off | mark accepts | database bears |
//! |---|---|---|
//! | before the promise | T | T |
//! | before the commit | T, N | T |
//! | before the mark settles | T, N | N |
//! | later | N | N |
//!
//! A write that failed may be on the disk all the same, a commit too. So a promised token is never
//! replaced: it is promised again until the mark has settled on it.

use dossier::fact::Fact;
use rusqlite::Transaction;

use super::mark::Mark;
use super::{Break, STRIDE, Seal, Standing, TOKEN, Wanted};
use crate::error::Result;
use crate::log::{self, Position};
use crate::numbers;
use crate::station::Station;
use crate::store::{lock, set_setting};

/// A token that no database bears: a broken seal stays broken until the database has the next one.
const NO_DATABASE: &str = "-";

impl Seal {
    /// Reserves a stride from a number on. False when the mark could not be written: then no number
    /// is issued, and the next one is tried again.
    pub(super) fn reserve(&mut self, station: &Station, wanted: &Wanted) -> Result<bool> {
        let mut mark = self.current(station)?;
        (mark.machine, mark.folder) = (self.machine.clone(), self.folder.clone());
        // Promised with the token: under a mark that did not settle no number is issued yet.
        let through = wanted.number.saturating_add(self.stride).saturating_sub(1);
        mark.reserve(&wanted.series, &wanted.day, through);
        let settled = self.write_through(station, mark, |_| Ok(()))?;
        if settled {
            self.stride = self.stride.saturating_mul(2).min(STRIDE);
        }
        Ok(settled)
    }

    /// The mark that is written next: the last one, or the first one of a database without a token.
    fn current(&self, station: &Station) -> Result<Mark> {
        match &self.mark {
            Some(mark) => Ok(mark.clone()),
            None => self.fresh(station, ""),
        }
    }

    fn fresh(&self, station: &Station, token: &str) -> Result<Mark> {
        let (stream, machine, folder) = (station.author()?.stream, &self.machine, &self.folder);
        Ok(Mark::fresh(&stream, token, machine.clone(), folder.clone()))
    }

    /// Promise, commit, settle. False when the mark could not be written: nothing is lost by that,
    /// and what became of the writing is nobody's error.
    fn write_through(
        &mut self,
        station: &Station,
        mark: Mark,
        work: impl Fn(&Transaction<'_>) -> Result<()>,
    ) -> Result<bool> {
        let (mark, next) = mark.promise(token(station)?);
        let promised = mark.write(&self.file);
        self.mark = Some(mark.clone());
        if promised.is_err() {
            return Ok(false);
        }
        let row = station.author()?.row;
        let position = station.store.write(|transaction| {
            set_setting(transaction, TOKEN, &next)?;
            work(transaction)?;
            log::position(transaction, row)
        })?;
        let mark = mark.settle(&position);
        if mark.write(&self.file).is_err() {
            return Ok(false);
        }
        (self.mark, self.standing, self.settled) = (Some(mark), Standing::Whole, true);
        Ok(true)
    }

    /// Nothing is issued any more, in this run or a later one, until the seal is laid anew.
    fn break_for(&mut self, why: Break) -> Result<()> {
        self.standing = Standing::Broken(why);
        let Some(mark) = self.mark.as_mut() else { return Ok(()) };
        mark.distrusted = true;
        mark.write(&self.file)
    }

    /// What an earlier run reserved stays: a copy of the database from then still bears the token.
    fn close(&mut self, position: &Position) -> Result<()> {
        let ours = self.standing == Standing::Whole && self.settled;
        let Some(mark) = self.mark.as_mut().filter(|mark| ours && !mark.reserved.is_empty()) else {
            return Ok(());
        };
        mark.reserved.clear();
        mark.stand_at(position);
        mark.write(&self.file)
    }
}

fn token(station: &Station) -> Result<String> {
    let mut bytes = [0; 16];
    station.entropy.fill(&mut bytes)?;
    Ok(wire::envelope::hex(&bytes))
}

/// Lays a first seal, before any hub knows this PC: from then on a folder without its mark is a copy.
/// Where the mark cannot be written, the first talk tries again.
///
/// # Errors
/// When the database cannot be written.
pub fn lay(station: &Station) -> Result<()> {
    let mut seal = lock(&station.seal)?;
    if seal.standing == Standing::Unlaid {
        let mark = seal.current(station)?;
        seal.write_through(station, mark, |_| Ok(()))?;
    }
    Ok(())
}

/// Lays a broken seal anew: the hub has met this stream as it is here, or a new epoch was opened.
/// Numbers held under a broken seal are given up, all of them: somebody else may have printed them.
/// That the seal was broken goes into the log, so that the history of a twin ends where this one goes
/// on. False when the mark could not be written; the seal stays broken.
fn renew(station: &Station, seal: &mut Seal, why: Break) -> Result<bool> {
    let (author, now) = (station.author()?, station.now());
    let mark = seal.fresh(station, NO_DATABASE)?;
    seal.write_through(station, mark, |transaction| {
        numbers::give_up_all(transaction)?;
        set_setting(transaction, numbers::DOUBTED_AT, &now.to_rfc3339())?;
        let what = why.name().to_owned();
        let deed = station.deed(&author, None, now);
        log::append(transaction, &deed, None, Fact::SealBroken { what })?;
        Ok(())
    })
}

/// The hub holds another history of this stream: nothing is issued any more until the seal is laid
/// anew.
///
/// # Errors
/// When the mark cannot be written; nothing is issued in this run all the same.
pub fn distrust(station: &Station) -> Result<()> {
    lock(&station.seal)?.break_for(Break::Distrusted)
}

/// The PC did not live through all the time since the last talk. Nothing is issued until the seal is
/// laid anew, which the same talk brings when the hub knows the stream.
///
/// # Errors
/// When the mark cannot be written; nothing is issued in this run all the same.
pub fn put_back(station: &Station) -> Result<()> {
    let mut seal = lock(&station.seal)?;
    match seal.standing {
        Standing::Whole => seal.break_for(Break::PutBack),
        Standing::Unlaid | Standing::Broken(_) => Ok(()),
    }
}

/// The hub knows every stream as it is here, which mends a broken seal. True when it was laid anew:
/// then the log has one more record.
///
/// # Errors
/// When the database cannot be written.
pub fn met_hub(station: &Station) -> Result<bool> {
    let mut seal = lock(&station.seal)?;
    match seal.standing {
        Standing::Whole => Ok(false),
        Standing::Broken(why) => renew(station, &mut seal, why),
        Standing::Unlaid => {
            drop(seal);
            lay(station).map(|()| false)
        }
    }
}

/// The program ends in good order: what was reserved and not issued may be issued later.
///
/// # Errors
/// When the database cannot be read or the mark not be written: then it is given up at the next start.
pub fn close(station: &Station) -> Result<()> {
    // Held before the position is read: a number given between the two would lie behind the mark's record
    // and no longer be reserved.
    let mut seal = lock(&station.seal)?;
    let row = station.author()?.row;
    let position = station.store.read(|connection| log::position(connection, row))?;
    seal.close(&position)
}
