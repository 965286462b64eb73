//! The line between a counter and the hub: it loses questions and answers, repeats and delays.

use wire::protocol::RefusalCode;
use wire::sync::client::Refused;

use super::hub::{Answer, Ask, Hub};
use super::schedule::{Seen, fault};
use crate::chance::Chance;

pub struct Line {
    pub chance: Chance,
    /// Whether it fails at all.
    pub fails: bool,
    /// Questions that are still somewhere on their way.
    pub strays: Vec<Ask>,
    pub seen: Seen,
}

impl Line {
    /// Asks; nothing when no answer came back.
    pub fn ask(&mut self, hub: &mut Hub, ask: &Ask) -> Option<Answer> {
        if !self.fails {
            return Some(hub.answer(ask));
        }
        match self.chance.below(20) {
            0 => self.saw(fault::LOST_QUESTION),
            1 => {
                self.saw(fault::LOST_ANSWER);
                hub.answer(ask);
            }
            2 => {
                self.saw(fault::DELAYED);
                self.strays.push(ask.clone());
            }
            3 => {
                self.saw(fault::TWICE);
                hub.answer(ask);
                return Some(again(hub, ask));
            }
            4 => {
                self.saw(fault::BUSY);
                let code =
                    [RefusalCode::Busy, RefusalCode::ServerFull, RefusalCode::Internal][self.chance.below(3) as usize];
                return Some(Answer::Refused(
                    Refused {
                        code,
                        durable: None,
                        takes: None,
                    },
                    None,
                ));
            }
            5 => {
                self.saw(fault::HUB_CRASH);
                if self.chance.one_in(2) {
                    hub.answer(ask);
                }
                hub.crash();
            }
            _ => return Some(hub.answer(ask)),
        }
        None
    }

    /// A question arrives long after its sender gave it up, perhaps more than once.
    pub fn deliver_stray(&mut self, hub: &mut Hub) {
        if self.strays.is_empty() {
            return;
        }
        self.saw(fault::STALE);
        let at = self.chance.below(self.strays.len() as u64) as usize;
        let stray = if self.chance.one_in(3) {
            self.strays[at].clone()
        } else {
            self.strays.swap_remove(at)
        };
        hub.answer(&stray);
    }

    pub fn saw(&mut self, fault: usize) {
        self.seen[fault] += 1;
    }
}

/// I5: the second time changes nothing.
fn again(hub: &mut Hub, ask: &Ask) -> Answer {
    let before = (
        hub.db.events.len(),
        hub.db.streams.iter().map(|it| it.copy.len()).sum::<u64>(),
    );
    let answer = hub.answer(ask);
    if before
        != (
            hub.db.events.len(),
            hub.db.streams.iter().map(|it| it.copy.len()).sum::<u64>(),
        )
    {
        hub.broken = Some("I5: a question heard twice is not as heard once".to_owned());
    }
    answer
}
