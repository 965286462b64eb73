//! One stream on its way up: greet, then push until nothing waits. The cursor is taken from what the
//! hub answers and from nothing else, and only where its hash is the one of our own record.

use super::batch::halved;
use super::reaction::{Reaction, Stop, reaction};
use crate::protocol::{MAX_BATCH_BYTES, RefusalCode};
use crate::sync::{Chain, Position};

/// Answers in a row that move nothing forward, after which a talk ends: a hub that answers so is
/// broken, and the timer asks again.
const PATIENCE: u8 = 4;

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Say hello with the head of the stream.
    Hello,
    /// Push records behind `after`, at most so many bytes; when there are none, say so with
    /// [`Talk::nothing_waits`].
    Push {
        /// The last record that is durable and whose acceptance number is known.
        after: u64,
        /// Most bytes.
        bytes: usize,
    },
    /// Everything of the stream is durable.
    Done,
    /// The histories differ.
    Mend(Why),
    /// The hub lost the stream's opening: tell it again.
    Reopen,
    /// Not now.
    Stop(Stop),
}

/// Why a stream cannot go on under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The same number holds another record up there: somebody else wrote under this name.
    Forked,
    /// The hub has records of ours that we do not: this PC was restored from a copy.
    Behind,
    /// The hub saw another copy of this PC under this name and asks everyone to leave it.
    Left,
}

impl Why {
    /// As the log keeps it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Forked => "FORK",
            Self::Behind => "BEHIND",
            Self::Left => "LEFT",
        }
    }
}

/// What an answer means for the store. It may be written down beside the next question, but before the
/// one after that is asked: a talk that breaks then leaves two batches without their numbers, not more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heard {
    /// The stream is durable up to here.
    pub durable: Option<u64>,
    /// Up there is less than there was: it was restored from a backup. Whatever was ever sent is to
    /// be asked for again: older streams, files, the cursor downwards.
    pub went_back: bool,
}

/// A refusal, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub code: RefusalCode,
    /// What is durable.
    pub durable: Option<Position>,
    /// Most bytes the hub takes at once.
    pub takes: Option<usize>,
}

/// The talk about one stream.
#[derive(Debug, Clone)]
pub struct Talk {
    ask: Ask,
    durable: u64,
    numbered: u64,
    bytes: usize,
    idle: u8,
    newest: bool,
}

/// Whether a stream is to be talked about at all. The one that is written to always is: its hello
/// is how a hub that went back is noticed.
#[must_use]
pub const fn is_due(durable: u64, head: u64, newest: bool) -> bool {
    newest || durable < head
}

/// Whether everything is to be asked for anew: the hub's name is another one, or it has less of ours
/// than it said.
#[must_use]
pub fn is_another<G: PartialEq + ?Sized>(known: Option<&G>, answered: &G, went_back: bool) -> bool {
    went_back || known != Some(answered)
}

impl Talk {
    /// A talk about a stream that was last said to be durable up to `durable`, and of whose records
    /// up to `numbered` the acceptance number is known: an answer lost on its way is asked for by
    /// pushing again. `newest` is whether this PC still writes to the stream.
    #[must_use]
    pub const fn new(durable: u64, numbered: u64, newest: bool) -> Self {
        Self {
            ask: Ask::Hello,
            durable,
            numbered,
            bytes: MAX_BATCH_BYTES,
            idle: 0,
            newest,
        }
    }

    /// What to do next.
    #[must_use]
    pub const fn ask(&self) -> Ask {
        self.ask
    }

    /// The hub answered the hello. `leave` is its wish that nobody writes under this name any more.
    ///
    /// # Errors
    /// When the own store cannot be read.
    pub fn greeted<C: Chain>(&mut self, chain: &C, durable: Position, leave: bool) -> Result<Heard, C::Error> {
        let heard = self.settle(chain, durable, Some(chain.head().seq))?;
        if leave && self.newest && matches!(self.ask, Ask::Push { .. }) {
            self.ask = Ask::Mend(Why::Left);
        }
        Ok(heard)
    }

