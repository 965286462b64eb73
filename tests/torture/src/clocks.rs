//! Clocks ten years off and set backwards in use: whatever they show, reception goes on, every record
//! goes up, and once the clock is right the end is the same as if it had always been.

use serde_json::{Value, json};

use crate::chance::Chance;
use crate::pc::{Pc, World};
use crate::report::Report;
use crate::{Plan, Torture};

pub const CLOCKS: Torture = Torture {
    name: "clocks",
    about: "clocks ten years off and backwards in use; the same final state",
    run: |plan| run(plan, 1_000),
};

const YEAR: i64 = 365 * 24;
/// What happens to the clock, in hours.
const SET: [i64; 8] = [10 * YEAR, -10 * YEAR, YEAR, -YEAR, 72, -72, -26, 26];

fn run(plan: &Plan, count: u64) -> Report {
    let mut report = Report::default();
    for seed in plan.seed..plan.seed + plan.count.unwrap_or(count) {
        report.ran += 1;
        // The same day twice: the clock is set again and again, or stays right.
        let wrong = one(seed, &mut report, true);
        let right = one(seed, &mut Report::default(), false);
        match (wrong, right) {
            (Ok(wrong), Ok(right)) if wrong == right => {}
            (Ok(wrong), Ok(right)) => report.broken.push((seed, format!("{wrong:?} and not {right:?}"))),
            (Err(what), _) | (_, Err(what)) => report.broken.push((seed, what)),
        }
    }
    report.must_see(["restart", "sync under a wrong clock"])
}

/// What is left of a day whatever the clock showed: above in the order of acceptance, and here.
#[derive(Debug, PartialEq)]
struct End {
    /// Each dossier with how many official codes it has.
    dossiers: Vec<(Value, usize)>,
    above: u64,
    problems: Vec<String>,
    waiting: Value,
    verified: Value,
    next_is_official: bool,
}

fn one(seed: u64, report: &mut Report, set: bool) -> Result<End, String> {
    let (mut chance, world) = (Chance::new(seed), World::new());
    let mut pc = Pc::new("an");
    pc.open();
    pc.enrol(&world);
    let mut codes = Vec::new();
    for _ in 0..4 {
        let hours = *chance.pick(&SET);
        if set {
            pc.clock.turn(hours);
            report.saw(&format!("{hours} hours"));
        }
        if chance.one_in(3) {
            pc.close();
            pc.board.reboot();
            pc.open();
            report.saw("restart");
        }
        for _ in 0..=chance.below(2) {
            let answer = pc.register();
            if set && answer["code_kind"] == "official" {
                // Only a day the hub had leased, and no evidence against it.
                report.saw("believed");
            }
            codes.push(answer["code"].clone());
        }
        if chance.one_in(2) {
            pc.sync()
                .map_err(|error| format!("a wrong clock stopped the sync: {error}"))?;
            report.saw("sync under a wrong clock");
        }
        if chance.one_in(2) {
            pc.clock.set_by(&world.clock);
        }
    }
    pc.clock.set_by(&world.clock);
    for _ in 0..3 {
        pc.sync()?;
    }
    Ok(end(&world, &mut pc, &codes))
}

fn end(world: &World, pc: &mut Pc, codes: &[Value]) -> End {
    let dossier = |code: &Value| {
        let shown = pc.must("show", &json!({"code": code}));
        let all = shown["codes"].as_array().unwrap();
        let official = all.iter().filter(|one| one["kind"] == "official").count();
        (shown["applicant"]["name"].clone(), official)
    };
    let dossiers = codes.iter().map(dossier).collect();
    let (above, problems) = world.report();
    End {
        dossiers,
        above,
        problems,
        waiting: pc.must("sync-status", &json!({}))["waiting"].clone(),
        verified: pc.must("verify", &json!({})),
        next_is_official: pc.register()["code_kind"] == "official",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_clock_shows_the_end_is_the_same() {
        let report = run(&Plan { seed: 1, count: None }, 6);
        assert!(report.ok(), "{:#?}", report.broken);
        assert!(report.seen.len() > 6, "{:?}", report.seen);
    }
}
