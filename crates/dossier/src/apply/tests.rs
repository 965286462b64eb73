//! The transition table of docs/adr/0001, held cell by cell, and the rules beside it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::ids::{DossierId, EventId};
use crate::samples::{
    COUNTER, DOSSIER, LIVE_PAGE, NEW_PAGE, OFFICE, REMOVED_PAGE, TEMPORARY, agency, code, event, form, lines, page,
    promise, registration, samples,
};

/// Rows: every fact. Columns: the state before: Received, reFused, Processing, Supplement asked,
/// Awaiting payment, Withdrawn, sTopped, resolveD. A letter is the state after, `-` WRONG_STATE,
/// `!` the refusal named at the end of the row.
const TABLE: &str = "
    registered            ! ! ! ! ! ! ! !  ALREADY_REGISTERED
    code_assigned         R F P S A W T D
    code_voided           R F P S A W T D
    form_issued           R F P S A W T D
    form_printed          R F P S A W T D
    corrected             R - - S - - - -
    components_compared   R F P S A W T D
    page_attached         R F P S A W T D
    page_removed          R F P S A W T D
    page_restored         R F P S A W T D
    page_moved            R F P S A W T D
    handed_over           R F P S A W T D
    hand_over_accepted    R F P S A W T D
    processing_started    P - - - - - - -
    supplement_requested  S - S ! - - - -  SUPPLEMENT_ASKED_ALREADY
    supplement_received   - - - R - - - -
    payment_required      A - A - - - - -
    payment_received      R F P S R W T D
    payment_waived        R F P S R W T D
    payment_refunded      R F P S A W T D
    promise_changed       R - P S A - - -
    extended              R - P S A - - -
    intake_refused        F - - - - - - -
    withdrawn             W - W W W - - -
    stopped               T - T T T - - -
    resolved              D - D - - - - -
    result_arrived        - - - - - - - D
    result_returned       - F - - - W T D
    papers_returned       R F P S A W T D
    note_added            R F P S A W T D
    linked                R F P S A W T D
    rated                 R F P S A W T D
    erased                R F P S A W T D
    device_enrolled       ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    epoch_opened          ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    officer_added         ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    officer_changed       ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    numbers_closed        ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    day_closed            ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    clock_confirmed       ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    seal_broken           ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    catalogue_approved    ! ! ! ! ! ! ! !  NOT_OF_A_DOSSIER
    made_in_2031          R F P S A W T D
    note_added            R F P S A W T D
";

const STATES: [(Business, &str); 8] = [
    (Business::Received, "R"),
    (Business::Refused, "F"),
    (Business::Processing, "P"),
    (Business::SupplementRequested, "S"),
    (Business::AwaitingPayment, "A"),
    (Business::Withdrawn, "W"),
    (Business::Stopped, "T"),
    (Business::Resolved, "D"),
];

fn letter(business: Business) -> &'static str {
    STATES.iter().find(|(state, _)| *state == business).unwrap().1
}

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
                kind: crate::fact::CodeKind::Temporary,
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

fn in_state(business: Business) -> Dossier {
    let kind = match business {
        Business::Received => return ready(),
        Business::Refused => "intake_refused",
        Business::Processing => "processing_started",
        Business::SupplementRequested => "supplement_requested",
        Business::AwaitingPayment => "payment_required",
        Business::Withdrawn => "withdrawn",
        Business::Stopped => "stopped",
        Business::Resolved => "resolved",
    };
    after(&ready(), [sample(kind)])
}

