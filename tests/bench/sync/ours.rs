//! A counter with events that wait, and a server it is enrolled with, both as they are built. A line
//! between them counts bytes where they are asked for, and is left out where time is measured.

use std::sync::Arc;

use hub::{Hub, HubError, Over};
use rig::{Folders as Place, Serving};
use serde_json::{Value, json};
use station::Background;
use vault::OsEntropy;
use wire::Record;

use crate::counter::{Counter, Folders, monday};
use crate::json::Part as _;
use crate::line::Line;
use crate::measure::spend;
use crate::stop::{Outcome, Stop, While as _};
use crate::years;

/// Events a registration leaves without its paper: itself and its code.
const EACH: usize = 2;
const AGENCY: &str = "H99.128";
/// For something to move that should move within a second or two.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// Where the server stands: both ends share this machine's processors, and a counter never does with its.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// It takes what it needs.
    Beside,
    /// It takes what the counter leaves.
    Elsewhere,
}

/// Both ends; their folders vanish with them.
pub struct Pair {
    counter: Counter,
    folders: Folders,
    dossiers: usize,
    // Ends before its folders go.
    _serving: Serving<HubError>,
    _places: [Place; 2],
}

impl Pair {
    /// A counter on which so many events wait, enrolled with a server that has none of them.
    pub fn with(events: usize, seed: u64) -> Outcome<Self> {
        Self::over(events, seed, (None, Server::Beside))
    }

    /// The same over a line, or with a server that takes no processor from the counter.
    pub fn over(events: usize, seed: u64, (line, server): (Option<&Line>, Server)) -> Outcome<Self> {
        let places = [Place::new().doing("folders")?, Place::new().doing("folders")?];
        let [here, above] = &places;
        let hub = Hub::open(&above.data, &above.keys, Arc::new(OsEntropy), Arc::new(monday)).doing("the server")?;
        let code = hub.new_code(AGENCY).doing("a code")?;
        let serve = async move |listener, stop| hub.serve(listener, Over::PlainLoopback, stop).await;
        let serving = match server {
            Server::Beside => Serving::start(serve),
            Server::Elsewhere => Serving::elsewhere(serve),
        };
        let serving = serving.doing("serving")?;
        let folders = Folders {
            data: here.data.clone(),
            keys: here.keys.clone(),
        };
        let counter = Counter::open(&folders, seed)?;
        let address = line.map_or_else(|| serving.url(), Line::address);
        if let Some(line) = line {
            line.lead_to(Some(serving.address));
        }
        let answer = counter.call("enrol", &json!({"hub": address, "code": code, "plain": true}))?;
        if !answer.part("first_talk").is_null() {
            return Err(Stop::Failed(format!("the server was not understood: {answer}")));
        }
        let pair = Self {
            counter,
            folders,
            dossiers: events.div_ceil(EACH),
            _serving: serving,
            _places: places,
        };
        years::fill(&pair.counter, pair.dossiers, 0)?;
        pair.holds(events)
    }

    fn holds(self, events: usize) -> Outcome<Self> {
        match self.waiting()? {
            waiting if waiting >= u64::try_from(events).unwrap_or(u64::MAX) => Ok(self),
            waiting => Err(Stop::Failed(format!("only {waiting} events wait"))),
        }
    }

    /// Carries everything up; events a second until the counter knows all of them to be durable.
    pub fn push(&self) -> Outcome<f64> {
        let waiting = self.waiting()?;
        let (done, spent) = spend(|| self.counter.call("sync", &json!({})));
        done?;
        match self.waiting()? {
            0 => Ok(whole(waiting) / spent.wall * 1_000.0),
            left => Err(Stop::Failed(format!("{left} events still wait"))),
        }
    }

    /// Waits until the background carries something.
    pub fn wait_until_moving(&self, before: u64) -> Outcome {
        let from = std::time::Instant::now();
        while self.durable()? <= before {
            if from.elapsed() > PATIENCE {
                return Err(Stop::Failed("nothing goes up".to_owned()));
            }
            std::thread::yield_now();
        }
        Ok(())
    }

    /// Carries it up as the open window does.
    pub fn start(&self) -> Background {
        self.counter.station.start_background()
    }

    /// Everything that waits, as it is stored.
    pub fn written(&self) -> Outcome<Vec<Record>> {
        self.counter.station.written().doing("reading the log")
    }

    pub const fn counter(&self) -> &Counter {
        &self.counter
    }

    pub const fn folders(&self) -> &Folders {
        &self.folders
    }

    pub const fn dossiers(&self) -> usize {
        self.dossiers
    }

    /// Events that are not durable above.
    pub fn waiting(&self) -> Outcome<u64> {
        self.status("waiting")
    }

    /// Events that are.
    pub fn durable(&self) -> Outcome<u64> {
        self.status("durable")
    }

    fn status(&self, name: &str) -> Outcome<u64> {
        let status = self.counter.call("sync-status", &json!({}))?;
        let number = |value: &Value| value.as_u64();
        number(status.part(name)).ok_or_else(|| Stop::Failed(format!("no {name} in {status}")))
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
pub const fn whole(count: u64) -> f64 {
    count as f64
}
