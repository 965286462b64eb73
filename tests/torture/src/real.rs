//! Real stations and a real hub, and a line between them on which everything goes wrong: officers work,
//! counters talk, and then the line heals. Nothing acknowledged may be missing then, nothing may be
//! there twice, and nobody may have called durable what the hub did not hold.

use crate::between::{Blocks, FAULTS, Planted, World};
use crate::report::Report;
use crate::{Plan, Torture};

pub const REAL: Torture = Torture {
    name: "real",
    about: "real stations, a real hub, a line that loses, repeats and spoils; 1,000,000 schedules",
    run: |plan| run(plan, Planted::Nothing),
};

const BLOCKS: Blocks = Blocks {
    full: 1_000_000,
    block: 50,
    counters: 2,
    salt: 0,
    prepare: |_| {},
    one,
    faults: &FAULTS,
};
/// Kinds of fault a schedule must meet, and steps after which it ends without.
const KINDS: usize = 3;
const MOST_STEPS: u64 = 30;
/// What happens to a clock, in hours.
const TURNS: [i64; 6] = [3, -3, 26, -26, 9 * 24, -9 * 24];

fn run(plan: &Plan, planted: Planted) -> Report {
    BLOCKS.run(plan, planted)
}

fn one(world: &mut World) -> Result<(), String> {
    if world.chance.one_in(8) {
        world.line.state().above.keep();
    }
    if world.chance.one_in(10) {
        world.seconds(24 * 3_600);
    }
    world.line.state().fails = true;
    let least = 4 + world.chance.below(4);
    for step in 0..MOST_STEPS {
        if step >= least && kinds(world) >= KINDS {
            break;
        }
        let who = usize::try_from(world.chance.below(world.counters.len() as u64)).unwrap();
        match world.chance.below(10) {
            0..5 => world.act(who)?,
            5..9 => drop(world.talk(who)?),
            _ => trouble(world, who),
        }
    }
    world.heal()
}

fn kinds(world: &World) -> usize {
    let mut saw = world.line.state().saw.clone();
    saw.sort();
    saw.dedup();
    saw.len()
}

/// What happens to a counter.
fn trouble(world: &mut World, who: usize) {
    match world.chance.below(12) {
        0..5 => {
            let hours = *world.chance.pick(&TURNS);
            world.turn(who, hours);
        }
        5..9 => world.kill(who),
        9..11 => world.counters[who].restart(),
        _ if world.counters.len() < 3 => world.twin(who),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::between::{Template, runtime};

    fn planned(count: u64, planted: Planted) -> Report {
        let plan = Plan {
            seed: 0,
            count: Some(count),
        };
        run(&plan, planted)
    }

    #[test]
    fn whatever_happens_between_them_every_promise_is_kept() {
        let report = planned(20_000, Planted::Nothing);
        assert!(report.ok(), "{:?} {:#?}", report.never_seen(), report.broken);
    }

    #[test]
    fn a_talk_in_which_nothing_is_new_is_one_question() {
        let template = Template::new(2);
        let mut world = World::of(&template, &runtime(), 1, Planted::Nothing);
        // What came up last at the other counter is heard, and then there is nothing any more.
        for _ in 0..2 {
            world.talk(0).unwrap().unwrap();
        }
        let before = world.line.state().asked;
        world.talk(0).unwrap().unwrap();
        assert_eq!(world.line.state().asked - before, 1);
    }

    #[test]
    fn an_answer_to_another_question_is_not_believed() {
        let template = Template::new(2);
        let mut world = World::of(&template, &runtime(), 1, Planted::Nothing);
        world.attach(0).unwrap();
        world.talk(0).unwrap().unwrap();
        world.attach(0).unwrap();
        // The greeting of before comes again, and it was one for another end of the stream.
        world.line.state().stale = true;
        let error = world.talk(0).unwrap().unwrap_err();
        assert_eq!(error.code, station::Code::HubUnreachable, "{error:?}");
        world.heal().unwrap();
        world.end().unwrap();
    }

    #[test]
    fn every_planted_mistake_is_found() {
        for planted in Planted::ALL {
            let report = planned(1_000, planted);
            let first = report.broken.first().map_or("nothing", |(_, what)| what.as_str());
            assert!(
                planted.breaks().iter().any(|promise| first.contains(promise)),
                "{planted:?}: {first}"
            );
        }
    }
}
