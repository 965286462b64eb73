//! The shipped edition against the counts computed independently, and the reader against damage.
// Overflow in a test is a failing test.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

const HEAD: &str = "version | t\nyears | 2026 | 2026\nweekend | x\n\
    hours | 2026-01-01 | 07:00-11:30 | 13:30-17:00 | 15:00 | x\n\
    day | 2026-01-01 | holiday | official | a | b\n";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn shipped() -> Calendar {
    Calendar::embedded().unwrap()
}

fn with(line: &str) -> Result<Calendar, CalendarError> {
    Calendar::parse(&format!("{HEAD}{line}\n"))
}

#[test]
fn each_year_has_its_working_days() {
    let calendar = shipped();
    for (year, count) in [(2025, 250), (2026, 249), (2027, 249)] {
        let working = (day(year, 1, 1).iter_days().take_while(|date| date.year() == year))
            .filter(|date| calendar.is_working(*date).unwrap())
            .count();
        assert_eq!(working, count, "{year}");
    }
    let within_2026 = calendar.working_days_between(day(2025, 12, 31), day(2026, 12, 31));
    assert_eq!(within_2026, Ok(249));
    assert_eq!(calendar.working_days_between(day(2026, 5, 2), day(2026, 5, 1)), Ok(0));
}

#[test]
fn days_say_why_they_are_off() {
    let calendar = shipped();
    for (date, why) in [
        (day(2026, 11, 24), Some("Ngày Văn hóa Việt Nam")),
        (day(2026, 11, 28), Some("Thứ Bảy")),
        (day(2026, 11, 29), Some("Chủ nhật")),
        (day(2027, 2, 6), Some("Tết Nguyên đán")),
        (day(2026, 4, 27), Some("Nghỉ bù Giỗ Tổ Hùng Vương")),
        (day(2026, 8, 22), None),
        (day(2026, 1, 10), None),
        (day(2025, 4, 26), None),
        (day(2026, 11, 25), None),
    ] {
        assert_eq!(calendar.why_off(date).unwrap(), why, "{date}");
        assert_eq!(calendar.is_working(date).unwrap(), why.is_none(), "{date}");
    }
}

#[test]
fn every_exchanged_day_has_its_partner() {
    let calendar = shipped();
    let count = |kind| calendar.entries().filter(|(_, entry)| entry.kind == kind).count();
    assert_eq!(count(EntryKind::SwapOff), count(EntryKind::SwapWork));
    let provisional: Vec<_> = (calendar.entries())
        .filter(|(_, entry)| entry.status == EntryStatus::Provisional)
        .map(|(date, _)| date)
        .collect();
    assert_eq!(provisional, [day(2027, 5, 3)]);
}

#[test]
fn years_outside_the_file_are_unknown() {
    let calendar = shipped();
    for (date, year) in [(day(2024, 12, 31), 2024), (day(2028, 1, 1), 2028)] {
        let unknown = CalendarError::YearUnknown { year };
        assert_eq!(calendar.is_working(date), Err(unknown.clone()));
        assert_eq!(calendar.why_off(date), Err(unknown.clone()));
        assert_eq!(calendar.hours_on(date), Err(unknown));
    }
    let last = calendar.next_working(day(2027, 12, 31));
    assert_eq!(last, Err(CalendarError::YearUnknown { year: 2028 }));
}

#[test]
fn office_hours_are_dated() {
    let later = with("hours | 2026-07-01 | 07:30-12:00 | 13:00-16:30 | 14:30 | y").unwrap();
    let closes = |date| later.hours_on(date).unwrap().closes().to_string();
    assert_eq!(closes(day(2026, 6, 30)), "17:00:00");
    assert_eq!(closes(day(2026, 7, 1)), "16:30:00");
    assert_eq!(
        shipped().hours_on(day(2026, 7, 1)).unwrap().opens().to_string(),
        "07:00:00"
    );
}

fn line_of(result: &Result<Calendar, CalendarError>) -> Option<usize> {
    result.as_ref().err().and_then(CalendarError::line)
}

