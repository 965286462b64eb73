//! The seal over a folder that is copied, rolled back and moved; a hub is not needed to break it.

mod counter;

use std::fs;
use std::sync::Arc;

use super::mark::Mark;
use super::*;
use crate::store::set_setting;
use counter::Counter;

#[test]
fn a_counter_in_good_order_gives_every_number() {
    let mut counter = Counter::new();
    assert_eq!(state(counter.station()).unwrap(), Standing::Unlaid);
    for number in 1..=30 {
        assert_eq!(counter.number(), number);
        if number % 7 == 0 {
            counter.restart();
            assert_eq!(state(counter.station()).unwrap(), Standing::Whole);
        }
    }
}

#[test]
fn a_stride_costs_two_writes_of_the_mark_and_a_reception_none() {
    let mut counter = Counter::new();
    assert_eq!(writes(counter.station()).unwrap(), 0);
    // The strides of a day: 5, 10, 20, and 25 from then on.
    for (reservations, last) in [(1, 5), (2, 15), (3, 35), (4, 60)] {
        while counter.people < last {
            counter.number();
            assert_eq!(writes(counter.station()).unwrap(), reservations * 2, "to {last}");
        }
    }
    // Without an official number nothing is written at all.
    counter.restart();
    assert_eq!(writes(counter.station()).unwrap(), 0);
}

/// The window's process ends while its threads still hold the station: nothing is dropped there.
#[test]
fn a_station_that_is_closed_but_never_dropped_gives_every_number() {
    let mut counter = Counter::new();
    assert_eq!((counter.number(), counter.number()), (1, 2));
    counter.station().close().unwrap();
    counter.cut();
    counter.open();
    assert_eq!(counter.number(), 3);
    // Twice is once.
    counter.station().close().unwrap();
    let wrote = writes(counter.station()).unwrap();
    counter.station().close().unwrap();
    assert_eq!(writes(counter.station()).unwrap(), wrote);
    // What is given after all is reserved anew, and given up with the rest when the power fails.
    assert_eq!(counter.number(), 4);
    counter.cut();
    counter.open();
    assert_eq!(counter.number(), 4 + 2 * FIRST_STRIDE);
}

#[test]
fn after_a_power_cut_what_was_reserved_is_given_up() {
    let mut counter = Counter::new();
    assert_eq!((counter.number(), counter.number()), (1, 2));
    counter.cut();
    counter.open();
    assert_eq!(state(counter.station()).unwrap(), Standing::Whole);
    assert_eq!(counter.number(), FIRST_STRIDE + 1);
    // Cut off again and again, a counter does not run out of numbers.
    for _ in 0..4 {
        counter.cut();
        counter.open();
        counter.number();
    }
    assert_eq!(counter.number(), 5 * FIRST_STRIDE + 2);
}

#[test]
fn a_copy_taken_while_it_ran_repeats_nothing() {
    let mut counter = Counter::new();
    counter.number();
    counter.keep("hot");
    assert_eq!((counter.number(), counter.number()), (2, 3));
    // Restored after the power failed: inside its stride nobody can tell, so nothing of it is given.
    counter.cut();
    counter.restore("hot");
    counter.open();
    assert!(counter.number() > FIRST_STRIDE);
    // Restored after a good end: the record the mark speaks of is missing.
    counter.close();
    counter.restore("hot");
    counter.open();
    counter.broken(Break::RolledBack);
}

/// Put back, ended in good order without giving anything, and put back again: what was given before the
/// first time is still remembered.
#[test]
fn a_copy_put_back_twice_repeats_nothing() {
    let mut counter = Counter::new();
    counter.number();
    counter.keep("hot");
    assert_eq!(counter.number(), 2);
    counter.cut();
    for _ in 0..2 {
        counter.restore("hot");
        counter.open();
        assert_eq!(state(counter.station()).unwrap(), Standing::Whole);
        counter.close();
    }
    counter.restore("hot");
    counter.open();
    assert!(counter.number() > FIRST_STRIDE);
}

#[test]
fn a_restored_database_is_older_than_its_mark() {
    let mut counter = Counter::new();
    counter.number();
    counter.close();
    counter.keep("yesterday");
    counter.open();
    counter.number();
    counter.cut();
    counter.restore("yesterday");
    counter.open();
    counter.broken(Break::RolledBack);
    counter.restart();
    counter.broken(Break::RolledBack);
}

#[test]
fn a_copied_folder_another_pc_and_a_lost_mark_break_it() {
    let mut counter = Counter::new();
    counter.number();
    counter.close();
    counter.keep("copy");
    let original = counter.root.path().join("original");
    fs::rename(counter.data(), &original).unwrap();
    fs::rename(counter.root.path().join("copy"), counter.data()).unwrap();
    counter.open();
    counter.broken(Break::OtherFolder);
    counter.close();
    // The folder itself may be moved.
    fs::rename(counter.data(), counter.root.path().join("copy")).unwrap();
    fs::rename(&original, counter.data()).unwrap();
    counter.open();
    assert_eq!(counter.number(), 2);
    counter.machine.0.lock().unwrap().system = Some("binh".into());
    counter.restart();
    counter.broken(Break::OtherMachine);
    counter.machine.0.lock().unwrap().system = None;
    counter.restart();
    assert_eq!(counter.number(), 3);
    let seal = counter.seal_path();
    fs::write(&seal, b"something else").unwrap();
    counter.close();
    fs::write(&seal, b"something else").unwrap();
    counter.open();
    counter.broken(Break::BadMark);
    counter.close();
    fs::remove_file(seal).unwrap();
    counter.open();
    counter.broken(Break::NoMark);
}

