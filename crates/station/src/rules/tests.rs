//! Versions on one counter: what is in force on which day, and what a dossier in hand keeps.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use serde_json::{Value, json};

use super::{RuleKind, RuleSource, State, approve, current, versions};
use crate::error::Code;
use crate::{Caller, Opening, Station};

const CODE: &str = "1.001193";

/// What the shipped catalogue calls its version of [`CODE`]; with a number, the version after it.
fn shipped(number: &str) -> String {
    let all = crate::catalogue::starter().unwrap();
    let (_, data) = all.into_iter().find(|(code, _)| code == CODE).unwrap();
    format!("{}{number}", data["version"].as_str().unwrap())
}

struct Desk {
    _folder: tempfile::TempDir,
    opening: Opening,
    station: Arc<Station>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opening = Opening {
            data: folder.path().join("data"),
            keys: Some(folder.path().join("keys")),
            now: Some(
                DateTime::parse_from_rfc3339("2026-11-23T09:42:00+07:00")
                    .unwrap()
                    .to_utc(),
            ),
        };
        let station = Station::open(&opening).unwrap();
        Self {
            _folder: folder,
            opening,
            station,
        }
    }

    /// The same counter on another day.
    fn on(self, now: &str) -> Self {
        let mut opening = self.opening.clone();
        opening.now = Some(DateTime::parse_from_rfc3339(now).unwrap().to_utc());
        drop(self.station);
        let station = Station::open(&opening).unwrap();
        Self {
            station,
            opening,
            ..self
        }
    }

    fn call(&self, command: &str, request: Value) -> Value {
        self.station.call(&Caller::Headless(None), command, request).unwrap()
    }

    fn refusal(&self, command: &str, request: Value) -> Code {
        let done = self.station.call(&Caller::Headless(None), command, request);
        done.unwrap_err().code
    }

    /// Numbers of the day, as a hub would lease them.
    fn lease(&self, count: u32) {
        let block = wire::protocol::Block {
            series: "H99.128".into(),
            day: "2026-11-23".into(),
            from: 1,
            to: count,
        };
        self.station
            .store
            .write(|transaction| crate::numbers::keep(transaction, &block))
            .unwrap();
    }

    fn data(&self) -> Value {
        let found = self
            .station
            .store
            .read(|db| current(db, RuleKind::Procedure, CODE, day("2026-11-23")));
        found.unwrap().unwrap().value().unwrap()
    }

    fn approve(&self, kind: RuleKind, key: &str, data: &Value) -> crate::Result<String> {
        let author = self.station.author().unwrap();
        let now = self.station.now();
        let done = self.station.store.write(|transaction| {
            let deed = self.station.deed(&author, None, now);
            approve(transaction, &deed, kind, key, data, "QĐ 1/QĐ-UBND", RuleSource::Typed)
        });
        self.station.forget_calendar().unwrap();
        done
    }

    fn in_force(&self, on: &str) -> String {
        let found = self
            .station
            .store
            .read(|db| current(db, RuleKind::Procedure, CODE, day(on)));
        found.unwrap().unwrap().version
    }

    fn register(&self, request_id: &str) -> Value {
        self.call(
            "register",
            json!({"request_id": request_id, "procedure": CODE, "applicant": {"kind": "person", "name": "Trần Thị Mẫu"},
                "components": [{"no": 1, "state": "original", "count": 1}]}),
        )
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn kept(shown: &Value) -> Value {
    let names: Vec<&Value> = shown["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    json!([
        shown["procedure"],
        shown["due_at"],
        shown["limit_words"],
        shown["trace"],
        shown["fees"],
        names
    ])
}

