//! The sentences of the explanation.

use super::*;
use crate::calendar::LocalCalendar;

#[test]
fn the_trace_is_vietnamese_and_names_its_basis() {
    assert_eq!(
        trace("2026-11-19 09:42", Limit::WorkingDays(3)),
        [
            "Nhận 09:42 Thứ Năm 19/11/2026; ngày nhận không tính.",
            "Trừ thứ Bảy 21, Chủ nhật 22/11.",
            "Trừ 24/11: Ngày Văn hóa Việt Nam.",
            "Đủ 3 ngày làm việc; hẹn trả 17:00 Thứ Tư 25/11/2026.",
        ]
    );
    let steps = count("2026-11-19 09:42", Limit::WorkingDays(3)).trace;
    assert_eq!(
        steps[2].to_string(),
        "Trừ 24/11: Ngày Văn hóa Việt Nam (Nghị quyết 28/2026/QH16)."
    );
    assert!(steps[0].to_string().ends_with("(Bộ luật Dân sự 2015 Điều 147)."));
}

#[test]
fn runs_of_days_off_make_one_sentence() {
    assert_eq!(
        trace("2027-01-22 18:00", Limit::CalendarDays(12))[1..],
        [
            "Lúc nhận đã hết giờ làm việc 17:00; coi như nhận 07:00 Thứ Hai 25/01/2027",
            "Ngày thứ 12 là 06/02, ngày nghỉ (Tết Nguyên đán): chuyển sang ngày làm việc kế tiếp",
            "Trừ 07–08/02: Tết Nguyên đán",
            "Trừ 09–10/02: Nghỉ bù Tết Nguyên đán",
            "Đủ 12 ngày; hẹn trả 17:00 Thứ Năm 11/02/2027",
        ]
        .map(|text| format!("{text}."))
    );
    let years_end = trace("2026-12-30 09:00", Limit::WorkingDays(3));
    assert!(years_end.contains(&"Trừ 01/01/2027: Tết Dương lịch.".to_owned()));
    let months_end = trace("2026-10-29 09:00", Limit::WorkingDays(3));
    assert!(months_end.contains(&"Trừ thứ Bảy 31/10, Chủ nhật 01/11.".to_owned()));
    let provisional = trace("2027-04-29 09:00", Limit::WorkingDays(5));
    assert!(
        provisional
            .iter()
            .any(|text| text.contains("chưa có thông báo chính thức"))
    );
}

#[test]
fn swapped_days_and_cut_offs_are_explained() {
    assert_eq!(
        trace("2026-08-21 09:00", Limit::WorkingDays(1))[1],
        "Tính thứ Bảy 22/08: Làm bù cho ngày 31/08/2026."
    );
    assert_eq!(
        trace("2026-11-23 15:10", Limit::SameDay),
        [
            "Nhận 15:10 Thứ Hai 23/11/2026.",
            "Nhận 15:10, sau 15:00: việc trong ngày chuyển sang ngày làm việc kế tiếp.",
            "Trừ 24/11: Ngày Văn hóa Việt Nam.",
            "Hẹn trả 17:00 Thứ Tư 25/11/2026.",
        ]
    );
    assert_eq!(
        trace("2026-11-19 12:00", Limit::Hours(1)),
        [
            "Nhận 12:00 Thứ Năm 19/11/2026; giờ làm việc tính từ 13:30 Thứ Năm 19/11/2026.",
            "Đủ 1 giờ làm việc; hẹn trả 14:30 Thứ Năm 19/11/2026.",
        ]
    );
}

#[test]
fn the_basis_of_the_weekend_is_said_once() {
    let steps = count("2026-10-01 09:00", Limit::WorkingDays(20)).trace;
    let weekends: Vec<_> = steps.iter().filter(|step| step.rule == Rule::Weekend).collect();
    let with_basis = weekends.iter().filter(|step| step.basis().is_some()).count();
    assert_eq!((weekends.len(), with_basis), (4, 1));
}

#[test]
fn reception_days_closures_and_provisional_years_are_told() {
    let local = "version | 1\nday | 2026-11-25 | closure | official | Bão | Thông báo 1/TB-UBND\n\
        reception | saturday | 07:30-11:00 | Quyết định 2/QĐ-UBND\n";
    let calendar = calendar().merge(&LocalCalendar::parse(local).unwrap());
    let said = |received, limit| -> Vec<String> {
        let due = due(at(received), &limit, &calendar).unwrap();
        due.trace.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        said("2026-11-21 09:00", Limit::WorkingDays(2))[1..],
        [
            "Nhận trong buổi tiếp nhận 07:30–11:00 Thứ Bảy, không phải ngày làm việc; coi như nhận 07:00 Thứ Hai \
             23/11/2026 (Quyết định 2/QĐ-UBND).",
            "Trừ 24/11: Ngày Văn hóa Việt Nam (Nghị quyết 28/2026/QH16).",
            "Trừ 25/11: Bão (Thông báo 1/TB-UBND).",
            "Đủ 2 ngày làm việc; hẹn trả 17:00 Thứ Sáu 27/11/2026.",
        ]
    );
    let closed = said("2026-11-21 12:00", Limit::WorkingDays(2));
    assert!(closed[1].starts_with("Lúc nhận là ngày nghỉ hằng tuần;"), "{closed:?}");
    let text = Calendar::embedded_text().replace("years   | 2025 | 2027", "years | 2025 | 2028")
        + "\nprovisional | 2028 | dự tính theo Điều 112\nday | 2028-01-03 | holiday | provisional | Nghỉ bù | Điều 112\n";
    let provisional = Calendar::parse(&text).unwrap();
    let due = due(at("2027-12-30 09:00"), &Limit::WorkingDays(3), &provisional).unwrap();
    assert_eq!(due.due, at("2028-01-05 17:00"));
    assert!(due.trace.iter().any(|step| step.to_string()
        == "Lịch nghỉ năm 2028 là dự kiến, chưa có thông báo chính thức (dự tính theo Điều 112)."));
}

#[test]
fn every_sentence_of_a_count_has_its_basis() {
    for (received, limit) in [
        ("2026-11-19 09:42", Limit::WorkingDays(3)),
        ("2026-11-21 12:00", Limit::CalendarDays(6)),
        ("2026-11-20 15:30", Limit::SameDay),
        ("2026-11-20 18:30", Limit::Hours(9)),
    ] {
        for step in count(received, limit).trace {
            let plain = step.rule == Rule::Due || (step.rule == Rule::Received && limit == Limit::SameDay);
            assert_eq!(step.basis().is_none(), plain, "{step}");
        }
    }
}
