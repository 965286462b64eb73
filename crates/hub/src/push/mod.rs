//! `POST /v1/push`: records of one stream, taken in by one transaction. What is answered as durable
//! has been committed with an fsync before the answer is made. What is decided is decided by
//! [`wire::sync::hub::take_in`].

mod accept;
mod chain;
mod order;
mod project;
mod told;

use rusqlite::{Transaction, params};
use wire::Head;
use wire::protocol::{Durable, PushRequest, PushResponse, RefusalCode, StreamName};
use wire::sync::Hash;
use wire::sync::hub::{Outcome, take_in};

use crate::error::{HubError, Result};
use crate::hello::{Caller, forked, own_stream};
use crate::hub::Hub;
use accept::{Answers, Intake};
use chain::Link;
pub use chain::verified;
pub use order::Order;

enum Taken {
    Stored(Box<Answers>, Durable),
    /// Not an error of the transaction: its evidence is to be committed.
    Forked(Durable),
}

/// Takes a batch in.
///
/// # Errors
/// `Gap` and `Fork` with what is durable; `BadMessage`, `BadSignature`; those of the database.
pub fn push(hub: &Hub, caller: &Caller, request: PushRequest) -> Result<PushResponse> {
    let (now, store) = (hub.now().timestamp_millis(), &hub.inner().store);
    // Before the transaction: nobody waits for the writer while hashes are reckoned. What is used of the
    // stream's row for it, its name and its key, never changes.
    let row = store.read(|db| own_stream(db, caller, &request.stream))?;
    let follows = request.follows;
    let pushed = Pushed {
        name: request.stream.clone(),
        head: request.head.clone(),
        chained: verified(request, &row)?,
    };
    let order = &hub.inner().order;
    if follows {
        let stored = |db: &Transaction<'_>| Ok(own_stream(db, caller, &pushed.name)?.head.seq >= pushed.before());
        order.wait_until(|| store.read(stored));
    }
    let taken = store.write(|tx| take(tx, caller, &pushed, now));
    order.moved();
    match taken? {
        Taken::Forked(durable) => Err(HubError::refused_at(RefusalCode::Fork, durable)),
        Taken::Stored(answers, durable) => Ok(PushResponse {
            generation: hub.generation(),
            durable,
            accepted: answers.accepted,
            refused: answers.refused,
            wanted: answers.wanted.into_iter().map(|hash| hash.to_string()).collect(),
        }),
    }
}

/// A batch whose chain was verified.
struct Pushed {
    name: StreamName,
    head: Head,
    chained: (Hash, Vec<(Link, Hash)>),
}

impl Pushed {
    /// The record before the first.
    fn before(&self) -> u64 {
        let first = self.chained.1.first();
        first.map_or(0, |(link, _)| link.record.seq.saturating_sub(1))
    }
}

fn take(tx: &Transaction<'_>, caller: &Caller, pushed: &Pushed, now: i64) -> Result<Taken> {
    let row = own_stream(tx, caller, &pushed.name)?;
    let (prev, links) = &pushed.chained;
    let batch = chain::batch(*prev, links);
    let mut intake = Intake::new(tx, caller, &row, &pushed.head, now)?;
    match take_in(&mut intake, &batch)? {
        Outcome::Gap(durable) => Err(HubError::refused_at(RefusalCode::Gap, durable.into())),
        Outcome::Fork { durable, .. } => {
            forked(tx, &row, &pushed.head, now)?;
            Ok(Taken::Forked(durable.into()))
        }
        Outcome::Stored(durable, placed) => {
            let answers = Answers::of(tx, links, placed)?;
            Ok(Taken::Stored(Box::new(answers), durable.into()))
        }
    }
}

/// Something a person has to look at. The detail carries no personal data.
pub fn task(tx: &Transaction<'_>, kind: &str, detail: &str, now: i64) -> Result<()> {
    tx.prepare_cached(include_str!("../sql/task_add.sql"))?
        .execute(params![kind, detail, now])?;
    Ok(())
}
