//! Another history under an own name: searched for its last common record, and mended.

use wire::protocol::RefusalCode;
use wire::sync::Hash;
use wire::sync::client::{Mend, Page, Search};

use super::super::hub::{Answer, Ask, Hub};
use super::super::line::Line;
use super::super::planted::Planted;
use super::super::record::{Bytes, Copy, Name, hash, id};
use super::{Counter, Own, Phase, Talked};

/// What the hub holds behind the common record.
pub(super) struct Theirs {
    common: u64,
    stranger: bool,
    records: Vec<(Bytes, u64, bool)>,
    next_epoch: u32,
}

impl Counter {
    /// The hub lost the stream's opening.
    pub(super) fn reopen(&mut self, at: usize, line: &mut Line, hub: &mut Hub) -> Talked {
        let own = &self.disk.streams[at];
        let (name, key) = (own.copy.name, own.copy.key);
        match line.ask(
            hub,
            &Ask::Open {
                name,
                key,
                leaves: None,
            },
        ) {
            Some(Answer::Refused(_, Some(_))) => {
                self.phase = Phase::Search(at, Mend::from(own.durable, own.copy.len()));
                Talked::Going
            }
            Some(Answer::Opened) => Talked::Going,
            _ => Talked::Broken,
        }
    }

    pub(super) fn search(&mut self, at: usize, mend: Mend, line: &mut Line, hub: &mut Hub) -> Talked {
        let own = &self.disk.streams[at];
        let name = own.copy.name;
        let ask = Ask::Page {
            name,
            after: mend.after(),
        };
        let Some(Answer::Page {
            after,
            prev,
            mut records,
            next_epoch,
        }) = line.ask(hub, &ask)
        else {
            return Talked::Broken;
        };
        let hashes = chained(name, after, prev, &records);
        let Ok(found) = mend.read(
            &own.copy,
            &Page {
                after,
                prev,
                hashes: &hashes,
            },
        );
        let (common, stranger) = match found {
            Search::Earlier(earlier) => {
                self.phase = Phase::Search(at, earlier);
                return Talked::Going;
            }
            Search::Same { common, stranger } => (common, stranger),
        };
        let same = common.saturating_sub(after);
        records.drain(..usize::try_from(same).unwrap().min(records.len()));
        if stranger {
            records.clear();
        }
        let theirs = Theirs {
            common,
            stranger,
            records,
            next_epoch,
        };
        if at == self.newest() && !self.is(Planted::EpochReused) {
            self.phase = Phase::Open(at, theirs);
        } else {
            self.mend(at, &theirs, None);
        }
        Talked::Going
    }

    pub(super) fn open(&mut self, at: usize, mut theirs: Theirs, line: &mut Line, hub: &mut Hub) -> Talked {
        let left = self.disk.streams[at].copy.name;
        let (name, key) = ((left.0, theirs.next_epoch), line.chance.bits());
        match line.ask(
            hub,
            &Ask::Open {
                name,
                key,
                leaves: Some(left.1),
            },
        ) {
            Some(Answer::Opened) => self.mend(at, &theirs, Some(Copy::new(name, key))),
            Some(Answer::Refused(why, Some(next))) => {
                assert_eq!(why.code, RefusalCode::Fork);
                theirs.next_epoch = next;
                self.phase = Phase::Open(at, theirs);
            }
            _ => return Talked::Broken,
        }
        Talked::Going
    }

    /// One transaction: their history under the old name, what is only here under the newest one.
    fn mend(&mut self, at: usize, theirs: &Theirs, opened: Option<Copy>) {
        let common = usize::try_from(theirs.common).unwrap();
        let own = &mut self.disk.streams[at];
        let ours: Vec<Bytes> = own.copy.records.drain(common..).map(|it| it.0).collect();
        own.places.truncate(common);
        for (bytes, number, refused) in &theirs.records {
            if self.stands_elsewhere(at, id(bytes)) {
                break;
            }
            self.disk.others.retain(|other| id(&other.1) != id(bytes));
            self.disk.written.push(id(bytes));
            let own = &mut self.disk.streams[at];
            own.append(*bytes);
            *own.places.last_mut().unwrap() = (*number, *refused);
        }
        let own = &mut self.disk.streams[at];
        own.durable = own.copy.len();
        if let Some(copy) = opened {
            self.disk.streams.push(Own::new(copy));
            self.disk.leases.clear();
            self.sealed = true;
        }
        let newest = self.newest();
        for bytes in ours {
            let up_there = theirs.records.iter().any(|it| id(&it.0) == id(&bytes));
            if !up_there {
                self.disk.streams[newest].append(bytes);
            }
        }
        if theirs.stranger {
            self.disk.streams.remove(at);
        }
        (self.disk.cursor, self.disk.own_too) = (0, true);
    }

    fn stands_elsewhere(&self, at: usize, event: u32) -> bool {
        let others = self.disk.streams.iter().enumerate().filter(|(it, _)| *it != at);
        others
            .into_iter()
            .any(|(_, own)| own.copy.records.iter().any(|it| id(&it.0) == event))
    }
}

fn chained(name: Name, after: u64, prev: Hash, records: &[(Bytes, u64, bool)]) -> Vec<Hash> {
    let mut before = prev;
    let next = |((bytes, ..), seq): (&(Bytes, u64, bool), u64)| {
        before = hash(name, seq, &before, bytes);
        before
    };
    records.iter().zip(after + 1..).map(next).collect()
}