#[test]
fn every_fact_in_every_state_does_what_the_table_says() {
    let rows: Vec<Vec<&str>> = TABLE
        .lines()
        .map(|row| row.split_whitespace().collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    assert_eq!(rows.len(), samples().len(), "a row for every fact");
    for (row, fact) in rows.iter().zip(samples()) {
        assert_eq!(row[0], fact.kind(), "rows stand in the order of the list");
        for (place, (business, _)) in STATES.iter().enumerate() {
            let found = match apply(&in_state(*business), &at_counter(fact.clone())) {
                Ok(dossier) => letter(dossier.business),
                Err(Refused::WrongState) => "-",
                Err(other) => {
                    assert_eq!(row.get(9), Some(&other.code()), "{} in {business:?}", row[0]);
                    "!"
                }
            };
            assert_eq!(found, row[place + 1], "{} in {business:?}", row[0]);
        }
    }
}

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
        "device_enrolled",
        "epoch_opened",
        "officer_added",
        "officer_changed",
        "numbers_closed",
        "day_closed",
        "clock_confirmed",
        "seal_broken",
        "catalogue_approved",
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

#[test]
fn pages_end_at_the_limit_removed_ones_included() {
    let mut full = fresh();
    for number in 0..u128::try_from(MAX_PAGES).unwrap() {
        let removed = (number == 0).then(|| "Mờ".to_owned());
        full.pages.push(AttachedPage {
            facts: page(PageId::from_bytes((number << 64).to_be_bytes())),
            removed,
        });
    }
    assert_eq!(refusal(&full, sample("page_attached")), Refused::TooManyPages);
    full.pages.pop();
    assert_eq!(after(&full, [sample("page_attached")]).pages.len(), MAX_PAGES);
}

#[test]
fn pages_are_attached_moved_taken_out_and_brought_back() {
    let known = after(&fresh(), [sample("page_attached")]);
    assert_eq!(
        refusal(&known, sample("page_attached")),
        Refused::NoSuchPage,
        "the same page twice"
    );
    assert_eq!(
        refusal(
            &known,
            Fact::PageMoved {
                page: NEW_PAGE,
                component: 9
            }
        ),
        Refused::NoSuchComponent
    );
    assert_eq!(
        refusal(&known, Fact::PageRestored { page: NEW_PAGE }),
        Refused::NoSuchPage
    );
    let out = after(
        &known,
        [Fact::PageRemoved {
            page: NEW_PAGE,
            reason: "Mờ".into(),
        }],
    );
    assert_eq!(out.live_pages().count(), 0);
    assert_eq!(
        refusal(
            &out,
            Fact::PageMoved {
                page: NEW_PAGE,
                component: 2
            }
        ),
        Refused::NoSuchPage
    );
    assert_eq!(after(&out, [Fact::PageRestored { page: NEW_PAGE }]), known);
}

#[test]
fn a_checklist_never_loses_pages_from_sight() {
    let short = Fact::Corrected(Box::new(Correction {
        applicant: None,
        authorised: None,
        components: Some(lines().into_iter().skip(1).collect()),
        return_via: None,
        reason: "Không cần giấy chứng sinh".into(),
    }));
    let with_page = after(&fresh(), [sample("page_attached"), sample("components_compared")]);
    assert_eq!(refusal(&with_page, short.clone()), Refused::NoSuchComponent);
    let without = after(
        &with_page,
        [
            Fact::PageRemoved {
                page: NEW_PAGE,
                reason: "Thừa".into(),
            },
            short,
        ],
    );
    assert_eq!(
        (without.registration.components.len(), without.compared.as_slice()),
        (1, [2].as_slice())
    );
    assert_eq!(
        refusal(&without, Fact::PageRestored { page: NEW_PAGE }),
        Refused::NoSuchComponent
    );
    assert_eq!(
        without.registration.applicant,
        registration().applicant,
        "what is not named stays"
    );
}

#[test]
fn codes_are_given_once_and_void_for_ever() {
    let ready = ready();
    assert_eq!(ready.code().unwrap().code, code(TEMPORARY));
    let official = after(&ready, [sample("code_assigned")]);
    assert_eq!(
        official.code().unwrap().code,
        code(crate::samples::CODE),
        "official before temporary"
    );
    assert_eq!(refusal(&official, sample("code_assigned")), Refused::CodeTaken);
    let void = after(&official, [sample("code_voided")]);
    assert_eq!(refusal(&void, sample("code_voided")), Refused::NoSuchCode);
    assert_eq!(void.codes.len(), 2);
}

#[test]
fn prints_are_counted_and_need_a_form() {
    let printed = after(&ready(), [sample("form_printed"), sample("form_printed")]);
    assert_eq!(printed.receipt().unwrap().printed, 2);
    assert_eq!(refusal(&fresh(), sample("form_printed")), Refused::NoSuchForm);
}

#[test]
fn money_has_its_own_axis() {
    assert_eq!((fresh().money, fresh().charged), (Money::Due, Dong(8_000)));
    let part = after(&fresh(), [paid(3_000)]);
    assert_eq!((part.money, part.received), (Money::Due, Dong(3_000)));
    let whole = after(&part, [paid(5_000)]);
    assert_eq!(whole.money, Money::Paid);
    let more = after(&whole, [Fact::ProcessingStarted, asked(5_000)]);
    assert_eq!((more.money, more.business), (Money::Due, Business::AwaitingPayment));
    let settled = after(&more, [paid(5_000)]);
    assert_eq!((settled.money, settled.business), (Money::Paid, Business::Processing));
    assert_eq!(after(&settled, [refunded(1_000)]).money, Money::Due);
    for wrong in [0, -1, 13_001, i64::MIN, i64::MAX] {
        assert_eq!(refusal(&settled, refunded(wrong)), Refused::WrongAmount);
    }
    for wrong in [0, -1, Dong::LARGEST.0 + 1, i64::MAX] {
        assert_eq!(refusal(&settled, paid(wrong)), Refused::WrongAmount);
        assert_eq!(refusal(&settled, asked(wrong)), Refused::WrongAmount);
    }
}

#[test]
fn what_was_waived_or_given_back_at_the_end_is_not_owed_again() {
    let waived = after(&fresh(), [sample("payment_waived")]);
    assert_eq!(waived.money, Money::Waived);
    let later = after(&waived, [asked(5_000), paid(5_000)]);
    assert_eq!((later.money, later.business), (Money::Paid, Business::Received));
    let ended = after(&fresh(), [paid(8_000), sample("withdrawn")]);
    assert_eq!(after(&ended, [refunded(3_000)]).money, Money::Paid);
    assert_eq!(after(&ended, [refunded(8_000)]).money, Money::NothingDue);
    let part = after(&fresh(), [paid(3_000), sample("withdrawn"), refunded(3_000)]);
    assert_eq!((part.money, part.charged), (Money::NothingDue, Dong(0)));
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

/// Facts with few identities and odd amounts, so that they meet each other.
fn facts() -> impl Strategy<Value = Fact> {
    let pages = || (0u8..4).prop_map(|byte| PageId::from_bytes([byte; 16]));
    let component = 0u16..4;
    prop_oneof![
        4 => select(samples()),
        2 => (pages(), component.clone()).prop_map(|(id, component)| Fact::PageAttached(PageFacts { component, ..page(id) })),
        1 => pages().prop_map(|page| Fact::PageRemoved { page, reason: String::new() }),
        1 => pages().prop_map(|page| Fact::PageRestored { page }),
        1 => (pages(), component.clone()).prop_map(|(page, component)| Fact::PageMoved { page, component }),
        1 => (component, 0usize..3).prop_map(|(skip, take)| Fact::SupplementReceived {
            components: lines().into_iter().skip(skip.into()).take(take).collect(),
            promise: promise(24),
        }),
        1 => select(vec![COUNTER, OFFICE, "H99.3"]).prop_map(hand_over_to),
        1 => prop_oneof![0..10_000i64, any::<i64>()].prop_map(asked),
        2 => prop_oneof![0..10_000i64, any::<i64>()].prop_map(paid),
        1 => prop_oneof![0..10_000i64, any::<i64>()].prop_map(refunded),
        1 => any::<u8>().prop_map(|level| Fact::Rated { level, reason: None }),
    ]
}

/// Mostly events of the holder-to-be, of this dossier, with clocks that jump.
fn histories() -> impl Strategy<Value = Vec<Event>> {
    let places = prop_oneof![6 => Just(COUNTER), 3 => Just(OFFICE), 1 => Just("H99.3")];
    let one = (facts(), places, any::<i32>(), prop::bool::weighted(0.03));
    prop::collection::vec(one, 0..60).prop_map(|rest| {
        let rest = rest
            .into_iter()
            .enumerate()
            .map(|(number, (fact, place, clock, elsewhere))| Event {
                id: EventId::from_bytes(u128::try_from(number).unwrap().to_be_bytes()),
                dossier: (!elsewhere).then_some(DOSSIER),
                at: chrono::DateTime::from_timestamp(clock.into(), 0).unwrap(),
                ..from(place, fact)
            });
        std::iter::once(at_counter(Fact::Registered(Box::new(registration()))))
            .chain(rest)
            .collect()
    })
}

fn is_sound(dossier: &Dossier) {
    let waits = matches!(
        dossier.business,
        Business::SupplementRequested | Business::AwaitingPayment
    );
    assert_eq!(dossier.before_wait.is_some(), waits);
    assert!(dossier.received.0 >= 0);
    assert!(dossier.money != Money::Paid || dossier.received >= dossier.charged);
    assert!(dossier.pages.len() <= MAX_PAGES);
    assert!(
        dossier
            .live_pages()
            .all(|page| has_component(dossier, page.facts.component).is_ok())
    );
    assert!(dossier.compared.iter().all(|no| has_component(dossier, *no).is_ok()));
    let pages: BTreeMap<_, _> = dossier.pages.iter().map(|page| (page.facts.page, ())).collect();
    assert_eq!(pages.len(), dossier.pages.len(), "a page is there once");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_history_folds_to_a_sound_dossier_and_refused_events_change_nothing(history in histories()) {
        let (dossier, refused) = fold_events(&history).unwrap();
        is_sound(&dossier);
        let out: BTreeMap<EventId, Refused> = refused.iter().map(|(event, why)| (event.id, *why)).collect();
        let accepted: Vec<&Event> = history.iter().enumerate()
            .filter(|(place, event)| *place == 0 || !out.contains_key(&event.id)).map(|(_, event)| event).collect();
        prop_assert_eq!(fold_events(accepted).unwrap(), (dossier, vec![]));
    }

    #[test]
    fn clocks_and_officers_order_nothing(history in histories(), clock in any::<i32>()) {
        let mut other = history.clone();
        for event in &mut other {
            event.at = chrono::DateTime::from_timestamp(clock.into(), 0).unwrap();
            event.actor = None;
        }
        let (one, refused) = fold_events(&history).unwrap();
        let (two, also) = fold_events(&other).unwrap();
        prop_assert_eq!(one, two);
        prop_assert_eq!(refused.len(), also.len());
    }
}
