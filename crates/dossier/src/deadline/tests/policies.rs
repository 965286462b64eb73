//! Waiting, both limits, groups, extension, hand-over, and a newer calendar.

use super::*;
use crate::catalogue::{Alternative, Case};

fn wait(from: &str, to: &str, reason: WaitReason) -> Wait {
    Wait::new(at(from), at(to), reason).unwrap()
}

fn row() -> (Original, Wait) {
    let original = Original {
        received: at("2026-11-02 09:00"),
        limit: Limit::WorkingDays(10),
        due: at("2026-11-16 17:00"),
    };
    let asked = wait("2026-11-05 10:00", "2026-11-16 09:00", WaitReason::Supplement);
    (original, asked)
}

fn after(policy: Waiting, original: &Original, waits: &[Wait]) -> Due {
    after_waiting(policy, original, waits, calendar()).unwrap()
}

fn said(due: &Due) -> Vec<String> {
    due.trace.iter().map(ToString::to_string).collect()
}

#[test]
fn rows_12_and_13_of_the_domain_reference() {
    let (original, asked) = row();
    assert_eq!(count("2026-11-02 09:00", original.limit).due, original.due);
    for (policy, expected) in [
        (Waiting::Restart, "2026-12-01 17:00"),
        (Waiting::PauseShift, "2026-11-26 17:00"),
        (Waiting::Keep, "2026-11-16 17:00"),
    ] {
        assert_eq!(after(policy, &original, &[asked]).due, at(expected), "{policy:?}");
    }
}

#[test]
fn waiting_explains_itself() {
    let (original, asked) = row();
    assert_eq!(
        said(&after(Waiting::PauseShift, &original, &[asked])),
        [
            "Hẹn trước đó 17:00 Thứ Hai 16/11/2026: nhận 09:00 Thứ Hai 02/11/2026, thời hạn 10 ngày làm việc.",
            "Tạm dừng từ 10:00 Thứ Năm 05/11/2026 đến 09:00 Thứ Hai 16/11/2026, chờ bổ sung hồ sơ: 7 ngày làm việc \
             không tính (quy định tạm dừng ghi trong danh mục thủ tục).",
            "Trừ thứ Bảy 21, Chủ nhật 22/11 (Quyết định 188/1999/QĐ-TTg (tuần làm việc 40 giờ)).",
            "Trừ 24/11: Ngày Văn hóa Việt Nam (Nghị quyết 28/2026/QH16).",
            "Hẹn mới 17:00 Thứ Năm 26/11/2026.",
        ]
    );
    let restarted = said(&after(Waiting::Restart, &original, &[asked]));
    assert_eq!(
        restarted[1],
        "Nhận đủ bổ sung 09:00 Thứ Hai 16/11/2026: tính lại từ đầu 10 ngày làm việc (Nghị định 118/2025/NĐ-CP, thay \
         Nghị định 61/2018/NĐ-CP Điều 19 khoản 4)."
    );
    assert_eq!(
        strip(&after(Waiting::PauseShift, &original, &[asked])),
        "S123-----------4567--8-9D"
    );
    assert_eq!(strip(&after(Waiting::Keep, &original, &[asked])), "S1234--56789--D");
}

#[test]
fn only_a_supplement_restarts() {
    let (original, asked) = row();
    let paid = wait("2026-11-18 08:00", "2026-11-20 08:00", WaitReason::FinancialDuty);
    let alone = after(Waiting::Restart, &original, &[paid]).due;
    assert_eq!(alone, after(Waiting::PauseShift, &original, &[paid]).due);
    assert_eq!(alone, at("2026-11-18 17:00"));
    let both = after(Waiting::Restart, &original, &[asked, paid]).due;
    assert_eq!(both, at("2026-12-03 17:00"));
}

