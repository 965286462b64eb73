//! The streams this PC wrote, and the talk about each of them. What is decided is decided by
//! [`wire::sync::client::Talk`]; here its questions are asked and what it heard is written down.

use dossier::DeviceId;
use rusqlite::{Connection, Row, Transaction, params};
use wire::pack::{self, Effort};
use wire::protocol::{
    AcceptedPage, Ends, HelloRequest, HelloResponse, MAX_BATCH_RECORDS, PROTOCOL, PushRequest, PushResponse,
    READS_OPEN, RECKONS_DIGESTS, Refusal,
};
use wire::sync::client::{Ask, Heard, Stop, Talk, is_another, is_due};
use wire::sync::{Chain, Hash, Position};
use wire::{Head, Stream, first_prev};

use super::flight::{Flight, Ready};
use super::http::{Asked, Hub, Message, refused};
use super::measure::timed;
use super::{down, evidence, http, mend, places, up};
use crate::error::{ApiError, Code, Result};
use crate::honest;
use crate::station::Station;
use crate::store::{damaged, set_setting, setting, sixteen, thirty_two};

/// Beginnings of one talk: a mended stream and a hub that went back each ask for another one.
const BEGINNINGS: u8 = 6;

/// A stream of this PC.
#[derive(Debug, Clone)]
pub struct OwnStream {
    /// Its row.
    pub row: i64,
    /// Its name.
    pub stream: Stream,
    /// Where it ends.
    pub head: Position,
    /// Up to where the hub last said to have it.
    pub durable: u64,
    /// The hash before its first record.
    pub start: Hash,
}

/// All of them, the one that is written to last.
pub fn own(connection: &Connection) -> Result<Vec<OwnStream>> {
    let mut statement = connection.prepare_cached(include_str!("own_streams.sql"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(own_stream(row)?);
    }
    Ok(found)
}

fn own_stream(row: &Row<'_>) -> Result<OwnStream> {
    let count = |column: &str| -> Result<u64> {
        u64::try_from(row.get::<_, i64>(column)?).map_err(|_| damaged("a stream counts below nothing"))
    };
    let epoch = u32::try_from(count("epoch")?).map_err(|_| damaged("an epoch is out of range"))?;
    Ok(OwnStream {
        row: row.get("id")?,
        stream: Stream {
            device: DeviceId::from_bytes(sixteen(row.get("device")?)?),
            epoch,
        },
        head: Position {
            seq: count("seq")?,
            hash: thirty_two(row.get("hash")?)?,
        },
        durable: count("durable_seq")?,
        start: first_prev(&thirty_two(row.get("public_key")?)?),
    })
}

/// The last record before the first one whose acceptance number is not known.
fn numbered(connection: &Connection, own: &OwnStream) -> Result<u64> {
    // One broken talk may leave three batches without: two whose answers were lost, and the one before them,
    // whose answer was not written down yet.
    let batch = u64::try_from(MAX_BATCH_RECORDS).unwrap_or(1_000);
    let from = own.durable.saturating_sub(batch.saturating_mul(3));
    let first = places::first_unknown(connection, own.row, from)?;
    Ok(first.saturating_sub(1).min(own.head.seq))
}

/// A stream as the machine reads it.
pub struct Copy<'a>(pub &'a OwnStream, pub &'a Connection);

impl Copy<'_> {
    /// The hash after a record that must be there.
    pub fn at(&self, seq: u64) -> Result<Hash> {
        self.hash_at(seq)?
            .ok_or_else(|| damaged("a record of an own stream is missing"))
    }
}

impl Chain for Copy<'_> {
    type Error = ApiError;

    fn head(&self) -> Position {
        self.0.head
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>> {
        if seq == 0 {
            return Ok(Some(self.0.start));
        }
        let mut statement = self.1.prepare_cached(include_str!("hash_at.sql"))?;
        let mut rows = statement.query(params![self.0.row, up::signed(seq)?])?;
        rows.next()?.map(|row| thirty_two(row.get("hash")?)).transpose()
    }
}

/// Whether a record waits of the stream that is written to.
pub fn waits(station: &Station) -> Result<bool> {
    let newest = station.store.read(own)?.pop();
    Ok(newest.is_some_and(|own| own.durable < own.head.seq))
}

