//! The order of writes, cut off anywhere and again and again, with writes that fail and are there all
//! the same. Two things must hold: a cut never breaks a seal, and no database of an earlier day gives
//! a number that was given since.
#![allow(clippy::arithmetic_side_effects, reason = "an overflow fails the test")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const SERIES: &str = "H99.128";
const DAY: &str = "2026-11-23";
const STRIDE: u32 = 3;

/// A database: every registration is one more record.
#[derive(Debug, Clone, PartialEq)]
struct Db {
    token: String,
    records: Vec<u32>,
    next: u32,
}

impl Db {
    fn position(&self) -> Position {
        let hash = hash(&self.records);
        let seq = i64::try_from(self.records.len()).unwrap();
        Position { seq, hash }
    }

    fn holds(&self, mark: &Mark) -> bool {
        let Some(at) = mark.position().filter(|at| at.seq > 0) else {
            return true;
        };
        let records = self.records.get(..usize::try_from(at.seq).unwrap());
        records.is_some_and(|records| hash(records) == at.hash)
    }
}

fn hash(records: &[u32]) -> [u8; 32] {
    let bytes: Vec<u8> = records.iter().flat_map(|record| record.to_le_bytes()).collect();
    *blake3::hash(&bytes).as_bytes()
}

/// What is done, and where it ends too early.
#[derive(Debug, Clone)]
enum Step {
    /// A number is asked for; `cut` is where the power fails, if it does.
    Register(Option<Cut>),
    /// The program ends in good order, or its last write fails.
    Close { fails: bool, there: bool },
    /// The power fails between two commands.
    Cut,
    /// Somebody keeps a copy of the database.
    Keep,
    /// Somebody puts one back, in place.
    Restore(usize),
}

/// `there`: what was being written is on the disk all the same. `told`: the program is told of it and
/// goes on, instead of being cut off.
#[derive(Debug, Clone, Copy)]
struct Cut {
    at: u8,
    there: bool,
    told: bool,
}

/// An error: what was done did not come through. `Some` when the program is cut off, and whether what it
/// was writing is there; `None` when it is told and goes on.
type Ended = std::result::Result<(), Option<bool>>;

struct Pc {
    /// The mark on the disk, and as the program remembers it.
    disk: Option<Mark>,
    mark: Option<Mark>,
    db: Db,
    /// A commit that failed, and that a power cut may bring back.
    ghost: Option<Db>,
    whole: bool,
    /// The mark settled in this run.
    here: bool,
    /// Copies, each with how many numbers were given before.
    kept: Vec<(Db, usize)>,
    given: BTreeSet<u32>,
    /// The database's token under which each of them was given, in their order.
    under: Vec<String>,
    drawn: u32,
    restored: bool,
}

impl Pc {
    fn new() -> Self {
        let db = Db {
            token: String::new(),
            records: Vec::new(),
            next: 1,
        };
        Self {
            disk: None,
            mark: None,
            db,
            ghost: None,
            whole: true,
            here: false,
            kept: Vec::new(),
            given: BTreeSet::new(),
            under: Vec::new(),
            drawn: 0,
            restored: false,
        }
    }

    /// The program starts: judged, and what was reserved is given up.
    fn open(&mut self, back: bool) {
        if let Some(ghost) = self.ghost.take().filter(|_| back) {
            self.db = ghost;
        }
        (self.mark, self.here) = (self.disk.clone(), false);
        let Some(mark) = &self.mark else { return };
        self.whole = mark.accepts(&self.db.token) && self.db.holds(mark);
        if self.whole {
            let through = mark.reserved.iter().map(|one| one.through).max();
            self.db.next = self.db.next.max(through.map_or(0, |last| last + 1));
        }
    }

    fn write(&mut self, mark: Mark, cut: Option<Cut>) -> Ended {
        self.mark = Some(mark.clone());
        match cut {
            None => self.disk = Some(mark),
            Some(cut) => {
                if cut.there {
                    self.disk = Some(mark);
                }
                return Err((!cut.told).then_some(cut.there));
            }
        }
        Ok(())
    }

    fn commit(&mut self, change: impl Fn(&mut Db), cut: Option<Cut>) -> Ended {
        let mut after = self.db.clone();
        change(&mut after);
        match cut {
            None => (self.db, self.ghost) = (after, None),
            Some(cut) => {
                self.ghost = Some(after);
                return Err((!cut.told).then_some(cut.there));
            }
        }
        Ok(())
    }

