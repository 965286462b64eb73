//! The line: what a station asks goes to the hub, or does not, or comes again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use ::line::http::{Request, Response, StatusCode};
use ::line::{Broken, Carry, Pin};
use serde_json::{Value, json};
use wire::protocol::{Refusal, RefusalCode, signed};

use super::above::Above;
use super::fault::Fault;
use super::ledger::{Block, leases};
use super::planted::Planted;
use crate::chance::Chance;

type Question = Request<Vec<u8>>;
type Answer = Response<Vec<u8>>;

/// Older questions that may come again.
const STRAYS: usize = 12;
/// One question in so many meets a given fault.
const RARE: u64 = 22;

pub struct State {
    pub above: Above,
    pub chance: Chance,
    /// Whether anything may go wrong.
    pub fails: bool,
    /// Whether the hub's folders are copied now and then, between two requests.
    pub keeps: bool,
    pub planted: Planted,
    /// What went wrong, in the order in which it did.
    pub saw: Vec<Fault>,
    /// Questions that came to the line.
    pub asked: u64,
    /// The next answer is the older one at its address.
    pub stale: bool,
    /// Blocks of numbers that stood in a database before it was put back.
    pub leases: Vec<Block>,
    strays: Vec<Question>,
    /// Answers of this life of the hub, by who asked what.
    answers: BTreeMap<(u64, String), Answer>,
    /// Numbers somebody was given, and who hears of nothing but a gap.
    numbers: Option<(u64, Answer)>,
    blocked: Option<u64>,
}

pub struct Line(Mutex<State>);

struct Carrier {
    line: Arc<Line>,
    who: u64,
}

impl Line {
    pub fn new(above: Above, chance: Chance, planted: Planted) -> Arc<Self> {
        Arc::new(Self(Mutex::new(State {
            above,
            chance,
            fails: false,
            keeps: false,
            planted,
            saw: Vec::new(),
            asked: 0,
            stale: false,
            leases: Vec::new(),
            strays: Vec::new(),
            answers: BTreeMap::new(),
            numbers: None,
            blocked: None,
        })))
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub fn carrier(self: &Arc<Self>, who: u64) -> Arc<dyn Carry> {
        Arc::new(Carrier {
            line: Arc::clone(self),
            who,
        })
    }
}

impl Carry for Carrier {
    fn carry(&self, request: Question) -> Result<Answer, Broken> {
        self.line.state().carry(self.who, request)
    }

    fn seen(&self) -> Option<Pin> {
        None
    }
}

fn cut<T>() -> Result<T, Broken> {
    Err(Broken::Cut("the line of the test broke".to_owned()))
}

impl State {
    fn carry(&mut self, who: u64, question: Question) -> Result<Answer, Broken> {
        self.asked += 1;
        if std::mem::take(&mut self.stale) {
            return Ok(self.answers[&place(who, &question)].clone());
        }
        if !self.fails {
            return Ok(self.asked(who, question));
        }
        self.stray(&question);
        match self.chance.below(RARE) {
            0 | 1 => {
                self.saw.push(Fault::QuestionLost);
                return cut();
            }
            2 | 3 => {
                self.asked(who, question);
                self.saw.push(Fault::AnswerLost);
                return cut();
            }
            4 => {
                self.asked(who, question.clone());
                self.saw.push(Fault::Twice);
            }
            5 => {
                let older = self.chance.pick(&self.strays).clone();
                self.above.answer(older);
                self.saw.push(Fault::OlderQuestion);
            }
            6 => {
                let answer = self.asked(who, question);
                self.saw.push(Fault::AnswerCut);
                return Ok(self.shorter(answer));
            }
            7 => {
                let answer = self.asked(who, question);
                self.saw.push(Fault::AnswerSpoilt);
                return Ok(self.spoilt(answer));
            }
            8 | 9 => {
                if let Some(answer) = self.answers.get(&place(who, &question)) {
                    self.saw.push(Fault::OlderAnswer);
                    return Ok(answer.clone());
                }
            }
            10 => {
                self.saw.push(Fault::Busy);
                return Ok(busy());
            }
            11 if self.chance.one_in(2) => {
                let good = self.chance.one_in(2);
                self.above.restart(good);
                self.saw.push(Fault::HubRestarted);
            }
            12 if self.chance.one_in(6) => self.put_back(),
            _ => {}
        }
        Ok(self.asked(who, question))
    }

    /// Some of what goes by is kept, to come again one day.
    fn stray(&mut self, question: &Question) {
        if self.strays.is_empty() || self.chance.one_in(4) {
            self.strays.push(question.clone());
            if self.strays.len() > STRAYS {
                self.strays.remove(0);
            }
        }
    }

    /// The hub's data folder is put back to one of its copies.
    pub fn put_back(&mut self) {
        let copies = self.above.copies() as u64;
        if copies > 0 {
            let which = self.chance.below(copies);
            self.put_back_to(usize::try_from(which).unwrap());
        }
    }

    pub fn put_back_to(&mut self, which: usize) {
        self.leases.extend(leases(&self.above));
        self.above.put_back(which, self.planted == Planted::GenerationIgnored);
        // An answer given before that is no older answer of this hub.
        self.answers.clear();
        self.saw.push(Fault::HubPutBack);
    }

    fn shorter(&mut self, answer: Answer) -> Answer {
        let (parts, mut body) = answer.into_parts();
        let left = self.chance.below(body.len() as u64 + 1);
        body.truncate(usize::try_from(left).unwrap());
        Answer::from_parts(parts, body)
    }

