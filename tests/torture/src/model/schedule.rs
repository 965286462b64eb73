//! One schedule: what happens in which order, all of it from one number.

use super::check;
use super::counter::{Counter, Disk, Talked};
use super::hub::{DAYS, Hub};
use super::line::Line;
use super::planted::Planted;
use super::record::{Bytes, REFUSED, UNKNOWN, event};
use crate::chance::Chance;

/// Kinds of fault, by the constants of [`fault`].
pub const FAULTS: [&str; 11] = [
    "question lost",
    "answer lost",
    "question delayed",
    "question twice",
    "stale question",
    "hub busy or full",
    "hub crash",
    "hub restored",
    "pc cloned",
    "pc restored",
    "clock jump",
];

/// How often each was seen.
pub type Seen = [u32; FAULTS.len()];

/// Places in [`FAULTS`].
pub mod fault {
    pub const LOST_QUESTION: usize = 0;
    pub const LOST_ANSWER: usize = 1;
    pub const DELAYED: usize = 2;
    pub const TWICE: usize = 3;
    pub const STALE: usize = 4;
    pub const BUSY: usize = 5;
    pub const HUB_CRASH: usize = 6;
    pub const HUB_RESTORED: usize = 7;
    pub const CLONED: usize = 8;
    pub const RESTORED: usize = 9;
    pub const CLOCK: usize = 10;
}

/// Steps before everything is mended.
const STEPS: u64 = 48;
/// Rounds in which every counter talks once, after the faults stop.
pub const ROUNDS: usize = 3;
/// Questions of one talk: far above what any needs.
const PATIENCE: usize = 200;
/// Steps at most, until three kinds of fault were seen.
const MOST_STEPS: u64 = 200;

/// What one schedule came to.
pub struct Done {
    pub steps: u64,
    pub seen: Seen,
    pub broken: Option<String>,
    /// What must not depend on any clock.
    pub digest: Vec<(u32, bool)>,
}

/// Everything there is.
pub struct World {
    pub hub: Hub,
    pub counters: Vec<Counter>,
    pub line: Line,
    backups: Vec<(usize, Disk)>,
    /// Every event ever made, by its identity.
    pub made: Vec<Bytes>,
    /// Every number ever printed, with its event.
    pub printed: Vec<(u32, u32)>,
    /// A copy was taken that no seal could tell from the original.
    pub unsealed: bool,
    /// Some copies are so good that no seal tells them from the original.
    blind: bool,
    /// What still waited after a few rounds.
    pub waits: Option<String>,
    planted: Option<Planted>,
    years: u32,
}

/// Runs the schedule of a number.
#[must_use]
pub fn run_one(seed: u64, planted: Option<Planted>) -> Done {
    let mut done = play(seed, planted, 0);
    // I11: ten years later on every clock, the same order and the same winners.
    if seed.is_multiple_of(64) && planted.is_none() && done.broken.is_none() {
        let later = play(seed, planted, 10);
        if later.digest != done.digest {
            done.broken = Some("I11: another end on other clocks".to_owned());
        }
    }
    done
}

fn play(seed: u64, planted: Option<Planted>, years: u32) -> Done {
    let mut world = World::new(seed, planted, years);
    let mut steps = 0;
    while steps < STEPS || (world.kinds() < 3 && steps < MOST_STEPS) {
        world.step();
        steps += 1;
    }
    world.mend();
    let broken = check::broken(&mut world);
    let digest = world.hub.db.events.iter();
    Done {
        steps,
        seen: world.line.seen,
        broken,
        digest: digest.map(|it| (super::record::id(&it.bytes), it.refused)).collect(),
    }
}

impl World {
    fn new(seed: u64, planted: Option<Planted>, years: u32) -> Self {
        let mut chance = Chance::new(seed);
        let (counters, blind) = (2 + u32::try_from(chance.below(2)).unwrap(), chance.one_in(2));
        Self {
            hub: Hub::new(counters, planted),
            counters: (0..counters).map(|device| Counter::new(device, planted)).collect(),
            line: Line {
                chance,
                fails: true,
                strays: Vec::new(),
                seen: [0; FAULTS.len()],
            },
            backups: Vec::new(),
            made: Vec::new(),
            printed: Vec::new(),
            unsealed: false,
            blind,
            waits: None,
            planted,
            years,
        }
    }