    /// As `Seal::reserve` and `register` do it.
    fn register(&mut self, cut: Option<Cut>) -> Ended {
        let at = |step: u8| cut.filter(|cut| cut.at == step);
        let covered = |pc: &Self| {
            pc.mark
                .as_ref()
                .is_some_and(|mark| mark.covers(SERIES, DAY, pc.db.next))
        };
        if !covered(self) {
            let mut mark = self.mark.clone().unwrap_or_else(first);
            mark.reserve(SERIES, DAY, self.db.next + STRIDE - 1);
            self.drawn += 1;
            let (mark, next) = mark.promise(format!("token {}", self.drawn));
            self.write(mark.clone(), at(0))?;
            self.commit(|db| db.token.clone_from(&next), at(1))?;
            let mark = mark.settle(&self.db.position());
            // As the product: remembered only once it is written.
            let before = self.mark.clone();
            self.write(mark, at(2)).inspect_err(|_| self.mark = before)?;
            self.here = true;
        }
        self.drawn += 1;
        let (number, record) = (self.db.next, self.drawn);
        let change = |db: &mut Db| {
            db.next += 1;
            db.records.push(record);
        };
        self.commit(change, at(3))?;
        assert!(self.given.insert(number), "{number} twice");
        self.under.push(self.db.token.clone());
        Ok(())
    }

    fn close(&mut self, fails: bool, there: bool) {
        let worth = |mark: &Mark| self.whole && self.here && !mark.reserved.is_empty();
        let Some(mut mark) = self.mark.clone().filter(worth) else {
            return;
        };
        mark.reserved.clear();
        mark.stand_at(&self.db.position());
        if !fails || there {
            self.disk = Some(mark);
        }
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Register(cut) => {
                if self.whole
                    && let Err(Some(back)) = self.register(*cut)
                {
                    self.open(back);
                }
            }
            Step::Close { fails, there } => {
                self.close(*fails, *there);
                self.open(*there);
            }
            Step::Cut => self.open(false),
            Step::Keep => self.kept.push((self.db.clone(), self.given.len())),
            Step::Restore(which) => {
                let Some((db, given)) = self.kept.get(*which).cloned() else {
                    return;
                };
                (self.restored, self.ghost) = (self.restored || db != self.db, None);
                self.db = db;
                self.open(false);
                // Believed only inside its reservation: a number was given since under another token.
                let mut since = self.under.iter().skip(given);
                let inside = since.all(|token| *token == self.db.token);
                assert!(!self.whole || inside, "yesterday's database is believed");
            }
        }
        assert!(self.whole || self.restored, "broken, and nobody restored anything");
    }
}

fn first() -> Mark {
    let stream = Stream {
        device: DeviceId::from_bytes([1; 16]),
        epoch: 1,
    };
    Mark::fresh(&stream, "", Facts::default(), Folder::default())
}

fn step() -> impl Strategy<Value = Step> {
    let cut = (0..4u8, any::<bool>(), any::<bool>()).prop_map(|(at, there, told)| Cut { at, there, told });
    prop_oneof![
        8 => proptest::option::weighted(0.4, cut).prop_map(Step::Register),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(fails, there)| Step::Close { fails, there }),
        2 => Just(Step::Cut),
        2 => Just(Step::Keep),
        1 => (0..4usize).prop_map(Step::Restore),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_cut_breaks_it_and_no_number_is_given_twice(steps in prop::collection::vec(step(), 1..40)) {
        let mut pc = Pc::new();
        for step in &steps {
            pc.run(step);
        }
    }
}

#[test]
fn a_mark_does_not_grow_with_the_days() {
    let stream = Stream {
        device: DeviceId::from_bytes([7; 16]),
        epoch: 1,
    };
    let mut mark = Mark::fresh(&stream, "", Facts::default(), Folder::default());
    let at = Position { seq: 1, hash: [1; 32] };
    for number in 1..=28_usize {
        let day = format!("2026-11-{number:02}");
        mark.reserve(SERIES, &day, 5);
        mark = mark.promise(day.clone()).0;
        assert!(
            !mark.covers(SERIES, &day, 5),
            "nothing is given before the mark settles"
        );
        // Before the database bears the next token, a copy that bears this one must find all of its days.
        assert_eq!(mark.reserved.len(), number.min(DAYS + 1));
        mark = mark.settle(&at);
        assert!(mark.covers(SERIES, &day, 5) && mark.reserved.len() <= DAYS);
    }
    assert!(mark.covers(SERIES, "2026-11-21", 5) && !mark.covers(SERIES, "2026-11-20", 5));
}