    /// Something between answers with a page of its own.
    fn spoilt(&mut self, mut answer: Answer) -> Answer {
        if self.chance.one_in(2) {
            *answer.status_mut() = StatusCode::BAD_GATEWAY;
        }
        answer.headers_mut().remove("content-encoding");
        answer.map(|_| b"<html>Bad Gateway</html>".to_vec())
    }

    /// What the hub answers, but for a planted mistake.
    fn asked(&mut self, who: u64, question: Question) -> Answer {
        if self.keeps && self.chance.one_in(4) {
            self.above.keep();
        }
        let place = place(who, &question);
        let answer = if self.planted == Planted::Nothing {
            self.above.answer(question)
        } else {
            self.mistaken(who, question)
        };
        self.answers.insert(place, answer.clone());
        answer
    }

    fn mistaken(&mut self, who: u64, mut question: Question) -> Answer {
        let path = question.uri().path().to_owned();
        // So that what goes down can be read here.
        question.headers_mut().remove("accept-encoding");
        match self.planted {
            Planted::AcknowledgedUnstored if path == "/v1/push" && self.chance.one_in(20) => {
                stored(&question, &self.above.hub().generation())
            }
            Planted::CursorFromRequest if path == "/v1/hello" => {
                let asked = read(&question);
                changed(self.above.answer(question), |answer| {
                    answer["durable"]["seq"] = asked["head"]["seq"].clone();
                    answer["durable"]["hash"] = asked["head"]["hash"].clone();
                })
            }
            Planted::NumbersToTwo if path == "/v1/numbers/lease" => match &self.numbers {
                Some((other, answer)) if *other != who => unnamed(answer.clone()),
                _ => {
                    let answer = self.above.answer(question);
                    self.numbers = Some((who, answer.clone()));
                    answer
                }
            },
            Planted::FilePresent if question.method() == "PATCH" && self.chance.one_in(10) => present(&path),
            Planted::Reserialised if path == "/v1/pull" => changed(self.above.answer(question), rewritten),
            Planted::RefusedBlocks if path == "/v1/push" => self.blocking(who, question),
            _ => self.above.answer(question),
        }
    }
}

impl State {
    /// Whoever had something refused hears of nothing but a gap from then on.
    fn blocking(&mut self, who: u64, question: Question) -> Answer {
        let asked = read(&question);
        if self.blocked == Some(who) {
            return gap(&asked);
        }
        let answer = self.above.answer(question);
        let said = serde_json::from_slice::<Value>(answer.body()).unwrap_or_default();
        if said["refused"].as_array().is_some_and(|all| !all.is_empty()) {
            self.blocked = Some(who);
            return gap(&asked);
        }
        answer
    }
}

fn place(who: u64, question: &Question) -> (u64, String) {
    (who, format!("{} {}", question.method(), question.uri()))
}

fn busy() -> Answer {
    let refusal = Refusal {
        retry_after_ms: Some(2_000),
        ..Refusal::of(RefusalCode::Busy)
    };
    said(&json!(refusal), RefusalCode::Busy.status())
}

fn said(answer: &Value, status: u16) -> Answer {
    let mut response = Answer::new(serde_json::to_vec(answer).unwrap());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}

/// The message in a question.
fn read(question: &Question) -> Value {
    let named = question.headers().get("content-encoding");
    let coding = named.and_then(|name| wire::pack::Coding::named(name.to_str().unwrap()));
    let plain = coding.map(|coding| wire::pack::unpack(question.body(), coding, wire::pack::MOST_PLAIN).unwrap());
    serde_json::from_slice(plain.as_ref().unwrap_or(question.body())).unwrap()
}

/// An answer that names no question, as a hub of before gives it.
fn unnamed(mut answer: Answer) -> Answer {
    answer.headers_mut().remove(signed::ANSWERS);
    answer
}

fn changed(answer: Answer, change: impl FnOnce(&mut Value)) -> Answer {
    if !answer.status().is_success() {
        return answer;
    }
    let mut value = serde_json::from_slice(answer.body()).unwrap();
    change(&mut value);
    answer.map(|_| serde_json::to_vec(&value).unwrap())
}

fn stored(question: &Question, generation: &str) -> Answer {
    let asked = read(question);
    let durable = json!({"seq": asked["head"]["seq"], "hash": asked["head"]["hash"]});
    said(
        &json!({"generation": generation, "durable": durable, "accepted": [], "refused": [], "wanted": []}),
        200,
    )
}

fn present(path: &str) -> Answer {
    let name = path.rsplit('/').next().unwrap();
    said(&json!({"blake3": name, "offset": 1_u64 << 40, "stored": true}), 200)
}

/// The same JSON in other bytes.
fn rewritten(page: &mut Value) {
    for event in page["events"].as_array_mut().unwrap() {
        let header = event["record"]["header"].as_str().unwrap();
        let header: Value = serde_json::from_str(header).unwrap();
        event["record"]["header"] = json!(serde_json::to_string_pretty(&header).unwrap());
    }
}

fn gap(asked: &Value) -> Answer {
    let before = asked["records"][0]["seq"].as_u64().unwrap() - 1;
    let refusal = json!({"code": "GAP", "durable": {"seq": before, "hash": asked["prev"]}});
    said(&refusal, RefusalCode::Gap.status())
}