#[test]
fn a_dossier_in_hand_keeps_what_it_was_received_under() {
    let desk = Desk::new();
    let old = desk.register("a");
    let before = desk.call("show", json!({"code": old["code"]}));
    let mut data = desk.data();
    data["name"] = json!("Đăng ký khai sinh theo quy định mới");
    data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 7});
    data["cases"][0].as_object_mut().unwrap().remove("committed");
    data["components"][0]["name"] = json!("Tờ khai theo mẫu mới");
    data["fees"] = json!([{"id": "le-phi", "name": "Lệ phí mới", "per": {"case": 12000}}]);
    assert_eq!(desk.approve(RuleKind::Procedure, CODE, &data).unwrap(), "2026-11/2");
    // A later holiday too: the whole week off.
    let text = include_str!("../../../../data/holidays.txt").replace("version | 2026-11", "version | 2026-12");
    let text = format!("{text}\nday | 2026-11-25 | holiday | official | Nghỉ | Thông báo thử\n");
    assert_eq!(
        desk.approve(RuleKind::Calendar, "national", &json!({"text": text}))
            .unwrap(),
        "2026-12"
    );
    let new = desk.register("b");
    let after = desk.call("show", json!({"code": old["code"]}));
    assert_eq!(kept(&after), kept(&before));
    let fresh = desk.call("show", json!({"code": new["code"]}));
    assert_eq!(fresh["procedure"]["version"], "2026-11/2");
    assert_eq!(fresh["procedure"]["name"], "Đăng ký khai sinh theo quy định mới");
    assert_eq!(fresh["components"][0]["name"], "Tờ khai theo mẫu mới");
    assert_eq!(fresh["fees"], json!([{"name": "Lệ phí mới", "amount": 12000}]));
    assert_eq!(fresh["limit_words"], "07 ngày làm việc");
    assert!(fresh["trace"].to_string().contains("Nghỉ"), "{}", fresh["trace"]);
    assert_ne!(fresh["due_at"], before["due_at"]);
    assert_eq!(desk.call("verify", json!({}))["chain"], "ok");
}

#[test]
fn a_version_begins_on_its_day_or_on_the_day_of_its_approval() {
    let desk = Desk::new();
    let mut data = desk.data();
    data["version"] = json!("2027");
    data["valid_from"] = json!("2027-01-01");
    desk.approve(RuleKind::Procedure, CODE, &data).unwrap();
    assert_eq!(desk.in_force("2026-11-23"), "2026-11");
    assert_eq!(desk.in_force("2027-01-01"), "2027");
    // Approved later, but for a time before: it does not push out the one that comes.
    data["version"] = json!("2026-12");
    data["valid_from"] = json!("2026-10-01");
    desk.approve(RuleKind::Procedure, CODE, &data).unwrap();
    assert_eq!(
        (
            desk.in_force("2026-11-22").as_str(),
            desk.in_force("2026-11-23").as_str()
        ),
        ("2026-11", "2026-12")
    );
    let desk = desk.on("2026-12-01T08:00:00+07:00");
    data["version"] = json!("2026-12-tam");
    data["valid_to"] = json!("2026-12-10");
    desk.approve(RuleKind::Procedure, CODE, &data).unwrap();
    let days = ["2026-11-30", "2026-12-01", "2026-12-11", "2027-02-01"].map(|day| desk.in_force(day));
    assert_eq!(days, ["2026-12", "2026-12-tam", "2026-12", "2027"]);
}

#[test]
fn the_same_text_approved_again_is_the_same_version() {
    let desk = Desk::new();
    let data = desk.data();
    assert_eq!(data["needs_approval"], true);
    for _ in 0..2 {
        assert_eq!(desk.approve(RuleKind::Procedure, CODE, &data).unwrap(), "2026-11");
    }
    assert_eq!(desk.data()["needs_approval"], false);
    let all = desk
        .station
        .store
        .read(|db| versions(db, RuleKind::Procedure, CODE))
        .unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].state, all[0].source), (State::Approved, RuleSource::Starter));
}

#[test]
fn what_cannot_be_right_is_refused_with_its_field() {
    let desk = Desk::new();
    let mut data = desk.data();
    data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 0});
    let refused = desk.approve(RuleKind::Procedure, CODE, &data).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::RuleInvalid, Some("cases[0].limit"))
    );
    let refused = desk.approve(RuleKind::Procedure, "1.000000", &desk.data()).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::RuleInvalid, Some("key"))
    );
    let bad = include_str!("../../../../data/holidays.txt").replace("| 2026-01-01 |", "| 2026-13-01 |");
    let refused = desk
        .approve(RuleKind::Calendar, "national", &json!({"text": bad}))
        .unwrap_err();
    assert_eq!(refused.code, Code::CalendarUnreadable);
    assert!(refused.words().contains("dòng"), "{}", refused.words());
    let refused = desk
        .approve(RuleKind::Agency, "H99.128", &json!({"code": "H99.128"}))
        .unwrap_err();
    assert_eq!(refused.code, Code::RuleInvalid);
    assert_eq!(desk.in_force("2026-11-23"), "2026-11");
}

