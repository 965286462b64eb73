//! What a newer program wrote, and what cannot be read.

use proptest::option::of;
use proptest::prelude::*;
use serde_json::json;

use super::super::record::digest_of;
use super::*;
use crate::body::{decode_fact, encode_fact};
use crate::tree::Tree;

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
        let text = body.to_string();
        assert_eq!(decode_fact(fact.kind(), &Tree::of(&text).unwrap()), Ok(fact));
    }
}

#[test]
fn a_missing_or_wrong_field_is_named() {
    for fact in written() {
        let whole = encode_fact(&fact);
        for (key, _) in whole.as_object().unwrap() {
            let mut body = whole.clone();
            body[key] = json!({"wrong": true});
            let text = body.to_string();
            let error = decode_fact(fact.kind(), &Tree::of(&text).unwrap()).unwrap_err();
            assert!(!error.problem.is_empty(), "{} {key}", fact.kind());
        }
    }
}

proptest! {
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
