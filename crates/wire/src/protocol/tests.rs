//! The bytes of every message, as the programs already out there send and read them. A field may be
//! added where it can be missing; what is there is never renamed.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::envelope::{Head, Record};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/messages")
}

fn stream() -> StreamName {
    StreamName {
        device: "6GT38D1M6GT38D1M6GT38D1M6G".to_owned(),
        epoch: 3,
    }
}

fn hash(byte: u8) -> String {
    crate::envelope::hex(&[byte; 32])
}

fn durable() -> Durable {
    Durable {
        seq: 41,
        hash: hash(0x41),
    }
}

fn head() -> Head {
    Head {
        seq: 42,
        hash: hash(0x42),
        signature: "5a".repeat(64),
    }
}

fn record() -> Record {
    Record {
        seq: 42,
        header: "{\"kind\":\"result_arrived\",\"schema\":1}".to_owned(),
        digest: hash(0x0d),
        salt: Some("5a".repeat(16)),
        body: Some("{}".to_owned()),
    }
}

/// A record whose digest is the one of its salt and body.
fn whole() -> Record {
    let mut whole = record();
    whole.digest.clear();
    whole.completed()
}

fn erased() -> Record {
    Record {
        salt: None,
        body: None,
        ..record()
    }
}

fn agency() -> AgencyFacts {
    AgencyFacts {
        code: "H99.128".to_owned(),
        name: "Trung tâm Phục vụ hành chính công Xã Mẫu".to_owned(),
        parent: "Ủy ban nhân dân Xã Mẫu".to_owned(),
        unit: "Bộ phận Một cửa".to_owned(),
        place: "Xã Mẫu".to_owned(),
    }
}

fn generation() -> String {
    "7f".repeat(16)
}

struct Golden {
    seen: BTreeSet<String>,
}

impl Golden {
    fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(&mut self, name: &str, message: &T) {
        self.written(name, message, message);
    }

    /// Where what is written is read as something else.
    fn written<T: DeserializeOwned + PartialEq + Debug>(&mut self, name: &str, written: &impl Serialize, message: &T) {
        let path = folder().join(format!("{name}.json"));
        let now = serde_json::to_string_pretty(written).unwrap() + "\n";
        // As with events: a file that is there is never written again.
        if std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1") && !path.exists() {
            fs::write(&path, &now).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_else(|_| panic!("no golden file {name}"));
        assert_eq!(kept, now, "the bytes of {name} changed");
        assert_eq!(&serde_json::from_str::<T>(&kept).unwrap(), message);
        // What a newer program adds is passed over.
        let more = kept.replacen('{', "{\"of a newer program\": 1, ", 1);
        assert_eq!(&serde_json::from_str::<T>(&more).unwrap(), message);
        self.seen.insert(name.to_owned() + ".json");
    }
}

#[test]
fn every_message_has_the_bytes_it_always_had() {
    let mut golden = Golden { seen: BTreeSet::new() };
    enrolment(&mut golden);
    upwards(&mut golden);
    epochs(&mut golden);
    downwards(&mut golden);
    refusals(&mut golden);
    let files = fs::read_dir(folder()).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(
        files.collect::<BTreeSet<_>>(),
        golden.seen,
        "every golden file is a message"
    );
}

fn enrolment(golden: &mut Golden) {
    let request = EnrolRequest {
        code: "ABCD-EFGH-JKMN".to_owned(),
        device: stream().device,
        epoch: 1,
        public_key: hash(0x11),
        name: "Quầy 1".to_owned(),
        protocol: 1,
    };
    golden.check("enrol-request", &request);
    let answer = EnrolResponse {
        device: stream().device,
        epoch: 1,
        agency: agency(),
        agencies: vec![agency()],
        hub_key: hash(0x12),
        hub_name: "Máy chủ cấp trên".to_owned(),
        proof: None,
    };
    golden.check("enrol-response", &answer);
    let facts = EnrolmentFacts {
        device: stream().device,
        epoch: 1,
        public_key: hash(0x11),
        name: "Quầy 1".to_owned(),
        agency: agency(),
        at: "2026-11-23T02:42:00.000Z".to_owned(),
    };
    let hub = ed25519_dalek::SigningKey::from_bytes(&[0x77; 32]);
    let proof = EnrolmentProof::sign(&hub, &facts).unwrap();
    assert_eq!(proof.read(&hub.verifying_key()), Some(facts));
    let wrong = EnrolmentProof {
        text: proof.text.replace("\"epoch\":1", "\"epoch\":2"),
        ..proof.clone()
    };
    assert_eq!(wrong.read(&hub.verifying_key()), None);
    let known = EnrolResponse {
        proof: Some(proof.clone()),
        ..answer
    };
    golden.check("enrol-response-proof", &known);
    golden.check("return-request", &ReturnRequest { proof });
    let generation = generation();
    golden.check("return-response", &ReturnResponse { generation });
}

