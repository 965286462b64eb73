//! Copies: a counter's folder or its whole image copied to a second PC, a folder put back from
//! yesterday, a hub put back from a backup. Nothing that was acknowledged goes, nothing counts twice, no number is given twice.

use std::path::Path;

use rig::{Folders, files};
use serde_json::{Value, json};

use crate::counter::{TestStation, now, text};
use crate::line::Way;
use crate::pictures::png;
use crate::server::TestHub;

/// A copy of both folders, as a person makes one of a whole disk.
fn copied(of: &Folders) -> Folders {
    let to = Folders::new().unwrap();
    copy(&of.data, &to.data);
    copy(&of.keys, &to.keys);
    to
}

fn copy(from: &Path, to: &Path) {
    if to.exists() {
        std::fs::remove_dir_all(to).unwrap();
    }
    for folder in ["", "blobs", "blobs/sealing"] {
        if from.join(folder).is_dir() {
            std::fs::create_dir_all(to.join(folder)).unwrap();
        }
    }
    for file in files(from).unwrap() {
        let path = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(file, path).unwrap();
    }
}

/// Talks until nothing waits; the copies of one PC learn of each other from the hub.
fn sync(counter: &TestStation) -> Value {
    let answer = counter.call("sync", &json!({}));
    assert_eq!(answer["waiting"], 0, "{answer}");
    answer
}

fn everyone(counters: &[&TestStation]) {
    (0..2).for_each(|_| counters.iter().for_each(|counter| drop(sync(counter))));
}

fn problems(hub: &TestHub) -> Vec<String> {
    let report = hub.report();
    assert_eq!(report.chain, "ok");
    report.problems.into_iter().map(|problem| problem.code).collect()
}

/// The seal knows a copied folder before it gives a number: the copy works on with temporary codes,
/// and what both wrote under one name is mended when the hub has heard of both.
#[test]
fn a_copied_folder_prints_no_number_before_the_hub_has_met_it() {
    let hub = TestHub::start();
    let mut an = TestStation::enrolled("an", &hub);
    an.register_all(0..2);
    sync(&an);
    an.close();
    let mut copy = TestStation::at("an", copied(&an.folders), Some(now()));
    an.open();
    let here = an.register_all(2..4);
    assert!(here.iter().all(|code| code.starts_with("H99.128-")), "{here:?}");
    let there: Vec<Value> = (4..7).map(|number| copy.register(number)).collect();
    for answer in &there {
        let said = (&answer["code_kind"], &answer["code_reason"]);
        assert_eq!(said, (&json!("temporary"), &json!("SEAL_BROKEN")), "{answer}");
    }
    everyone(&[&an, &copy]);
    // Nobody printed a number of somebody else; both left the name they shared.
    assert_eq!(problems(&hub), ["EPOCH_OPENED", "EPOCH_OPENED"]);
    assert_eq!(hub.report().dossiers, 7);
    an.is_whole(7);
    copy.is_whole(7);
    let mut codes: std::collections::BTreeSet<String> = here.into_iter().collect();
    for answer in &there {
        let shown = copy.show(&text(&answer["code"]));
        let all = shown["codes"].as_array().unwrap();
        let official: Vec<_> = all.iter().filter(|one| one["kind"] == "official").collect();
        assert_eq!(official.len(), 1, "{shown}");
        assert!(codes.insert(text(&official[0]["code"])), "{codes:?}: {shown}");
    }
    let later = [an.register_all(7..9), copy.register_all(9..11)].concat();
    everyone(&[&an, &copy]);
    codes.extend(later);
    assert_eq!(codes.len(), 9, "{codes:?}");
    assert_eq!((problems(&hub).len(), hub.report().dossiers), (2, 11));
    an.is_whole(11);
    copy.is_whole(11);
    an.is_as_its_log();
    copy.is_as_its_log();
}

