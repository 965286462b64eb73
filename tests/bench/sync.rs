//! Carrying events upwards: a real counter to a real server, beside what others do with the same
//! texts in turn, and the bytes an event takes on the wire beside those nothing can make smaller.

mod bytes;
mod ours;
mod peers;

use crate::figures::Figures;
use crate::measure::median;
use crate::reception;
use crate::stop::Outcome;
use ours::{Pair, Server};
use peers::Peer;

/// Events of a round.
const EVENTS: usize = 20_000;
/// Rounds; every program takes its turn in each of them.
const ROUNDS: usize = 5;
/// Events on their way while people are taken in.
const BUSY: usize = 100_000;
/// People taken in meanwhile.
const TAKEN_IN: usize = 100;

/// All of it.
pub fn measure(seed: u64, figures: &mut Figures) -> Outcome {
    let (pouch, anki) = (Peer::pouchdb()?, Peer::anki()?);
    let rounds: Outcome<Vec<Round>> = (0..ROUNDS).map(|_| Round::run(seed, &pouch, anki.as_ref())).collect();
    let rounds = rounds?;
    tell(&rounds, figures);
    bytes::measure(seed, figures)?;
    registering(seed, figures)
}

/// Only ourselves: for whoever works on it.
pub fn alone(seed: u64, figures: &mut Figures) -> Outcome {
    let rounds: Outcome<Vec<f64>> = (0..ROUNDS).map(|_| Pair::with(EVENTS, seed)?.push()).collect();
    figures.note("sync.events_per_second", median(rounds?.into_iter()), ROUNDS);
    bytes::measure(seed, figures)?;
    registering(seed, figures)
}

/// Events a second of everybody, one after the other.
struct Round {
    ours: f64,
    pouch: f64,
    anki: Option<f64>,
}

impl Round {
    fn run(seed: u64, pouch: &Peer, anki: Option<&Peer>) -> Outcome<Self> {
        let pair = Pair::with(EVENTS, seed)?;
        let texts = peers::texts(&pair.written()?)?;
        let ours = pair.push()?;
        drop(pair);
        Ok(Self {
            ours,
            pouch: pouch.carries(&texts)?,
            anki: anki.map(|anki| anki.carries(&texts)).transpose()?,
        })
    }
}

fn tell(rounds: &[Round], figures: &mut Figures) {
    let n = rounds.len();
    let of = |pick: fn(&Round) -> f64| median(rounds.iter().map(pick));
    // A promise is the most a figure may be: so many times as long as we.
    figures.promise("sync.our_time_to_pouchdb", of(|it| it.pouch / it.ours), 1.0 / 6.0, n);
    figures.note("sync.times_pouchdb", of(|it| it.ours / it.pouch), n);
    figures.note("sync.events_per_second", of(|it| it.ours), n);
    figures.note("sync.pouchdb_per_second", of(|it| it.pouch), n);
    if rounds.iter().all(|round| round.anki.is_some()) {
        figures.note("sync.times_anki", of(|it| it.ours / it.anki.unwrap_or(f64::NAN)), n);
        figures.note("sync.anki_per_second", of(|it| it.anki.unwrap_or(f64::NAN)), n);
    }
}

/// People are taken in while a hundred thousand events go up.
fn registering(seed: u64, figures: &mut Figures) -> Outcome {
    let pair = Pair::over(BUSY, seed, (None, Server::Elsewhere))?;
    let before = pair.durable()?;
    let background = pair.start();
    let mut meanwhile = Figures::new(seed);
    pair.wait_until_moving(before)?;
    reception::measure(
        pair.counter(),
        pair.folders(),
        pair.dossiers(),
        TAKEN_IN,
        &mut meanwhile,
    )?;
    let (after, left) = (pair.durable()?, pair.waiting()?);
    drop(background);
    figures.adopt("sync.while_pushed.", meanwhile);
    let carried = after.saturating_sub(before);
    figures.note("sync.while_pushed.events_carried", ours::whole(carried), 1);
    // Nothing left means that the last of them came when nothing was on its way.
    let share = ours::whole(carried) / ours::whole(carried.saturating_add(left));
    figures.promise("sync.while_pushed.share_carried", share, 0.999, 1);
    Ok(())
}