#[test]
fn time_is_lost_once_and_only_within_the_count() {
    let (original, asked) = row();
    let within = wait("2026-11-06 08:00", "2026-11-10 08:00", WaitReason::FinancialDuty);
    for waits in [[asked, within], [within, asked]] {
        assert_eq!(
            after(Waiting::PauseShift, &original, &waits).due,
            at("2026-11-26 17:00")
        );
    }
    for (from, to, expected) in [
        ("2026-11-05 08:00", "2026-11-05 16:00", "2026-11-16 17:00"),
        ("2026-11-06 08:00", "2026-11-07 16:00", "2026-11-17 17:00"),
        ("2026-11-01 08:00", "2026-11-02 16:00", "2026-11-16 17:00"),
        ("2026-11-18 08:00", "2026-11-19 08:00", "2026-11-17 17:00"),
    ] {
        let wait = wait(from, to, WaitReason::Supplement);
        assert_eq!(
            after(Waiting::PauseShift, &original, &[wait]).due,
            at(expected),
            "{from}"
        );
    }
    assert_eq!(after(Waiting::PauseShift, &original, &[]).due, original.due);
    let backwards = Wait::new(at("2026-11-05 08:00"), at("2026-11-05 07:59"), WaitReason::Supplement);
    assert_eq!(backwards, Err(WaitBackwards));
}

#[test]
fn other_units_lose_their_own_time() {
    let shift = |received: &str, limit, from: &str, to: &str| {
        let received = at(received);
        let due = due(received, &limit, calendar()).unwrap().due;
        let original = Original { received, limit, due };
        after(
            Waiting::PauseShift,
            &original,
            &[wait(from, to, WaitReason::Supplement)],
        )
        .due
    };
    // Due Wednesday 17:00; 10:00 to 14:30 are two and a half hours of work.
    let hours = shift(
        "2026-11-17 07:00",
        Limit::Hours(16),
        "2026-11-17 10:00",
        "2026-11-17 14:30",
    );
    assert_eq!(hours, at("2026-11-19 09:30"));
    // Due Sunday 15/11, so Monday; ten calendar days later is a Thursday.
    let calendar_days = shift(
        "2026-11-05 09:00",
        Limit::CalendarDays(10),
        "2026-11-06 09:00",
        "2026-11-16 09:00",
    );
    assert_eq!(calendar_days, at("2026-11-26 17:00"));
    let same_day = shift(
        "2026-11-19 09:00",
        Limit::SameDay,
        "2026-11-19 10:00",
        "2026-11-20 15:30",
    );
    assert_eq!(same_day, at("2026-11-23 17:00"));
    let at_once = shift(
        "2026-11-19 09:00",
        Limit::SameDay,
        "2026-11-19 10:00",
        "2026-11-19 14:30",
    );
    assert_eq!(at_once, at("2026-11-19 17:00"));
}

#[test]
fn an_extended_promise_is_moved_and_not_recounted() {
    let (mut original, asked) = row();
    original.due = at("2026-11-20 17:00");
    assert_eq!(
        after(Waiting::PauseShift, &original, &[asked]).due,
        at("2026-12-02 17:00")
    );
}

fn case(limit: Limit, committed: Option<Limit>) -> Case {
    let verified = Alternative {
        id: "verify".into(),
        name: "cần xác minh".into(),
        limit: Limit::WorkingDays(5),
    };
    Case {
        id: "usual".into(),
        name: "Thông thường".into(),
        limit,
        committed,
        alternatives: vec![verified],
        waiting: Waiting::Restart,
    }
}

fn agree(case: &Case, alternative: Option<&str>) -> Option<Agreed> {
    let received = at("2026-11-19 09:42");
    agreed(received, case, alternative, "Quyết định 858/QĐ-BTP", calendar()).unwrap()
}

#[test]
fn both_limits_of_a_linked_part_count_from_the_next_working_day_after_the_cut_off() {
    let case = case(Limit::WorkingDays(10), Some(Limit::WorkingDays(3)));
    let received = at("2026-11-19 15:10");
    let count = |linked: bool| {
        let agreed = match linked {
            true => agreed_linked(received, &case, None, "", calendar()),
            false => agreed(received, &case, None, "", calendar()),
        };
        let agreed = agreed.unwrap().unwrap();
        (agreed.promised.due, agreed.statutory_due)
    };
    assert_eq!(count(false), (at("2026-11-25 17:00"), at("2026-12-04 17:00")));
    assert_eq!(count(true), (at("2026-11-26 17:00"), at("2026-12-07 17:00")));
}

