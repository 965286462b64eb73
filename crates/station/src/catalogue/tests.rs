//! The starter catalogue is data nobody compiles: what must hold of it is held here. The amounts
//! are written out again, so that a slip in the file is seen.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use dossier::catalogue::PaperState;
use dossier::fees::{Per, When};
use dossier::text::clean;

use super::*;

fn starter_procedures() -> Vec<Procedure> {
    let catalogue: CatalogueFile = serde_json::from_str(STARTER).unwrap();
    let read = |file: &ProcedureFile| {
        file.sound()
            .unwrap_or_else(|wrong| panic!("{} {}: {}", file.code, wrong.field, wrong.why))
    };
    catalogue.procedures.iter().map(read).collect()
}

fn one(code: &str) -> Procedure {
    starter_procedures().into_iter().find(|it| it.code == code).unwrap()
}

/// What a case costs on the day of the samples, line by line; none where the council decides.
fn cost(code: &str, case: &str, online: bool, copies: u16, pages: u16, claimed: &[&str]) -> Vec<Option<i64>> {
    let claimed: Vec<String> = claimed.iter().map(|&id| id.to_owned()).collect();
    let asked = Asked {
        case,
        day: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        online,
        copies,
        pages,
        claimed: &claimed,
    };
    let lines = assess(&one(code).fees, &asked).unwrap();
    lines.iter().map(|line| line.amount.map(|amount| amount.0)).collect()
}

#[test]
fn what_was_stored_before_a_rule_of_this_program_can_still_be_read() {
    let catalogue: CatalogueFile = serde_json::from_str(STARTER).unwrap();
    let mut file = catalogue
        .procedures
        .into_iter()
        .find(|one| !one.fees.is_empty())
        .unwrap();
    file.fees[0].basis = String::new();
    file.cases[0].committed = Some(file::LimitFile::CalendarDays(999));
    file.cases[0].limit = file::LimitFile::CalendarDays(1);
    assert!(file.read().is_ok());
    assert!(file.sound().is_err());
}

#[test]
fn every_procedure_is_whole_and_waits_for_approval() {
    let all = starter_procedures();
    assert!(all.len() >= 60, "{} procedures", all.len());
    let codes: BTreeSet<_> = all.iter().map(|it| &it.code).collect();
    assert_eq!(codes.len(), all.len(), "a code stands twice");
    for it in &all {
        assert!(it.needs_approval && it.version == "2026-11", "{}", it.code);
        assert!(!it.basis.is_empty() && !it.cases.is_empty(), "{}", it.code);
        assert_eq!(
            it.decision.number.is_empty(),
            it.decision.authority.is_empty(),
            "{}",
            it.code
        );
        assert!(!it.results.is_empty(), "{} gives nothing", it.code);
        let nothing_collected = it
            .notes
            .iter()
            .any(|note| note.to_lowercase().contains("không thu giấy tờ"));
        assert_eq!(it.components.is_empty(), nothing_collected, "{}", it.code);
    }
}

#[test]
fn ids_are_unique_and_papers_are_counted() {
    for it in starter_procedures() {
        let mut ids = BTreeSet::new();
        for case in &it.cases {
            let alternatives: BTreeSet<_> = case.alternatives.iter().map(|one| &one.id).collect();
            assert_eq!(alternatives.len(), case.alternatives.len(), "{} {}", it.code, case.id);
        }
        assert!(
            it.cases.iter().all(|case| ids.insert(("case", &case.id))),
            "{}",
            it.code
        );
        assert!(it.fees.iter().all(|rule| ids.insert(("fee", &rule.id))), "{}", it.code);
        for component in &it.components {
            let (state, count) = component.usual;
            assert_eq!(
                count == 0,
                state == PaperState::NotApplicable,
                "{} {}",
                it.code,
                component.no
            );
        }
        for rule in &it.fees {
            let reductions: BTreeSet<_> = rule.reductions.iter().map(|one| &one.id).collect();
            assert_eq!(reductions.len(), rule.reductions.len(), "{}", it.code);
            assert!(
                !rule.basis.is_empty() && rule.reductions.iter().all(|one| !one.basis.is_empty()),
                "{}",
                it.code
            );
        }
    }
}

