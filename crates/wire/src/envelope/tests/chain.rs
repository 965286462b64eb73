//! A chain in which no byte can be changed unseen.

use proptest::prelude::*;

use super::*;

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

proptest! {
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
}
