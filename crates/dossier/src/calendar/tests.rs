//! The shipped edition against the counts computed independently, and the reader against damage.

use super::*;
use proptest::prelude::*;

const HEAD: &str = "version | t\nyears | 2026 | 2026\nweekend | x\n\
    hours | 2026-01-01 | 07:00-11:30 | 13:30-17:00 | 15:00 | x\n";

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

#[test]
fn errors_name_their_line() {
    for line in [
        "nonsense",
        "day | 2026-02-31 | holiday | official | a | b",
        "day | 2027-01-01 | holiday | official | a | b",
        "day | 2026-01-01 | feast | official | a | b",
        "day | 2026-01-01 | holiday | perhaps | a | b",
        "day | 2026-01-01 | holiday | official |  | b",
        "day | 2026-01-01 | holiday | official | a",
        "day | 2026-01-05 | swap_work | official | a | b",
        "hours | 2026-02-01 | 07:00-06:30 | 13:30-17:00 | 15:00 | x",
        "hours | 2026-02-01 | 07:00-11:30 | 13:30-17:00 | 18:00 | x",
        "hours | 2026-02-01 | 07:00 | 13:30-17:00 | 15:00 | x",
        "hours | 2026-01-01 | 07:00-11:30 | 13:30-17:00 | 15:00 | x",
        "version | again",
    ] {
        assert!(
            matches!(with(line), Err(CalendarError::BadLine { line: 5, .. })),
            "{line}"
        );
    }
    let twice = "day | 2026-01-01 | holiday | official | a | b\n".repeat(2);
    assert!(matches!(with(&twice), Err(CalendarError::BadLine { line: 6, .. })));
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
    fn any_file_is_answered(text in "((day|hours|years|version|weekend|#)[|0-9a-z: -]{0,40}\n){0,8}") {
        let _ = Calendar::parse(&text);
    }
}