#[test]
fn errors_name_their_line() {
    for line in [
        "nonsense",
        "day | 2026-02-31 | holiday | official | a | b",
        "day | 2027-01-01 | holiday | official | a | b",
        "day | 2026-01-02 | feast | official | a | b",
        "day | 2026-01-02 | holiday | perhaps | a | b",
        "day | 2026-01-02 | holiday | official |  | b",
        "day | 2026-01-02 | holiday | official | a",
        "day | 2026-01-02 | holiday | official | a | b | 2026-01-10",
        "day | 2026-01-01 | holiday | official | a | b",
        "day | 2025-12-30..2026-01-02 | holiday | official | a | b",
        "day | 2026-02-03..2026-02-02 | holiday | official | a | b",
        "day | 2026-02-03..2026-03-20 | holiday | official | a | b",
        "day | 2026-01-05 | swap_work | official | a | b",
        "day | 2026-01-10 | swap_off | official | a | b",
        "hours | 2026-02-01 | 07:00-06:30 | 13:30-17:00 | 15:00 | x",
        "hours | 2026-02-01 | 07:00-11:30 | 13:30-17:00 | 18:00 | x",
        "hours | 2026-02-01 | 07:00-11:30 | 13:30-17:00 | 15:00 | 18:00 | x",
        "hours | 2026-02-01 | 07:00 | 13:30-17:00 | 15:00 | x",
        "hours | 2026-01-01 | 07:00-11:30 | 13:30-17:00 | 15:00 | x",
        "hours | 02-30..04-01 | 07:00-11:30 | 13:30-17:00 | 15:00 | x",
        "reception | 2026-01-05 | 07:30-11:00 | x",
        "reception | saturday | 11:00-07:30 | x",
        "reception | monday | 07:30-11:00 | x",
        "provisional | 2027 | x",
        "version | again",
    ] {
        assert_eq!(line_of(&with(line)), Some(6), "{line}");
    }
}

#[test]
fn a_swap_without_its_pair_is_refused_with_its_line() {
    let off = "day | 2026-01-02 | swap_off | official | a | b";
    let work = "day | 2026-01-10 | swap_work | official | a | b";
    for (alone, far) in [(off, "day | 2026-08-22 | swap_work | official | a | b"), (work, "")] {
        assert_eq!(line_of(&with(alone)), Some(6));
        assert_eq!(line_of(&with(&format!("{alone}\n{far}"))), Some(6));
    }
    let calendar = with(&format!("{off}\n{work}")).unwrap();
    let partners: Vec<_> = calendar.entries().filter_map(|(_, entry)| entry.with).collect();
    assert_eq!(partners, [day(2026, 1, 10), day(2026, 1, 2)]);
    for (off_with, work_with, line) in [
        (" | 2026-01-10", " | 2026-01-02", None),
        (" | 2026-01-10", "", None),
        (" | 2026-01-17", "", Some(6)),
        (" | 2026-01-01", "", Some(6)),
        (" | 2026-01-10", " | 2026-01-05", Some(6)),
    ] {
        let text = format!("{off}{off_with}\n{work}{work_with}");
        assert_eq!(line_of(&with(&text)), line, "{text}");
    }
    // Every single swap line that is cut off the shipped file is noticed.
    let shipped: Vec<&str> = Calendar::embedded_text().lines().collect();
    for cut in (0..shipped.len()).filter(|at| shipped[*at].starts_with("day") && shipped[*at].contains("| swap_")) {
        let mut lines = shipped.clone();
        lines.remove(cut);
        let problem = Calendar::parse(&lines.join("\n"));
        assert!(
            line_of(&problem).is_some_and(|line| lines[line - 1].contains("swap_")),
            "{cut}"
        );
    }
}

#[test]
fn every_problem_is_listed_in_the_order_of_the_lines() {
    let text = format!(
        "{HEAD}day | 2026-01-02 | swap_off | official | a | b\nnonsense\n\
        day | 2026-01-01 | holiday | official | a | b\nyears | 2027 | 2027\n"
    );
    let lines: Vec<_> = Calendar::problems(&text).iter().map(CalendarError::line).collect();
    assert_eq!(lines, [Some(6), Some(7), Some(8), Some(9)]);
    assert_eq!(Calendar::problems(Calendar::embedded_text()), []);
    let cut = Calendar::problems("years | 2026 | 2027\nday | 2026-01-01 | holiday | official | a | b");
    let lines: Vec<_> = cut.iter().map(CalendarError::line).collect();
    assert_eq!(
        lines,
        [Some(1), None, None, None],
        "2027 has no day off, and three lines are missing"
    );
}

#[test]
fn old_lines_stay_valid() {
    let old = "version | 1\nyears | 2026 | 2026\nweekend | x\n\
        hours | 2025-01-01 | 07:00-11:30 | 13:30-17:00 | 15:00 | x\n\
        day | 2026-01-02 | swap_off | official | a | b\nday | 2026-01-10 | swap_work | official | a | b\n";
    let hours = Calendar::parse(old).unwrap().hours_on(day(2026, 5, 5)).unwrap().clone();
    assert_eq!(hours.transfer_cut_off, hours.same_day_cut_off);
}

