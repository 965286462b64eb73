//! Whether the promises hold: after every talk what a counter believes of the hub, and everything once
//! nothing waits.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Row;

use super::above::Above;
use super::counter::Counter;
use super::ledger::{Event, Ledger, Place};

type Found = Result<(), String>;
/// Device and epoch, and where the stream ends.
pub type Head = (([u8; 16], u32), (i64, [u8; 32]));

/// What a counter was told of an event's place.
type Told = (Option<i64>, Option<String>);

fn head(row: &Row<'_>) -> rusqlite::Result<Head> {
    let name = (row.get("device")?, row.get("epoch")?);
    Ok((name, (row.get("seq")?, row.get("hash")?)))
}

fn heads(above: &Above) -> BTreeMap<([u8; 16], u32), (i64, [u8; 32])> {
    let all: Vec<Head> = above.eye().all(include_str!("hub_streams.sql"), [], head);
    all.into_iter().collect()
}

/// Streams it wrote, and how much of each is durable.
pub fn own(counter: &Counter) -> Vec<(Head, i64)> {
    let read = |row: &Row<'_>| Ok((head(row)?, row.get("durable_seq")?));
    counter.eye().all(include_str!("counter_streams.sql"), [], read)
}

fn files_above(above: &Above) -> BTreeSet<[u8; 32]> {
    let all: Vec<[u8; 32]> = above
        .eye()
        .all(include_str!("hub_files.sql"), [], |row| row.get("hash"));
    all.into_iter().collect()
}

fn files(counter: &Counter) -> Vec<([u8; 32], i64)> {
    let read = |row: &Row<'_>| Ok((row.get("hash")?, row.get("done")?));
    counter.eye().all(include_str!("counter_files.sql"), [], read)
}

/// A counter calls nothing durable that the hub does not hold at this very moment (I4). A hub that was
/// put back since they met last is excused.
pub fn honest(counter: &Counter, above: &Above) -> Found {
    if counter.met != above.put_back {
        return Ok(());
    }
    let heads = heads(above);
    for ((name, _), durable) in own(counter) {
        let held = heads.get(&name).map_or(0, |head| head.0);
        if durable > held {
            let name = &counter.name;
            return Err(format!(
                "{name} calls {durable} records durable, and the hub has {held} (I4)"
            ));
        }
    }
    let above = files_above(above);
    match files(counter)
        .iter()
        .find(|(hash, done)| *done == 1 && !above.contains(hash))
    {
        Some(_) => Err(format!(
            "{} calls a file durable that the hub does not have (I4)",
            counter.name
        )),
        None => Ok(()),
    }
}

/// What still waits of one counter.
pub fn waits(counter: &Counter, above: &Above, ledger: &Ledger) -> Option<String> {
    let (name, own) = (&counter.name, own(counter));
    if own.iter().any(|((_, (seq, _)), durable)| durable < seq) {
        return Some(format!("{name}: records wait"));
    }
    let ahead = |((stream, end), _): &(Head, i64)| heads(above).get(stream).is_some_and(|above| above.0 > end.0);
    if own.last().is_some_and(ahead) {
        return Some(format!("{name} has not met its copy"));
    }
    if files(counter).iter().any(|(_, done)| *done == 0) {
        return Some(format!("{name}: files wait"));
    }
    let told: Vec<i64> = counter
        .eye()
        .all(include_str!("counter_told.sql"), [], |row| row.get("told"));
    (told != [ledger.told]).then(|| format!("{name} knows of {told:?} events of {}", ledger.told))
}

/// Everything, once nothing waits.
pub fn settled(counters: &[Counter], above: &Above, ledger: &mut Ledger) -> Found {
    // I1, and by the numbers of `look_above` nothing twice and nothing changed.
    if ledger.above.len() != ledger.events.len() {
        let missing = ledger.events.len() - ledger.above.len();
        return Err(format!("{missing} acknowledged events are not above (I1)"));
    }
    let heads = heads(above);
    for counter in counters {
        let own = own(counter);
        for (place, ((name, end), _)) in own.iter().enumerate() {
            let above = heads.get(name);
            // Under a name it left, a copy of this PC may have gone on; an empty one may be forgotten.
            let left = place + 1 < own.len() && above.map_or(end.0 == 0, |above| above.0 > end.0);
            if !left && above != Some(end) {
                let ends = (name.1, end.0, above.map(|it| it.0));
                return Err(format!("{}: a stream ends elsewhere above {ends:?} (I3)", counter.name));
            }
        }
        if files(counter).iter().any(|(_, done)| *done == 2) {
            return Err(format!("{}: a file is damaged", counter.name));
        }
        if counter.met != above.put_back {
            return Err(format!("{} has not met the hub since it was put back", counter.name));
        }
        honest(counter, above)?;
    }
    disjoint(counters, ledger)
}

/// Numbers a counter may still give are its own, and nobody else's.
fn disjoint(counters: &[Counter], ledger: &Ledger) -> Found {
    let mut free: BTreeMap<(String, String), Vec<(u32, u32)>> = BTreeMap::new();
    for counter in counters {
        let Some(((device, _), _)) = own(counter).first().map(|(head, _)| *head) else {
            continue;
        };
        let read = |row: &Row<'_>| {
            let key = (row.get("series")?, row.get("day")?);
            Ok((key, row.get("first")?, row.get("last")?, row.get("next")?))
        };
        let held: Vec<((String, String), u32, u32, u32)> =
            counter.eye().all(include_str!("counter_leases.sql"), [], read);
        for (key, first, last, next) in held {
            let name = &counter.name;
            if !ledger.leased(&key, (first, last), &device) {
                return Err(format!(
                    "{name} holds numbers {first} to {last} of {key:?}, which are not its own"
                ));
            }
            let others = free.entry(key).or_default();
            if next <= last && others.iter().any(|(from, to)| *from <= last && next <= *to) {
                return Err(format!(
                    "{name} may give numbers {next} to {last}, and so may another (I7)"
                ));
            }
            if next <= last {
                others.push((next, last));
            }
        }
    }
    Ok(())
}

/// Everybody knows the same events in the same order, refused for the same reasons; every chain,
/// signature and file above is sound.
pub fn sound(counters: &[Counter], above: &Above, ledger: &Ledger) -> Found {
    for counter in counters {
        let read = |row: &Row<'_>| Ok((row.get("event")?, (row.get("accepted")?, row.get("refused")?)));
        let places: Vec<(Event, Told)> = counter.eye().all(include_str!("counter_places.sql"), [], read);
        for (event, (number, refused)) in places {
            let place: Option<Place> = number.map(|number| (number, refused));
            if ledger.above.get(&event) != place.as_ref() {
                let (name, there) = (&counter.name, ledger.above.get(&event));
                return Err(format!("{name} was told {place:?} of an event that is {there:?} above"));
            }
        }
    }
    let report = above.hub().report().unwrap();
    if report.chain == "ok" {
        Ok(())
    } else {
        Err(format!("{:?}", report.problems))
    }
}
