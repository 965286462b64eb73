//! A counter: a disk in memory under the machines of [`wire::sync::client`].

mod mend;

use wire::protocol::MAX_BATCH_RECORDS;
use wire::sync::Position;
use wire::sync::client::{Ask as Next, Mend, Talk, cut, is_another, is_due};

use super::hub::{Answer, Ask, DAYS, Hub};
use super::line::Line;
use super::planted::Planted;
use super::record::{Bytes, Copy, id, size};
use mend::Theirs;

/// Numbers of one lease; few, so that they run out.
const BLOCK: u32 = 4;

/// A stream this counter wrote.
#[derive(Clone)]
pub struct Own {
    pub copy: Copy,
    pub durable: u64,
    /// Acceptance number of each record and whether the hub refused it; 0 while it is not known.
    pub places: Vec<(u64, bool)>,
}

impl Own {
    fn new(copy: Copy) -> Self {
        Self {
            copy,
            durable: 0,
            places: Vec::new(),
        }
    }

    pub fn append(&mut self, bytes: Bytes) {
        self.copy.append(bytes);
        self.places.push((0, false));
    }

    fn numbered(&self) -> u64 {
        self.places.iter().take_while(|place| place.0 > 0).count() as u64
    }

    fn position(&self, seq: u64) -> Position {
        let hash = self.copy.at(seq).unwrap();
        Position { seq, hash }
    }
}

#[derive(Clone)]
pub struct Lease {
    pub day: usize,
    from: u32,
    to: u32,
    pub next: u32,
}

/// What a copy of the data folder holds.
#[derive(Clone)]
pub struct Disk {
    pub streams: Vec<Own>,
    /// Events of others: number, bytes, refused.
    pub others: Vec<(u64, Bytes, bool)>,
    generation: Option<u32>,
    cursor: u32,
    /// Everything is to be heard again, one's own too.
    own_too: bool,
    leases: Vec<Lease>,
    /// What this disk ever held of its own, as the test keeps book.
    pub written: Vec<u32>,
}

enum Phase {
    Idle,
    Talk(usize, Talk),
    Search(usize, Mend),
    Open(usize, Theirs),
    Lease,
    Pull,
}

pub struct Counter {
    pub disk: Disk,
    phase: Phase,
    pub day: usize,
    /// The seal is whole: numbers may be printed.
    pub sealed: bool,
    planted: Option<Planted>,
}

/// Where a talk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talked {
    Going,
    Finished,
    Broken,
}

impl Counter {
    pub fn new(device: u32, planted: Option<Planted>) -> Self {
        let disk = Disk {
            streams: vec![Own::new(Copy::new((device, 1), u64::from(device)))],
            others: Vec::new(),
            generation: None,
            cursor: 0,
            own_too: false,
            leases: Vec::new(),
            written: Vec::new(),
        };
        Self::on(disk, planted)
    }

    /// A PC started on a disk.
    pub fn on(disk: Disk, planted: Option<Planted>) -> Self {
        Self {
            disk,
            phase: Phase::Idle,
            day: 0,
            sealed: true,
            planted,
        }
    }

    fn is(&self, planted: Planted) -> bool {
        self.planted == Some(planted)
    }

    fn newest(&self) -> usize {
        self.disk.streams.len() - 1
    }

    /// The next number of the day, when one is left and the seal is whole.
    pub fn take_number(&mut self) -> Option<u32> {
        let day = self.day;
        let lease = self.disk.leases.iter_mut().find(|it| it.day == day && it.next <= it.to);
        let lease = lease.filter(|_| self.sealed)?;
        lease.next += 1;
        Some(lease.next - 1)
    }

    /// One registration or other event, committed.
    pub fn write(&mut self, bytes: Bytes) {
        self.disk.written.push(id(&bytes));
        let newest = self.newest();
        self.disk.streams[newest].append(bytes);
    }

    /// One question and its answer.
    pub fn exchange(&mut self, line: &mut Line, hub: &mut Hub) -> Talked {
        let phase = std::mem::replace(&mut self.phase, Phase::Idle);
        match phase {
            Phase::Idle => {
                self.phase = self.due(0);
                Talked::Going
            }
            Phase::Talk(at, talk) => self.talk(at, talk, line, hub),
            Phase::Search(at, mend) => self.search(at, mend, line, hub),
            Phase::Open(at, theirs) => self.open(at, theirs, line, hub),
            Phase::Lease => self.lease(line, hub),
            Phase::Pull => self.pull(line, hub),
        }
    }

    /// The talk about the first stream from `from` on that is due.
    fn due(&self, from: usize) -> Phase {
        for at in from..self.disk.streams.len() {
            let (own, newest) = (&self.disk.streams[at], at == self.newest());
            if is_due(own.durable, own.copy.len(), newest) {
                return Phase::Talk(at, Talk::new(own.durable, own.numbered(), newest));
            }
        }
        Phase::Lease
    }

    fn talk(&mut self, at: usize, mut talk: Talk, line: &mut Line, hub: &mut Hub) -> Talked {
        let again = match talk.ask() {
            Next::Hello => self.hello(at, &mut talk, line, hub),
            Next::Push { after, bytes } => self.push(at, &mut talk, (after, bytes), line, hub),
            Next::Done => {
                self.phase = self.due(at + 1);
                return Talked::Going;
            }
            Next::Mend(_) => {
                let own = &self.disk.streams[at];
                self.phase = Phase::Search(at, Mend::from(own.durable, own.copy.len()));
                return Talked::Going;
            }
            Next::Reopen => return self.reopen(at, line, hub),
            Next::Stop(_) => return Talked::Broken,
        };
        match again {
            None => return Talked::Broken,
            Some(true) => {}
            Some(false) => self.phase = Phase::Talk(at, talk),
        }
        Talked::Going
    }

