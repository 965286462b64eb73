//! What officers do: mostly the cheapest that leaves an event, and now and then a reception with its
//! receipt.

use serde_json::{Value, json};
use station::Code;

use super::world::World;
use crate::counter::{attachment, reception};

/// A dossier somebody can do something with.
#[derive(Debug, Clone)]
pub struct Dossier {
    code: String,
    page: Option<String>,
    out: bool,
}

/// What a counter may say when another one was faster, or its clock is wrong.
const MAY: [Code; 7] = [
    Code::UnknownDossier,
    Code::UnknownPage,
    Code::SupplementAskedAlready,
    Code::SupplementNotAwaited,
    Code::RefusedByState,
    Code::ClockImplausible,
    Code::YearNotInCalendar,
];

impl World {
    /// Somebody does something.
    pub fn act(&mut self, who: usize) -> Result<(), String> {
        match self.chance.below(20) {
            0 => self.register(who),
            1 => self.attach(who),
            2 => self.ask(who),
            3 => {
                let code = self.some_code();
                self.called(who, "take-supplement", json!({"code": code})).map(drop)
            }
            _ => self.turn_page(who),
        }
    }

    fn called(&mut self, who: usize, command: &str, request: Value) -> Result<Option<Value>, String> {
        self.seconds(20);
        let counter = &mut self.counters[who];
        let answer = match counter.call(command, request) {
            Ok(answer) => Some(answer),
            Err(error) if MAY.contains(&error.code) => None,
            Err(error) => return Err(format!("{}: {command}: {error} {:?}", counter.name, error.detail)),
        };
        self.ledger.note(counter)?;
        Ok(answer)
    }

    /// A person is taken in.
    pub fn register(&mut self, who: usize) -> Result<(), String> {
        let counter = &mut self.counters[who];
        counter.people += 1;
        let mut request = reception(counter.people);
        request["request_id"] = json!(format!("{} {}", counter.name, counter.people));
        if let Some(answer) = self.called(who, "register", request)? {
            self.dossiers.push(Dossier {
                code: answer["code"].as_str().unwrap().to_owned(),
                page: None,
                out: false,
            });
        }
        Ok(())
    }

    /// A page is kept for the dossier that came last.
    pub fn attach(&mut self, who: usize) -> Result<(), String> {
        let last = self.dossiers.len() - 1;
        let request = attachment(&self.dossiers[last].code, self.chance.bits());
        if let Some(answer) = self.called(who, "attach", request)? {
            self.dossiers[last].page = answer["pages"][0]["page"].as_str().map(str::to_owned);
        }
        Ok(())
    }

    fn some_code(&mut self) -> String {
        self.chance.pick(&self.dossiers).code.clone()
    }

    /// A supplement is asked for, often at two counters that have not heard of each other: one of them is
    /// refused above.
    fn ask(&mut self, who: usize) -> Result<(), String> {
        let code = self.some_code();
        let request = json!({"code": code, "items": ["Bản sao"], "reason": "Còn thiếu"});
        if self.chance.one_in(2) {
            let other = (who + 1) % self.counters.len();
            self.called(other, "ask-supplement", request.clone())?;
        }
        self.called(who, "ask-supplement", request).map(drop)
    }

    /// A page is taken out, or put back.
    fn turn_page(&mut self, who: usize) -> Result<(), String> {
        let which = usize::try_from(self.chance.below(self.dossiers.len() as u64)).unwrap();
        let again = self.chance.one_in(4);
        let dossier = &mut self.dossiers[which];
        let Some(page) = &dossier.page else { return Ok(()) };
        let command = if dossier.out { "page-restore" } else { "page-remove" };
        let mut request = json!({"code": dossier.code, "page": page});
        if !dossier.out {
            request["reason"] = json!("Trang chụp nhầm");
        }
        // Sometimes the next one does the same, and at most one of them is heard.
        dossier.out ^= !again;
        self.called(who, command, request).map(drop)
    }
}