#[test]
fn every_word_is_clean() {
    let catalogue: Value = serde_json::from_str(STARTER).unwrap();
    let mut waiting = vec![&catalogue];
    while let Some(value) = waiting.pop() {
        match value {
            Value::String(text) => assert_eq!(&clean(text), text),
            Value::Array(all) => waiting.extend(all),
            Value::Object(fields) => waiting.extend(fields.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

#[test]
fn the_most_used_fields_come_first() {
    let mut fields: Vec<String> = starter_procedures().into_iter().map(|it| it.field).collect();
    fields.dedup();
    assert_eq!(fields[..3], ["Hộ tịch", "Chứng thực", "Đăng ký, quản lý cư trú"]);
    let distinct: BTreeSet<_> = fields.iter().take(3).collect();
    assert!(
        fields.iter().skip(3).all(|field| !distinct.contains(field)),
        "{fields:?}"
    );
}

#[test]
fn certified_copies_cost_by_page_up_to_200_000_a_copy() {
    for code in ["2.000815", "2.000942"] {
        let by_pages = [1, 2, 3, 10, 198, 199, 500].map(|pages| cost(code, "thong-thuong", false, 1, pages, &[])[0]);
        let dong = [2_000, 4_000, 5_000, 12_000, 200_000, 200_000, 200_000].map(Some);
        assert_eq!(by_pages, dong);
        assert_eq!(cost(code, "thong-thuong", false, 4, 3, &[]), [Some(20_000)]);
    }
}

#[test]
fn fixed_amounts_are_the_law_s() {
    let fixed = [
        ("2.000635", 8_000),
        ("2.002516", 8_000),
        ("2.000884", 10_000),
        ("2.000992", 10_000),
        ("2.001008", 10_000),
        ("2.001035", 50_000),
        ("2.000913", 30_000),
        ("2.001019", 50_000),
        ("2.001016", 50_000),
        ("2.001406", 50_000),
        ("2.001263", 400_000),
        // Half until 31/12/2026 (TT 64/2025/TT-BTC).
        ("1.014063", 25_000),
        ("1.014064", 35_000),
    ];
    for (code, dong) in fixed {
        assert_eq!(cost(code, "thong-thuong", false, 1, 1, &[]), [Some(dong)], "{code}");
    }
    assert_eq!(cost("2.000635", "thong-thuong", false, 3, 1, &[]), [Some(24_000)]);
    let free = [
        "1.001193", "1.000894", "1.004837", "2.000908", "1.010041", "1.014027", "1.011607", "2.000930",
    ];
    assert!(free.iter().all(|code| one(code).fees.is_empty()));
}

#[test]
fn residence_costs_less_online_and_nothing_for_the_exempt() {
    for (code, case, counter, online) in [
        ("1.004222", "thong-thuong", 20_000, 10_000),
        ("1.004194", "thong-thuong", 15_000, 7_000),
        ("1.004194", "danh-sach", 10_000, 5_000),
        ("1.002755", "thong-thuong", 15_000, 7_000),
        ("1.002755", "danh-sach", 10_000, 5_000),
        ("1.010038", "thong-thuong", 10_000, 5_000),
    ] {
        assert_eq!(cost(code, case, false, 1, 1, &[]), [Some(counter)], "{code} {case}");
        assert_eq!(cost(code, case, true, 1, 1, &[]), [Some(online)], "{code} {case}");
        for exempt in ["ho-ngheo", "khuyet-tat", "tre-em", "dien-khac"] {
            assert_eq!(cost(code, case, false, 1, 1, &[exempt]), [Some(0)], "{code} {exempt}");
        }
    }
    assert_eq!(cost("1.004194", "danh-sach", true, 12, 1, &[]), [Some(60_000)]);
}

#[test]
fn what_the_council_sets_is_left_open_but_the_exempt_pay_nothing() {
    assert_eq!(cost("1.000656", "thong-thuong", false, 1, 1, &[]), []);
    assert_eq!(cost("1.000656", "qua-han", false, 1, 1, &[]), [None]);
    assert_eq!(cost("1.000656", "qua-han", false, 1, 1, &["ho-ngheo"]), [Some(0)]);
    for code in ["1.004873", "1.004884", "1.001022", "1.001612", "1.013225", "1.012753"] {
        assert!(one(code).fees.iter().all(|rule| rule.per == Per::Unset), "{code}");
    }
}

#[test]
fn a_reduction_for_filing_online_stands_only_where_there_is_a_portal_price() {
    let with: Vec<String> = starter_procedures()
        .into_iter()
        .filter(|it| {
            it.fees
                .iter()
                .any(|rule| rule.reductions.iter().any(|one| one.when == When::Online))
        })
        .map(|it| it.code)
        .collect();
    assert_eq!(with, ["1.004222", "1.004194", "1.002755", "1.010038"]);
}

#[test]
fn known_limits_are_kept() {
    let alternative = |code: &str, id: &str| one(code).cases[0].promised(Some(id));
    assert_eq!(alternative("1.000894", "xac-minh"), Some(Limit::WorkingDays(5)));
    assert_eq!(alternative("1.004859", "xac-minh"), Some(Limit::WorkingDays(6)));
    assert_eq!(alternative("2.000815", "thoa-thuan"), Some(Limit::WorkingDays(2)));
    assert_eq!(alternative("1.003677", "phuc-tap"), Some(Limit::WorkingDays(2)));
    for (code, limit) in [
        ("1.001193", Limit::SameDay),
        ("1.004873", Limit::WorkingDays(3)),
        ("2.000908", Limit::WorkingDays(1)),
        ("1.004222", Limit::WorkingDays(7)),
        ("2.001159", Limit::Hours(1)),
        ("1.014027", Limit::WorkingDays(10)),
        ("1.001699", Limit::WorkingDays(25)),
        ("1.011607", Limit::CalendarDays(15)),
    ] {
        assert_eq!(one(code).cases[0].limit, limit, "{code}");
    }
    // A province's own promise is not everybody's.
    assert!(
        starter_procedures()
            .iter()
            .flat_map(|it| &it.cases)
            .all(|case| case.committed.is_none())
    );
}

#[test]
fn names_are_the_portal_s() {
    let shared = std::env::var_os("MOTCUA_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(shared.join("data/procedures-dvcqg-2026-07.ndjson")) else {
        println!("skipped: the portal's records are not here (set MOTCUA_SHARED)");
        return;
    };
    let field = |line: &Value, key: &str| clean(line[key].as_str().unwrap_or_default());
    let records = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let portal: BTreeMap<String, (String, String)> = records
        .map(|it| {
            (
                field(&it, "ma_thu_tuc"),
                (field(&it, "ten_thu_tuc"), field(&it, "linh_vuc")),
            )
        })
        .collect();
    let mut compared = 0;
    for it in starter_procedures() {
        let Some((name, field)) = portal.get(&it.code) else {
            continue;
        };
        // One record's name ends in a colon that belongs to the page, not to the name.
        assert_eq!(
            (it.name.as_str(), it.field.as_str()),
            (name.trim_end_matches(':'), field.as_str())
        );
        assert!(it.basis.contains("Cổng DVCQG 07/2026"), "{}", it.code);
        compared += 1;
    }
    assert!(compared >= 60, "{compared} compared");
}
