//! A checklist that is replaced or compared.

use super::*;

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