/// Sends what waits of every stream, the oldest first: what came first is judged first up there. Where what
/// comes down ends, when the hub says it.
pub fn send(station: &Station) -> Result<Option<Ends>> {
    for _ in 0..BEGINNINGS {
        let mut ends = None;
        if send_in_order(station, &mut ends)? {
            return Ok(ends);
        }
    }
    Err(ApiError::new(Code::HubRefused).with("reason", "Fork"))
}

/// False when it has to begin again.
fn send_in_order(station: &Station, ends: &mut Option<Ends>) -> Result<bool> {
    let streams = station.store.read(own)?;
    let newest = streams.last().map(|own| own.row);
    for own in streams {
        let is_newest = Some(own.row) == newest;
        if !is_due(own.durable, own.head.seq, is_newest) {
            continue;
        }
        if !Talking::about(station, own, is_newest, ends)?.run()? {
            return Ok(false);
        }
    }
    Ok(true)
}

struct Talking<'a> {
    station: &'a Station,
    hub: Hub,
    own: OwnStream,
    newest: bool,
    talk: Talk,
    /// The version the hub said it speaks.
    speaks: u32,
    /// The batch that probably comes next, and the one that is on its way before it was asked for.
    ahead: Option<Ready>,
    flying: Option<Flight>,
    /// The hub's name at its hello.
    generation: String,
    /// Where what comes down ended then.
    ends: &'a mut Option<Ends>,
    /// What it answered last, while that is not written down yet. Where it gets lost, the hub is asked again.
    unnoted: Option<(PushResponse, Heard)>,
}

impl<'a> Talking<'a> {
    fn about(station: &'a Station, own: OwnStream, newest: bool, ends: &'a mut Option<Ends>) -> Result<Self> {
        let numbered = station.store.read(|connection| numbered(connection, &own))?;
        Ok(Self {
            hub: Hub::speaking_as(station, own.stream)?,
            talk: Talk::new(own.durable, numbered, newest),
            station,
            own,
            newest,
            speaks: 0,
            ahead: None,
            flying: None,
            generation: String::new(),
            ends,
            unnoted: None,
        })
    }

    /// False when everything has to begin again.
    fn run(mut self) -> Result<bool> {
        let done = self.talk();
        self.wait();
        let noted = self.note(self.unnoted.as_ref());
        noted.and(done)
    }

    fn talk(&mut self) -> Result<bool> {
        loop {
            let went_back = match self.talk.ask() {
                Ask::Hello => self.hello()?,
                Ask::Push { after, bytes } => self.push(after, bytes)?,
                Ask::Done => return Ok(true),
                Ask::Mend(why) => return mend::mend(self.station, &self.own, self.newest, why).map(|()| false),
                Ask::Reopen => return mend::reopen(self.station, &self.own).map(|()| false),
                Ask::Stop(_) => return Err(ApiError::new(Code::HubRefused).with("reason", "not durable")),
            };
            if went_back && self.newest {
                return Ok(false);
            }
        }
    }

    fn hello(&mut self) -> Result<bool> {
        let key = self.station.signing_key(&self.own.stream)?;
        let head = self.own.head;
        let request = HelloRequest {
            stream: self.own.stream.into(),
            head: Head::sign(&key, &self.own.stream, head.seq, &head.hash),
            protocol: PROTOCOL,
        };
        let answer: HelloResponse = match self.hub.ask("/v1/hello", &request)? {
            Ok(answer) => answer,
            Err(refusal) => return self.refused(&refusal, 0),
        };
        super::answered(self.station)?;
        honest::heard(self.station, &answer.now)?;
        self.hub.hears(&answer.packs);
        self.speaks = answer.protocol;
        self.generation.clone_from(&answer.generation);
        *self.ends = answer.ends;
        let durable = answer
            .durable
            .position()
            .ok_or_else(|| ApiError::new(Code::HubRefused))?;
        let (own, talk) = (&self.own, &mut self.talk);
        let heard = self
            .station
            .store
            .read(|connection| talk.greeted(&Copy(own, connection), durable, answer.leave))?;
        let now = self.station.now();
        let went_back = self.station.store.write(|transaction| {
            let another = meet_generation(transaction, &answer.generation, heard.went_back)?;
            set_durable(transaction, own, heard)?;
            super::note_contact(transaction, now)?;
            Ok(another)
        })?;
        if !went_back {
            self.learn()?;
        }
        Ok(went_back)
    }