#[test]
fn both_limits_are_counted_and_named() {
    let agreed = agree(&case(Limit::WorkingDays(10), Some(Limit::WorkingDays(3))), None).unwrap();
    assert_eq!(agreed.limit, Limit::WorkingDays(3));
    assert_eq!(
        (agreed.promised.due, agreed.statutory_due),
        (at("2026-11-25 17:00"), at("2026-12-04 17:00"))
    );
    assert_eq!(
        said(&agreed.promised)[..2],
        [
            "Thời hạn theo quy định 10 ngày làm việc: chậm nhất 17:00 Thứ Sáu 04/12/2026 (Quyết định 858/QĐ-BTP).",
            "Cơ quan cam kết 3 ngày làm việc: hẹn theo cam kết (thời hạn cắt giảm do cơ quan công bố).",
        ]
    );
    let longer = agree(&case(Limit::WorkingDays(3), Some(Limit::CalendarDays(30))), None).unwrap();
    assert_eq!(
        (longer.limit, longer.promised.due),
        (Limit::WorkingDays(3), at("2026-11-25 17:00"))
    );
    assert!(said(&longer.promised)[1].starts_with("Cam kết 30 ngày dài hơn quy định"));
    for committed in [None, Some(Limit::WorkingDays(3))] {
        let one = agree(&case(Limit::WorkingDays(3), committed), None).unwrap();
        assert_eq!(one.promised, count("2026-11-19 09:42", Limit::WorkingDays(3)));
        assert_eq!(one.statutory_due, one.promised.due);
    }
}

#[test]
fn an_alternative_takes_the_place_of_both() {
    let case = case(Limit::SameDay, Some(Limit::Hours(4)));
    let agreed = agree(&case, Some("verify")).unwrap();
    assert_eq!(
        (agreed.limit, agreed.statutory),
        (Limit::WorkingDays(5), Limit::WorkingDays(5))
    );
    assert_eq!(
        said(&agreed.promised)[0],
        "Áp dụng thời hạn của trường hợp “cần xác minh”: 5 ngày làm việc (Quyết định 858/QĐ-BTP)."
    );
    assert_eq!(agree(&case, Some("other")), None);
}

#[test]
fn a_linked_group_is_done_with_its_slowest_part() {
    let linked = |received: &str, days| due_linked(at(received), &Limit::WorkingDays(days), calendar()).unwrap();
    let (birth, card) = (linked("2026-11-19 15:10", 1), linked("2026-11-19 15:10", 2));
    assert_eq!((birth.due, card.due), (at("2026-11-23 17:00"), at("2026-11-25 17:00")));
    assert_eq!(
        said(&birth)[1],
        "Nhận 15:10, sau 15:00: hồ sơ liên thông tính từ ngày làm việc kế tiếp; coi như nhận 07:00 Thứ Sáu \
         20/11/2026 (Nghị định 63/2024/NĐ-CP Điều 7)."
    );
    assert_eq!(linked("2026-11-19 15:00", 1).due, at("2026-11-20 17:00"));
    let part = |name, due| Part { name, due };
    let parent = slowest(&[part("Khai sinh", &birth), part("Thẻ BHYT", &card)]).unwrap();
    assert_eq!((parent.due, &parent.days), (card.due, &card.days));
    assert_eq!(
        said(&parent)[2],
        "Hồ sơ liên thông xong khi thủ tục chậm nhất xong: Thẻ BHYT; hẹn trả 17:00 Thứ Tư 25/11/2026."
    );
    assert_eq!(slowest(&[]), None);
}

