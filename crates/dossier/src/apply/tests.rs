//! The rules of docs/adr/0001 by axis, and over whole histories. Here: the people and papers they
//! speak of, and a dossier to which everything can happen.

mod checklist;
mod codes;
mod histories;
mod holder;
mod money;
mod pages;
mod small;
mod table;
mod waits;

use super::*;
use crate::fact::{CodeKind, Correction, PageFacts};
use crate::ids::{DossierId, EventId, PageId};
use crate::money::Dong;
use crate::samples::{
    COUNTER, DOSSIER, LIVE_PAGE, NEW_PAGE, OFFICE, REMOVED_PAGE, TEMPORARY, agency, code, event, form, lines, page,
    promise, registration, samples,
};
use crate::state::{AttachedPage, Business, Money, Paper};

fn at_counter(fact: Fact) -> Event {
    event(EventId::from_bytes([9; 16]), fact)
}

fn from(place: &str, fact: Fact) -> Event {
    Event {
        agency: agency(place),
        ..at_counter(fact)
    }
}

fn sample(kind: &str) -> Fact {
    samples().into_iter().find(|fact| fact.kind() == kind).unwrap()
}

fn hand_over_to(place: &str) -> Fact {
    Fact::HandedOver {
        to: agency(place),
        note: None,
    }
}

fn paid(amount: i64) -> Fact {
    Fact::PaymentReceived {
        amount: Dong(amount),
        method: "Tiền mặt".into(),
        paper: None,
        till: None,
    }
}

fn asked(amount: i64) -> Fact {
    Fact::PaymentRequired {
        amount: Dong(amount),
        what: "Thuế".into(),
    }
}

fn refunded(amount: i64) -> Fact {
    Fact::PaymentRefunded {
        amount: Dong(amount),
        reason: "Thu nhầm".into(),
    }
}

fn fresh() -> Dossier {
    Dossier::new(DOSSIER, registration())
}

/// The dossier after facts that must all be accepted.
fn after(dossier: &Dossier, facts: impl IntoIterator<Item = Fact>) -> Dossier {
    facts.into_iter().fold(dossier.clone(), |dossier, fact| {
        apply(&dossier, &at_counter(fact)).unwrap()
    })
}

fn refusal(dossier: &Dossier, fact: Fact) -> Refused {
    apply(dossier, &at_counter(fact)).unwrap_err()
}

/// A dossier to which every sample can happen as far as pages, codes, forms and money go; it lies
/// at the counter again after a hand-over that waits to be accepted.
fn ready() -> Dossier {
    let before = after(
        &fresh(),
        [
            Fact::CodeAssigned {
                code: code(TEMPORARY),
                kind: CodeKind::Temporary,
                issuer: agency(COUNTER),
            },
            Fact::FormIssued(form([0x5b; 32])),
            Fact::PageAttached(page(LIVE_PAGE)),
            Fact::PageAttached(page(REMOVED_PAGE)),
            Fact::PageRemoved {
                page: REMOVED_PAGE,
                reason: "Mờ".into(),
            },
            paid(8_000),
            hand_over_to("H99.3"),
        ],
    );
    apply(&before, &from("H99.3", hand_over_to(COUNTER))).unwrap()
}
