//! The promises I1 to I16 of the design, as far as they are the protocol's: looked at when the
//! faults have stopped and everyone has talked. I4, I5 and I7 are looked at on the way.
//!
//! Not here: I10 (catalogue and due dates: the rules' tests), I12 (one agency's hub knows one
//! tenant), I13 (files: their own test), I14 (one version was released so far; what a newer program
//! writes is in every schedule).

use std::collections::BTreeMap;

use super::record::{Bytes, id};
use super::schedule::World;

/// The first broken promise.
pub fn broken(world: &mut World) -> Option<String> {
    world.hub.check_acknowledged();
    let on_the_way = world.hub.broken.take().or_else(|| world.waits.take());
    let checks = [no_loss, no_invention, prefix, no_code_twice, one_order, audit];
    on_the_way.or_else(|| checks.iter().find_map(|check| check(world)))
}

/// I1, and I15 after a restore: what was committed on a disk that is still there is up there.
fn no_loss(world: &World) -> Option<String> {
    let db = &world.hub.db;
    let lost = |at: usize| {
        world.counters[at]
            .disk
            .written
            .iter()
            .find(|event| db.number_of(**event) == 0)
    };
    (0..world.counters.len()).find_map(|at| Some(format!("I1: counter {at} wrote event {} and it is gone", lost(at)?)))
}

/// I2: every event up there was made once, as it stands; no two counters write under one name.
fn no_invention(world: &World) -> Option<String> {
    for (event, number) in world.hub.db.events.iter().zip(1..) {
        let made: Option<&Bytes> = world.made.get(id(&event.bytes) as usize);
        if made != Some(&event.bytes) || world.hub.db.number_of(id(&event.bytes)) != number {
            return Some(format!("I2: event {number} up there is nobody's"));
        }
    }
    let names: Vec<_> = world
        .counters
        .iter()
        .map(|it| it.disk.streams.last().unwrap().copy.name)
        .collect();
    let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
    twice.map(|(_, name)| format!("I2: two counters write under {name:?}"))
}

/// I3: what both ends have of a stream is the same bytes.
fn prefix(world: &World) -> Option<String> {
    for own in world.counters.iter().flat_map(|it| &it.disk.streams) {
        let above = world.hub.db.streams.iter().find(|it| it.copy.name == own.copy.name);
        let same = above.is_some_and(|above| {
            let both = own.copy.records.len().min(above.copy.records.len());
            above.copy.records[..both] == own.copy.records[..both]
        });
        // An epoch nobody wrote to may have been forgotten.
        if !same && own.copy.len() > 0 {
            return Some(format!("I3: {:?} is another stream up there", own.copy.name));
        }
    }
    None
}

/// I6: no number was printed twice; where no seal could prevent it, a person is told.
fn no_code_twice(world: &World) -> Option<String> {
    let mut seen = BTreeMap::new();
    for (code, event) in &world.printed {
        let Some(other) = seen.insert(*code, *event) else {
            continue;
        };
        let db = &world.hub.db;
        let both = db.number_of(other) > 0 && db.number_of(*event) > 0;
        if !world.unsealed {
            return Some(format!("I6: code {code:#x} printed for events {other} and {event}"));
        }
        if both && !db.clashes.contains(code) {
            return Some(format!("I6: code {code:#x} is on two papers and nobody is told"));
        }
    }
    None
}

/// I8: after the faults everything is up there within a few rounds, refused events or not.
pub fn nothing_waits(world: &World) -> Option<String> {
    let streams = world.counters.iter().flat_map(|it| &it.disk.streams);
    let waits = streams.into_iter().find(|own| own.durable < own.copy.len());
    waits.map(|own| format!("I8: {:?} waits at {} of {}", own.copy.name, own.durable, own.copy.len()))
}

/// I9: every counter holds every event in the hub's order, with the hub's verdict and its bytes.
fn one_order(world: &World) -> Option<String> {
    for (at, counter) in world.counters.iter().enumerate() {
        let mut view = vec![None; world.made.len()];
        for (number, bytes, refused) in &counter.disk.others {
            view[id(bytes) as usize] = Some((*number, *bytes, *refused));
        }
        for own in &counter.disk.streams {
            for ((bytes, _), (number, refused)) in own.copy.records.iter().zip(&own.places) {
                view[id(bytes) as usize] = Some((*number, *bytes, *refused));
            }
        }
        for (event, number) in world.hub.db.events.iter().zip(1..) {
            let here = &view[id(&event.bytes) as usize];
            if *here != Some((number, event.bytes, event.refused)) {
                return Some(format!("I9: counter {at} holds event {number} as {here:?}"));
            }
        }
    }
    None
}

/// I16: every chain verifies, and would not with one bit changed.
fn audit(world: &World) -> Option<String> {
    let above = world.hub.db.streams.iter().map(|it| &it.copy);
    let below = world.counters.iter().flat_map(|it| &it.disk.streams).map(|it| &it.copy);
    if let Some(copy) = above.clone().chain(below).find(|copy| !copy.verifies()) {
        return Some(format!("I16: the chain of {:?} does not verify", copy.name));
    }
    let mut changed = above.into_iter().find(|copy| !copy.records.is_empty())?.clone();
    let at = changed.records.len() / 2;
    changed.records[at].0[at % 16] ^= 1;
    changed.verifies().then(|| "I16: a changed bit is not found".to_owned())
}
