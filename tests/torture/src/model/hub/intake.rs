//! A stream of the hub's database as a batch changes it, under [`wire::sync::hub::take_in`]: where most
//! mistakes are planted.

use wire::sync::hub::{Batch, Log, Placed};
use wire::sync::{Chain, Hash, Position};

use super::super::planted::Planted;
use super::super::record::{Bytes, REFUSED, UNKNOWN, code, id, kind, rewritten};
use super::{Database, Event};

/// The hub's copy of a stream while a batch is taken in.
pub struct Intake<'a> {
    pub db: &'a mut Database,
    pub at: usize,
    pub planted: Option<Planted>,
    pub batch: Batch<'a, Bytes>,
}

impl Chain for Intake<'_> {
    type Error = ();

    fn head(&self) -> Position {
        self.db.streams[self.at].copy.end()
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, ()> {
        let (first, links) = (self.batch.first, self.batch.links);
        match self.planted {
            Some(Planted::PrevUnchecked) if seq + 1 == first => return Ok(Some(self.batch.prev)),
            Some(Planted::OverlapNotRehashed) if seq >= first => {
                return Ok(links.get(usize::try_from(seq - first).unwrap()).map(|link| link.1));
            }
            _ => {}
        }
        Ok(self.db.streams[self.at].copy.at(seq))
    }
}

impl Log for Intake<'_> {
    type Record = Bytes;
    type Reason = ();

    fn standing(&mut self, record: &Bytes) -> Result<Placed<()>, ()> {
        Ok(self.twin(record)?.unwrap_or(Placed {
            number: 0,
            refused: None,
        }))
    }

    fn twin(&mut self, record: &Bytes) -> Result<Option<Placed<()>>, ()> {
        let number = self.db.number_of(id(record));
        Ok((number > 0).then(|| Placed {
            number: u64::from(number),
            refused: self.db.events[number as usize - 1].refused.then_some(()),
        }))
    }

    fn judge(&mut self, record: &Bytes) -> Result<Option<()>, ()> {
        let refused = kind(record) & REFUSED != 0;
        if refused && self.planted == Some(Planted::RefusedBlocks) {
            return Err(());
        }
        Ok(refused.then_some(()))
    }

    fn store(&mut self, record: &Bytes, hash: &Hash, refused: Option<()>) -> Result<Placed<()>, ()> {
        self.keep(record, hash);
        self.db.events.push(Event {
            bytes: *record,
            stream: self.at,
            refused: refused.is_some(),
        });
        let (event, number) = (id(record), self.db.events.len());
        if self.db.number.len() <= event as usize {
            self.db.number.resize(event as usize + 8, 0);
        }
        self.db.number[event as usize] = u32::try_from(number).unwrap();
        if code(record) > 0 {
            self.take_code(code(record), event);
        }
        Ok(Placed {
            number: number as u64,
            refused,
        })
    }

    fn repeat(&mut self, record: &Bytes, hash: &Hash, twin: Placed<()>) -> Result<Placed<()>, ()> {
        self.keep(record, hash);
        Ok(twin)
    }

    fn advance(&mut self, head: Position) -> Result<(), ()> {
        assert_eq!(self.head(), head);
        Ok(())
    }
}

impl Intake<'_> {
    fn keep(&mut self, record: &Bytes, hash: &Hash) {
        let rewrite = self.planted == Some(Planted::UnknownRewritten) && kind(record) & UNKNOWN != 0;
        let bytes = if rewrite { rewritten(*record) } else { *record };
        self.db.streams[self.at].copy.records.push((bytes, *hash));
    }

    /// A code on two papers is a task for a person.
    fn take_code(&mut self, code: u32, event: u32) {
        match self.db.codes.iter().find(|it| it.0 == code) {
            Some(known) if known.1 != event => self.db.clashes.push(code),
            Some(_) => {}
            None => self.db.codes.push((code, event)),
        }
    }
}
