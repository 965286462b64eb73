//! Leases: disjoint, the same when asked again, only of one's own series and of near days.

use std::collections::BTreeSet;

use wire::protocol::RefusalCode;

use crate::server::{AGENCY, TestHub};

#[test]
fn five_devices_never_share_a_number() {
    let server = TestHub::new();
    let devices: Vec<_> = (1..=5).map(|seed| server.enrolled(seed)).collect();
    let asked = std::thread::scope(|scope| {
        let ask = |device: &crate::device::Device| device.lease(AGENCY, "2026-11-23", 31, 120).unwrap();
        let threads: Vec<_> = devices
            .iter()
            .map(|device| scope.spawn(move || (ask(device), ask(device))))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect::<Vec<_>>()
    });
    let mut seen = BTreeSet::new();
    for (first, again) in asked {
        assert_eq!(first, again);
        assert_eq!(first.blocks.len(), 31);
        for block in first.blocks {
            assert_eq!((block.to - block.from + 1, block.series.as_str()), (120, AGENCY));
            assert!((block.from..=block.to).all(|number| seen.insert((block.day.clone(), number))));
        }
    }
    assert!(seen.contains(&("2026-11-23".to_owned(), 1)) && !seen.contains(&("2026-11-23".to_owned(), 601)));
}

#[test]
fn a_busy_counter_gets_more_up_to_a_cap() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    device.lease(AGENCY, "2026-11-23", 1, 100).unwrap();
    server.enrolled(2).lease(AGENCY, "2026-11-23", 1, 50).unwrap();
    let asked = |count| {
        let more = device.lease(AGENCY, "2026-11-23", 1, count).unwrap();
        more.blocks
            .iter()
            .map(|block| (block.from, block.to))
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(700), vec![(1, 100), (151, 650), (651, 750)]);
    assert_eq!(asked(100), asked(700));
    let all = asked(u32::MAX);
    assert_eq!(all.iter().map(|(from, to)| to - from + 1).sum::<u32>(), 5_000);
    assert_eq!(asked(u32::MAX), all);
}

#[test]
fn numbers_of_online_dossiers_are_never_leased() {
    let server = TestHub::new();
    let leased: Vec<_> = (1..=12)
        .flat_map(|seed| {
            server
                .enrolled(seed)
                .lease(AGENCY, "2026-11-24", 1, 499)
                .unwrap()
                .blocks
        })
        .collect();
    assert!(leased.iter().all(|block| block.to < 5_001 || block.from > 9_999));
    assert!(leased.iter().any(|block| block.from == 10_000));
}

#[test]
fn foreign_series_and_far_days_are_refused() {
    let server = TestHub::new();
    let other = server.second_agency();
    let device = server.enrolled(1);
    assert_eq!(
        device.lease(other, "2026-11-23", 1, 10).unwrap_err().code,
        RefusalCode::NotFound
    );
    for (from, days, count) in [
        ("2026-12-25", 1, 10),
        ("2026-11-23", 33, 10),
        ("2026-10-13", 1, 10),
        ("2026-02-31", 1, 10),
        ("2026-11-23", 0, 10),
        ("2026-11-23", 1, 0),
        ("2026-11-23", u32::MAX, 1),
    ] {
        let refusal = device.lease(AGENCY, from, days, count).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::BadMessage, "{from} {days} {count}");
    }
    assert_eq!(device.lease(AGENCY, "2026-10-14", 72, 1).unwrap().blocks.len(), 72);
}
