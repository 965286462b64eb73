//! The hub: a database in memory under the machines of [`wire::sync::hub`], and what it keeps
//! outside that database.

mod intake;
mod message;

use wire::protocol::RefusalCode;
use wire::sync::client::Refused;
use wire::sync::hub::{
    Batch, Beginning, Floor, Greeting, Opening, Outcome, Span, Wish, begin, blocks, greet, next_epoch, open, take_in,
};
use wire::sync::{Hash, Position, links};

use super::planted::Planted;
use super::record::{Bytes, Copy, Name, hash, id, size};

use intake::Intake;
pub use message::{Answer, Ask};

/// Days the schedule plays on.
pub const DAYS: usize = 6;
/// What a proxy on the way lets through at once.
const TAKES: usize = 700 << 10;

#[derive(Clone)]
pub struct Event {
    pub bytes: Bytes,
    pub stream: usize,
    pub refused: bool,
}

#[derive(Clone)]
pub struct Stream {
    pub copy: Copy,
    pub left: bool,
}

/// What a backup holds.
#[derive(Clone, Default)]
pub struct Database {
    pub streams: Vec<Stream>,
    /// In acceptance order, each once.
    pub events: Vec<Event>,
    /// By event, its acceptance number; 0 for none.
    pub number: Vec<u32>,
    leases: Vec<(usize, Name, Span)>,
    codes: Vec<(u32, u32)>,
    pub clashes: Vec<u32>,
    starts: i64,
}

impl Database {
    pub fn number_of(&self, event: u32) -> u32 {
        self.number.get(event as usize).copied().unwrap_or(0)
    }

    fn find(&self, name: Name) -> Option<usize> {
        self.streams.iter().position(|stream| stream.copy.name == name)
    }
}

pub struct Hub {
    pub db: Database,
    backups: Vec<Database>,
    /// What would survive a crash, when that is not all of it.
    synced: Option<Database>,
    starts: i64,
    restores: u32,
    generation: u32,
    floor: [u32; DAYS],
    /// Everything ever leased, by whatever database.
    granted: Vec<(usize, Name, Span)>,
    /// What was ever said to be durable since the last restore.
    pub acknowledged: Vec<(Name, u64)>,
    pub broken: Option<String>,
    planted: Option<Planted>,
    told_limit: bool,
}

impl Hub {
    /// With `devices` enrolled.
    pub fn new(devices: u32, planted: Option<Planted>) -> Self {
        let mut db = Database::default();
        for device in 0..devices {
            let copy = Copy::new((device, 1), u64::from(device));
            db.streams.push(Stream { copy, left: false });
        }
        let mut hub = Self {
            backups: vec![db.clone()],
            synced: None,
            db,
            starts: 0,
            restores: 0,
            generation: 1,
            floor: [0; DAYS],
            granted: Vec::new(),
            acknowledged: Vec::new(),
            broken: None,
            planted,
            told_limit: false,
        };
        hub.start();
        hub
    }

    fn start(&mut self) {
        if let Beginning::New(floor) = begin(Some(self.starts), self.db.starts) {
            assert_eq!(floor, Floor::Known);
            self.restores += 1;
            self.generation += 1;
        }
        self.count();
    }

    fn count(&mut self) {
        self.db.starts += 1;
        self.starts = self.db.starts;
    }

    fn is(&self, planted: Planted) -> bool {
        self.planted == Some(planted)
    }

    pub fn back_up(&mut self) {
        if self.backups.len() > 2 {
            self.backups.remove(1);
        }
        self.backups.push(self.db.clone());
    }

    /// Killed and started again: what was said to be durable is.
    pub fn crash(&mut self) {
        if let Some(synced) = self.synced.take() {
            let starts = self.db.starts;
            self.db = synced;
            self.db.starts = starts;
        }
        self.check_acknowledged();
        self.start();
    }

    /// I4: what was acknowledged is there.
    pub fn check_acknowledged(&mut self) {
        let gone = |(name, seq): &(Name, u64)| {
            let found = self.db.find(*name).map_or(0, |at| self.db.streams[at].copy.len());
            found < *seq
        };
        if let Some((name, seq)) = self.acknowledged.iter().find(|it| gone(it)) {
            self.broken = Some(format!("I4: {name:?} was said to be durable up to {seq}"));
        }
    }

