//! The mark: what the file beside the key remembers of the database, so that a database of yesterday
//! or of another PC is told from today's own.

use dossier::DeviceId;
use serde::{Deserialize, Serialize};
use vault::SealFile;
use wire::Stream;
use wire::envelope::{hex, unhex};

use crate::error::{Result, internal};
use crate::log::Position;
use crate::machine::{Facts, Folder};

/// Days whose reservations a mark keeps: today, and a few of late entries.
const DAYS: usize = 8;

/// Numbers of one day that may have been issued since the mark was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserved {
    /// Series of which agency.
    pub series: String,
    /// Day, `YYYY-MM-DD`.
    pub day: String,
    /// Last number.
    pub through: u32,
}

/// The mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Device of the stream.
    pub device: String,
    /// Epoch of the stream.
    pub epoch: u32,
    /// The database bears the same; changed with every reservation.
    pub token: String,
    /// The database may already bear this one: promised, and not settled on yet.
    pub next: Option<String>,
    /// The stream had reached this record.
    pub seq: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
    /// What may have been issued since. Empty after a program ended in good order.
    pub reserved: Vec<Reserved>,
    /// The machine.
    pub machine: Facts,
    /// The data folder.
    pub folder: Folder,
    /// The hub does not know the stream as it is here: nothing is issued, whatever else fits.
    pub distrusted: bool,
}

impl Mark {
    /// A mark of this moment, that nothing was issued under.
    pub fn fresh(stream: &Stream, token: &str, machine: Facts, folder: Folder) -> Self {
        Self {
            device: stream.device.to_string(),
            epoch: stream.epoch,
            token: token.to_owned(),
            next: None,
            seq: 0,
            hash: String::new(),
            reserved: Vec::new(),
            machine,
            folder,
            distrusted: false,
        }
    }

    /// Promises the database a token, and says which: the one that is pending, where there is one,
    /// because the commit that failed or was cut off may have come through all the same.
    pub fn promise(mut self, drawn: String) -> (Self, String) {
        let next = self.next.take().unwrap_or(drawn);
        self.next = Some(next.clone());
        (self, next)
    }

    /// The database bears the promised token, and stands here. Only now may the days reserved longest ago
    /// be forgotten: a copy that gave numbers of them bears an earlier token and is not accepted any more,
    /// and the next number of such a day is reserved anew.
    pub fn settle(mut self, at: &Position) -> Self {
        self.token = self.next.take().unwrap_or(self.token);
        let surplus = self.reserved.len().saturating_sub(DAYS);
        self.reserved = self.reserved.split_off(surplus);
        self.stand_at(at);
        self
    }

    /// Whether a database with this token belongs to it.
    pub fn accepts(&self, token: &str) -> bool {
        self.token == token || self.next.as_deref() == Some(token)
    }

    /// Whether it speaks of this stream.
    pub fn is_of(&self, stream: &Stream) -> bool {
        self.device.parse::<DeviceId>() == Ok(stream.device) && self.epoch == stream.epoch
    }

    /// The position it remembers.
    pub fn position(&self) -> Option<Position> {
        Some(Position {
            seq: self.seq,
            hash: unhex(&self.hash)?,
        })
    }

    /// Remembers a position.
    pub fn stand_at(&mut self, at: &Position) {
        (self.seq, self.hash) = (at.seq, hex(&at.hash));
    }

    /// Whether a number lies in what is reserved. Before the mark has settled nothing does.
    pub fn covers(&self, series: &str, day: &str, number: u32) -> bool {
        let of_day = |one: &&Reserved| one.series == series && one.day == day;
        let reserved = self.reserved.iter().find(of_day);
        self.next.is_none() && reserved.is_some_and(|one| number <= one.through)
    }

    /// Reserves through a number.
    pub fn reserve(&mut self, series: &str, day: &str, through: u32) {
        self.reserved.retain(|one| one.series != series || one.day != day);
        self.reserved.push(Reserved {
            series: series.to_owned(),
            day: day.to_owned(),
            through,
        });
    }

    /// Writes it; durable when this returns.
    pub fn write(&self, file: &SealFile) -> Result<()> {
        Ok(file.write(&serde_json::to_vec(self).map_err(internal)?)?)
    }

    /// Reads it.
    pub fn read(file: &SealFile) -> Result<Option<Self>> {
        let said = file.read()?;
        said.map(|said| serde_json::from_slice(&said).map_err(internal))
            .transpose()
    }
}

#[cfg(test)]
mod tests;
