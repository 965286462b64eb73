//! The fee rules of the counters, with the amounts and dates of the law, and what no rule may do.
#![allow(clippy::arithmetic_side_effects)]

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::catalogue::Validity;
use crate::money::AmountOutOfRange;

fn certified_copies() -> FeeRule {
    let tier = |from, amount| Tier {
        from,
        amount: Dong(amount),
    };
    FeeRule {
        id: "ban-sao".to_owned(),
        name: "Chứng thực bản sao".to_owned(),
        basis: "Thông tư 226/2016/TT-BTC".to_owned(),
        per: Per::Page {
            tiers: vec![tier(1, 2_000), tier(3, 1_000)],
            cap: Some(Dong(200_000)),
        },
        cases: Vec::new(),
        validity: Validity::default(),
        reductions: Vec::new(),
    }
}

fn asked(pages: u16, copies: u16) -> Asked<'static> {
    Asked {
        case: "thong-thuong",
        day: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        online: false,
        copies,
        pages,
        claimed: &[],
    }
}

#[test]
fn certified_copies_cost_by_page_up_to_a_cap() {
    for (pages, copies, dong) in [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (10, 1, 12_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (500, 3, 600_000),
        (3, 4, 20_000),
    ] {
        let lines = assess(&[certified_copies()], &asked(pages, copies)).unwrap();
        assert_eq!(lines[0].amount, Some(Dong(dong)), "{pages} pages, {copies} copies");
    }
    let lines = assess(&[certified_copies()], &asked(3, 2)).unwrap();
    assert_eq!(lines[0].reason, "2 bản × (2 trang × 2.000 đ + 1 trang × 1.000 đ)");
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn between(from: (i32, u32, u32), to: (i32, u32, u32)) -> Validity {
    Validity {
        from: Some(day(from.0, from.1, from.2)),
        to: Some(day(to.0, to.1, to.2)),
    }
}

fn rule(id: &str, per: Per) -> FeeRule {
    FeeRule {
        id: id.to_owned(),
        name: "Lệ phí".to_owned(),
        basis: "Thông tư mẫu".to_owned(),
        per,
        ..certified_copies()
    }
}

fn reduction(id: &str, when: When, change: Change) -> Reduction {
    Reduction {
        id: id.to_owned(),
        name: format!("Giảm {id}"),
        basis: "Thông tư mẫu về giảm".to_owned(),
        when,
        change,
        validity: Validity::default(),
    }
}

/// TT 117/2026/TT-BTC: nothing to pay for holders of a level-2 account from 15/8/2026 to 28/2/2027.
fn vneid() -> Reduction {
    Reduction {
        basis: "Thông tư 117/2026/TT-BTC".to_owned(),
        validity: between((2026, 8, 15), (2027, 2, 28)),
        ..reduction("vneid", When::Claimed, Change::Free)
    }
}

fn paid(rules: &[FeeRule], asked: &Asked<'_>) -> Option<i64> {
    assess(rules, asked).unwrap()[0].amount.map(|amount| amount.0)
}

#[test]
fn residence_costs_half_through_the_portal() {
    let mut residence = rule("thuong-tru", Per::Case(Dong(20_000)));
    residence.reductions = vec![reduction("truc-tuyen", When::Online, Change::Amount(Dong(10_000)))];
    let counter = asked(1, 1);
    let online = Asked {
        online: true,
        ..counter
    };
    assert_eq!(paid(&[residence.clone()], &counter), Some(20_000));
    assert_eq!(paid(&[residence.clone()], &online), Some(10_000));
    let line = assess(&[residence.clone()], &online).unwrap().remove(0);
    assert_eq!(
        (line.reason.as_str(), line.basis.as_str()),
        ("Giảm truc-tuyen", "Thông tư mẫu về giảm")
    );
    residence.reductions[0].change = Change::Amount(Dong(30_000));
    assert_eq!(paid(&[residence], &online), Some(20_000), "a reduction never raises");
}

#[test]
fn an_exemption_ends_on_its_last_day() {
    let mut copy = rule("ban-sao", Per::Copy(Dong(8_000)));
    copy.reductions = vec![vneid()];
    let claimed = ["vneid".to_owned()];
    for (on, free) in [
        (day(2026, 8, 14), false),
        (day(2026, 8, 15), true),
        (day(2027, 2, 28), true),
        (day(2027, 3, 1), false),
    ] {
        let asked = Asked {
            day: on,
            claimed: &claimed,
            ..asked(1, 3)
        };
        assert_eq!(
            paid(std::slice::from_ref(&copy), &asked),
            Some(if free { 0 } else { 24_000 }),
            "{on}"
        );
        let offered: Vec<String> = claimable(std::slice::from_ref(&copy), &asked)
            .iter()
            .map(|it| it.id.clone())
            .collect();
        assert_eq!(
            offered,
            if free { vec!["vneid".to_owned()] } else { Vec::new() },
            "{on}"
        );
        let unclaimed = Asked { claimed: &[], ..asked };
        assert_eq!(paid(std::slice::from_ref(&copy), &unclaimed), Some(24_000));
    }
}

#[test]
fn a_rule_holds_for_its_cases_and_days_only() {
    let single = FeeRule {
        cases: vec!["thong-thuong".to_owned()],
        ..rule("le", Per::Case(Dong(15_000)))
    };
    let listed = FeeRule {
        cases: vec!["danh-sach".to_owned()],
        ..rule("danh-sach", Per::Case(Dong(10_000)))
    };
    let ended = FeeRule {
        validity: between((2024, 1, 1), (2026, 11, 22)),
        ..rule("cu", Per::Case(Dong(1_000)))
    };
    let lines = assess(&[single, listed, ended], &asked(1, 1)).unwrap();
    assert_eq!(lines.iter().map(|line| line.rule.as_str()).collect::<Vec<_>>(), ["le"]);
}

#[test]
fn the_best_of_several_reductions_counts_and_percents_round_down() {
    let mut copy = rule("ban-sao", Per::Copy(Dong(8_333)));
    copy.reductions = vec![
        reduction("nua", When::Claimed, Change::Percent(50)),
        reduction("truc-tuyen", When::Online, Change::Amount(Dong(5_000))),
    ];
    let claimed = ["nua".to_owned()];
    let both = Asked {
        online: true,
        claimed: &claimed,
        ..asked(1, 1)
    };
    assert_eq!(paid(&[copy.clone()], &both), Some(4_166));
    assert_eq!(paid(&[copy.clone()], &Asked { claimed: &[], ..both }), Some(5_000));
    assert_eq!(
        paid(
            &[copy],
            &Asked {
                copies: 3,
                claimed: &[],
                ..both
            }
        ),
        Some(15_000)
    );
    let mut pages = certified_copies();
    pages.reductions = vec![reduction("nghin", When::Online, Change::Amount(Dong(1_000)))];
    assert_eq!(
        paid(
            &[pages],
            &Asked {
                pages: 4,
                copies: 2,
                ..both
            }
        ),
        Some(8_000),
        "counted by page too"
    );
}

#[test]
fn amounts_no_counter_can_charge_are_refused() {
    for per in [
        Per::Case(Dong(-1)),
        Per::Copy(Dong(-8_000)),
        Per::Copy(Dong(i64::MAX)),
        Per::Page {
            tiers: vec![Tier {
                from: 1,
                amount: Dong(-1),
            }],
            cap: None,
        },
        Per::Page {
            tiers: vec![Tier {
                from: 1,
                amount: Dong(9),
            }],
            cap: Some(Dong(-1)),
        },
    ] {
        assert_eq!(assess(&[rule("sai", per)], &asked(3, 2)), Err(AmountOutOfRange));
    }
    let mut wrong = rule("sai", Per::Case(Dong(8_000)));
    wrong.reductions = vec![reduction("am", When::Online, Change::Amount(Dong(-1)))];
    assert_eq!(
        assess(
            &[wrong],
            &Asked {
                online: true,
                ..asked(1, 1)
            }
        ),
        Err(AmountOutOfRange)
    );
}

mod resolutions {
    use super::*;
    use crate::catalogue::{Decision, Procedure, Roles};

    fn rate(per: Per) -> Rate {
        Rate {
            procedure: "1.004222".to_owned(),
            rule: "thuong-tru".to_owned(),
            per,
            reductions: Vec::new(),
        }
    }

    fn resolution(number: &str, from: (i32, u32, u32), to: (i32, u32, u32), per: Per) -> Resolution {
        Resolution {
            number: number.to_owned(),
            basis: "Luật Phí và lệ phí".to_owned(),
            authority: "Hội đồng nhân dân tỉnh Mẫu".to_owned(),
            validity: between(from, to),
            amounts: vec![rate(per)],
        }
    }

    fn on(resolutions: &[Resolution], on: NaiveDate) -> Line {
        let rules = apply(&[rule("thuong-tru", Per::Unset)], "1.004222", resolutions, on);
        assess(&rules, &Asked { day: on, ..asked(1, 1) }).unwrap().remove(0)
    }

    #[test]
    fn an_amount_holds_from_the_day_of_its_resolution() {
        let first = resolution("12/2025/NQ-HĐND", (2026, 1, 1), (2027, 12, 31), Per::Case(Dong(20_000)));
        let second = resolution("30/2026/NQ-HĐND", (2027, 1, 1), (2027, 6, 30), Per::Case(Dong(25_000)));
        for (at, amount, basis) in [
            (day(2025, 12, 31), None, "Thông tư mẫu"),
            (day(2026, 1, 1), Some(20_000), "Nghị quyết 12/2025/NQ-HĐND"),
            (day(2027, 1, 1), Some(25_000), "Nghị quyết 30/2026/NQ-HĐND"),
            (day(2027, 7, 1), Some(20_000), "Nghị quyết 12/2025/NQ-HĐND"),
            (day(2028, 1, 1), None, "Thông tư mẫu"),
        ] {
            for order in [[first.clone(), second.clone()], [second.clone(), first.clone()]] {
                let line = on(&order, at);
                assert_eq!((line.amount, line.basis.as_str()), (amount.map(Dong), basis), "{at}");
            }
        }
    }

    #[test]
    fn the_province_reduces_and_never_overrides_the_law() {
        let mut free_online = resolution("7/2026/NQ-HĐND", (2026, 1, 1), (2026, 12, 31), Per::Unset);
        free_online.amounts[0].reductions = vec![reduction("tinh", When::Online, Change::Free)];
        let law = [rule("thuong-tru", Per::Case(Dong(20_000)))];
        let rules = apply(&law, "1.004222", &[free_online], asked(1, 1).day);
        assert_eq!(paid(&rules, &asked(1, 1)), Some(20_000));
        assert_eq!(
            paid(
                &rules,
                &Asked {
                    online: true,
                    ..asked(1, 1)
                }
            ),
            Some(0)
        );
        let dearer = resolution("8/2026/NQ-HĐND", (2026, 1, 1), (2026, 12, 31), Per::Case(Dong(90_000)));
        assert_eq!(
            apply(&law, "1.004222", std::slice::from_ref(&dearer), asked(1, 1).day),
            law.to_vec()
        );
        assert_eq!(apply(&law, "1.004194", &[dearer], asked(1, 1).day), law.to_vec());
    }

    fn catalogue(per: Per) -> Vec<Procedure> {
        vec![Procedure {
            code: "1.004222".to_owned(),
            name: "Đăng ký thường trú".to_owned(),
            field: "Cư trú".to_owned(),
            version: "1".to_owned(),
            decision: Decision::default(),
            basis: "Mẫu".to_owned(),
            validity: Validity::default(),
            needs_approval: false,
            cases: Vec::new(),
            components: Vec::new(),
            notes: Vec::new(),
            forms: Vec::new(),
            fees: vec![rule("thuong-tru", per)],
            results: Vec::new(),
            roles: Roles::default(),
        }]
    }

    #[test]
    fn a_resolution_that_does_not_fit_is_refused_with_its_line() {
        let open = catalogue(Per::Unset);
        let good = resolution("1", (2026, 1, 1), (2026, 12, 31), Per::Case(Dong(20_000)));
        assert_eq!(good.check(&open), Ok(()));
        assert_eq!(
            good.check(&catalogue(Per::Case(Dong(5)))),
            Err(Unfit::SetByLaw { at: 0 })
        );
        let with = |change: fn(&mut Resolution)| {
            let mut changed = good.clone();
            change(&mut changed);
            changed.check(&open)
        };
        assert_eq!(with(|it| it.amounts.clear()), Err(Unfit::Empty));
        assert_eq!(
            with(|it| it.amounts[0].procedure = "9.9".into()),
            Err(Unfit::UnknownProcedure { at: 0 })
        );
        assert_eq!(
            with(|it| it.amounts[0].rule = "khac".into()),
            Err(Unfit::UnknownRule { at: 0 })
        );
        assert_eq!(
            with(|it| it.amounts.push(rate(Per::Unset))),
            Err(Unfit::Twice { at: 1 })
        );
        assert_eq!(
            with(|it| it.amounts[0].per = Per::Copy(Dong(-1))),
            Err(Unfit::Amount { at: 0 })
        );
        let cheaper = |it: &mut Resolution| {
            it.amounts[0].reductions = vec![reduction("am", When::Online, Change::Amount(Dong(-1)))];
        };
        assert_eq!(with(cheaper), Err(Unfit::Amount { at: 0 }));
    }
}

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
