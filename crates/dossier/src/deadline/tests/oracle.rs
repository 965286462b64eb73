//! Random cases against the naive counter, and what must hold of any count.

use super::*;
use chrono::Days;
use proptest::prelude::*;

prop_compose! {
    fn receptions()(day in 0u64..1000, minute in 0i64..1440) -> NaiveDateTime {
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        first + Days::new(day) + TimeDelta::minutes(minute)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn all_rules_agree_with_a_day_by_day_count(seed in any::<u64>()) {
        prop_assert_eq!(oracle_check(seed, 150), Ok(()));
    }
}

proptest! {
    #[test]
    fn more_time_is_never_due_earlier(received in receptions(), amount in 1u16..44) {
        let by = |limit| due(received, &limit, calendar()).unwrap().due;
        prop_assert!(by(Limit::WorkingDays(amount)) < by(Limit::WorkingDays(amount + 1)));
        prop_assert!(by(Limit::CalendarDays(amount)) <= by(Limit::CalendarDays(amount + 1)));
        prop_assert!(by(Limit::Hours(amount)) < by(Limit::Hours(amount + 1)));
    }

    #[test]
    fn every_sentence_ends(received in receptions(), amount in 1u16..45, which in 0usize..4) {
        let limits = [Limit::WorkingDays(amount), Limit::CalendarDays(amount), Limit::Hours(amount), Limit::SameDay];
        let due = due(received, &limits[which], calendar()).unwrap();
        prop_assert!(due.trace.iter().all(|step| step.to_string().ends_with('.')));
    }
}
