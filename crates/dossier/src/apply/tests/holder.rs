//! Who may change a dossier, and where its papers lie when it moves.

use super::*;

#[test]
fn only_the_holder_changes_what_belongs_to_the_holder() {
    const ANYONE: &[&str] = &[
        "registered",
        "code_assigned",
        "code_voided",
        "form_issued",
        "form_printed",
        "payment_received",
        "payment_waived",
        "payment_refunded",
        "result_arrived",
        "result_returned",
        "papers_returned",
        "note_added",
        "linked",
        "rated",
        "erased",
        "dispute_settled",
        "device_enrolled",
        "epoch_opened",
        "officer_added",
        "officer_changed",
        "numbers_closed",
        "day_closed",
        "clock_confirmed",
        "seal_broken",
        "catalogue_approved",
        "cash_closed",
        "made_in_2031",
    ];
    for fact in samples() {
        let refused = apply(&ready(), &from(OFFICE, fact.clone())) == Err(Refused::NotHolder);
        assert_eq!(refused, !ANYONE.contains(&fact.kind()), "{}", fact.kind());
    }
}

#[test]
fn a_hand_over_moves_the_right_to_change() {
    let moved = after(&fresh(), [hand_over_to(OFFICE)]);
    assert_eq!(
        (moved.holder.as_str(), moved.in_transit, moved.paper),
        (OFFICE, true, Paper::HandedOver)
    );
    assert_eq!(refusal(&moved, Fact::ProcessingStarted), Refused::NotHolder);
    let accepted = apply(&moved, &from(OFFICE, Fact::HandOverAccepted)).unwrap();
    assert!(!accepted.in_transit);
    assert_eq!(
        apply(&accepted, &from(OFFICE, Fact::HandOverAccepted)),
        Err(Refused::WrongState)
    );
    assert_eq!(
        apply(&accepted, &from(OFFICE, hand_over_to(OFFICE))),
        Err(Refused::WrongState)
    );
    let home = apply(&accepted, &from(OFFICE, hand_over_to(COUNTER))).unwrap();
    assert_eq!((home.holder.as_str(), home.paper), (COUNTER, Paper::AtCounter));
}

#[test]
fn a_result_at_the_counter_stays_there_when_the_dossier_comes_home() {
    let moved = after(&fresh(), [hand_over_to(OFFICE)]);
    let resolved = apply(&moved, &from(OFFICE, sample("resolved"))).unwrap();
    let waiting = after(&resolved, [Fact::ResultArrived]);
    let home = apply(&waiting, &from(OFFICE, hand_over_to(COUNTER))).unwrap();
    assert_eq!(home.paper, Paper::ResultWaiting);
    let returned = after(&home, [sample("result_returned")]);
    assert_eq!(returned.paper, Paper::Returned);
    assert_eq!(refusal(&returned, sample("result_returned")), Refused::WrongState);
    assert_eq!(refusal(&returned, Fact::ResultArrived), Refused::WrongState);
    assert_eq!(refusal(&returned, hand_over_to(OFFICE)), Refused::WrongState);
}
