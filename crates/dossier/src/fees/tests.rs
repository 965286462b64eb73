//! The fee rules of the counters, with the amounts and dates of the law.
#![allow(clippy::arithmetic_side_effects)]

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::catalogue::Validity;
use crate::money::AmountOutOfRange;

mod properties;
mod resolutions;

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
