//! Clocks ten years off and set backwards in use: whatever they show, reception goes on, every record
//! goes up, and once the clock is right every dossier has one official code.

use super::world::{Pc, World};
use crate::Plan;
use crate::chance::Chance;
use crate::report::Report;

const YEAR: i64 = 365 * 24;
/// What happens to the clock, in hours.
const SET: [i64; 8] = [10 * YEAR, -10 * YEAR, YEAR, -YEAR, 72, -72, -26, 26];

pub fn run(plan: &Plan) -> Report {
    let mut report = Report::default();
    for seed in plan.seed..plan.seed.saturating_add(plan.count.unwrap_or(1_000)) {
        report.ran += 1;
        if let Err(what) = one(seed, &mut report) {
            report.broken.push((seed, what));
        }
    }
    report
}

fn one(seed: u64, report: &mut Report) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let world = World::new();
    let mut pc = Pc::new(&world, "an");
    pc.open();
    pc.enrol(&world);
    let mut codes = Vec::new();
    for _ in 0..4 {
        let set = *chance.pick(&SET);
        pc.clock.turn(set);
        report.saw(&format!("{set} hours"));
        if chance.one_in(3) {
            pc.close();
            pc.reboot();
            pc.open();
            report.saw("restart");
        }
        for _ in 0..=chance.below(3) {
            let answer = pc.register();
            if answer["code_kind"] == "official" {
                // Only a day the hub had leased, and no evidence against it.
                report.saw("believed");
            }
            codes.push(answer["code"].as_str().unwrap().to_owned());
        }
        if chance.one_in(2) {
            pc.sync()
                .map_err(|error| format!("a wrong clock stopped the sync: {error}"))?;
            report.saw("sync under a wrong clock");
        }
        if chance.one_in(2) {
            pc.right_time(&world);
        }
    }
    pc.right_time(&world);
    for _ in 0..3 {
        pc.sync()?;
    }
    settled(&world, &mut pc, &codes)
}

/// The final state, the same whatever the clocks showed.
fn settled(world: &World, pc: &mut Pc, codes: &[String]) -> Result<(), String> {
    if world.dossiers() != codes.len() as u64 || pc.waiting() != 0 {
        return Err(format!(
            "{} of {} above, {} wait",
            world.dossiers(),
            codes.len(),
            pc.waiting()
        ));
    }
    for code in codes {
        let shown = pc.show(code);
        let all = shown["codes"].as_array().unwrap();
        let official = all.iter().filter(|one| one["kind"] == "official").count();
        if official != 1 {
            return Err(format!("{code} has {official} official codes: {}", shown["codes"]));
        }
    }
    let answer = pc.register();
    if answer["code_kind"] == "official" {
        Ok(())
    } else {
        Err(format!("the clock is right again, and still {answer}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_clock_shows_the_end_is_the_same() {
        let report = run(&Plan {
            seed: 1,
            count: Some(6),
        });
        assert!(report.ok(), "{:#?}", report.broken);
        assert!(report.seen.len() > 6, "{:?}", report.seen);
    }
}
