//! The model of files on their way up: a station's [`Upload`] and a hub's [`part`] and [`whole`] as they
//! ship, a line that is cut inside a chunk, spoils bytes and brings old chunks again, a hub that loses
//! what it had not synced and is put back to an earlier day. At the end the faults stop, and the file
//! must be there and be what its name says.

use wire::protocol::BlobPlace;
use wire::sync::client::{ChunkPace, NextPart, Upload};
use wire::sync::hub::{Part, Whole, part, whole};

use crate::Plan;
use crate::chance::Chance;
use crate::report::Report;

const FULL: u64 = 1_000_000;
/// Steps with faults.
const STEPS: u64 = 60;
/// Steps without, in which a file must be whole.
const CALM: u64 = 400;

/// What is not so in the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// All bytes are here, so the file is: nobody compares it with its name.
    PresentBeforeHash,
    /// The hub says to have what was sent instead of what is on its disk.
    PlaceFromRequest,
    /// A piece is told of before its fsync.
    ToldBeforeFsync,
}

impl Planted {
    /// All of them.
    pub const ALL: &[Self] = &[Self::PresentBeforeHash, Self::PlaceFromRequest, Self::ToldBeforeFsync];
}

/// Kinds of fault.
pub const FAULTS: &[&str] = &[
    "cut inside a chunk",
    "answer lost",
    "bytes spoilt",
    "old chunk again",
    "hub crashed",
    "hub put back",
    "station restarted",
];

/// A hub as far as one file goes. Bytes behind `synced` are gone after a crash.
#[derive(Clone, Default)]
struct Hub {
    bytes: Vec<u8>,
    synced: usize,
    here: Option<Vec<u8>>,
}

struct Run {
    chance: Chance,
    file: Vec<u8>,
    planted: Option<Planted>,
    hub: Hub,
    /// Yesterday's copy of the hub's disk.
    backup: Hub,
    upload: Upload,
    pace: ChunkPace,
    old: Vec<(u64, Vec<u8>)>,
    seen: [u64; FAULTS.len()],
    calm: bool,
    /// The most the hub said to have since it was last put back.
    told: u64,
}

/// One schedule: what broke, and how often each fault was seen.
#[must_use]
pub fn run_one(seed: u64, planted: Option<Planted>) -> (Option<String>, [u64; FAULTS.len()]) {
    let mut chance = Chance::new(seed);
    let file: Vec<u8> = (0..chance.below(400_000)).map(|at| (at * 7 + seed) as u8).collect();
    let pace = ChunkPace::default().cut().cut().cut();
    let mut run = Run {
        upload: Upload::new(file.len() as u64, pace),
        chance,
        file,
        planted,
        hub: Hub::default(),
        backup: Hub::default(),
        pace,
        old: Vec::new(),
        seen: [0; FAULTS.len()],
        calm: false,
        told: 0,
    };
    (run.all().err(), run.seen)
}

impl Run {
    fn all(&mut self) -> Result<(), String> {
        for _ in 0..STEPS {
            self.trouble()?;
            self.step()?;
        }
        self.calm = true;
        for _ in 0..CALM {
            self.step()?;
        }
        match &self.hub.here {
            Some(bytes) if *bytes == self.file => Ok(()),
            _ => Err("the file never came up".to_owned()),
        }
    }

    fn fault(&mut self, kind: usize, times: u64) -> bool {
        let comes = !self.calm && self.chance.one_in(times);
        self.seen[kind] += u64::from(comes);
        comes
    }

    fn trouble(&mut self) -> Result<(), String> {
        if self.fault(4, 8) {
            self.hub.bytes.truncate(self.hub.synced);
            let have = self.hub.bytes.len() as u64;
            if have < self.told && self.hub.here.is_none() {
                return Err(format!("{} bytes were said to be there and {have} are", self.told));
            }
        }
        if self.chance.one_in(10) {
            self.backup = self.hub.clone();
        }
        if self.fault(5, 25) {
            self.hub = self.backup.clone();
            self.hub.bytes.truncate(self.hub.synced);
            self.told = 0;
            // Whoever hears of another generation offers everything again.
            self.begin();
        }
        if self.fault(6, 20) {
            self.begin();
        }
        if self.fault(3, 6) && !self.old.is_empty() {
            let (from, bytes) = self.chance.pick(&self.old.clone()).clone();
            let _ = self.take_in(from, &bytes)?;
        }
        Ok(())
    }

    fn begin(&mut self) {
        self.upload = Upload::new(self.file.len() as u64, self.pace);
    }

    fn step(&mut self) -> Result<(), String> {
        match self.upload.next(self.pace) {
            NextPart::Done => {
                if self.hub.here.is_none() {
                    return Err("the station believes the file to be there, and it is not".to_owned());
                }
            }
            // The next talk.
            NextPart::Later => self.begin(),
            NextPart::AskPlace => {
                let place = self.place();
                self.answer(Ok(place));
            }
            NextPart::Send { from, length } => self.send(from, length)?,
        }
        Ok(())
    }

