//! Waiting for a supplement or a payment, and the promise that moves with it.

use super::*;

#[test]
fn one_supplement_and_it_returns_to_the_work_it_stopped() {
    for (before, resumed) in [
        (vec![], Business::Received),
        (vec![Fact::ProcessingStarted], Business::Processing),
    ] {
        let asked = after(&after(&fresh(), before), [sample("supplement_requested")]);
        let came = after(&asked, [sample("supplement_received")]);
        assert_eq!((came.business, came.before_wait), (resumed, None));
        assert_eq!(came.registration.promise, promise(24));
        assert_eq!(
            came.first_due_at,
            promise(23).due_at,
            "statistics count against the first promise"
        );
        assert_eq!(
            refusal(&came, sample("supplement_requested")),
            Refused::SupplementAskedAlready
        );
    }
}

#[test]
fn one_extension_and_other_promises_besides() {
    let extended = after(&fresh(), [sample("extended")]);
    assert_eq!(
        (extended.extended, &extended.registration.promise),
        (true, &promise(30))
    );
    assert_eq!(refusal(&extended, sample("extended")), Refused::ExtendedAlready);
    let changed = after(&extended, [sample("promise_changed")]);
    assert_eq!(changed.registration.promise, promise(25));
    assert_eq!(changed.first_due_at, promise(23).due_at);
}

#[test]
fn a_dossier_that_ends_while_waiting_waits_for_nothing() {
    for end in ["withdrawn", "stopped"] {
        let ended = after(&fresh(), [asked(5_000), sample(end)]);
        assert_eq!(ended.before_wait, None);
        let settled = after(&ended, [paid(13_000)]);
        assert_eq!((settled.business, settled.money), (ended.business, Money::Paid));
    }
}