    /// Stopped by a person, and one of its backups put in the place of its database.
    pub fn restore(&mut self, which: u64) {
        self.count();
        let at = usize::try_from(which).unwrap().min(self.backups.len() - 1);
        self.db = self.backups[at].clone();
        self.backups.truncate(at + 1);
        self.acknowledged.clear();
        self.synced = None;
        self.start();
    }

    /// One question: a transaction that is on the disk before the answer is made.
    pub fn answer(&mut self, ask: &Ask) -> Answer {
        if self.is(Planted::AcknowledgedBeforeFsync) && self.synced.is_none() {
            self.synced = Some(self.db.clone());
        }
        let answer = match ask {
            Ask::Hello { name, head } => self.hello(*name, head),
            Ask::Push {
                name,
                prev,
                first,
                records,
            } => self.push(*name, *prev, *first, records),
            Ask::Page { name, after } => self.page(*name, *after),
            Ask::Open { name, key, leaves } => self.open(*name, *key, *leaves),
            Ask::Lease { name, day, count } => self.lease(*name, *day, *count),
            Ask::Pull { name, after, own } => self.pull(*name, *after, *own),
        };
        if let Answer::Hello { durable, .. } | Answer::Push { durable, .. } = &answer {
            let (Ask::Hello { name, .. } | Ask::Push { name, .. }) = ask else {
                unreachable!()
            };
            match self.acknowledged.iter_mut().find(|it| it.0 == *name) {
                Some(known) => known.1 = known.1.max(durable.seq),
                None => self.acknowledged.push((*name, durable.seq)),
            }
        }
        answer
    }

    /// Every few transactions the disk catches up, when answers do not wait for it.
    pub fn sync(&mut self) {
        self.synced = None;
    }

    fn hello(&mut self, name: Name, head: &Position) -> Answer {
        let Some(at) = self.db.find(name) else { return unknown() };
        let stream = &mut self.db.streams[at];
        match greet(&stream.copy, head) {
            Ok(Greeting::Agree(durable)) => Answer::Hello {
                generation: self.generation,
                durable,
                leave: stream.left,
            },
            Ok(Greeting::Fork(durable)) => {
                stream.left = true;
                refused(RefusalCode::Fork, Some(durable))
            }
            Err(never) => match never {},
        }
    }

    fn push(&mut self, name: Name, prev: Hash, first: u64, records: &[Bytes]) -> Answer {
        let Some(at) = self.db.find(name) else { return unknown() };
        if records.iter().map(size).sum::<usize>() > TAKES {
            self.told_limit = !self.told_limit;
            let takes = self.told_limit.then_some(TAKES);
            let code = RefusalCode::TooLarge;
            return Answer::Refused(
                Refused {
                    code,
                    durable: None,
                    takes,
                },
                None,
            );
        }
        let numbered: Vec<(Bytes, u64)> = records.iter().copied().zip(first..).collect();
        let hashed = links(prev, numbered, |it| it.1, |it, prev| hash(name, it.1, prev, &it.0));
        let Some(links) = hashed else {
            return refused(RefusalCode::BadMessage, None);
        };
        let links: Vec<(Bytes, Hash)> = links.into_iter().map(|((bytes, _), hash)| (bytes, hash)).collect();
        let batch = Batch {
            prev,
            first,
            links: &links,
        };
        let before = self.is(Planted::RefusedBlocks).then(|| self.db.clone());
        let mut intake = Intake {
            db: &mut self.db,
            at,
            planted: self.planted,
            batch,
        };
        match take_in(&mut intake, &batch) {
            Ok(Outcome::Stored(durable, placed)) => Answer::Push {
                generation: self.generation,
                durable,
                placed,
            },
            Ok(Outcome::Gap(durable)) => refused(RefusalCode::Gap, Some(durable)),
            Ok(Outcome::Fork { durable, .. }) => {
                self.db.streams[at].left = true;
                refused(RefusalCode::Fork, Some(durable))
            }
            Err(()) => {
                self.db = before.unwrap();
                refused(RefusalCode::BadMessage, None)
            }
        }
    }