fn pushes(golden: &mut Golden) {
    let push = PushRequest {
        stream: stream(),
        prev: durable().hash,
        records: vec![record(), erased()],
        head: head(),
        follows: false,
    };
    golden.check("push-request", &push);
    let whole = PushRequest {
        records: vec![whole(), record(), erased()],
        ..push
    };
    let shortened = whole.clone().shortened();
    golden.check("push-request-shortened", &shortened);
    golden.written("push-request-open", &shortened.open().unwrap(), &shortened);
    let early = PushRequest {
        follows: true,
        ..shortened
    };
    golden.check("push-request-follows", &early);
    golden.written("push-request-open-follows", &early.open().unwrap(), &early);
    let completed: Vec<Record> = whole
        .clone()
        .shortened()
        .records
        .into_iter()
        .map(Record::completed)
        .collect();
    assert_eq!(completed, whole.records, "what cannot be reckoned is not left out");
}

#[test]
fn a_text_that_would_not_come_back_is_not_opened() {
    for text in ["null", " {}", "{}\n", "", "no JSON", "{}{}"] {
        let record = Record {
            body: Some(text.to_owned()),
            ..record()
        };
        let push = PushRequest {
            stream: stream(),
            prev: durable().hash,
            records: vec![record],
            head: head(),
            follows: false,
        };
        assert!(push.open().is_none(), "{text}");
    }
}

fn greetings(golden: &mut Golden) {
    let hello = HelloRequest {
        stream: stream(),
        head: head(),
        protocol: 1,
    };
    golden.check("hello-request", &hello);
    golden.check(
        "hello-request-2",
        &HelloRequest {
            protocol: 2,
            ..hello.clone()
        },
    );
    golden.check("hello-request-3", &HelloRequest { protocol: 3, ..hello });
    let answer = HelloResponse {
        generation: generation(),
        now: "2026-11-23T08:10:00.000Z".to_owned(),
        durable: durable(),
        protocol: 1,
        leave: false,
        packs: Vec::new(),
        ends: None,
    };
    golden.check("hello-response", &answer);
    let packs = HelloResponse {
        packs: vec!["zstd-motcua-1".to_owned()],
        ..answer.clone()
    };
    golden.check("hello-response-packs", &packs);
    let packs = HelloResponse {
        packs: vec!["zstd-motcua-2".to_owned(), "zstd-motcua-1".to_owned()],
        protocol: 2,
        ..packs
    };
    golden.check("hello-response-packs-2", &packs);
    let ends = HelloResponse {
        ends: Some(Ends {
            events: 1_012,
            rules: 3,
        }),
        ..packs
    };
    golden.check("hello-response-ends", &ends);
    golden.check("hello-response-leave", &HelloResponse { leave: true, ..answer });
}

fn upwards(golden: &mut Golden) {
    greetings(golden);
    pushes(golden);
    let answer = PushResponse {
        generation: generation(),
        durable: durable(),
        accepted: vec![Accepted { seq: 42, number: 1_007 }],
        refused: vec![RefusedEvent {
            event: "70W3GE1R70W3GE1R70W3GE1R70".to_owned(),
            seq: 42,
            reason: "WRONG_STATE".to_owned(),
        }],
        wanted: vec![hash(0x0b)],
    };
    golden.check("push-response", &answer);
    let page = AcceptedPage {
        accepted: answer.accepted,
        refused: answer.refused,
    };
    golden.check("accepted-page", &page);
    let place = BlobPlace {
        blake3: hash(0x0b),
        offset: 16_384,
        stored: false,
    };
    golden.check("blob-place", &place);
}

