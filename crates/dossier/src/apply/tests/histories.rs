//! Any history at all, from any place, with clocks that jump.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

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
    let has_line = |no| dossier.registration.component(no).is_some();
    assert!(dossier.live_pages().all(|page| has_line(page.facts.component)));
    assert!(dossier.compared.iter().all(|no| has_line(*no)));
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