    /// A push whose answer was lost on its way: where its events stand is asked for, so that they need
    /// not go over a bad line again. A hub that does not know the question is pushed to again.
    fn learn(&mut self) -> Result<()> {
        while let Some(after) = self.talk.unnumbered() {
            let target = format!("/v1/accepted?epoch={}&after={after}", self.own.stream.epoch);
            let Ok(page) = self.hub.look::<AcceptedPage>(&target)? else {
                return Ok(());
            };
            let Some(last) = page.accepted.last().map(|it| it.seq).filter(|last| *last > after) else {
                return Ok(());
            };
            let own = &self.own;
            self.station
                .store
                .write(|transaction| up::note_places(transaction, own, &page.accepted, &page.refused))?;
            self.talk.learned(last);
        }
        Ok(())
    }

    fn push(&mut self, after: u64, most: usize) -> Result<bool> {
        let bytes = http::pace(self.station)?.bytes().min(most);
        let Some(flight) = self.on_its_way(after, bytes)? else {
            self.talk.nothing_waits();
            return Ok(false);
        };
        let (records, last) = (flight.records, flight.last);
        // One that set out before the last was answered waited for that one first: its own time begins here.
        let full = last < self.own.head.seq && flight.bytes >= http::pace(self.station)?.bytes();
        let ((meanwhile, answer), took) = timed(|| (self.meanwhile(last, bytes), flight.land()));
        self.learn_pace(&answer, full, took)?;
        meanwhile?;
        let answer = match answer? {
            Ok(answer) => answer,
            Err(refusal) => return self.refused(&refusal, records),
        };
        let durable = answer
            .durable
            .position()
            .ok_or_else(|| ApiError::new(Code::HubRefused))?;
        let (own, talk) = (&self.own, &mut self.talk);
        let heard = self
            .station
            .store
            .read(|connection| talk.pushed(&Copy(own, connection), durable, last))?;
        let as_before = self.generation == answer.generation && !heard.went_back;
        let answered = Some((answer, heard));
        if as_before && matches!(self.talk.ask(), Ask::Push { .. }) {
            // Written down while the hub works on the next one.
            self.unnoted = answered;
            return Ok(false);
        }
        self.note(answered.as_ref())
    }

    /// Writes down what the hub answered; whether it is another hub than before.
    fn note(&self, answered: Option<&(PushResponse, Heard)>) -> Result<bool> {
        let Some((answer, heard)) = answered else {
            return Ok(false);
        };
        self.station.store.write(|transaction| {
            let another = meet_generation(transaction, &answer.generation, heard.went_back)?;
            set_durable(transaction, &self.own, *heard)?;
            up::note(transaction, &self.own, answer)?;
            Ok(another)
        })
    }

    /// The batch behind `after` as it goes over the line; nothing when nothing waits there. `follows`: it goes
    /// before the one before it is answered.
    fn ready(&self, after: u64, bytes: usize, follows: bool) -> Result<Option<Ready>> {
        let found = self
            .station
            .store
            .read(|connection| up::batch(connection, &self.own, after, bytes))?;
        let Some(batch) = found else { return Ok(None) };
        let (records, size) = (batch.len(), batch.size());
        let mut request = up::request(self.station, &self.own, batch)?;
        request.follows = follows;
        if self.speaks >= RECKONS_DIGESTS {
            request = request.shortened();
        }
        Ok(Some(Ready {
            after,
            bytes,
            records,
            last: after.saturating_add(u64::try_from(records).unwrap_or(0)),
            message: self.message(&request, size)?,
        }))
    }

    /// A small one is packed with a sample that knows texts within text.
    fn message(&self, request: &PushRequest, size: usize) -> Result<Message> {
        let effort = http::pace(self.station)?.effort();
        let opens = self.speaks >= READS_OPEN && size > pack::SMALL;
        match opens.then(|| request.open()).flatten() {
            Some(open) => self.hub.message(&open, effort),
            None => self.hub.message(request, effort),
        }
    }

    /// The batch behind `after`, sent already or now; nothing when nothing waits there.
    fn on_its_way(&mut self, after: u64, bytes: usize) -> Result<Option<Flight>> {
        match self.flying.take() {
            Some(flight) if flight.after == after => return Ok(Some(flight)),
            other => self.flying = other,
        }
        self.wait();
        let prepared = self.ahead.take().filter(|ready| ready.fits(after, bytes));
        let ready = match prepared {
            Some(ready) => Some(ready),
            None => self.ready(after, bytes, false)?,
        };
        ready.map(|ready| ready.depart(&self.hub)).transpose()
    }