/// Cut off before the commit (1) or before the mark settles (2), again and again; 0: a number is given
/// in between.
#[test]
fn however_often_the_power_fails_in_a_reservation_the_seal_is_whole() {
    let mut counter = Counter::new();
    counter.lease(61, 1_000);
    let mut last = counter.number();
    // Twice and more in the same place: the token that was promised last time is still the one.
    for (cut, name) in [
        (1, "a"),
        (2, "b"),
        (2, "c"),
        (1, "d"),
        (1, "e"),
        (2, "f"),
        (0, "g"),
        (2, "h"),
    ] {
        let station = Arc::clone(counter.station());
        let mut seal = lock(&station.seal).unwrap();
        let mut mark = seal.mark.clone().unwrap();
        mark.reserve("H99.128", "2026-11-23", last + 40);
        let (mark, next) = mark.promise(name.to_owned());
        if cut > 0 {
            mark.write(&seal.file).unwrap();
            seal.mark = Some(mark);
        }
        if cut > 1 {
            station.store.write(|tx| set_setting(tx, TOKEN, &next)).unwrap();
        }
        drop(seal);
        drop(station);
        counter.cut();
        counter.open();
        assert_eq!(state(counter.station()).unwrap(), Standing::Whole, "cut {cut}, {name}");
        if cut == 0 {
            let number = counter.number();
            assert!(number > last, "{number} after {last}");
            last = number;
        }
    }
    assert!(counter.number() > last);
}

/// The first seal is laid before a hub is known, so that no cut leaves a PC that is known and unsealed.
#[test]
fn a_first_seal_cut_off_anywhere_is_whole_or_not_laid() {
    for cut in 0..3 {
        let mut counter = Counter::new();
        let station = Arc::clone(counter.station());
        let mut seal = lock(&station.seal).unwrap();
        let mark = Mark::fresh(
            &station.author().unwrap().stream,
            "",
            seal.machine.clone(),
            seal.folder.clone(),
        );
        let (mark, next) = mark.promise("first".to_owned());
        if cut > 0 {
            mark.write(&seal.file).unwrap();
            seal.mark = Some(mark);
        }
        if cut > 1 {
            station.store.write(|tx| set_setting(tx, TOKEN, &next)).unwrap();
        }
        drop(seal);
        drop(station);
        counter.restart();
        let standing = state(counter.station()).unwrap();
        assert_eq!(standing, if cut == 0 { Standing::Unlaid } else { Standing::Whole });
        assert_eq!(counter.number(), 1);
        // Known to a hub or not: without its mark it is a copy from now on.
        let seal = counter.seal_path();
        counter.close();
        fs::remove_file(seal).unwrap();
        counter.open();
        counter.broken(Break::NoMark);
    }
}

/// A PC put back to an earlier state is not trusted before the hub has met it, restarted or not.
#[test]
fn what_was_found_out_outlives_the_program() {
    let mut counter = Counter::new();
    counter.number();
    put_back(counter.station()).unwrap();
    counter.broken(Break::PutBack);
    counter.restart();
    counter.broken(Break::Distrusted);
}

#[test]
fn laid_anew_it_gives_up_every_number_and_says_so_in_the_log() {
    let mut counter = Counter::new();
    counter.number();
    distrust(counter.station()).unwrap();
    counter.broken(Break::Distrusted);
    counter.restart();
    counter.broken(Break::Distrusted);
    assert!(met_hub(counter.station()).unwrap());
    assert_eq!(state(counter.station()).unwrap(), Standing::Whole);
    assert_eq!(counter.register()["code_reason"], "NOT_ENROLLED");
    let station = counter.station();
    let broken: i64 = station
        .store
        .read(|db| Ok(db.query_row(include_str!("tests/told.sql"), [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(broken, 1);
    counter.lease(61, 100);
    assert_eq!(counter.number(), 61);
    counter.restart();
    assert_eq!(counter.number(), 62);
}

#[test]
fn a_mark_that_cannot_be_written_stops_nobody() {
    let mut counter = Counter::new();
    counter.close();
    counter.open();
    let in_the_way = counter.in_the_way();
    fs::create_dir(&in_the_way).unwrap();
    let answer = counter.register();
    assert_eq!(answer["code_reason"], "SEAL_BROKEN", "{answer}");
    assert!(!met_hub(counter.station()).unwrap());
    fs::remove_dir(&in_the_way).unwrap();
    // Nothing was issued: the next one tries again, and so does a program started anew.
    assert_eq!(counter.number(), 1);
    counter.restart();
    assert_eq!(counter.number(), 2);
}
