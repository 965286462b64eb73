//! The envelope for ever: golden bytes of every event type, and a chain in which no byte can be
//! changed unseen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use dossier::card::{Gender, PartialDate};
use dossier::catalogue::{Fee, Group, PaperState};
use dossier::deadline::Limit;
use dossier::money::Dong;
use dossier::person::{Applicant, ApplicantKind};
use dossier::registration::{Channel, ComponentLine, HandedIn, Registration, ReturnVia};
use dossier::samples::{self, samples};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

const EPOCH: u32 = 3;

fn stream() -> Stream {
    Stream {
        device: DeviceId::from_bytes([0xdc; 16]),
        epoch: EPOCH,
    }
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn public_key() -> [u8; 32] {
    key().verifying_key().to_bytes()
}

fn clocks(event: &Event) -> Clocks {
    Clocks {
        at: event.at,
        mono_ms: Some(90_061_001),
        boot: Some("7f3a".into()),
    }
}

fn sealed(event: &Event) -> Record {
    Record::seal(event, clocks(event), 41, 1, [0x5a; 16]).unwrap()
}

/// Facts that are written: all but the two that only reading makes.
fn written() -> impl Iterator<Item = Fact> {
    samples()
        .into_iter()
        .filter(|fact| !matches!(fact, Fact::Unknown { .. } | Fact::BodyErased { .. }))
}

/// Every other sample is a station's: it has no dossier.
fn event(fact: Fact) -> Event {
    let of_a_dossier = samples::event(EventId::from_bytes([0xe0; 16]), fact);
    if matches!(of_a_dossier.fact, Fact::EpochOpened { .. } | Fact::SealBroken { .. }) {
        return Event {
            dossier: None,
            actor: None,
            ..of_a_dossier
        };
    }
    of_a_dossier
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// What a golden file says; `prev` and `hash` are hexadecimal.
fn golden(record: &Record) -> String {
    let prev = first_prev(&public_key());
    let value = json!({
        "seq": record.seq,
        "prev": hex(&prev),
        "header": record.header,
        "digest": record.digest,
        "salt": record.salt,
        "body": record.body,
        "hash": hex(&record.hash(&stream(), &prev)),
    });
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

#[test]
fn every_event_type_has_the_bytes_it_always_had() {
    let update = std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1");
    let mut kinds = BTreeSet::new();
    for fact in written() {
        let event = event(fact);
        let record = sealed(&event);
        let path = folder().join(format!("{}.json", event.fact.kind()));
        // What was written once is never written again: an old file that no longer fits is a bug
        // of the program, not of the file.
        if update && !path.exists() {
            fs::write(&path, golden(&record)).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_else(|_| panic!("no golden file for {}", event.fact.kind()));
        assert_eq!(kept, golden(&record), "the bytes of {} changed", event.fact.kind());
        let kept: Record = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept.event().unwrap(), event);
        kinds.insert(event.fact.kind().to_owned() + ".json");
    }
    let files = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(
        files.collect::<BTreeSet<_>>(),
        kinds,
        "every golden file belongs to a known type"
    );
}

/// The hash written out once more by hand, as docs/adr/0002 states it.
#[test]
fn the_hash_is_made_of_exactly_these_bytes() {
    let record = sealed(&event(Fact::ResultArrived));
    let part = |bytes: &[u8]| {
        [
            u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec(),
            bytes.to_vec(),
        ]
        .concat()
    };
    let prev = *blake3::hash(&public_key()).as_bytes();
    let digest = blake3::hash(&[part(&[0x5a; 16]), part(b"{}")].concat());
    let all = [
        part(b"motcua/event/1"),
        part(&[[0xdc; 16].as_slice(), &3u32.to_le_bytes()].concat()),
        part(&1u64.to_le_bytes()),
        part(&prev),
        part(record.header.as_bytes()),
        part(digest.as_bytes()),
    ];
    assert_eq!(record.hash(&stream(), &prev), *blake3::hash(&all.concat()).as_bytes());
    assert_eq!(
        record.header,
        "{\"actor\":\"0F1W7GY3RF1W7GY3RF1W7GY3RF\",\"agency\":\"H99.128\",\"at\":1795421400250,\"based_on\":41,\
         \"blobs\":[],\"boot\":\"7f3a\",\"dossier\":\"6GT38D1M6GT38D1M6GT38D1M6G\",\"event\":\"70W3GE1R70W3GE1R70W3GE1R70\",\
         \"kind\":\"result_arrived\",\"mono\":90061001,\"schema\":1}"
    );
}

#[test]
fn headers_hold_no_personal_data() {
    for fact in written() {
        let header = sealed(&event(fact)).header;
        for personal in ["099", "Hoà", "Quý", "0900000128", "example.vn", "Thôn"] {
            assert!(!header.contains(personal), "{header}");
        }
    }
}

/// Seals a chain of all samples and gives its records with the hash of each.
fn chain() -> Vec<Record> {
    let events = written().enumerate().map(|(place, fact)| {
        let id = EventId::from_bytes(u128::try_from(place).unwrap().to_be_bytes());
        Event { id, ..event(fact) }
    });
    let seal =
        |(seq, event): (u64, Event)| Record::seal(&event, clocks(&event), 0, seq, [u8::try_from(seq).unwrap(); 16]);
    (1u64..).zip(events).map(|pair| seal(pair).unwrap()).collect()
}

fn end_of(chain: &[Record], stream: &Stream) -> [u8; 32] {
    chain
        .iter()
        .fold(first_prev(&public_key()), |prev, record| record.hash(stream, &prev))
}

/// What `verify` does: sequence numbers, bodies against digests, chain against the signed head.
fn holds(chain: &[Record], head: &Head) -> bool {
    let in_order = chain.iter().zip(1u64..).all(|(record, seq)| record.seq == seq);
    let bodies = chain.iter().all(|record| record.event().is_ok());
    let signed = head.verify(&public_key(), &stream());
    in_order && bodies && signed.is_ok_and(|hash| hash == end_of(chain, &stream()))
}

fn flip(text: &mut String, place: usize, bit: u8) -> bool {
    let mut bytes = text.clone().into_bytes();
    let place = place.checked_rem(bytes.len()).unwrap_or(0);
    bytes[place] ^= 1 << (bit % 7);
    String::from_utf8(bytes).map(|changed| *text = changed).is_ok()
}

#[test]
fn a_chain_is_verified_whole_and_after_erasure() {
    let mut chain = chain();
    let hash = end_of(&chain, &stream());
    let head = Head::sign(&key(), &stream(), u64::try_from(chain.len()).unwrap(), &hash);
    assert!(holds(&chain, &head));
    for record in &mut chain {
        (record.salt, record.body) = (None, None);
        let event = record.event().unwrap();
        assert_eq!(
            event.fact,
            Fact::BodyErased {
                kind: record.header().unwrap().kind
            }
        );
        let text = serde_json::to_string(record).unwrap();
        assert!(!text.contains("salt") && serde_json::from_str::<Record>(&text).unwrap() == *record);
    }
    assert!(holds(&chain, &head), "erased bodies still verify");
    let swapped = [&chain[..3], &[chain[4].clone(), chain[3].clone()], &chain[5..]].concat();
    assert!(!holds(&swapped, &head));
    assert!(!holds(&chain[1..], &head) && !holds(&chain[..chain.len() - 1], &head));
}

#[test]
fn another_stream_gives_another_hash() {
    let chain = chain();
    let own = end_of(&chain, &stream());
    assert_ne!(
        end_of(
            &chain,
            &Stream {
                epoch: EPOCH + 1,
                ..stream()
            }
        ),
        own
    );
    assert_ne!(
        end_of(
            &chain,
            &Stream {
                device: DeviceId::from_bytes([1; 16]),
                ..stream()
            }
        ),
        own
    );
    assert_ne!(first_prev(&public_key()), first_prev(&[0; 32]));
}

#[test]
fn a_head_is_signed_by_its_key_for_its_stream_and_place() {
    let hash = [0x42; 32];
    let head = Head::sign(&key(), &stream(), 17, &hash);
    assert_eq!(head.verify(&public_key(), &stream()), Ok(hash));
    let other = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
    let refused = Err(EnvelopeError::Signature);
    assert_eq!(head.verify(&other, &stream()), refused);
    assert_eq!(head.verify(&[0; 32], &stream()), refused);
    assert_eq!(
        head.verify(
            &public_key(),
            &Stream {
                epoch: EPOCH + 1,
                ..stream()
            }
        ),
        refused
    );
    assert_eq!(
        Head {
            seq: 18,
            ..head.clone()
        }
        .verify(&public_key(), &stream()),
        refused
    );
    assert_eq!(
        Head {
            hash: hex(&[0x43; 32]),
            ..head.clone()
        }
        .verify(&public_key(), &stream()),
        refused
    );
    for broken in ["", "zz", &hex(&[0; 64]), &head.signature.to_uppercase()] {
        assert_eq!(
            Head {
                signature: broken.into(),
                ..head.clone()
            }
            .verify(&public_key(), &stream()),
            refused
        );
    }
}

fn rewritten(kind: &str, schema: u16, body: &str) -> Record {
    let header = Header {
        kind: kind.into(),
        schema,
        ..sealed(&event(Fact::ResultArrived)).header().unwrap()
    };
    let salt = [1; 16];
    Record {
        seq: 1,
        header: header.to_text().unwrap(),
        digest: hex(&digest_of(&salt, body)),
        salt: Some(hex(&salt)),
        body: Some(body.into()),
    }
}

#[test]
fn what_a_newer_program_wrote_is_kept_as_it_is() {
    let unknown = |kind: &str| Fact::Unknown { kind: kind.into() };
    for body in ["{}", "{\"a\":[1.5]}", "[1,2]", "\"text\"", "null"] {
        assert_eq!(
            rewritten("made_in_2031", 9, body).event().unwrap().fact,
            unknown("made_in_2031")
        );
        assert_eq!(
            rewritten("made_in_2031", 1, body).event().unwrap().fact,
            unknown("made_in_2031")
        );
    }
    let channel = "{\"outcome\":\"partly\"}";
    assert_eq!(
        rewritten("resolved", 2, channel).event().unwrap().fact,
        unknown("resolved")
    );
    assert!(matches!(
        rewritten("resolved", 1, channel).event(),
        Err(EnvelopeError::Body(_))
    ));
    assert!(matches!(
        rewritten("note_added", 1, "[]").event(),
        Err(EnvelopeError::Body(_))
    ));
}

#[test]
fn facts_that_only_reading_makes_are_never_sealed() {
    for fact in [
        Fact::Unknown {
            kind: "made_in_2031".into(),
        },
        Fact::BodyErased {
            kind: "note_added".into(),
        },
    ] {
        let event = event(fact);
        assert!(matches!(
            Record::seal(&event, clocks(&event), 0, 1, [0; 16]),
            Err(EnvelopeError::Header(_))
        ));
    }
}

#[test]
fn fields_of_later_versions_are_passed_over() {
    for fact in written() {
        let mut body = encode_fact(&fact);
        body.as_object_mut()
            .unwrap()
            .insert("added_in_2031".into(), json!({"deep": [1, null]}));
        assert_eq!(decode_fact(fact.kind(), &body), Ok(fact));
    }
}

#[test]
fn a_missing_or_wrong_field_is_named() {
    for fact in written() {
        let whole = encode_fact(&fact);
        for (key, _) in whole.as_object().unwrap() {
            let mut body = whole.clone();
            body[key] = json!({"wrong": true});
            let error = decode_fact(fact.kind(), &body).unwrap_err();
            assert!(!error.problem.is_empty(), "{} {key}", fact.kind());
        }
    }
}

#[test]
fn salt_and_body_must_be_those_that_were_hashed() {
    let record = sealed(&event(samples::samples().remove(0)));
    let changed = [
        Record {
            salt: Some(hex(&[0; 16])),
            ..record.clone()
        },
        Record {
            salt: Some("no hexadecimal".into()),
            ..record.clone()
        },
        Record {
            body: Some("{}".into()),
            ..record.clone()
        },
        Record {
            digest: String::new(),
            ..record.clone()
        },
    ];
    for record in changed {
        assert_eq!(record.event(), Err(EnvelopeError::Digest));
    }
    // A salt of zeros is a salt: text that is none must not pass for it.
    let zeros = Record::seal(
        &event(Fact::ResultArrived),
        clocks(&event(Fact::ResultArrived)),
        0,
        1,
        [0; 16],
    )
    .unwrap();
    assert_eq!(
        Record {
            salt: Some("zz".into()),
            ..zeros
        }
        .event(),
        Err(EnvelopeError::Digest)
    );
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[A-Za-zÀ-ỹĐđ0-9 ,.\"\\\\\n]{0,40}", 1 => ".{0,20}"]
}

fn dates() -> impl Strategy<Value = PartialDate> {
    let ymd = (1i32..9999, 1u32..=12, 1u32..=28);
    (ymd, 0..3).prop_map(|((year, month, day), exact)| match exact {
        0 => PartialDate::Year(year),
        1 => PartialDate::Month(year, month),
        _ => PartialDate::Day(chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()),
    })
}

prop_compose! {
    fn applicants()(
        kind in select(vec![ApplicantKind::Person, ApplicantKind::Organisation]),
        name in words(), id_number in of("099[0-9]{9}"), id_kind in of(words()), birth_date in of(dates()),
        gender in of(select(vec![Gender::Male, Gender::Female])),
        rest in (of(words()), of(words()), of(words())),
    ) -> Applicant {
        let (address, phone, email) = rest;
        Applicant { kind, name, id_number, id_kind, birth_date, gender, address, phone, email }
    }
}

fn checklists() -> impl Strategy<Value = Vec<ComponentLine>> {
    use PaperState::{Certified, Copy, FromDatabase, Missing, NotApplicable, Original, Presented};
    let states = vec![
        Original,
        Certified,
        Copy,
        Presented,
        FromDatabase,
        Missing,
        NotApplicable,
    ];
    let handed = (select(states), any::<u16>()).prop_map(|(state, count)| HandedIn { state, count });
    let groups = select(vec![Group::Submit, Group::Present]);
    let line = (
        any::<u16>(),
        words(),
        of(words()),
        groups,
        prop::collection::vec(handed, 0..4),
    );
    let line = line.prop_map(|(no, name, note, group, handed_in)| ComponentLine {
        no,
        name,
        note,
        group,
        handed_in,
    });
    prop::collection::vec(line, 0..5)
}

fn limits() -> impl Strategy<Value = Limit> {
    (any::<u16>(), 0..4).prop_map(|(amount, kind)| match kind {
        0 => Limit::WorkingDays(amount),
        1 => Limit::CalendarDays(amount),
        2 => Limit::Hours(amount),
        _ => Limit::SameDay,
    })
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..4_102_444_800_000).prop_map(|millis| DateTime::from_timestamp_millis(millis).unwrap())
}

prop_compose! {
    fn registrations()(
        request_id in words(), case in of((words(), words())), applicant in applicants(), components in checklists(),
        channel in select(vec![Channel::Direct, Channel::Online, Channel::Post]), authorised in any::<bool>(),
        return_via in select(vec![ReturnVia::Counter, ReturnVia::Post, ReturnVia::Online]), sets in any::<u16>(),
        fees in prop::collection::vec((words(), 0..=Dong::LARGEST.0), 0..4), limit in limits(),
        times in (instants(), instants()), helps in of(select(vec!["H99", "H99.7"])),
    ) -> Registration {
        let mut it = samples::registration();
        it.authorised = it.authorised.filter(|_| authorised);
        it.agencies.helps = helps.map(samples::agency);
        (it.promise.limit, it.promise.due_at) = (limit, times.1);
        let fees = fees.into_iter().map(|(name, amount)| Fee { name, amount: Dong(amount) }).collect();
        Registration { request_id, case, applicant, components, channel, return_via, sets, fees, received_at: times.0, ..it }
    }
}

proptest! {
    #[test]
    fn registrations_come_back_as_they_were(it in registrations(), seq in 1u64..1 << 53, salt: [u8; 16]) {
        let event = event(Fact::Registered(Box::new(it)));
        let record = Record::seal(&event, clocks(&event), 0, seq, salt).unwrap();
        prop_assert_eq!(record.event().unwrap(), event.clone());
        let text = serde_json::to_string(&record).unwrap();
        let again: Record = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&again, &record);
        prop_assert_eq!(Record::seal(&again.event().unwrap(), clocks(&event), 0, seq, salt).unwrap(), record);
    }

    #[test]
    fn any_changed_byte_is_found(which: prop::sample::Index, field in 0..5, place: usize, bit: u8) {
        let mut chain = chain();
        let head = Head::sign(&key(), &stream(), u64::try_from(chain.len()).unwrap(), &end_of(&chain, &stream()));
        let record = which.get(&chain).clone();
        let changed = chain.iter_mut().find(|it| it.seq == record.seq).unwrap();
        let readable = match field {
            0 => flip(&mut changed.header, place, bit),
            1 => flip(&mut changed.digest, place, bit),
            2 => flip(changed.salt.as_mut().unwrap(), place, bit),
            3 => flip(changed.body.as_mut().unwrap(), place, bit),
            _ => { changed.seq ^= 1 << (bit % 63); true }
        };
        // Bytes that are no text cannot even be loaded.
        prop_assert!(!readable || !holds(&chain, &head));
    }

    #[test]
    fn any_text_as_a_record_is_answered(header in ".*", digest in ".*", salt in of(".*"), body in of(".*")) {
        let record = Record { seq: 1, header, digest, salt, body };
        let _ = record.event();
        let _ = record.hash(&stream(), &[0; 32]);
    }

    #[test]
    fn hexadecimal_has_one_spelling(bytes: [u8; 16], text in "[0-9a-fA-F+]{32}") {
        prop_assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        if let Some(bytes) = unhex::<16>(&text) {
            prop_assert_eq!(hex(&bytes), text);
        }
    }
}

#[test]
fn the_samples_name_every_kind_once() {
    let kinds: BTreeMap<String, usize> = written().map(|fact| (fact.kind().to_owned(), 1)).collect();
    assert_eq!(kinds.len(), written().count());
}