fn epochs(golden: &mut Golden) {
    let own = OwnRecord {
        number: 1_007,
        record: record(),
        refused: Some("WRONG_STATE".to_owned()),
    };
    let page = StreamPage {
        stream: stream(),
        after: 41,
        prev: durable().hash,
        records: vec![own.clone(), OwnRecord { refused: None, ..own }],
        more: true,
        next_epoch: 4,
    };
    golden.check("stream-page", &page);
    let open = EpochRequest {
        stream: stream(),
        public_key: hash(0x13),
        leaves: Some(2),
    };
    golden.check("epoch-request", &open);
    golden.check("epoch-request-again", &EpochRequest { leaves: None, ..open });
    let answer = EpochResponse {
        generation: generation(),
        stream: stream(),
    };
    golden.check("epoch-response", &answer);
}

fn downwards(golden: &mut Golden) {
    let event = PulledEvent {
        number: 1_007,
        stream: stream(),
        prev: durable().hash,
        record: record(),
        refused: None,
    };
    let refused = PulledEvent {
        refused: Some("WRONG_STATE".to_owned()),
        ..event.clone()
    };
    let page = PullResponse {
        generation: generation(),
        events: vec![event, refused],
        next: 77,
        more: false,
    };
    golden.check("pull-response", &page);
    let lease = LeaseRequest {
        series: "H99.128".to_owned(),
        from: "2026-11-23".to_owned(),
        days: 31,
        count: 200,
    };
    golden.check("lease-request", &lease);
    let block = Block {
        series: "H99.128".to_owned(),
        day: "2026-11-23".to_owned(),
        from: 201,
        to: 400,
    };
    golden.check("lease-response", &LeaseResponse { blocks: vec![block] });
    let set = RuleSet {
        number: 5,
        file: "{}".to_owned(),
    };
    let rules = RulesResponse {
        generation: generation(),
        set: Some(set),
        more: true,
    };
    golden.check("rules-response", &rules);
    let none = RulesResponse {
        set: None,
        more: false,
        ..rules
    };
    golden.check("rules-response-none", &none);
}

fn refusals(golden: &mut Golden) {
    for code in RefusalCode::ALL {
        let text = serde_json::to_value(code).unwrap();
        let name = text.as_str().unwrap().to_lowercase().replace('_', "-");
        let forked_or_gap = matches!(code, RefusalCode::Fork | RefusalCode::Gap);
        let refusal = Refusal {
            durable: forked_or_gap.then(durable),
            most_bytes: (*code == RefusalCode::TooLarge).then_some(MAX_BATCH_BYTES),
            retry_after_ms: (*code == RefusalCode::Busy).then_some(5_000),
            ..Refusal::of(*code)
        };
        golden.check(&format!("refusal-{name}"), &refusal);
    }
    let taken = Refusal {
        epoch: Some(4),
        ..Refusal::of(RefusalCode::Fork)
    };
    golden.check("refusal-fork-epoch", &taken);
}

#[test]
fn every_refusal_has_its_own_status_and_reaction() {
    let statuses: BTreeSet<u16> = RefusalCode::ALL.iter().map(|code| code.status()).collect();
    // A wrong enrolment code and an unknown device are both "who are you?".
    assert_eq!(statuses.len(), RefusalCode::ALL.len() - 1);
    let name = |code: &RefusalCode| serde_json::to_string(code).unwrap();
    let names: BTreeSet<String> = RefusalCode::ALL.iter().map(name).collect();
    assert_eq!(names.len(), RefusalCode::ALL.len());
}

#[test]
fn the_version_is_the_last_of_those_released() {
    assert_eq!(VERSIONS.last().map(|it| it.0), Some(PROTOCOL));
    assert!(VERSIONS.is_sorted_by(|one, next| one.0 < next.0 && one.1 <= next.1));
}
