//! What must hold between the fields of a procedure before anybody works by it.

use dossier::catalogue::{Case, Procedure};
use dossier::deadline::Limit;
use dossier::fees::FeeRule;

use super::{Wrong, wrong};

/// Hours of a working day (design: 8, as the calendar's office hours add up).
const HOURS_A_DAY: u32 = 8;

/// What holds between fields.
///
/// # Errors
/// The first field that cannot be right, and why.
pub fn check(it: &Procedure) -> Result<(), Wrong> {
    if !crate::catalogue::import::is_code(&it.code) {
        return Err(wrong("code", "Mã thủ tục phải có dạng 1.234567. Xin xem lại mã."));
    }
    for (field, text) in [
        ("name", &it.name),
        ("field", &it.field),
        ("version", &it.version),
        ("basis", &it.basis),
    ] {
        said(field, text)?;
    }
    cases(it)?;
    components(it)?;
    it.fees
        .iter()
        .enumerate()
        .try_for_each(|(at, rule)| fee(it, &format!("fees[{at}]"), rule))
}

fn said(field: &str, text: &str) -> Result<(), Wrong> {
    if text.trim().is_empty() {
        return Err(wrong(field, "Mục này không được để trống. Xin điền vào."));
    }
    Ok(())
}

fn cases(it: &Procedure) -> Result<(), Wrong> {
    if it.cases.is_empty() {
        let why = "Thủ tục phải có ít nhất một trường hợp với thời hạn. Xin thêm vào.";
        return Err(wrong("cases", why));
    }
    for (at, case) in it.cases.iter().enumerate() {
        if it.cases.iter().take(at).any(|before| before.id == case.id) {
            let why = "Hai trường hợp trùng mã. Xin đặt mã khác.";
            return Err(wrong(format!("cases[{at}].id"), why));
        }
        if is_longer(case) {
            let why = "Thời hạn cam kết dài hơn quy định của pháp luật. Xin nhập thời hạn ngắn hơn, hoặc để trống.";
            return Err(wrong(format!("cases[{at}].committed"), why));
        }
    }
    Ok(())
}

/// Whether an agency committed to more time than the law gives. Calendar days against working days
/// cannot be told without a date: the promise of the day then keeps to the law.
fn is_longer(case: &Case) -> bool {
    let hours = |days: u16| u32::from(days).saturating_mul(HOURS_A_DAY);
    match (case.committed, case.limit) {
        (None | Some(Limit::SameDay), _) => false,
        (Some(Limit::WorkingDays(own)), Limit::WorkingDays(law))
        | (Some(Limit::CalendarDays(own)), Limit::CalendarDays(law))
        | (Some(Limit::Hours(own)), Limit::Hours(law)) => own > law,
        (Some(Limit::Hours(own)), Limit::WorkingDays(law)) => u32::from(own) > hours(law),
        (Some(Limit::WorkingDays(own)), Limit::Hours(law)) => hours(own) > u32::from(law),
        (Some(_), Limit::SameDay) => true,
        (Some(Limit::CalendarDays(_)), Limit::WorkingDays(_) | Limit::Hours(_))
        | (Some(Limit::WorkingDays(_) | Limit::Hours(_)), Limit::CalendarDays(_)) => false,
    }
}

fn components(it: &Procedure) -> Result<(), Wrong> {
    for (at, (component, no)) in it.components.iter().zip(1_u16..).enumerate() {
        if component.no != no {
            let why = "Giấy tờ phải đánh số liên tục từ 1. Xin đánh số lại.";
            return Err(wrong(format!("components[{at}].no"), why));
        }
        if component.cases.iter().any(|id| it.case(Some(id)).is_none()) {
            let why = "Giấy tờ thuộc một trường hợp không có. Xin chọn lại.";
            return Err(wrong(format!("components[{at}].cases"), why));
        }
    }
    Ok(())
}

fn fee(it: &Procedure, at: &str, rule: &FeeRule) -> Result<(), Wrong> {
    said(&format!("{at}.name"), &rule.name)?;
    // Money is taken only by a rule that can be shown to who pays.
    said(&format!("{at}.basis"), &rule.basis)?;
    if rule.cases.iter().any(|id| it.case(Some(id)).is_none()) {
        let why = "Mức thu thuộc một trường hợp không có. Xin chọn lại.";
        return Err(wrong(format!("{at}.cases"), why));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use dossier::deadline::Waiting;

    use super::*;

    fn case(limit: Limit, committed: Limit) -> Case {
        Case {
            id: "a".to_owned(),
            name: "Thông thường".to_owned(),
            limit,
            committed: Some(committed),
            alternatives: Vec::new(),
            waiting: Waiting::default(),
        }
    }

    #[test]
    fn a_commitment_is_never_longer_than_the_law() {
        use Limit::{CalendarDays, Hours, SameDay, WorkingDays};
        for (law, own, longer) in [
            (WorkingDays(3), WorkingDays(3), false),
            (WorkingDays(3), WorkingDays(4), true),
            (CalendarDays(10), CalendarDays(11), true),
            (Hours(8), Hours(9), true),
            (WorkingDays(1), Hours(8), false),
            (WorkingDays(1), Hours(9), true),
            (Hours(8), WorkingDays(2), true),
            (SameDay, Hours(1), true),
            (WorkingDays(5), SameDay, false),
            (WorkingDays(5), CalendarDays(9), false),
            (CalendarDays(9), WorkingDays(9), false),
        ] {
            assert_eq!(is_longer(&case(law, own)), longer, "{own} within {law}");
        }
    }
}
