//! Pages are put there, moved, taken out and brought back, up to the limit.

use super::*;

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
