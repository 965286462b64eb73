//! What stands at the top of whose list.

use serde_json::{Value, json};

use crate::{Caller, Opening, Station};

const MAU: &str = "Ngô Bảo Mẫu";
const THU: &str = "Lò Thị Thử";

fn by(station: &Station, officer: &str, command: &str, request: Value) -> Value {
    let caller = Caller::Headless((!officer.is_empty()).then(|| officer.to_owned()));
    station.call(&caller, command, request).unwrap()
}

fn opened(opening: &Opening) -> std::sync::Arc<Station> {
    Station::open(opening).unwrap()
}

fn top(station: &Station, officer: &str, how_many: usize) -> Vec<String> {
    let answer = by(station, officer, "procedures", json!({}));
    let all = answer["procedures"].as_array().unwrap().iter();
    all.take(how_many)
        .map(|it| it["code"].as_str().unwrap().to_owned())
        .collect()
}

fn takes(station: &Station, officer: &str, id: &str, procedure: &str) {
    let applicant = json!({"name": "Trần Văn Mẫu"});
    by(
        station,
        officer,
        "register",
        json!({"request_id": id, "procedure": procedure, "applicant": applicant}),
    );
}

fn keeps(station: &Station, officer: &str, procedure: &str, on: bool) {
    by(station, officer, "favourite", json!({"procedure": procedure, "on": on}));
}

fn counter(folder: &tempfile::TempDir) -> (Opening, std::sync::Arc<Station>) {
    let opening = Opening::within(folder.path());
    let station = opened(&opening);
    for name in [MAU, THU] {
        by(&station, "", "officer-add", json!({"name": name, "pin": "246810"}));
    }
    (opening, station)
}

#[test]
fn an_officers_own_last_ones_come_before_everybodys() {
    let folder = tempfile::tempdir().unwrap();
    let (_, station) = counter(&folder);
    takes(&station, MAU, "1", "2.000815");
    takes(&station, MAU, "2", "1.004873");
    takes(&station, THU, "3", "2.000884");
    assert_eq!(top(&station, MAU, 3), ["1.004873", "2.000815", "2.000884"]);
    assert_eq!(top(&station, THU, 3), ["2.000884", "1.004873", "2.000815"]);
}

#[test]
fn favourites_come_first_are_ones_own_and_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (opening, station) = counter(&folder);
    takes(&station, MAU, "1", "2.000815");
    keeps(&station, MAU, "1.004873", true);
    keeps(&station, MAU, "2.000884", true);
    drop(station);
    let station = opened(&opening);
    assert_eq!(top(&station, MAU, 3), ["1.004873", "2.000884", "2.000815"]);
    let first = &by(&station, MAU, "procedures", json!({}))["procedures"][0];
    assert_eq!((&first["favourite"], &first["recent"]), (&json!(true), &json!(false)));
    assert_eq!(top(&station, THU, 1), ["2.000815"]);
    keeps(&station, MAU, "1.004873", false);
    assert_eq!(top(&station, MAU, 2), ["2.000884", "2.000815"]);
}

#[test]
fn one_that_nobody_hands_in_cannot_be_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (_, station) = counter(&folder);
    let asked = json!({"procedure": "9.999999", "on": true});
    let refused = station.call(&Caller::Headless(None), "favourite", asked).unwrap_err();
    assert_eq!(refused.code.as_str(), "UNKNOWN_PROCEDURE");
}

#[test]
fn of_too_many_the_oldest_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let (_, station) = counter(&folder);
    let all = top(&station, MAU, super::MOST + 1);
    for code in &all {
        keeps(&station, MAU, code, true);
    }
    assert_eq!(top(&station, MAU, super::MOST), all[1..]);
}
