//! `POST /v1/push`: records of one stream, taken in by one transaction. What is answered as durable
//! has been committed with an fsync before the answer is made. What is decided is decided by
//! [`wire::sync::hub::take_in`].

mod accept;
mod chain;
mod project;

use rusqlite::{Transaction, params};
use wire::protocol::{Durable, PushRequest, PushResponse, RefusalCode};
use wire::sync::hub::{Outcome, take_in};

use crate::error::{HubError, Result};
use crate::hello::{Caller, forked, own_stream};
use crate::hub::Hub;
use accept::{Answers, Intake};
pub use chain::verified;

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
    let now = hub.now().timestamp_millis();
    match hub.inner().store.write(|tx| take(tx, caller, request, now))? {
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

fn take(tx: &Transaction<'_>, caller: &Caller, request: PushRequest, now: i64) -> Result<Taken> {
    let row = own_stream(tx, caller, &request.stream)?;
    let head = request.head.clone();
    let (prev, links) = chain::verified(request, &row)?;
    let batch = chain::batch(prev, &links);
    let mut intake = Intake::new(tx, caller, &row, &head, now);
    match take_in(&mut intake, &batch)? {
        Outcome::Gap(durable) => Err(HubError::refused_at(RefusalCode::Gap, durable.into())),
        Outcome::Fork { durable, .. } => {
            forked(tx, &row, &head, now)?;
            Ok(Taken::Forked(durable.into()))
        }
        Outcome::Stored(durable, placed) => {
            let answers = Answers::of(tx, &links, placed)?;
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
