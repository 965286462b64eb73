//! A line as the mountains have it: 2,000 bytes a second, two seconds there and back, cut every thirty
//! seconds. A day's receptions, made while it was dead, have to become durable over it.
//!
//! The real counter with its own background talks over TLS to the real server, through a proxy of our
//! own on loopback. What has to go is what the same work takes over the same line while it is not cut;
//! what went is counted by the proxy, lost bytes and all.

mod pages;
mod proxy;

use std::sync::Arc;
use std::time::{Duration, Instant};

use rig::Folders;
use serde_json::{Value, json};
use station::Station;

pub use pages::PAGES;
pub use proxy::{Proxy, Terms};

use crate::Torture;
use crate::counter::{District, must, open, reception};
use crate::report::Report;

pub const LINK: Torture = Torture {
    name: "link",
    about: "50 dossiers over 2 kB/s, 2 s there and back, cut every 30 s: durable in a minute",
    run: |plan| {
        let phases = [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0];
        torture(plan.count.unwrap_or(50), &FULL, Duration::from_secs(60), &phases)
    },
};

const FULL: Terms = Terms {
    rate: 2_000,
    round_trip: Duration::from_secs(2),
    cut: Duration::from_secs(30),
    first: Duration::from_secs(30),
};

/// Bytes that go over what has to.
const MOST_SENT: f64 = 1.3;

/// A counter that was enrolled over a good line and then took people in without one.
struct Morning {
    district: District,
    proxy: Proxy,
    station: Arc<Station>,
    _folders: Folders,
}

impl Morning {
    fn of(people: u64) -> Self {
        let district = District::secure(Folders::new().unwrap());
        let proxy = Proxy::to(district.listens());
        let folders = Folders::new().unwrap();
        let station = open(&folders).unwrap();
        let address = format!("https://{}", proxy.address());
        let code = district.hub.new_code("H99.128").unwrap();
        let answer = must(&station, "enrol", &json!({"hub": address, "code": code}));
        assert_eq!(answer["first_talk"], Value::Null);
        for number in 0..people {
            let _ = must(&station, "register", &reception(number));
        }
        Self {
            district,
            proxy,
            station,
            _folders: folders,
        }
    }

    /// Until all events are durable: bytes both ways, and how long.
    fn send(&self, terms: Terms, longest: Duration) -> ([u64; 2], Option<Duration>) {
        self.proxy.become_so(terms);
        let (before, from) = (self.proxy.carried(), Instant::now());
        let _talking = self.station.start_background();
        let waiting = || {
            must(&self.station, "sync-status", &json!({}))["waiting"]
                .as_u64()
                .unwrap()
        };
        while waiting() > 0 && from.elapsed() < longest {
            std::thread::sleep(Duration::from_millis(20));
        }
        let took = (waiting() == 0).then(|| from.elapsed());
        let after = self.proxy.carried();
        ([after[0] - before[0], after[1] - before[1]], took)
    }

    fn end(self, people: u64) -> Result<(), String> {
        let found = self.district.hub.report().unwrap();
        let whole = found.chain == "ok" && found.problems.is_empty() && found.dossiers == people;
        drop((self.station, self.proxy));
        drop(self.district.stop());
        if whole {
            Ok(())
        } else {
            Err(format!("{people} dossiers: {found:?}"))
        }
    }
}

/// Once over the line as it is, but never cut, for what is needed; then with its first cut at each of
/// these parts of its interval.
fn torture(people: u64, terms: &Terms, limit: Duration, phases: &[f64]) -> Report {
    let mut report = Report::default();
    let never = Duration::from_secs(1 << 20);
    let whole = Morning::of(people);
    let uncut = Terms {
        cut: never,
        first: never,
        ..*terms
    };
    let (needed, uncut) = whole.send(uncut, limit * 3);
    whole.end(people).unwrap();
    println!("never cut: {uncut:?}, {needed:?} bytes");
    let (mut slowest, mut most) = (0.0_f64, [0, 0]);
    for phase in phases {
        let bad = Morning::of(people);
        let terms = Terms {
            first: terms.cut.mul_f64(*phase),
            ..*terms
        };
        let (sent, took) = bad.send(terms, limit * 3);
        (0..bad.proxy.cuts()).for_each(|_| report.saw("the line was cut"));
        if let Err(why) = bad.end(people) {
            report.broken.push((report.ran, why));
        }
        report.ran += 1;
        slowest = slowest.max(took.map_or(f64::INFINITY, |took| took.as_secs_f64()));
        most = if sum(sent) > sum(most) { sent } else { most };
        println!("first cut at {phase} of the interval: {took:?}, {sent:?} bytes of {needed:?}");
    }
    report.figures = vec![
        ("slowest, seconds".to_owned(), slowest, Some(limit.as_secs_f64())),
        ("bytes needed up".to_owned(), needed[0] as f64, None),
        ("bytes needed down".to_owned(), needed[1] as f64, None),
        ("bytes sent up".to_owned(), most[0] as f64, None),
        ("bytes sent down".to_owned(), most[1] as f64, None),
        ("sent of needed".to_owned(), sum(most) / sum(needed), Some(MOST_SENT)),
    ];
    report.must_see(["the line was cut"])
}

fn sum(ways: [u64; 2]) -> f64 {
    (ways[0] + ways[1]) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same shape some times as fast; the background looks once a second, whatever the line.
    #[test]
    fn a_days_dossiers_get_through_a_line_that_is_slow_far_and_cut() {
        let terms = Terms {
            rate: 6_000,
            round_trip: Duration::from_millis(600),
            cut: Duration::from_secs(15),
            ..Terms::GOOD
        };
        let report = torture(50, &terms, Duration::from_secs(30), &[0.3, 0.5]);
        assert!(report.ok(), "{report:#?}");
    }

    /// More than fits between two cuts gets through all the same, in smaller pieces.
    #[test]
    fn what_does_not_fit_between_two_cuts_goes_in_pieces() {
        let terms = Terms {
            rate: 4_000,
            round_trip: Duration::from_millis(100),
            cut: Duration::from_secs(4),
            first: Duration::from_secs(4),
        };
        let day = Morning::of(60);
        let (sent, took) = day.send(terms, Duration::from_secs(90));
        let cuts = day.proxy.cuts();
        println!("{took:?}, {cuts} cuts, {sent:?}");
        day.end(60).unwrap();
        assert!(took.is_some() && cuts >= 2, "{cuts} cuts, {sent:?}");
    }
}