#[test]
fn seasons_stand_above_the_year_and_may_cross_it() {
    let calendar = with(
        "hours | 10-16..04-14 | 07:30-11:30 | 13:00-16:30 | 14:30 | 15:30 | winter\n\
        hours | 2026-11-01 10-16..04-14 | 08:00-11:30 | 13:00-16:00 | 14:00 | later winter\n\
        hours | 2026-05-01 | 07:00-11:30 | 13:30-17:30 | 15:00 | later",
    )
    .unwrap();
    for (date, basis) in [
        (day(2026, 1, 1), "winter"),
        (day(2026, 4, 14), "winter"),
        (day(2026, 4, 15), "x"),
        (day(2026, 5, 1), "later"),
        (day(2026, 10, 16), "winter"),
        (day(2026, 11, 1), "later winter"),
        (day(2026, 12, 31), "later winter"),
    ] {
        assert_eq!(calendar.hours_on(date).unwrap().basis, basis, "{date}");
    }
    let overlap = "hours | 10-16..04-14 | 07:30-11:30 | 13:00-16:30 | 14:30 | w\n\
        hours | 04-14..10-01 | 07:30-11:30 | 13:00-16:30 | 14:30 | s";
    assert_eq!(line_of(&with(overlap)), Some(7));
}

#[test]
fn a_reception_day_is_open_and_still_no_working_day() {
    let calendar = with(
        "reception | saturday | 07:30-11:00 | police\nreception | saturday | 2026-07-01 | 08:00-11:00 | later\n\
        reception | 2026-04-30 | 08:00-10:00 | election\nday | 2026-04-30 | holiday | official | a | b\n\
        day | 2026-05-02 | holiday | official | a | b",
    )
    .unwrap();
    for (at, basis) in [
        ("2026-03-07 07:30", Some("police")),
        ("2026-03-07 11:00", Some("police")),
        ("2026-03-07 11:01", None),
        ("2026-03-08 08:00", None),
        ("2026-05-02 08:00", None),
        ("2026-04-30 08:00", Some("election")),
        ("2026-07-04 07:30", None),
        ("2026-07-04 08:00", Some("later")),
    ] {
        let at = chrono::NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M").unwrap();
        let expected = match calendar.opening(at).unwrap() {
            Opening::ReceptionOnly(session) => Some(session.basis.as_str()),
            Opening::Closed => None,
            Opening::Working => panic!("{at}"),
        };
        assert_eq!(expected, basis, "{at}");
        assert!(!calendar.is_working(at.date()).unwrap());
    }
    let at = |hour| day(2026, 3, 6).and_hms_opt(hour, 0, 0).unwrap();
    assert_eq!(calendar.opening(at(9)), Ok(Opening::Working));
    assert_eq!(calendar.opening(at(12)), Ok(Opening::Closed));
    let closed = "reception | 2026-03-07 | 08:00-10:00 | x\nday | 2026-03-07 | closure | official | a | b";
    assert_eq!(line_of(&with(closed)), Some(6));
}

const LOCAL: &str = "version | xã 1\nday | 2026-03-05 | closure | official | Bão số 1 | Thông báo 12/TB-UBND\n\
    day | 2026-08-22 | closure | official | Di dời | Thông báo 13/TB-UBND\n\
    day | 2026-11-24 | closure | official | Lễ hội | Thông báo 14/TB-UBND\n\
    hours | 04-15..10-15 | 07:00-11:00 | 14:00-18:00 | 15:00 | Quyết định của xã\n\
    reception | saturday | 07:30-11:00 | Quyết định của xã\n";

