//! The talk about each stream this PC wrote. What is decided is decided by
//! [`wire::sync::client::Talk`]; here its questions are asked and what it heard is written down.

use rusqlite::{Transaction, params};
use wire::Head;
use wire::pack::{self, Effort};
use wire::protocol::{
    AcceptedPage, Ends, HelloRequest, HelloResponse, PROTOCOL, PushRequest, PushResponse, READS_OPEN, RECKONS_DIGESTS,
    Refusal,
};
use wire::sync::client::{Ask, Heard, Stop, Talk, is_another, is_due};

use super::answer::{Asked, refused};
use super::flight::{Flight, Ready};
use super::http::{Hub, Message};
use super::measure::timed;
use super::own::{Copy, OwnStream, own};
use super::{down, evidence, http, mend, status, up};
use crate::error::{ApiError, Code, Result};
use crate::honest;
use crate::station::Station;
use crate::store::{set_setting, setting};

/// Beginnings of one talk: a mended stream and a hub that went back each ask for another one.
const BEGINNINGS: u8 = 6;

/// What was written since the last of it went up.
pub fn send_new(station: &Station) -> Result<()> {
    if station.store.read(status::waits)?.records > 0 {
        send(station)?;
    }
    Ok(())
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
        let numbered = station.store.read(|connection| own.numbered(connection))?;
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
            let ask = self.talk.ask();
            if !matches!(ask, Ask::Push { .. }) {
                self.wait();
            }
            let went_back = match ask {
                // The window closes: what is left goes up the next time.
                Ask::Push { .. } if self.station.is_leaving() => return Ok(true),
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
            Err(refusal) => {
                self.wait();
                return self.refused(&refusal, records);
            }
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
