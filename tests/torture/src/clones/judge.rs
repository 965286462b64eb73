//! Whether a counter that was copied, restored or moved behaves.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use station::seal::Standing;

use super::{Method, Must, busy};
use crate::chance::Chance;
use crate::pc::{Pc, Said, World};

/// What was given to people.
#[derive(Default)]
pub struct Book {
    /// Official codes, in their order.
    printed: Vec<String>,
    /// Temporary ones.
    waiting: Vec<String>,
    /// Dossiers that were on a disk that is gone, and nowhere else.
    pub lost: u64,
    /// Codes that a copy nobody could know printed again.
    twice: BTreeSet<String>,
}

impl Book {
    /// Takes people in: official codes, each of them new.
    pub fn work(&mut self, pc: &mut Pc, people: u64) -> Result<(), String> {
        for _ in 0..people {
            let code = official(&pc.register())?;
            if self.printed.contains(&code) {
                return Err(format!("{code} twice"));
            }
            self.printed.push(code);
        }
        Ok(())
    }

    #[must_use]
    pub fn last(&self) -> &str {
        self.printed.last().unwrap()
    }
}

fn official(answer: &Value) -> Result<String, String> {
    if answer["code_kind"] == "official" {
        Ok(answer["code"].as_str().unwrap().to_owned())
    } else {
        Err(format!("a sound counter gave {answer}"))
    }
}

/// The counter is open again and has met nobody.
pub fn locally(pc: &mut Pc, must: Must, book: &mut Book) -> Result<(), String> {
    let (standing, sound) = (pc.standing(), Standing::Whole);
    match must {
        Must::GoOn => {
            expect(standing, sound)?;
            book.work(pc, 3)
        }
        Must::Break(why) => {
            expect(standing, Standing::Broken(why))?;
            (0..3).try_for_each(|_| doubted(pc, book, "SEAL_BROKEN"))
        }
        Must::Doubt => {
            expect(standing, sound)?;
            (0..3).try_for_each(|_| doubted(pc, book, "CLOCK_IMPLAUSIBLE"))
        }
        Must::BeFound => {
            for _ in 0..2 {
                let code = official(&pc.register())?;
                if book.printed.contains(&code) {
                    book.twice.insert(code.clone());
                }
                book.printed.push(code);
            }
            Ok(())
        }
    }
}

fn expect(standing: Standing, expected: Standing) -> Result<(), String> {
    if standing == expected {
        Ok(())
    } else {
        Err(format!("the seal is {standing:?} and must be {expected:?}"))
    }
}

fn doubted(pc: &mut Pc, book: &mut Book, reason: &str) -> Result<(), String> {
    let answer = pc.register();
    if answer["code_kind"] == "official" {
        return Err(format!("an official code under a broken seal: {answer}"));
    }
    if answer["code_reason"] != reason {
        return Err(format!("not for {reason}: {answer}"));
    }
    book.waiting.push(answer["code"].as_str().unwrap().to_owned());
    Ok(())
}

/// The planted fault: the seal sees the PC and the folder it was laid on until a number is out, and
/// what is really there only then.
pub fn blindly(pc: &mut Pc, said: Said) -> Result<(), String> {
    pc.close();
    pc.board.pretend(Some(said));
    pc.open();
    let answer = pc.register();
    pc.close();
    pc.board.pretend(None);
    pc.open();
    match (answer["code_kind"] == "official", pc.standing()) {
        (true, Standing::Broken(why)) => Err(format!("an official code under a broken seal ({why:?}): {answer}")),
        _ => Ok(()),
    }
}

/// The hub answers again. Everybody goes on with numbers nobody printed, and nothing is gone.
pub fn afterwards(
    world: &World,
    pc: Pc,
    left_behind: Option<Pc>,
    book: &mut Book,
    (method, chance): (Method, &mut Chance),
) -> Result<(), String> {
    pc.clock.set_by(&world.clock);
    let mut all = vec![pc];
    if let Some(mut other) = left_behind {
        other.clock.set_by(&world.clock);
        other.open();
        // The line is still down: what the first one prints must not be what its copy prints.
        book.work(&mut other, 3)?;
        all.insert(usize::try_from(chance.below(2)).unwrap(), other);
    }
    meet(&all)?;
    found(world, method, book)?;
    for pc in &mut all {
        book.work(pc, busy(chance))?;
    }
    meet(&all)?;
    settled(world, &all, book, method)
}

fn meet(all: &[Pc]) -> Result<(), String> {
    (0..3).try_for_each(|_| all.iter().try_for_each(Pc::sync))
}

/// What the hub says to a person.
fn found(world: &World, method: Method, book: &Book) -> Result<(), String> {
    let (_, problems) = world.report();
    let clashes = problems.iter().filter(|code| *code == "CODE_CLASH").count();
    if clashes != book.twice.len() {
        return Err(format!("{:?} were printed twice: {problems:?}", book.twice));
    }
    let moved = problems.iter().any(|code| code == "EPOCH_OPENED");
    if method.must() == Must::BeFound && !moved {
        return Err(format!("an image that was put back is not found: {problems:?}"));
    }
    Ok(())
}

fn settled(world: &World, all: &[Pc], book: &Book, method: Method) -> Result<(), String> {
    let people: u64 = all.iter().map(|pc| pc.people).sum();
    let (above, expected) = (world.report().0, people - book.lost);
    if above != expected {
        return Err(format!("{above} dossiers above, {expected} were taken in"));
    }
    // The first to wait is the copy's own.
    for code in &book.waiting {
        let shown = all.iter().find_map(|pc| pc.call("show", &json!({"code": code})).ok());
        let codes = shown.as_ref().and_then(|shown| shown["codes"].as_array());
        let official = codes.map_or(0, |all| all.iter().filter(|one| one["kind"] == "official").count());
        if official != 1 {
            return Err(format!("{code} has {official} official codes: {codes:?}"));
        }
    }
    for pc in all {
        let verified = pc.must("verify", &json!({}));
        let sound = verified["chain"] == "ok" || method == Method::RestoredFiles;
        if !sound || verified["dossiers"] != expected {
            return Err(format!("{expected} dossiers: {verified}"));
        }
        expect(pc.standing(), Standing::Whole)?;
    }
    Ok(())
}
