//! What a province sets, and what it may not.

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
