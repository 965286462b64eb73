//! A district of a few counters: made once, copied for every block of schedules, thrown away.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::above::Above;
use super::acts::Dossier;
use super::counter::Counter;
use super::fault::Fault;
use super::ledger::{Ledger, leases};
use super::line::Line;
use super::planted::Planted;
use super::settled;
use crate::chance::Chance;
use crate::pc::Hands;

/// Rounds in which every counter talks once, until nothing may wait any more.
const ROUNDS: usize = 6;
/// Taken in at each counter of a template.
const PEOPLE: u64 = 2;

/// Folders of a hub and its enrolled counters, each with dossiers and pages, nothing waiting.
pub struct Template {
    place: TempDir,
    counters: u64,
    dossiers: Vec<Dossier>,
}

pub struct World {
    place: TempDir,
    pub line: Arc<Line>,
    pub counters: Vec<Counter>,
    pub dossiers: Vec<Dossier>,
    pub ledger: Ledger,
    /// The time, as the hub and every clock that is right have it.
    pub clock: Hands,
    pub chance: Chance,
    folders: u64,
}

/// In memory where there is such a place: disks are another test's matter.
fn place() -> TempDir {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    place.unwrap()
}

/// One for a thread: the hub's work runs on it.
#[must_use]
pub fn runtime() -> Arc<Runtime> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Arc::new(runtime.unwrap())
}

impl Template {
    #[must_use]
    pub fn new(counters: u64) -> Self {
        let mut world = World::on(place(), counters, &runtime(), 0, Planted::Nothing);
        for who in 0..world.counters.len() {
            world.enrol(who);
            for _ in 0..PEOPLE {
                world.register(who).unwrap();
                world.attach(who).unwrap();
            }
        }
        world.heal().unwrap();
        for counter in &mut world.counters {
            counter.close();
        }
        world.line.state().above.close();
        Self {
            place: world.place,
            counters,
            dossiers: world.dossiers,
        }
    }
}

impl World {
    /// A copy of the template, whose randomness follows from a seed.
    #[must_use]
    pub fn of(template: &Template, runtime: &Arc<Runtime>, seed: u64, planted: Planted) -> Self {
        let place = place();
        copy(template.place.path(), place.path());
        let mut world = Self::on(place, template.counters, runtime, seed, planted);
        world.dossiers.clone_from(&template.dossiers);
        world.counters.iter_mut().for_each(|counter| counter.people = PEOPLE);
        world.ledger.begin(&mut world.counters).unwrap();
        world.ledger.look_above(&world.line.state().above).unwrap();
        world
    }

    fn on(place: TempDir, counters: u64, runtime: &Arc<Runtime>, seed: u64, planted: Planted) -> Self {
        let (clock, root) = (Hands::new(), place.path());
        let seed = Chance::new(seed).bits();
        let above = Above::open(root.join("hub"), clock.clone(), Arc::clone(runtime), seed);
        let line = Line::new(above, Chance::new(seed ^ 1), planted);
        let counter = |folder| Counter::open(root.join(format!("pc{folder}")), (folder, folder), &line, seed);
        Self {
            counters: (1..=counters).map(counter).collect(),
            line,
            dossiers: Vec::new(),
            ledger: Ledger::default(),
            clock,
            chance: Chance::new(seed ^ 2),
            folders: counters,
            place,
        }
    }

    fn enrol(&self, who: usize) {
        let code = self.line.state().above.hub().new_code("H99.128").unwrap();
        let request = json!({"hub": "http://127.0.0.1:1", "code": code, "plain": true});
        let answer = self.counters[who].call("enrol", request).unwrap();
        assert_eq!(answer["first_talk"], Value::Null, "{answer}");
    }

    /// A talk, and whether the counter believes only what is so afterwards.
    pub fn talk(&mut self, who: usize) -> Result<station::Result<()>, String> {
        let put_back = self.line.state().above.put_back;
        let counter = &mut self.counters[who];
        let done = counter.sync().map(drop);
        counter.mended();
        self.ledger.note(counter)?;
        counter.failed = done.is_err();
        if done.is_ok() {
            counter.met = put_back;
        }
        settled::honest(counter, &self.line.state().above)?;
        Ok(done)
    }

    /// Every counter once.
    pub fn in_any_order(&mut self) -> Vec<usize> {
        let mut left: Vec<usize> = (0..self.counters.len()).collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let at = usize::try_from(self.chance.below(left.len() as u64)).unwrap();
            order.push(left.remove(at));
        }
        order
    }

    /// Time passes on every clock, right or wrong.
    pub fn seconds(&self, seconds: i64) {
        self.clock.seconds(seconds);
        for counter in &self.counters {
            counter.clock.seconds(seconds);
        }
    }

    /// One clock is set wrong.
    pub fn turn(&mut self, who: usize, hours: i64) {
        self.counters[who].clock.turn(hours);
        self.line.state().saw.push(Fault::ClockTurned);
    }

    pub fn kill(&mut self, who: usize) {
        self.counters[who].kill();
        self.line.state().saw.push(Fault::CounterKilled);
    }

    /// Another copy of a counter's folder, beside it on the same PC.
    pub fn twin(&mut self, who: usize) {
        self.folders += 1;
        let root: PathBuf = self.place.path().join(format!("pc{}", self.folders));
        let twin = self.counters[who].twin(root, self.folders);
        self.counters.push(twin);
        self.line.state().saw.push(Fault::Twin);
    }

    /// Nothing goes wrong any more: everybody talks until nothing waits, and every promise must hold.
    pub fn heal(&mut self) -> Result<(), String> {
        self.line.state().fails = false;
        for counter in &self.counters {
            counter.clock.set_by(&self.clock);
        }
        let mut waits = String::new();
        for round in 0..ROUNDS {
            match self.round(round == 0)? {
                None => {
                    let mut state = self.line.state();
                    let before = std::mem::take(&mut state.leases);
                    self.ledger.look_at_leases(before)?;
                    self.ledger.look_at_leases(leases(&state.above))?;
                    return settled::settled(&self.counters, &state.above, &mut self.ledger);
                }
                Some(still) => waits = still,
            }
        }
        Err(format!("after {ROUNDS} rounds {waits} (I8)"))
    }

    /// What still waits after everybody talked once more who has reason to.
    fn round(&mut self, everybody: bool) -> Result<Option<String>, String> {
        let mut trouble = None;
        for who in 0..self.counters.len() {
            let counter = &self.counters[who];
            let waits = settled::waits(counter, &self.line.state().above, &self.ledger);
            if !everybody && !counter.failed && waits.is_none() {
                continue;
            }
            if let Err(error) = self.talk(who)? {
                trouble = Some(format!("{}: {error} {:?}", self.counters[who].name, error.detail));
            }
        }
        self.ledger.look_above(&self.line.state().above)?;
        let above = &self.line.state().above;
        let waits = |counter| settled::waits(counter, above, &self.ledger);
        let waits = self.counters.iter().find_map(waits);
        Ok(trouble.or(waits))
    }

    /// Everything is read once more, when everybody heard where a hub that was put back places now what
    /// others brought again.
    pub fn end(&mut self) -> Result<(), String> {
        if let Some(trouble) = self.round(true)? {
            return Err(format!("on a line that is well: {trouble}"));
        }
        settled::sound(&self.counters, &self.line.state().above, &self.ledger)
    }
}

/// Copies a folder with all that lies in it. What is written once and never changed is linked.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            copy(&path, &to);
        } else if entry.file_name() == "ballast" || path.components().any(|part| part.as_os_str() == "blobs") {
            std::fs::hard_link(&path, &to).unwrap();
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}