    /// While the hub works on a batch, what it said of the last one is written down, and the next one is read
    /// and packed, of so many bytes at most. A quick line has room for both.
    fn meanwhile(&mut self, last: u64, bytes: usize) -> Result<()> {
        let unnoted = self.unnoted.take();
        self.note(unnoted.as_ref())?;
        let quick = http::pace(self.station)?.effort() == Effort::Fast;
        let next = self.ahead_of(last, bytes, quick);
        if quick {
            self.flying = next.map(|next| next.depart(&self.hub)).transpose()?;
        } else {
            self.ahead = next;
        }
        Ok(())
    }

    /// Nothing of this talk is on its way any more. What was said to a batch that went too early is not
    /// believed: it is asked for.
    fn wait(&mut self) {
        if let Some(flight) = self.flying.take() {
            drop(flight.land());
        }
    }

    /// The batch behind this one, when there is one. What fails here fails again, and is told, when its
    /// turn comes.
    fn ahead_of(&self, last: u64, bytes: usize, follows: bool) -> Option<Ready> {
        let waits = last < self.own.head.seq;
        waits.then(|| self.ready(last, bytes, follows).ok().flatten()).flatten()
    }

    /// How much this line takes at once. A batch that was made ready when less went at once is not `full`: it
    /// says nothing of more.
    fn learn_pace(&self, answer: &Result<Asked<PushResponse>>, full: bool, took: u64) -> Result<()> {
        let pace = http::pace(self.station)?;
        let next = match answer {
            Ok(Ok(_)) => pace.answered(full, took),
            // A refusal says nothing about the line.
            Ok(Err(_)) => pace,
            Err(_) => pace.broken(),
        };
        http::set_pace(self.station, next)
    }

    /// A refusal nothing can be done about is told as it came.
    fn refused(&mut self, refusal: &Refusal, records: usize) -> Result<bool> {
        let (own, talk) = (&self.own, &mut self.talk);
        let heard = self
            .station
            .store
            .read(|connection| talk.refused(&Copy(own, connection), &refusal.read(), records))?;
        if let Ask::Stop(why) = talk.ask() {
            if why == Stop::Suspended {
                evidence::bring(self.station)?;
            }
            return Err(refused(refusal));
        }
        self.station.store.write(|transaction| {
            let known = setting(transaction, "hub_generation")?.unwrap_or_default();
            let another = meet_generation(transaction, &known, heard.went_back)?;
            set_durable(transaction, own, heard)?;
            Ok(another)
        })
    }
}

/// A hub that was restored from a backup has another generation, or less of ours than it said: what
/// it gives and what it keeps is asked anew. Doing so twice is harmless, so a first meeting is
/// treated the same. True when older streams have to be asked about again.
fn meet_generation(transaction: &Transaction<'_>, generation: &str, went_back: bool) -> Result<bool> {
    let known = setting(transaction, "hub_generation")?;
    if !is_another(known.as_deref(), generation, went_back) {
        return Ok(false);
    }
    transaction.execute(include_str!("offer_all_again.sql"), [])?;
    down::begin_again(transaction)?;
    set_setting(transaction, super::rules::CURSOR, "0")?;
    set_setting(transaction, "hub_generation", generation)?;
    Ok(transaction.execute(include_str!("ask_old_again.sql"), [])? > 0)
}

fn set_durable(transaction: &Transaction<'_>, own: &OwnStream, heard: Heard) -> Result<()> {
    let Some(durable) = heard.durable else { return Ok(()) };
    transaction
        .prepare_cached(include_str!("set_durable.sql"))?
        .execute(params![own.row, up::signed(durable)?])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Caller, Opening};

    #[test]
    fn three_batches_without_their_numbers_are_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let opening = Opening {
            data: folder.path().join("data"),
            keys: Some(folder.path().join("keys")),
            now: None,
        };
        let station = Station::open(&opening).unwrap();
        let officer = json!({"name": "Nguyễn Thị Mẫu", "pin": "24680"});
        station.call(&Caller::Headless(None), "officer-add", officer).unwrap();
        let mut stream = station.store.read(own).unwrap().pop().unwrap();
        let found = |stream: &OwnStream| station.store.read(|connection| numbered(connection, stream)).unwrap();
        assert!(stream.head.seq > 0 && found(&stream) == 0);
        stream.durable = 3_000;
        assert_eq!(found(&stream), 0);
        stream.durable = 3_000 + stream.head.seq;
        assert_eq!(found(&stream), stream.head.seq, "further back nothing is looked for");
    }
}