#[test]
fn a_provincial_resolution_lies_over_the_rules_the_law_leaves_open() {
    let desk = Desk::new();
    let mut data = desk.data();
    data["fees"] = json!([{"id": "le-phi", "name": "Lệ phí hộ tịch", "per": "unset"}]);
    desk.approve(RuleKind::Procedure, CODE, &data).unwrap();
    let resolution = json!({"number": "15/2026/NQ-HĐND", "authority": "HĐND tỉnh Mẫu", "valid_from": "2026-12-01",
        "amounts": [{"procedure": CODE, "rule": "le-phi", "per": {"case": 9000}},
            {"procedure": "9.999999", "rule": "khac", "per": {"case": 1000}}]});
    desk.approve(RuleKind::Fees, "15/2026/NQ-HĐND", &resolution).unwrap();
    let fee = |on: &str| {
        let found = desk
            .station
            .store
            .read(|db| crate::catalogue::procedure(db, CODE, day(on)))
            .unwrap();
        (found.fees[0].per.clone(), found.fees[0].basis.clone())
    };
    use dossier::fees::Per;
    assert_eq!(fee("2026-11-30").0, Per::Unset);
    let set = (
        Per::Case(dossier::money::Dong(9000)),
        "Nghị quyết 15/2026/NQ-HĐND".to_owned(),
    );
    assert_eq!(fee("2026-12-01"), set);
    let mut wrong = resolution;
    wrong["amounts"][0]["per"] = json!({"case": -1});
    let refused = desk.approve(RuleKind::Fees, "15/2026/NQ-HĐND", &wrong).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::RuleInvalid, Some("amounts[0].per"))
    );
}

#[test]
fn a_local_calendar_lies_over_the_national_one() {
    let desk = Desk::new();
    let text =
        "version | dia-phuong-1\nday | 2026-11-25 | closure | official | Ngày hội của xã | Thông báo 5/TB-UBND\n";
    desk.approve(RuleKind::Calendar, "local", &json!({"text": text}))
        .unwrap();
    let calendar = desk.station.calendar().unwrap();
    assert_eq!(calendar.version(), "2026-11+dia-phuong-1");
    assert_eq!(calendar.why_off(day("2026-11-25")).unwrap(), Some("Ngày hội của xã"));
    assert!(calendar.why_off(day("2026-01-01")).unwrap().is_some());
}

#[test]
fn an_administrator_edits_compares_and_approves() {
    let desk = Desk::new();
    let rule = desk.call("rule", json!({"kind": "procedure", "key": CODE}));
    assert_eq!(
        (&rule["version"], &rule["current"], &rule["source"]),
        (&json!(shipped("")), &json!(true), &json!("starter"))
    );
    let mut data = rule["data"].clone();
    data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 9});
    let request = json!({"kind": "procedure", "key": CODE, "data": data, "basis": "QĐ 7/QĐ-UBND"});
    let shown = desk.call("rule-compare", request.clone());
    assert_eq!(shown["changes"][0]["field"], "cases[0].limit");
    let saved = desk.call("rule-save", request.clone());
    assert_eq!(
        (&saved["version"], &saved["changes"]),
        (&json!(shipped("/2")), &shown["changes"])
    );
    let again = desk.call("rule-save", request);
    assert_eq!(again["version"], shipped("/2"));
    let states = |desk: &Desk| -> Vec<(String, bool)> {
        let all = desk.call("rules", json!({"kind": "procedure"}));
        let own = all["rules"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["key"] == CODE);
        own.map(|line| {
            (
                line["state"].as_str().unwrap().to_owned(),
                line["current"].as_bool().unwrap(),
            )
        })
        .collect()
    };
    assert_eq!(
        states(&desk),
        [("draft".to_owned(), false), ("approved".to_owned(), true)]
    );
    let name = json!({"kind": "procedure", "key": CODE, "version": shipped("/2"), "basis": "QĐ 7/QĐ-UBND"});
    assert_eq!(desk.call("rule-approve", name.clone())["version"], shipped("/2"));
    assert_eq!(
        states(&desk),
        [("approved".to_owned(), true), ("retired".to_owned(), false)]
    );
    assert_eq!(desk.refusal("rule-discard", name), Code::RuleInForce);
    // The one before, approved again, is in force again.
    desk.call(
        "rule-approve",
        json!({"kind": "procedure", "key": CODE, "version": shipped(""), "basis": "Rà soát"}),
    );
    assert_eq!(
        states(&desk),
        [("retired".to_owned(), false), ("approved".to_owned(), true)]
    );
    assert_eq!(
        desk.refusal(
            "rule-approve",
            json!({"kind": "procedure", "key": CODE, "version": "x", "basis": "y"})
        ),
        Code::UnknownRule
    );
    let blank = json!({"kind": "procedure", "key": CODE, "version": shipped(""), "basis": " "});
    assert_eq!(desk.refusal("rule-approve", blank), Code::ReasonRequired);
}

