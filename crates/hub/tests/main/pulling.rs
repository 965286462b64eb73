//! Pulling: what others did to the dossiers of one's agency, in order, from any cursor.

use dossier::Fact;

use crate::events::{event, new_dossier, note, registered};
use crate::server::{AGENCY, TestHub};

#[test]
fn colleagues_see_each_other_and_not_themselves() {
    let server = TestHub::new();
    let (mut one, two) = (server.enrolled(1), server.enrolled(2));
    let dossier = new_dossier();
    one.write(&registered(AGENCY, AGENCY, dossier));
    (0..5).for_each(|n| one.write(&note(AGENCY, dossier, &n.to_string())));
    one.write(&event(AGENCY, Some(dossier), Fact::ResultArrived));
    one.push_all();
    let all = two.pull(0, 100);
    assert_eq!(
        all.events.iter().map(|it| it.record.seq).collect::<Vec<_>>(),
        (1..=7).collect::<Vec<_>>()
    );
    assert_eq!(
        all.events.iter().map(|it| it.record.clone()).collect::<Vec<_>>(),
        one.records
    );
    assert_eq!(all.events[6].refused.as_deref(), Some("WRONG_STATE"));
    assert!(!all.more);
    let (mut cursor, mut seen) = (0, Vec::new());
    loop {
        let part = two.pull(cursor, 2);
        seen.extend(part.events);
        cursor = part.next;
        if !part.more {
            break;
        }
    }
    assert_eq!(seen, all.events);
    assert_eq!(two.pull(all.next, 100).events, vec![]);
    let own = one.pull(0, 100);
    assert_eq!((own.events.len(), own.next), (0, all.next));
}

#[test]
fn an_agency_that_joins_later_is_told_from_the_beginning() {
    let server = TestHub::new();
    let other = server.second_agency();
    let (mut commune, mut upper) = (server.enrolled(1), server.enrolled_at(2, other));
    let (kept, handed) = (new_dossier(), new_dossier());
    for dossier in [kept, handed] {
        commune.write(&registered(AGENCY, AGENCY, dossier));
        commune.write(&note(AGENCY, dossier, "một"));
    }
    commune.push_all();
    assert_eq!(upper.pull(0, 100).events.len(), 0);
    let cursor = upper.pull(0, 100).next;
    commune.write(&event(
        AGENCY,
        Some(handed),
        Fact::HandedOver {
            to: other.parse().unwrap(),
            note: None,
        },
    ));
    commune.push_all();
    let told = upper.pull(cursor, 100);
    assert_eq!(
        told.events.iter().map(|it| it.number).collect::<Vec<_>>(),
        vec![3, 4, 5]
    );
    upper.write(&event(other, Some(handed), Fact::HandOverAccepted));
    assert!(upper.push_all().refused.is_empty());
    // The commune goes on seeing it: it received it.
    assert_eq!(commune.pull(0, 100).events.len(), 1);
}