    fn send(&mut self, from: u64, length: u64) -> Result<(), String> {
        let at = usize::try_from(from).unwrap();
        let mut bytes = self.file[at..at + usize::try_from(length).unwrap()].to_vec();
        let cut = self.fault(0, 4);
        if cut {
            bytes.truncate(usize::try_from(self.chance.below(length + 1)).unwrap());
        }
        if self.fault(2, 30) && !bytes.is_empty() {
            let at = usize::try_from(self.chance.below(bytes.len() as u64)).unwrap();
            bytes[at] ^= 1;
        } else if self.old.len() < 4 {
            self.old.push((from, bytes.clone()));
        }
        let answer = self.take_in(from, &bytes)?;
        if cut || self.fault(1, 6) {
            self.pace = self.pace.cut();
            self.upload.cut();
        } else {
            self.answer(answer);
        }
        Ok(())
    }

    fn answer(&mut self, answer: Result<BlobPlace, ()>) {
        match answer {
            Ok(place) => {
                self.upload.heard(&place);
            }
            Err(()) => self.upload.spoilt(),
        }
    }

    /// The hub's disk after these bytes, and its answer; an error of its own is "not what its name says".
    fn take_in(&mut self, from: u64, bytes: &[u8]) -> Result<Result<BlobPlace, ()>, String> {
        if self.hub.here.is_some() {
            return Ok(Ok(self.place()));
        }
        let (have, size) = (self.hub.bytes.len() as u64, self.file.len() as u64);
        match part(have, size, from, bytes.len() as u64) {
            Part::Wrong => return Err("a station sent bytes behind the end of its file".to_owned()),
            Part::Elsewhere => {}
            Part::Keep { skip } => {
                self.hub.bytes.extend(&bytes[usize::try_from(skip).unwrap()..]);
                if self.planted != Some(Planted::ToldBeforeFsync) || self.chance.one_in(2) {
                    self.hub.synced = self.hub.bytes.len();
                }
            }
        }
        let have = self.hub.bytes.len() as u64;
        let file = self.file.clone();
        let blind = self.planted == Some(Planted::PresentBeforeHash);
        match whole(have, size, || blind || self.hub.bytes == file) {
            Whole::NotYet => {}
            Whole::Right => self.is_here()?,
            Whole::Spoilt => {
                (self.hub.bytes, self.hub.synced, self.told) = (Vec::new(), 0, 0);
                return Ok(Err(()));
            }
        }
        let mut place = self.place();
        if self.planted == Some(Planted::PlaceFromRequest) {
            place.offset = place.offset.max(from + bytes.len() as u64);
        }
        if place.offset > have {
            return Err("the hub told of bytes it does not have".to_owned());
        }
        Ok(Ok(place))
    }

    fn is_here(&mut self) -> Result<(), String> {
        self.hub.synced = self.hub.bytes.len();
        self.hub.here = Some(self.hub.bytes.clone());
        if self.hub.bytes == self.file {
            Ok(())
        } else {
            Err("a file is said to be here and is not what its name says (I13)".to_owned())
        }
    }

    fn place(&mut self) -> BlobPlace {
        let stored = self.hub.here.is_some();
        let offset = self.hub.here.as_ref().unwrap_or(&self.hub.bytes).len() as u64;
        self.told = self.told.max(offset);
        BlobPlace {
            blake3: String::new(),
            offset,
            stored,
        }
    }
}

/// Runs as many schedules as planned, none of them with a planted mistake.
#[must_use]
pub fn run(plan: &Plan) -> Report {
    let mut report = Report::default();
    for seed in plan.seed..plan.seed + plan.count.unwrap_or(FULL) {
        let (broken, seen) = run_one(seed, None);
        report.ran += 1;
        for (fault, times) in FAULTS.iter().zip(seen) {
            *report.seen.entry((*fault).to_owned()).or_default() += times;
        }
        report.broken.extend(broken.map(|what| (seed, what)));
        if report.broken.len() >= 10 {
            break;
        }
    }
    report.must_see(FAULTS.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_planted_mistake_is_found() {
        for planted in Planted::ALL {
            let found = (1..=1_000).find(|seed| run_one(*seed, Some(*planted)).0.is_some());
            assert!(found.is_some(), "{planted:?} breaks a promise and nobody sees it");
        }
    }

    #[test]
    fn without_a_mistake_every_file_comes_up_whole() {
        let report = run(&Plan {
            seed: 1,
            count: Some(1_000),
        });
        assert!(report.ok(), "{:?}", report.broken);
        assert!(report.seen.values().all(|times| *times > 100), "{:?}", report.seen);
    }
}