#[test]
fn a_resolution_that_fits_nothing_is_refused_while_it_is_typed() {
    let desk = Desk::new();
    let data = json!({"number": "15/2026/NQ-HĐND", "authority": "HĐND tỉnh Mẫu",
        "amounts": [{"procedure": "9.999999", "rule": "khac", "per": {"case": 1000}}]});
    let request = json!({"kind": "fees", "key": "15/2026/NQ-HĐND", "data": data, "basis": "NQ 15/2026/NQ-HĐND"});
    assert_eq!(desk.refusal("rule-save", request), Code::RuleInvalid);
}

#[test]
fn only_an_administrator_changes_rules() {
    let desk = Desk::new();
    desk.call("officer-add", json!({"name": "Ngô Bảo Mẫu", "pin": "246810"}));
    desk.call("officer-add", json!({"name": "Lê Thị Quầy", "pin": "135790"}));
    let window = |command: &str, request: Value| desk.station.call(&Caller::Window, command, request);
    assert_eq!(window("rules", json!({})).unwrap_err().code, Code::NotSignedIn);
    window("sign-in", json!({"officer": "Lê Thị Quầy", "pin": "135790"})).unwrap();
    assert!(window("rules", json!({})).is_ok());
    let name = json!({"kind": "procedure", "key": CODE, "version": shipped(""), "basis": "QĐ 7/QĐ-UBND"});
    assert_eq!(window("rule-approve", name.clone()).unwrap_err().code, Code::NotAllowed);
    window("sign-in", json!({"officer": "Ngô Bảo Mẫu", "pin": "246810"})).unwrap();
    window("rule-approve", name).unwrap();
    let line = window("rule", json!({"kind": "procedure", "key": CODE})).unwrap();
    assert_eq!(
        (&line["by"], &line["at"]),
        (&json!("Ngô Bảo Mẫu"), &json!("2026-11-23T09:42:00+07:00"))
    );
}

#[test]
fn where_the_province_numbers_no_leased_number_is_taken() {
    let desk = Desk::new();
    desk.lease(3);
    assert_eq!(desk.register("a")["code"], "H99.128-261123-0001");
    let mut data = desk.call("rule", json!({"kind": "agency", "key": "H99.128"}))["data"].clone();
    data["numbering"] = json!("external");
    desk.approve(RuleKind::Agency, "H99.128", &data).unwrap();
    let answer = desk.register("b");
    assert_eq!(answer["code_kind"], "temporary");
    let promised = desk.call("promise", json!({"procedure": CODE}));
    assert_eq!(promised["code_reason"], "EXTERNAL_NUMBERING");
    data["numbering"] = json!("local");
    data["name"] = json!("Trung tâm Phục vụ hành chính công Xã Mới");
    desk.approve(RuleKind::Agency, "H99.128", &data).unwrap();
    assert_eq!(desk.register("c")["code"], "H99.128-261123-0002");
    assert_eq!(desk.call("station", json!({}))["agency"]["name"], data["name"]);
}

impl Desk {
    fn file(&self, name: &str) -> String {
        self.opening
            .data
            .parent()
            .unwrap()
            .join(name)
            .to_str()
            .unwrap()
            .to_owned()
    }

    fn export(&self, name: &str) -> String {
        let path = self.file(name);
        let answer = self.call("rules-export", json!({"path": path, "kinds": ["procedure", "agency"]}));
        assert!(answer["count"].as_u64().unwrap() > 8, "{answer}");
        path
    }

    fn entry(&self, path: &str) -> Value {
        let file = self.call("rules-import", json!({"path": path}));
        let mut entries = file["entries"].as_array().unwrap().iter();
        entries.find(|entry| entry["key"] == CODE).unwrap().clone()
    }