#[test]
fn local_closures_lie_on_top_of_the_national_file() {
    let merged = shipped().merge(&LocalCalendar::parse(LOCAL).unwrap());
    assert_eq!(merged.version(), "2026-11+xã 1");
    for (date, why) in [
        (day(2026, 3, 5), "Bão số 1"),
        (day(2026, 8, 22), "Di dời"),
        (day(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
    ] {
        assert_eq!(merged.why_off(date), Ok(Some(why)));
    }
    assert_eq!(merged.hours_on(day(2026, 7, 1)).unwrap().basis, "Quyết định của xã");
    assert_eq!(merged.hours_on(day(2026, 3, 1)), shipped().hours_on(day(2026, 3, 1)));
    assert!(merged.reception_on(day(2026, 3, 7)).unwrap().is_some());
}

#[test]
fn only_the_state_gives_holidays() {
    for line in [
        "years | 2026 | 2026",
        "weekend | x",
        "day | 2026-03-05 | holiday | official | a | b",
        "day | 2026-03-05 | swap_off | official | a | b",
        "day | 2026-03-05 | closure | official | a |",
    ] {
        let refused = LocalCalendar::parse(&format!("version | 1\n{line}\n"));
        assert_eq!(refused.unwrap_err().line(), Some(2), "{line}");
    }
    let nameless = CalendarError::Missing { what: "version" };
    assert_eq!(LocalCalendar::problems("# nothing"), [nameless]);
}

#[test]
fn a_newer_edition_is_compared_day_by_day() {
    let newer = Calendar::embedded_text()
        .replace("| provisional | Nghỉ bù", "| official    | Nghỉ bù")
        .replace("years   | 2025 | 2027", "years | 2025 | 2028")
        .replace(
            "day | 2025-04-07 | holiday   | official | Giỗ Tổ Hùng Vương | Bộ luật Lao động 2019 Điều 112\n",
            "",
        )
        + "\nday | 2028-01-03 | compensatory_off | provisional | Nghỉ bù | dự tính\nprovisional | 2028 | dự tính\n\
        hours | 2026-07-01 | 07:30-11:30 | 13:30-17:00 | 15:00 | Quyết định 1\nreception | saturday | 07:30-11:00 | y\n";
    let newer = Calendar::parse(&newer).unwrap();
    let said: Vec<String> = (shipped().diff(&newer).iter())
        .map(|it| format!("{} {} -> {} ({})", it.date, it.before, it.after, it.basis))
        .collect();
    assert_eq!(
        said,
        [
            "2025-01-01 Thứ Bảy hằng tuần không tiếp nhận -> Thứ Bảy hằng tuần có tiếp nhận 07:30–11:00 (y)",
            "2025-04-07 Nghỉ lễ: Giỗ Tổ Hùng Vương -> Ngày làm việc (Bộ luật Lao động 2019 Điều 112)",
            "2026-07-01 Giờ làm việc 07:00–11:30, 13:30–17:00; trong ngày đến 15:00, chuyển hồ sơ đến 15:00 -> \
             Giờ làm việc 07:30–11:30, 13:30–17:00; trong ngày đến 15:00, chuyển hồ sơ đến 15:00 (Quyết định 1)",
            "2027-05-03 Nghỉ bù (dự kiến): Nghỉ bù Ngày Quốc tế lao động -> Nghỉ bù: Nghỉ bù Ngày Quốc tế lao động \
             (Bộ luật Lao động 2019 Điều 111, 112)",
            "2028-01-03 Chưa có lịch -> Nghỉ bù (dự kiến): Nghỉ bù (dự tính)",
        ]
    );
    assert_eq!(newer.diff(&newer), []);
    assert_eq!(
        (newer.provisional(2028), newer.provisional(2027)),
        (Some("dự tính"), None)
    );
}

#[test]
fn every_needed_line_is_asked_for() {
    for what in ["version", "years", "weekend", "hours"] {
        let kept: Vec<&str> = HEAD.lines().filter(|line| !line.starts_with(what)).collect();
        assert_eq!(Calendar::parse(&kept.join("\n")), Err(CalendarError::Missing { what }));
    }
    let late = HEAD.replace("hours | 2026-01-01", "hours | 2026-01-02");
    let missing = CalendarError::Missing { what: "hours" };
    assert_eq!(Calendar::parse(&late), Err(missing));
}

#[test]
fn civil_time_is_seven_hours_ahead() {
    let utc = day(2026, 11, 22).and_hms_opt(17, 30, 0).unwrap().and_utc();
    let local = day(2026, 11, 23).and_hms_opt(0, 30, 0).unwrap();
    assert_eq!(civil(utc), local);
    assert_eq!(instant(local), utc);
    let _ = (
        civil(chrono::DateTime::<chrono::Utc>::MAX_UTC),
        instant(chrono::NaiveDateTime::MIN),
    );
}

proptest! {
    #[test]
    fn any_file_is_answered(text in "((day|hours|reception|provisional|years|version|weekend|#)[|0-9a-z:. -]{0,40}\n){0,8}") {
        prop_assert_eq!(Calendar::parse(&text).is_ok(), Calendar::problems(&text).is_empty());
        let _ = LocalCalendar::parse(&text);
    }
}
