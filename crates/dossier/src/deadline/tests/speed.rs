//! How long one deadline takes; printed, not asserted: the limit is held by the bench.

use super::*;

#[test]
#[ignore = "measures; run with --release --nocapture"]
#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn microseconds_of_one_deadline() {
    for limit in [
        Limit::WorkingDays(3),
        Limit::WorkingDays(45),
        Limit::CalendarDays(60),
        Limit::Hours(80),
        Limit::SameDay,
    ] {
        let mut took: Vec<u128> = (0..20_000)
            .map(|nth| {
                let received = at("2025-01-02 09:00") + TimeDelta::minutes(nth * 70);
                let begin = std::time::Instant::now();
                let due = due(received, &limit, calendar());
                let took = begin.elapsed().as_nanos();
                assert!(due.is_ok_and(|due| due.due > received));
                took
            })
            .collect();
        took.sort_unstable();
        println!(
            "{limit}: p50 {} ns, p99 {} ns, max {} ns",
            took[10_000], took[19_800], took[19_999]
        );
    }
}