    /// Nothing when no answer came; true when everything has to begin again.
    fn hello(&mut self, at: usize, talk: &mut Talk, line: &mut Line, hub: &mut Hub) -> Option<bool> {
        let own = &self.disk.streams[at];
        let (name, head) = (own.copy.name, own.copy.end());
        match line.ask(hub, &Ask::Hello { name, head })? {
            Answer::Hello {
                generation,
                mut durable,
                leave,
            } => {
                if self.is(Planted::CursorFromRequest) && durable.seq < own.durable {
                    durable = own.position(own.durable);
                }
                let Ok(heard) = talk.greeted(&own.copy, durable, leave || !self.sealed);
                Some(self.heard(at, Some(generation), heard))
            }
            Answer::Refused(why, _) => {
                let Ok(heard) = talk.refused(&own.copy, &why, 0);
                Some(self.heard(at, None, heard))
            }
            _ => unreachable!(),
        }
    }

    fn push(
        &mut self,
        at: usize,
        talk: &mut Talk,
        (after, bytes): (u64, usize),
        line: &mut Line,
        hub: &mut Hub,
    ) -> Option<bool> {
        let own = &self.disk.streams[at];
        let waiting = &own.copy.records[usize::try_from(after).unwrap()..];
        let most = if self.is(Planted::CutByCount) {
            usize::MAX
        } else {
            bytes
        };
        let count = cut(waiting.iter().map(|it| size(&it.0)), most, MAX_BATCH_RECORDS);
        if count == 0 {
            talk.nothing_waits();
            return Some(false);
        }
        let ask = Ask::Push {
            name: own.copy.name,
            prev: own.copy.at(after).unwrap(),
            first: after + 1,
            records: waiting[..count].iter().map(|it| it.0).collect(),
        };
        let last = after + count as u64;
        match line.ask(hub, &ask)? {
            Answer::Push {
                generation,
                mut durable,
                placed,
            } => {
                if self.is(Planted::CursorFromRequest) {
                    durable = own.position(last);
                }
                let Ok(heard) = talk.pushed(&own.copy, durable, last);
                let places = &mut self.disk.streams[at].places[usize::try_from(after).unwrap()..];
                for (place, told) in places.iter_mut().zip(placed) {
                    *place = (told.number, told.refused.is_some());
                }
                Some(self.heard(at, Some(generation), heard))
            }
            Answer::Refused(mut why, _) => {
                if self.is(Planted::CursorFromRequest) {
                    why.durable = why.durable.map(|_| own.position(own.durable));
                }
                let Ok(heard) = talk.refused(&own.copy, &why, count);
                Some(self.heard(at, None, heard))
            }
            _ => unreachable!(),
        }
    }

    /// Writes down what was heard; true when everything has to begin again.
    fn heard(&mut self, at: usize, generation: Option<u32>, heard: wire::sync::client::Heard) -> bool {
        let newest = at == self.newest();
        let known = self.disk.generation;
        let answered = generation.or(known).unwrap_or(0);
        let another = is_another(known.as_ref(), &answered, heard.went_back);
        let mut old = false;
        if another && !self.is(Planted::GenerationIgnored) {
            (self.disk.cursor, self.disk.own_too) = (0, true);
            self.disk.generation = generation.or(self.disk.generation);
            let last = self.newest();
            for own in &mut self.disk.streams[..last] {
                old |= own.durable > 0;
                own.durable = 0;
            }
        }
        if let Some(durable) = heard.durable {
            self.disk.streams[at].durable = durable;
        }
        old && newest
    }

    fn lease(&mut self, line: &mut Line, hub: &mut Hub) -> Talked {
        let of_day = self.disk.leases.iter().filter(|it| it.day == self.day);
        let left: u32 = of_day.clone().map(|it| (it.to + 1).saturating_sub(it.next)).sum();
        let held: u32 = of_day.map(|it| it.to + 1 - it.from).sum();
        self.phase = Phase::Pull;
        if left > 0 || self.day >= DAYS {
            return Talked::Going;
        }
        let name = self.disk.streams[self.newest()].copy.name;
        let (day, count) = (self.day, held + BLOCK);
        let Some(Answer::Lease(spans)) = line.ask(hub, &Ask::Lease { name, day, count }) else {
            return Talked::Broken;
        };
        for span in spans {
            if !self.disk.leases.iter().any(|it| it.day == day && it.from == span.from) {
                let (from, to) = (span.from, span.to);
                self.disk.leases.push(Lease {
                    day,
                    from,
                    to,
                    next: from,
                });
            }
        }
        Talked::Going
    }

    fn pull(&mut self, line: &mut Line, hub: &mut Hub) -> Talked {
        let name = self.disk.streams[self.newest()].copy.name;
        let (after, own) = (self.disk.cursor, self.disk.own_too);
        let Some(Answer::Pull { events, next }) = line.ask(hub, &Ask::Pull { name, after, own }) else {
            return Talked::Broken;
        };
        for (number, bytes, refused) in events {
            self.place(number, bytes, refused);
        }
        (self.disk.cursor, self.disk.own_too) = (next, false);
        Talked::Finished
    }

    fn place(&mut self, number: u64, bytes: Bytes, refused: bool) {
        for own in &mut self.disk.streams {
            if let Some(at) = own.copy.records.iter().position(|it| id(&it.0) == id(&bytes)) {
                own.places[at] = (number, refused);
                return;
            }
        }
        match self.disk.others.iter_mut().find(|it| id(&it.1) == id(&bytes)) {
            Some(known) => *known = (number, bytes, refused),
            None => self.disk.others.push((number, bytes, refused)),
        }
    }
}