    fn changed(&self, days: u16) -> Value {
        let mut data = self.data();
        data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": days});
        data
    }
}

#[test]
fn a_file_of_ones_own_goes_out_and_comes_back() {
    let desk = Desk::new();
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(9)).unwrap();
    let (one, two) = (desk.export("a.json"), desk.export("b.json"));
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    let file = desk.call("rules-import", json!({"path": one}));
    assert_eq!(file["signed_by"], "this_station");
    assert!(
        file["entries"]
            .as_array()
            .unwrap()
            .iter()
            .all(|entry| entry["status"] == "same"),
        "{file}"
    );
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(11)).unwrap();
    assert_eq!(desk.entry(&one)["status"], "older");
    let adopt = json!({"path": one, "entries": [{"kind": "procedure", "key": CODE}], "basis": "Dùng lại bản cũ"});
    assert_eq!(
        desk.call("rules-adopt", adopt.clone()),
        json!({"adopted": 1, "drafts": 0})
    );
    assert_eq!(desk.data()["cases"][0]["limit"]["amount"], 9);
    let mut missing = adopt;
    missing["entries"][0]["key"] = json!("9.999999");
    assert_eq!(desk.refusal("rules-adopt", missing), Code::UnknownRule);
}

#[test]
fn a_file_of_a_stranger_gives_drafts_only() {
    let (desk, other) = (Desk::new(), Desk::new());
    other.approve(RuleKind::Procedure, CODE, &other.changed(9)).unwrap();
    let path = other.export("a.json");
    let file = desk.call("rules-import", json!({"path": path}));
    assert_eq!(file["signed_by"], "unknown");
    let entry = desk.entry(&path);
    assert_eq!(
        (&entry["status"], &entry["changes"][0]["after"]),
        (&json!("changed"), &json!(shipped("/2")))
    );
    let adopt = json!({"path": path, "entries": [{"kind": "procedure", "key": CODE}], "basis": "Tỉnh gửi"});
    assert_eq!(desk.call("rules-adopt", adopt), json!({"adopted": 0, "drafts": 1}));
    assert_eq!(desk.data()["cases"][0]["limit"], other_limit(&desk));
    let line = desk.call(
        "rule",
        json!({"kind": "procedure", "key": CODE, "version": shipped("/2")}),
    );
    assert_eq!((&line["state"], &line["source"]), (&json!("draft"), &json!("file")));
    assert!(line["signed_by"].as_str().unwrap().contains("H99.128"), "{line}");
}

/// The limit the program came with.
fn other_limit(desk: &Desk) -> Value {
    let first = desk.call(
        "rule",
        json!({"kind": "procedure", "key": CODE, "version": shipped("")}),
    );
    first["data"]["cases"][0]["limit"].clone()
}

