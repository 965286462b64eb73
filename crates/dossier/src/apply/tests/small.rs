//! How a dossier begins, and the rules of one line.

use super::*;

#[test]
fn a_dossier_begins_once_and_with_its_registration() {
    let registered = at_counter(sample("registered"));
    assert_eq!(step(None, &registered).unwrap(), fresh());
    assert_eq!(
        step(None, &at_counter(Fact::ProcessingStarted)),
        Err(Refused::NotRegistered)
    );
    let nobody = Event {
        dossier: None,
        ..registered.clone()
    };
    assert_eq!(step(None, &nobody), Err(Refused::NotRegistered));
    assert_eq!(apply(&fresh(), &nobody), Err(Refused::OtherDossier));
    let other = Event {
        dossier: Some(DossierId::from_bytes([1; 16])),
        ..registered
    };
    assert_eq!(apply(&fresh(), &other), Err(Refused::OtherDossier));
    assert_eq!(fold_events([]), Err(Refused::NotRegistered));
}

#[test]
fn small_rules() {
    assert_eq!(
        refusal(&fresh(), Fact::Linked { parent: DOSSIER }),
        Refused::WrongState,
        "no group of itself"
    );
    for level in [0, 6, 255] {
        assert_eq!(
            refusal(&fresh(), Fact::Rated { level, reason: None }),
            Refused::WrongState
        );
    }
    assert_eq!(
        refusal(&fresh(), Fact::PapersReturned { components: vec![9] }),
        Refused::NoSuchComponent
    );
    assert_eq!(
        refusal(&fresh(), Fact::ComponentsCompared { components: vec![1, 9] }),
        Refused::NoSuchComponent
    );
    assert_eq!(after(&fresh(), [sample("erased"), sample("erased")]).erased.len(), 1);
}