#[test]
fn two_images_of_one_counter_lose_nothing() {
    let hub = TestHub::start();
    let mut an = TestStation::enrolled("an", &hub);
    an.register_all(0..2);
    sync(&an);
    an.close();
    let copy = TestStation::image("an", copied(&an.folders));
    an.open();
    let (here, there) = (an.register_all(2..4), copy.register_all(4..7));
    // Nobody could stop them from printing the same numbers; from here on nobody prints another.
    assert_eq!(here, there[..2]);
    everyone(&[&an, &copy]);
    // Each counter goes on showing whom it gave the code to, and tells of the other's paper.
    let both = [&an, &copy].map(|counter| counter.show(&here[0]));
    assert_ne!(both[0]["dossier_id"], both[1]["dossier_id"]);
    for shown in &both {
        assert_eq!(shown["same_code"].as_array().unwrap().len(), 1, "{shown}");
    }
    assert_eq!(copy.show(&there[2])["same_code"], json!([]));
    let found = problems(&hub);
    assert_eq!(
        found.iter().filter(|code| *code == "CODE_CLASH").count(),
        2,
        "{found:?}"
    );
    // Both left the name they shared.
    assert_eq!(
        found.iter().filter(|code| *code == "EPOCH_OPENED").count(),
        2,
        "{found:?}"
    );
    assert_eq!(hub.report().dossiers, 7);
    an.is_whole(7);
    copy.is_whole(7);
    let later = [an.register_all(7..9), copy.register_all(9..11)].concat();
    everyone(&[&an, &copy]);
    assert_eq!(
        later.iter().collect::<std::collections::BTreeSet<_>>().len(),
        4,
        "{later:?}"
    );
    assert_eq!((problems(&hub).len(), hub.report().dossiers), (found.len(), 11));
    an.is_whole(11);
    copy.is_whole(11);
}

#[test]
fn a_folder_put_back_from_yesterday_gets_back_what_the_hub_has() {
    let hub = TestHub::start();
    let mut counter = TestStation::enrolled("an", &hub);
    counter.register_all(0..2);
    sync(&counter);
    counter.close();
    let yesterday = copied(&counter.folders);
    counter.open();
    let lost = counter.register_all(2..5);
    counter.attach(&lost[0], &png(1));
    sync(&counter);
    counter.close();
    copy(&yesterday.data, &counter.folders.data);
    counter.open();
    everyone(&[&counter]);
    let shown = lost.iter().map(|code| counter.show(code)["durable"].clone());
    assert!(shown.into_iter().all(|durable| durable == true));
    counter.is_whole(5);
    // The numbers it held yesterday may have been printed since: it goes on with others.
    let next = text(&counter.register(5)["code"]);
    assert!(!lost.contains(&next), "{next} again");
    everyone(&[&counter]);
    counter.is_whole(6);
    assert_eq!(problems(&hub), ["EPOCH_OPENED"]);
    assert_eq!(hub.report().dossiers, 6);
    counter.is_as_its_log();
}

#[test]
fn a_hub_put_back_from_a_backup_is_filled_again() {
    let mut hub = TestHub::start();
    let (an, binh) = (TestStation::enrolled("an", &hub), TestStation::enrolled("binh", &hub));
    an.register_all(0..2);
    everyone(&[&an, &binh]);
    hub.stop();
    let backup = copied(&hub.folders);
    hub.open();
    let codes = an.register_all(2..5);
    an.attach(&codes[0], &png(1));
    binh.register_all(5..7);
    everyone(&[&an, &binh]);
    let before = hub.whole();
    hub.stop();
    copy(&backup.data, &hub.folders.data);
    hub.open();
    assert_eq!(hub.report().dossiers, 2);
    everyone(&[&an, &binh]);
    assert_eq!(hub.whole(), before);
    an.is_whole(7);
    binh.is_whole(7);
    codes
        .iter()
        .for_each(|code| assert_eq!(binh.show(code)["durable"], true));
}

#[test]
fn numbers_a_lost_database_leased_are_not_leased_again() {
    let mut hub = TestHub::start();
    let an = TestStation::enrolled("an", &hub);
    hub.stop();
    let backup = copied(&hub.folders);
    hub.open();
    let binh = TestStation::enrolled("binh", &hub);
    let given = [an.register_all(0..2), binh.register_all(2..4)].concat();
    sync(&an);
    sync(&binh);
    hub.stop();
    // The whole folder goes back; what lies beside the keys knows more.
    copy(&backup.data, &hub.folders.data);
    hub.open();
    let cuc = TestStation::enrolled("cuc", &hub);
    let more = cuc.register_all(4..6);
    sync(&an);
    let all: std::collections::BTreeSet<_> = given.iter().chain(&more).collect();
    assert_eq!(all.len(), 6, "{given:?} {more:?}");
}

