//! The signed head.

use super::*;

#[test]
fn a_head_is_signed_by_its_key_for_its_stream_and_place() {
    let hash = [0x42; 32];
    let head = Head::sign(&key(), &stream(), 17, &hash);
    assert_eq!(head.verify(&public_key(), &stream()), Ok(hash));
    let other = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
    let refused = Err(EnvelopeError::Signature);
    assert_eq!(head.verify(&other, &stream()), refused);
    assert_eq!(head.verify(&[0; 32], &stream()), refused);
    let later = Stream {
        epoch: EPOCH + 1,
        ..stream()
    };
    assert_eq!(head.verify(&public_key(), &later), refused);
    for changed in changed(&head) {
        assert_eq!(changed.verify(&public_key(), &stream()), refused, "{changed:?}");
    }
}

/// The head with another place, another hash, or a signature that is none or is spelt otherwise.
fn changed(head: &Head) -> Vec<Head> {
    let signatures = [
        "".to_owned(),
        "zz".to_owned(),
        hex(&[0; 64]),
        head.signature.to_uppercase(),
    ];
    let signed = signatures.map(|signature| Head {
        signature,
        ..head.clone()
    });
    let place = Head {
        seq: 18,
        ..head.clone()
    };
    let hash = Head {
        hash: hex(&[0x43; 32]),
        ..head.clone()
    };
    [place, hash].into_iter().chain(signed).collect()
}
