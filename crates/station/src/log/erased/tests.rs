use std::sync::Arc;

use dossier::{Event, Fact};
use tempfile::TempDir;

use crate::api::responses::ChainState;
use crate::log;
use crate::station::{Opening, Station};
use crate::verify::verify;

fn opened() -> (TempDir, Arc<Station>) {
    let folder = tempfile::tempdir().unwrap();
    let station = Station::open(&Opening::within(folder.path())).unwrap();
    (folder, station)
}

fn append(station: &Station, fact: &Fact) -> (Event, i64) {
    let (author, now) = (station.author().unwrap(), station.now());
    let written = station
        .store
        .write(|transaction| log::append(transaction, &station.deed(&author, None, now), None, fact.clone()));
    written.unwrap()
}

fn note(station: &Station) -> (Event, i64) {
    append(
        station,
        &Fact::NoteAdded {
            text: "Bà Mẫu hẹn lại".to_owned(),
        },
    )
}

fn erase(station: &Station, target: &Event) -> (Event, i64) {
    let (target, basis) = (target.id, "Luật Bảo vệ dữ liệu cá nhân Điều 14".to_owned());
    append(station, &Fact::Erased { target, basis })
}

fn destroy(station: &Station, seq: i64, body: bool, salt: bool) {
    let done = station.store.write(|transaction| {
        let changed = transaction.execute(include_str!("destroy.sql"), (seq, body, salt))?;
        assert_eq!(changed, 1);
        Ok(())
    });
    done.unwrap();
}

fn problems(station: &Station) -> Vec<String> {
    let answer = verify(station).unwrap();
    assert_eq!(answer.chain == ChainState::Ok, answer.problems.is_empty());
    answer.problems
}

#[test]
fn a_missing_body_needs_the_event_that_erased_it() {
    let (_folder, station) = opened();
    let (first, second) = (note(&station), note(&station));
    destroy(&station, first.1, true, true);
    assert_eq!(
        problems(&station),
        ["stream 1 record 1: the body is missing and no event erased it"]
    );
    erase(&station, &second.0);
    assert_eq!(problems(&station).len(), 1, "another event's erasure says nothing");
    let erasure = erase(&station, &first.0);
    assert_eq!(problems(&station), [""; 0]);
    // Nor does an erasure that is gone itself.
    destroy(&station, erasure.1, true, true);
    assert_eq!(problems(&station).len(), 2);
}

#[test]
fn half_an_erasure_is_none() {
    for (body, salt) in [(true, false), (false, true)] {
        let (_folder, station) = opened();
        let (target, seq) = note(&station);
        erase(&station, &target);
        destroy(&station, seq, body, salt);
        assert_eq!(problems(&station), ["stream 1 record 1: the body is half erased"]);
    }
}