#[test]
fn a_file_that_nobody_signed_or_somebody_changed_is_refused() {
    let desk = Desk::new();
    let path = desk.export("a.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let adopt = |path: &str| json!({"path": path, "entries": [{"kind": "procedure", "key": CODE}], "basis": "x"});
    let changed = desk.file("changed.json");
    std::fs::write(
        &changed,
        text.replacen("Đăng ký khai sinh", "Đăng ký khai sinh miễn phí", 1),
    )
    .unwrap();
    assert_eq!(
        desk.refusal("rules-import", json!({"path": changed})),
        Code::RulesTampered
    );
    assert_eq!(desk.refusal("rules-adopt", adopt(&changed)), Code::RulesTampered);
    let unsigned = desk.file("unsigned.json");
    let mut file: Value = serde_json::from_str(&text).unwrap();
    file.as_object_mut().unwrap().remove("signature");
    std::fs::write(&unsigned, file.to_string()).unwrap();
    assert_eq!(
        desk.call("rules-import", json!({"path": unsigned}))["signed_by"],
        Value::Null
    );
    assert_eq!(desk.refusal("rules-adopt", adopt(&unsigned)), Code::RulesUnsigned);
    for (name, text) in [
        ("cut.json", text.split_at(text.len() / 2).0),
        ("empty.json", ""),
        ("other.json", "{\"procedures\":[]}"),
    ] {
        let path = desk.file(name);
        std::fs::write(&path, text).unwrap();
        assert_eq!(
            desk.refusal("rules-import", json!({"path": path})),
            Code::RulesUnreadable,
            "{name}"
        );
    }
    assert_eq!(
        desk.refusal("rules-import", json!({"path": desk.file("none.json")})),
        Code::FileNotFound
    );
    let nowhere = json!({"path": desk.file("none/none.json")});
    assert_eq!(desk.refusal("rules-export", nowhere), Code::FileNotWritable);
}

#[test]
fn an_entry_that_cannot_be_right_is_refused_by_itself() {
    use wire::rules::{RuleItem, RulesFile};
    let desk = Desk::new();
    let key = desk
        .station
        .signing_key(&desk.station.author().unwrap().stream)
        .unwrap();
    let item = |kind: &str, key: &str, data: Value| RuleItem {
        kind: kind.into(),
        key: key.into(),
        version: "1".into(),
        basis: "QĐ".into(),
        data,
    };
    let items = vec![
        item("procedure", CODE, json!({})),
        item("robot", "x", json!({})),
        item("calendar", "local", json!({"text": "x"})),
    ];
    let path = desk.file("a.json");
    std::fs::write(&path, RulesFile::seal(&key, "Tỉnh Mẫu", "2026", items).unwrap()).unwrap();
    let file = desk.call("rules-import", json!({"path": path}));
    for entry in file["entries"].as_array().unwrap() {
        assert_eq!(entry["status"], "refused");
        assert!(entry["why"].as_str().unwrap().ends_with('.'), "{entry}");
    }
    let adopt = json!({"path": path, "entries": [{"kind": "procedure", "key": CODE}], "basis": "x"});
    assert_eq!(desk.refusal("rules-adopt", adopt), Code::RuleInvalid);
}

#[test]
fn a_later_holiday_lists_the_open_dossiers_and_changes_none() {
    let desk = Desk::new();
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(5)).unwrap();
    let touched = desk.register("a");
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(1)).unwrap();
    desk.register("b");
    let text = dossier::calendar::Calendar::embedded_text();
    let text = format!("{text}\nday | 2026-11-27 | holiday | official | Nghỉ | Thông báo thử\n");
    let answer = desk.call("calendar-check", json!({"text": text}));
    let change =
        json!([{"date": "2026-11-27", "before": "Ngày làm việc", "after": "Nghỉ lễ: Nghỉ", "basis": "Thông báo thử"}]);
    assert_eq!(answer["changes"], change);
    let list = answer["touched"].as_array().unwrap();
    assert_eq!(list.len(), 1, "{answer}");
    assert_eq!(
        (&list[0]["code"], &list[0]["due_at"]),
        (&touched["code"], &touched["due_at"])
    );
    assert!(list[0]["would_be_due_at"].as_str().unwrap() > touched["due_at"].as_str().unwrap());
    assert_eq!(
        desk.call("show", json!({"code": touched["code"]}))["due_at"],
        touched["due_at"]
    );
    let path = desk.file("holidays.txt");
    std::fs::write(&path, &text).unwrap();
    assert_eq!(desk.call("calendar-check", json!({"path": path})), answer);
    // Adopting it changes no promise either; it is what the next check compares with.
    desk.approve(RuleKind::Calendar, "national", &json!({"text": text}))
        .unwrap();
    assert_eq!(
        desk.call("show", json!({"code": touched["code"]}))["due_at"],
        touched["due_at"]
    );
    assert_eq!(desk.call("calendar-check", json!({"text": text}))["changes"], json!([]));
}

#[test]
fn a_bad_calendar_is_refused_with_its_line() {
    let desk = Desk::new();
    let text = format!(
        "{}\nday | 2026-11-24 | holiday\n",
        dossier::calendar::Calendar::embedded_text()
    );
    let refused = desk
        .station
        .call(&Caller::Headless(None), "calendar-check", json!({"text": text}))
        .unwrap_err();
    assert_eq!(refused.code, Code::CalendarUnreadable);
    assert_eq!(refused.detail["line"], text.lines().count().to_string());
    assert_eq!(desk.refusal("calendar-check", json!({})), Code::MissingField);
    assert_eq!(
        desk.refusal("calendar-check", json!({"text": text, "key": "other"})),
        Code::UnknownRule
    );
}