#[test]
fn a_promise_is_extended_once_and_apologised_for_in_time() {
    let day = |text: &str| at(&format!("{text} 00:00")).date();
    let due = at("2026-11-16 17:00");
    let ask = |earlier, to, apology| extend(due, earlier, day(to), at(apology), calendar());
    let extension = ask(None, "2026-11-20", "2026-11-15 16:00").unwrap();
    assert_eq!((extension.original_due, extension.due), (due, at("2026-11-20 17:00")));
    assert!(
        extension.trace[1]
            .to_string()
            .ends_with("Nghị định 61/2018/NĐ-CP Điều 19).")
    );
    assert!(extension.kept_original(due) && !extension.kept_original(at("2026-11-17 08:00")));
    assert_eq!(
        ask(Some(&extension), "2026-11-25", "2026-11-15 16:00"),
        Err(ExtensionError::Already)
    );
    let latest = day("2026-11-15");
    let late = ask(None, "2026-11-20", "2026-11-16 07:00");
    assert_eq!(late, Err(ExtensionError::ApologyTooLate { latest }));
    assert_eq!(
        ask(None, "2026-11-16", "2026-11-13 07:00"),
        Err(ExtensionError::NotLater)
    );
    let off = Err(ExtensionError::DayOff {
        why: "Ngày Văn hóa Việt Nam".into(),
    });
    assert_eq!(ask(None, "2026-11-24", "2026-11-13 07:00"), off);
    assert!(matches!(
        ask(None, "2028-01-05", "2026-11-13 07:00"),
        Err(ExtensionError::Calendar(_))
    ));
}

#[test]
fn after_the_cut_off_a_dossier_is_handed_on_the_next_day() {
    for (received, by) in [
        ("2026-11-19 15:00", "2026-11-19 17:00"),
        ("2026-11-19 15:01", "2026-11-20 07:00"),
        ("2026-11-23 16:00", "2026-11-25 07:00"),
        ("2026-11-20 18:00", "2026-11-23 17:00"),
    ] {
        let handed = transfer(at(received), calendar()).unwrap();
        assert_eq!(handed.due, at(by), "{received}");
        assert!(
            said(&handed)
                .last()
                .unwrap()
                .contains("Nghị định 61/2018/NĐ-CP Điều 18")
        );
    }
}

#[test]
fn a_newer_calendar_lists_whom_it_touches() {
    let newer =
        Calendar::embedded_text().to_owned() + "\nday | 2026-11-20 | holiday | official | Nghỉ đột xuất | QĐ 1\n";
    let newer = Calendar::parse(&newer).unwrap();
    let open = |id, received, limit, due| Open {
        id,
        received: at(received),
        limit,
        due: at(due),
    };
    let dossiers = [
        open(1, "2026-11-19 09:42", Limit::WorkingDays(3), "2026-11-25 17:00"),
        open(2, "2026-11-19 09:42", Limit::SameDay, "2026-11-19 17:00"),
        open(3, "2026-11-02 09:42", Limit::WorkingDays(10), "2026-11-20 17:00"),
        open(4, "2026-11-02 09:42", Limit::WorkingDays(10), "2026-11-19 17:00"),
        open(5, "2026-11-02 09:42", Limit::CalendarDays(3), "2026-11-20 17:00"),
        open(6, "2026-11-10 09:42", Limit::CalendarDays(10), "2026-11-20 17:00"),
        open(7, "2026-11-19 16:00", Limit::Hours(2), "2026-11-20 08:00"),
    ];
    let touched = touched(calendar(), &newer, &dossiers);
    assert_eq!(
        touched,
        [
            (1, Ok(at("2026-11-26 17:00"))),
            (3, Ok(at("2026-11-23 17:00"))),
            (5, Ok(at("2026-11-23 17:00"))),
            (6, Ok(at("2026-11-23 17:00"))),
            (7, Ok(at("2026-11-23 08:00"))),
        ]
    );
    assert_eq!(super::touched(calendar(), calendar(), &dossiers[..1]), []);
    let later = Calendar::parse(&Calendar::embedded_text().replace("years   | 2025 | 2027", "years | 2027 | 2027"));
    assert!(later.is_err(), "days of other years do not fit");
}