    /// The hub answered a push whose last record was `last`.
    ///
    /// # Errors
    /// When the own store cannot be read.
    pub fn pushed<C: Chain>(&mut self, chain: &C, durable: Position, last: u64) -> Result<Heard, C::Error> {
        let before = (self.durable, self.numbered);
        self.numbered = self.numbered.max(last);
        let heard = self.settle(chain, durable, Some(last))?;
        self.idle = if self.durable > before.0 || self.numbered > before.1 {
            0
        } else {
            self.idle.saturating_add(1)
        };
        if self.idle >= PATIENCE && matches!(self.ask, Ask::Push { .. }) {
            self.ask = Ask::Stop(Stop::Refused);
        }
        Ok(heard)
    }

    /// The hub refused a hello, or a push of so many records.
    ///
    /// # Errors
    /// When the own store cannot be read.
    pub fn refused<C: Chain>(&mut self, chain: &C, said: &Refused, records: usize) -> Result<Heard, C::Error> {
        match (reaction(said.code), said.durable) {
            (Reaction::Mend, _) => self.ask = Ask::Mend(Why::Forked),
            (Reaction::Reopen, _) => self.ask = Ask::Reopen,
            (Reaction::Rewind, Some(durable)) if self.idle < PATIENCE => {
                self.idle = self.idle.saturating_add(1);
                return self.settle(chain, durable, None);
            }
            (Reaction::Rewind, _) => self.ask = Ask::Stop(Stop::Refused),
            (Reaction::Halve, _) => self.halve(records, said.takes),
            (Reaction::Stop(why), _) => self.ask = Ask::Stop(why),
        }
        Ok(Heard::default())
    }

    /// Behind which record acceptance numbers are missing although it is durable: the answer to a push
    /// was lost. They may be asked for, and [`Talk::learned`]; else the records are pushed again.
    #[must_use]
    pub const fn unnumbered(&self) -> Option<u64> {
        if matches!(self.ask, Ask::Push { .. }) && self.numbered < self.durable {
            Some(self.numbered)
        } else {
            None
        }
    }

    /// The acceptance numbers up to this record are known now.
    pub fn learned(&mut self, last: u64) {
        self.numbered = self.numbered.max(last.min(self.durable));
        if let Ask::Push { .. } = self.ask {
            self.ask = self.push();
        }
    }

    /// There is nothing to push.
    pub const fn nothing_waits(&mut self) {
        self.ask = Ask::Done;
    }

    fn halve(&mut self, records: usize, takes: Option<usize>) {
        self.ask = match halved(self.bytes, records, takes) {
            Some(bytes) => {
                self.bytes = bytes;
                self.push()
            }
            None => Ask::Stop(Stop::RecordTooLarge),
        };
    }

    fn push(&self) -> Ask {
        Ask::Push {
            after: self.durable.min(self.numbered),
            bytes: self.bytes,
        }
    }

    /// The hub's word on what is durable, and up to which of our records it has just compared ours
    /// with its own.
    fn settle<C: Chain>(&mut self, chain: &C, durable: Position, compared: Option<u64>) -> Result<Heard, C::Error> {
        let ours = chain.hash_at(durable.seq)?;
        if let (None, false, Some(compared)) = (ours, self.newest, compared) {
            // Another copy of this PC went on with a name we left. What the hub compared of ours is up
            // there; the rest has still to be sent, and may turn out to be another history.
            self.durable = compared;
            self.ask = if compared < chain.head().seq {
                self.push()
            } else {
                Ask::Done
            };
            return Ok(Heard {
                durable: Some(compared),
                went_back: false,
            });
        }
        if ours != Some(durable.hash) {
            self.ask = Ask::Mend(if ours.is_some() { Why::Forked } else { Why::Behind });
            return Ok(Heard::default());
        }
        let went_back = durable.seq < self.durable;
        self.durable = durable.seq;
        self.ask = self.push();
        Ok(Heard {
            durable: Some(durable.seq),
            went_back,
        })
    }
}