#[test]
fn a_hub_put_back_to_before_an_enrolment_takes_the_counter_back() {
    let mut hub = TestHub::secure();
    let an = TestStation::enrolled("an", &hub);
    an.register_all(0..2);
    sync(&an);
    hub.stop();
    let backup = copied(&hub.folders);
    hub.open();
    let mut binh = TestStation::enrolled("binh", &hub);
    let codes = binh.register_all(2..5);
    binh.attach(&codes[0], &png(1));
    sync(&binh);
    // It also went on under another name, which the backup does not know either.
    binh.close();
    let yesterday = copied(&binh.folders);
    binh.open();
    binh.register_all(5..6);
    sync(&binh);
    binh.close();
    copy(&yesterday.data, &binh.folders.data);
    binh.open();
    sync(&binh);
    binh.register_all(6..8);
    everyone(&[&an, &binh]);
    let before = hub.whole_besides_tasks();
    hub.stop();
    copy(&backup.data, &hub.folders.data);
    hub.open();
    assert_eq!(hub.report().dossiers, 2);
    binh.register_all(8..9);
    everyone(&[&binh, &an]);
    let (dossiers, events, files) = hub.whole_besides_tasks();
    // One receipt was lost on both disks: its PC was put back too, and the hub's copy went with it.
    assert_eq!((dossiers, files), (before.0 + 1, before.2 + 1 - 1));
    assert!(events > before.1, "{events} after {before:?}");
    assert!(problems(&hub).contains(&"DEVICE_RETURNED".to_owned()));
    codes.iter().for_each(|code| assert_eq!(an.show(code)["durable"], true));
    an.is_whole(9);
    binh.is_whole(9);
}

#[test]
fn a_suspended_counter_at_which_people_work_on_brings_only_what_is_new() {
    let hub = TestHub::start();
    let an = TestStation::enrolled("an", &hub);
    let device = text(&an.call("station", &json!({}))["device"]);
    hub.suspend(&device.parse().unwrap(), true);
    an.register_all(0..30);
    let talk = || {
        let before = hub.line.carried(Way::Up);
        drop(an.refusal("sync", &json!({}), "DEVICE_SUSPENDED"));
        hub.line.carried(Way::Up) - before
    };
    let all = talk();
    an.register(30);
    let (one, none) = (talk(), talk());
    assert!(one < all / 3 && none < one, "{all}, then {one}, then {none}");
    an.register(31);
    let another = talk();
    assert!(another < one + one / 4, "{one}, then {another}");
}

#[test]
fn a_suspended_counter_loses_nothing_and_is_judged_when_it_is_back() {
    let hub = TestHub::secure();
    let (an, binh) = (TestStation::enrolled("an", &hub), TestStation::enrolled("binh", &hub));
    an.register_all(0..2);
    sync(&an);
    let device = text(&an.call("station", &json!({}))["device"]);
    let id = device.parse().unwrap();
    let evidence = || hub.devices().iter().find(|one| one.device == device).unwrap().evidence;
    hub.suspend(&id, true);
    let codes = an.register_all(2..5);
    (0..2).for_each(|_| drop(an.refusal("sync", &json!({}), "DEVICE_SUSPENDED")));
    assert_eq!(an.call("sync-status", &json!({}))["problem"], "DEVICE_SUSPENDED");
    assert_eq!(hub.report().dossiers, 2);
    assert!(evidence() >= 9, "{} events laid aside", evidence());
    sync(&binh);
    binh.refusal("show", &json!({"code": codes[0]}), "UNKNOWN_DOSSIER");
    assert_eq!(problems(&hub), ["EVIDENCE"], "brought once");
    hub.suspend(&id, false);
    everyone(&[&an, &binh]);
    assert_eq!(hub.report().dossiers, 5);
    assert_eq!(binh.show(&codes[0])["durable"], true);
    an.is_whole(5);
}
