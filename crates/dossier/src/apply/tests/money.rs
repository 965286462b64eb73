//! What is owed, paid, waived and given back.

use super::*;

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
