//! What holds for any rules: nothing below nothing, a reduction only lowers, a cap caps.

use super::*;

fn amounts() -> impl Strategy<Value = Dong> {
    (0..=10_000_000_i64).prop_map(Dong)
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0..1_500_u64).prop_map(|after| day(2025, 1, 1) + chrono::Days::new(after))
}

fn validities() -> impl Strategy<Value = Validity> {
    (prop::option::of(days()), prop::option::of(days())).prop_map(|(from, to)| Validity { from, to })
}

fn pers() -> impl Strategy<Value = Per> {
    let tiers = prop::collection::vec(amounts(), 1..4).prop_map(|all| {
        let at = (1_u16..).step_by(2).zip(all);
        at.map(|(from, amount)| Tier { from, amount }).collect()
    });
    prop_oneof![
        amounts().prop_map(Per::Case),
        amounts().prop_map(Per::Copy),
        (tiers, prop::option::of(amounts())).prop_map(|(tiers, cap)| Per::Page { tiers, cap }),
        Just(Per::Unset),
    ]
}

fn reductions() -> impl Strategy<Value = Reduction> {
    let change = prop_oneof![
        Just(Change::Free),
        (1_u8..=100).prop_map(Change::Percent),
        amounts().prop_map(Change::Amount),
    ];
    (any::<bool>(), change, validities()).prop_map(|(online, change, validity)| Reduction {
        validity,
        ..reduction("giam", if online { When::Online } else { When::Claimed }, change)
    })
}

fn rules() -> impl Strategy<Value = FeeRule> {
    (pers(), validities(), prop::collection::vec(reductions(), 0..3)).prop_map(|(per, validity, reductions)| FeeRule {
        validity,
        reductions,
        ..rule("khoan", per)
    })
}

proptest! {
    #[test]
    fn reductions_only_lower_and_nothing_is_negative(
        rule in rules(), day in days(), copies in 1_u16..50, pages in 1_u16..500, online: bool, claims: bool,
    ) {
        let claimed = if claims { vec!["giam".to_owned()] } else { Vec::new() };
        let asked = Asked { case: "x", day, online, copies, pages, claimed: &claimed };
        let full = FeeRule { reductions: Vec::new(), ..rule.clone() };
        let (full, less) = (assess(&[full], &asked).unwrap(), assess(std::slice::from_ref(&rule), &asked).unwrap());
        prop_assert_eq!(full.is_empty(), !rule.validity.holds(day));
        prop_assert_eq!(full.len(), less.len());
        for (full, less) in full.iter().zip(&less) {
            prop_assert!(less.amount.is_none_or(|amount| amount.0 >= 0));
            if let Some(full) = full.amount {
                prop_assert!(less.amount.is_some_and(|less| less <= full));
            }
            prop_assert!(!less.reason.is_empty() && !less.basis.is_empty());
        }
        prop_assert_eq!(total(&less).unwrap().0, less.iter().filter_map(|line| line.amount).map(|it| it.0).sum::<i64>());
    }

    /// The certified copy counted page by page, apart from the tiers' arithmetic.
    #[test]
    fn pages_are_counted_one_by_one_up_to_the_cap(pages in 1_u16..2_000, copies in 1_u16..100) {
        let by_hand: i64 = (1..=pages).map(|page| if page <= 2 { 2_000 } else { 1_000 }).sum();
        let expected = by_hand.min(200_000) * i64::from(copies);
        prop_assert_eq!(paid(&[certified_copies()], &asked(pages, copies)), Some(expected));
        prop_assert!(expected <= 200_000 * i64::from(copies));
    }

    #[test]
    fn outside_its_days_a_reduction_changes_nothing(mut rule in rules(), day in days(), online: bool) {
        for reduction in &mut rule.reductions {
            reduction.validity = Validity { from: day.succ_opt(), to: None };
        }
        let claimed = ["giam".to_owned()];
        let asked = Asked { case: "x", day, online, copies: 2, pages: 3, claimed: &claimed };
        let full = FeeRule { reductions: Vec::new(), ..rule.clone() };
        prop_assert_eq!(assess(&[rule], &asked), assess(&[full], &asked));
    }
}
