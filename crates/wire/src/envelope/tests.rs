//! The envelope for ever. Here: the stream, the key and the events of which its tests speak.

mod chain;
mod golden;
mod head;
mod later;
mod registrations;

use dossier::samples::{self, samples};
use dossier::{DeviceId, Event, EventId, Fact};
use ed25519_dalek::SigningKey;

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