    fn page(&self, name: Name, after: u64) -> Answer {
        let Some(at) = self.db.find(name) else { return unknown() };
        let copy = &self.db.streams[at].copy;
        let after = after.min(copy.len());
        let told = |(bytes, _): &(Bytes, Hash)| {
            let number = self.db.number_of(id(bytes));
            let refused = self.db.events[number as usize - 1].refused;
            (*bytes, u64::from(number), refused)
        };
        Answer::Page {
            after,
            prev: copy.at(after).unwrap(),
            records: copy.records[usize::try_from(after).unwrap()..]
                .iter()
                .map(told)
                .collect(),
            next_epoch: self.next_epoch(name.0),
        }
    }

    fn next_epoch(&self, device: u32) -> u32 {
        let own = self.db.streams.iter().filter(|stream| stream.copy.name.0 == device);
        let last = own.map(|stream| stream.copy.name.1).max().unwrap_or(0);
        next_epoch(last, self.restores)
    }

    fn open(&mut self, name: Name, key: u64, leaves: Option<u32>) -> Answer {
        let known = self.db.find(name).map(|at| self.db.streams[at].copy.key == key);
        let wish = if leaves.is_some() { Wish::Begin } else { Wish::Resume };
        match open(wish, name.1, known, self.next_epoch(name.0)) {
            Opening::Taken(next) => {
                let Answer::Refused(why, _) = refused(RefusalCode::Fork, None) else {
                    unreachable!()
                };
                return Answer::Refused(why, Some(next));
            }
            Opening::Again => {}
            Opening::New => {
                let copy = Copy::new(name, key);
                self.db.streams.push(Stream { copy, left: false });
                if let Some(at) = leaves.and_then(|epoch| self.db.find((name.0, epoch))) {
                    self.db.streams[at].left = true;
                }
            }
        }
        Answer::Opened
    }

    fn lease(&mut self, name: Name, day: usize, count: u32) -> Answer {
        if self.db.find(name).is_none() {
            return unknown();
        }
        let of_day = self.db.leases.iter().filter(|it| it.0 == day);
        let last = of_day.clone().map(|it| it.2.to).max().unwrap_or(0);
        let mut held: Vec<Span> = of_day.filter(|it| it.1 == name).map(|it| it.2).collect();
        let has = held.iter().map(|span| span.size()).sum();
        let floor = if self.is(Planted::LeaseReissued) {
            0
        } else {
            self.floor[day]
        };
        for span in blocks(has, last.max(floor), count) {
            self.grant(day, name, span);
            held.push(span);
        }
        Answer::Lease(held)
    }

    /// I7: nobody else was ever leased any of these numbers.
    fn grant(&mut self, day: usize, name: Name, span: Span) {
        let overlap = |it: &&(usize, Name, Span)| it.0 == day && it.2.from <= span.to && span.from <= it.2.to;
        if let Some(other) = self.granted.iter().find(overlap) {
            self.broken = Some(format!(
                "I7: {span:?} of day {day} leased to {name:?} and to {:?}",
                other.1
            ));
        }
        self.granted.push((day, name, span));
        self.floor[day] = self.floor[day].max(span.to);
        self.db.leases.push((day, name, span));
    }

    fn pull(&self, name: Name, after: u32, own: bool) -> Answer {
        let Some(at) = self.db.find(name) else { return unknown() };
        let events = self.db.events.iter().zip(1..).skip(after as usize);
        let others = events.filter(|(event, _)| own || event.stream != at);
        Answer::Pull {
            events: others
                .map(|(event, number)| (number, event.bytes, event.refused))
                .collect(),
            next: u32::try_from(self.db.events.len()).unwrap(),
        }
    }
}

fn refused(code: RefusalCode, durable: Option<Position>) -> Answer {
    Answer::Refused(
        Refused {
            code,
            durable,
            takes: None,
        },
        None,
    )
}

fn unknown() -> Answer {
    refused(RefusalCode::UnknownDevice, None)
}