    fn kinds(&self) -> usize {
        self.line.seen.iter().filter(|times| **times > 0).count()
    }

    fn step(&mut self) {
        let at = self.line.chance.below(self.counters.len() as u64) as usize;
        match self.line.chance.below(44) {
            0..=11 => self.write(at),
            12..=30 => {
                let questions = 1 + self.line.chance.below(5);
                for _ in 0..questions {
                    self.counters[at].exchange(&mut self.line, &mut self.hub);
                }
            }
            31 | 32 => self.line.deliver_stray(&mut self.hub),
            33 => self.hub.back_up(),
            34 => self.restore_hub(),
            35 => self.backups.push((at, self.counters[at].disk.clone())),
            36 => self.restore_counter(),
            37 => self.clone_counter(at),
            38 => {
                self.line.saw(fault::CLOCK);
                self.counters[at].day = self.line.chance.below(DAYS as u64) as usize;
            }
            39 | 40 => self.hub.back_up(),
            41 => self.restore_hub(),
            42 => self.clone_counter(at),
            _ => self.hub.sync(),
        }
    }

    fn write(&mut self, at: usize) {
        let chance = &mut self.line.chance;
        let kind = match chance.below(8) {
            0 => UNKNOWN,
            1 => REFUSED,
            _ => 0,
        };
        let (size, clock) = (10 + chance.below(90), chance.below(1 << 20));
        let counter = &mut self.counters[at];
        let number = if kind == 0 { counter.take_number() } else { None };
        let made = u32::try_from(self.made.len()).unwrap();
        let day = u32::try_from(counter.day).unwrap() + 1;
        let code = number.map_or(0, |number| (day << 20) | number);
        let clock = u32::try_from(clock).unwrap() + self.years * 3_652 * 86_400;
        let bytes = event(made, code, kind, u8::try_from(size).unwrap(), clock);
        self.made.push(bytes);
        counter.write(bytes);
        if code > 0 {
            self.printed.push((code, made));
        }
    }

    fn restore_hub(&mut self) {
        self.line.saw(fault::HUB_RESTORED);
        // The newest more often than any other.
        let which = self.line.chance.below(8);
        self.hub.restore(which);
    }

    /// The data folder of a backup takes the place of the one that is there.
    fn restore_counter(&mut self) {
        if self.backups.is_empty() {
            return;
        }
        self.line.saw(fault::RESTORED);
        let which = self.line.chance.below(self.backups.len() as u64) as usize;
        let (at, disk) = self.backups[which].clone();
        self.counters[at] = self.on(disk);
    }

    /// A second PC on a copy of the first one's disk.
    fn clone_counter(&mut self, at: usize) {
        if self.counters.len() >= 6 {
            return;
        }
        self.line.saw(fault::CLONED);
        let clone = self.on(self.counters[at].disk.clone());
        self.counters.push(clone);
    }

    /// A PC started on a copy: its seal breaks, but for the copy no PC can notice by itself.
    fn on(&mut self, disk: Disk) -> Counter {
        let mut counter = Counter::on(disk, self.planted);
        counter.sealed = self.blind && self.line.chance.one_in(2);
        self.unsealed |= counter.sealed;
        counter
    }

    /// Everyone talks once.
    fn round(&mut self) {
        for counter in &mut self.counters {
            for _ in 0..PATIENCE {
                if counter.exchange(&mut self.line, &mut self.hub) != Talked::Going {
                    break;
                }
            }
        }
    }

    /// The faults stop. Everyone writes once more, and talks a few times.
    fn mend(&mut self) {
        self.line.fails = false;
        while !self.line.strays.is_empty() {
            self.line.deliver_stray(&mut self.hub);
        }
        (0..self.counters.len()).for_each(|at| self.write(at));
        (0..ROUNDS).for_each(|_| self.round());
        self.waits = check::nothing_waits(self);
        // What the last one sent is heard by the first one.
        self.round();
        self.hub.crash();
    }
}
