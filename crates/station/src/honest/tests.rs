//! What a clock is believed, and what is done when it is not.

use super::*;
use crate::machine::Moment;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn moment(boot: &str, hours: i64) -> Moment {
    Moment {
        boot: boot.into(),
        uptime_ms: hours.saturating_mul(3_600_000),
    }
}

const MONDAY: &str = "2026-11-23T09:00:00+07:00";

fn heard(boot: &str) -> Evidence {
    Evidence {
        heard: Some(Heard {
            hub: at(MONDAY),
            here: at("2026-11-23T09:30:00+07:00"),
            moment: Some(moment(boot, 1)),
            seq: 0,
        }),
        past: Some(at(MONDAY)),
    }
}

#[test]
fn without_evidence_a_clock_is_believed_unless_it_shows_a_time_before_all_codes() {
    let nothing = Evidence::default();
    assert!(!judge(&nothing, at(MONDAY), None).doubtful);
    assert!(!judge(&nothing, at("2025-07-01T00:00:00+07:00"), None).doubtful);
    assert!(judge(&nothing, at("2025-06-30T23:59:59+07:00"), None).doubtful);
    assert!(judge(&nothing, at("1970-01-01T00:00:00Z"), None).doubtful);
}

#[test]
fn a_day_before_the_last_event_is_doubted_and_the_hour_is_not() {
    let known = Evidence {
        past: Some(at(MONDAY)),
        heard: None,
    };
    assert!(!judge(&known, at("2026-11-23T08:00:00+07:00"), None).doubtful);
    let judged = judge(&known, at("2026-11-22T23:59:00+07:00"), None);
    assert_eq!(
        judged,
        Judged {
            at: at(MONDAY),
            doubtful: true
        }
    );
}

#[test]
fn while_the_pc_runs_the_hub_and_the_uptime_say_what_time_it_is() {
    let known = heard("a");
    let later = moment("a", 31);
    let right = at("2026-11-24T15:00:00+07:00");
    for (now, doubtful) in [
        ("2026-11-24T15:00:00+07:00", false),
        // Half an hour ahead of the hub, as it was when they talked.
        ("2026-11-24T15:39:00+07:00", false),
        ("2026-11-24T15:41:00+07:00", true),
        ("2026-11-24T14:49:00+07:00", true),
        ("2026-11-25T15:00:00+07:00", true),
        ("2036-11-24T15:00:00+07:00", true),
        ("2016-11-24T15:00:00+07:00", true),
    ] {
        let judged = judge(&known, at(now), Some(&later));
        assert_eq!(judged.doubtful, doubtful, "{now}");
        assert_eq!(judged.at, if doubtful { right } else { at(now) });
    }
}

#[test]
fn a_machine_that_did_not_live_through_the_time_is_known_by_the_hub() {
    let (known, later) = (heard("a"), moment("a", 2));
    for (hub, still) in [
        ("2026-11-23T10:00:00+07:00", false),
        ("2026-11-23T10:09:00+07:00", false),
        ("2026-11-23T10:11:00+07:00", true),
        ("2026-11-23T09:00:00+07:00", false),
    ] {
        assert_eq!(stood_still(&known, at(hub), Some(&later)), still, "{hub}");
        assert!(!stood_still(&known, at(hub), Some(&moment("b", 2))));
    }
}

#[test]
fn after_a_restart_the_last_talk_bounds_the_time_on_both_sides() {
    let known = heard("a");
    let other = moment("b", 0);
    for (now, doubtful) in [
        ("2026-11-23T09:00:00+07:00", false),
        ("2026-12-20T09:00:00+07:00", false),
        ("2027-12-27T09:00:00+07:00", false),
        ("2028-01-01T09:00:00+07:00", true),
        ("2036-11-23T09:00:00+07:00", true),
        ("2026-11-22T09:00:00+07:00", true),
    ] {
        assert_eq!(judge(&known, at(now), Some(&other)).doubtful, doubtful, "{now}");
        assert_eq!(judge(&known, at(now), None).doubtful, doubtful, "{now}");
    }
    assert_eq!(judge(&known, at("2016-01-01T00:00:00Z"), Some(&other)).at, at(MONDAY));
}