/// A set as a hub with this key hands it down.
fn handed_down(number: u64, key: &ed25519_dalek::SigningKey, items: &[(&str, &str, Value)]) -> wire::protocol::RuleSet {
    let items = items.iter().map(|(kind, key, data)| wire::rules::RuleItem {
        kind: (*kind).into(),
        key: (*key).into(),
        version: "1".into(),
        basis: String::new(),
        data: data.clone(),
    });
    let file = wire::rules::RulesFile::seal(key, "Sở Tư pháp Mẫu", "2026-11-23T09:00:00+07:00", items.collect());
    wire::protocol::RuleSet {
        number,
        file: file.unwrap(),
    }
}

#[test]
fn what_the_hub_hands_down_is_in_force_once_and_what_does_not_fit_is_told() {
    use ed25519_dalek::SigningKey;
    let desk = Desk::new();
    let key = SigningKey::from_bytes(&[3; 32]);
    let hub_key = *key.verifying_key().as_bytes();
    let install = |set: &wire::protocol::RuleSet| {
        let author = desk.station.author().unwrap();
        desk.station.store.write(|transaction| {
            let deed = desk.station.deed(&author, None, desk.station.now());
            super::arrive::install(transaction, &deed, set, &hub_key)
        })
    };
    let mut over = desk.changed(4);
    over["valid_to"] = json!("2026-11-22");
    let items = [
        ("procedure", CODE, desk.changed(9)),
        ("procedure", CODE, over),
        ("robot", "x", json!({})),
        ("calendar", "national", json!({"text": "version | x"})),
    ];
    let set = handed_down(1, &key, &items);
    let stranger = handed_down(1, &SigningKey::from_bytes(&[4; 32]), &items);
    assert_eq!(install(&stranger).unwrap_err().code, Code::RulesTampered);
    install(&set).unwrap();
    assert_eq!(desk.data()["cases"][0]["limit"]["amount"], 9);
    // An officer approves another; the same set again does not take its place.
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(11)).unwrap();
    install(&set).unwrap();
    assert_eq!(desk.data()["cases"][0]["limit"]["amount"], 11);
    let status = desk.call("sync-status", json!({}));
    let told = status["rules"].as_array().unwrap();
    assert_eq!(
        (told.len(), &told[0]["installed"], &told[0]["by"]),
        (1, &json!(1), &json!("Sở Tư pháp Mẫu"))
    );
    let refused: Vec<&str> = told[0]["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    assert_eq!(refused.len(), 3);
    assert!(
        refused[0].contains("hết hiệu lực") && refused[2].contains("dòng"),
        "{refused:?}"
    );
    let line = desk.call(
        "rule",
        json!({"kind": "procedure", "key": CODE, "version": shipped("/2")}),
    );
    assert_eq!(
        (&line["source"], &line["basis"]),
        (&json!("hub"), &json!("Theo tệp của Sở Tư pháp Mẫu"))
    );
}

#[test]
fn a_newer_program_adds_versions_and_pushes_aside_none_that_was_approved() {
    let desk = Desk::new();
    let bring = |data: &Value| {
        let name = (RuleKind::Procedure, CODE);
        let done = desk
            .station
            .store
            .write(|transaction| super::write::bring(transaction, RuleSource::Starter, name, data, day("2026-11-23")));
        done.unwrap();
    };
    let mut newer = desk.changed(8);
    newer["version"] = json!("2027-01");
    bring(&newer);
    assert_eq!(desk.in_force("2026-11-23"), "2027-01");
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(9)).unwrap();
    let approved = desk.in_force("2026-11-23");
    newer["version"] = json!("2027-06");
    bring(&newer);
    bring(&newer);
    assert_eq!(desk.in_force("2026-11-23"), approved);
    let line = desk.call("rule", json!({"kind": "procedure", "key": CODE, "version": "2027-06"}));
    assert_eq!((&line["state"], &line["source"]), (&json!("draft"), &json!("starter")));
    desk.call(
        "rule-discard",
        json!({"kind": "procedure", "key": CODE, "version": "2027-06"}),
    );
    // Opened again, the program brings nothing it brought before.
    let desk = desk.on("2026-11-24T08:00:00+07:00");
    assert_eq!(desk.in_force("2026-11-24"), approved);
    let all = desk
        .station
        .store
        .read(|db| versions(db, RuleKind::Procedure, CODE))
        .unwrap();
    assert_eq!(all.len(), 3);
}
