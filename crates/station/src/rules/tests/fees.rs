//! Resolutions of a provincial council over the rules of procedures.

use serde_json::json;

use super::*;

#[test]
fn a_provincial_resolution_lies_over_the_rules_the_law_leaves_open() {
    let desk = Desk::new();
    let mut data = desk.data();
    data["fees"] = json!([{"id": "le-phi", "name": "Lệ phí hộ tịch", "basis": "Luật Phí và lệ phí", "per": "unset"}]);
    desk.approve(RuleKind::Procedure, CODE, &data).unwrap();
    let resolution = json!({"number": "15/2026/NQ-HĐND", "authority": "HĐND tỉnh Mẫu", "valid_from": "2026-12-01",
        "amounts": [{"procedure": CODE, "rule": "le-phi", "per": {"case": 9000}},
            {"procedure": "9.999999", "rule": "khac", "per": {"case": 1000}}]});
    desk.approve(RuleKind::Fees, "15/2026/NQ-HĐND", &resolution).unwrap();
    let fee = |on: &str| {
        let found = desk
            .station
            .store
            .read(|db| crate::catalogue::procedure(db, CODE, day(on)))
            .unwrap();
        (found.fees[0].per.clone(), found.fees[0].basis.clone())
    };
    use dossier::fees::Per;
    assert_eq!(fee("2026-11-30").0, Per::Unset);
    let set = (
        Per::Case(dossier::money::Dong(9000)),
        "Nghị quyết 15/2026/NQ-HĐND".to_owned(),
    );
    assert_eq!(fee("2026-12-01"), set);
    let mut wrong = resolution;
    wrong["amounts"][0]["per"] = json!({"case": -1});
    let refused = desk.approve(RuleKind::Fees, "15/2026/NQ-HĐND", &wrong).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::RuleInvalid, Some("amounts[0].per"))
    );
}

#[test]
fn a_resolution_that_fits_nothing_is_refused_while_it_is_typed() {
    let desk = Desk::new();
    let data = json!({"number": "15/2026/NQ-HĐND", "authority": "HĐND tỉnh Mẫu",
        "amounts": [{"procedure": "9.999999", "rule": "khac", "per": {"case": 1000}}]});
    let request = json!({"kind": "fees", "key": "15/2026/NQ-HĐND", "data": data, "basis": "NQ 15/2026/NQ-HĐND"});
    assert_eq!(desk.refusal("rule-save", request), Code::RuleInvalid);
}
