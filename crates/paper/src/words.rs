//! Numbers and times as an official paper writes them (NĐ 30/2020, Phụ lục I:
//! days below 10 and months 1 and 2 carry a leading zero).

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// `ngày 05 tháng 3 năm 2026`.
pub(crate) fn date(date: NaiveDate) -> String {
    let month = match date.month() {
        month @ 1..=2 => format!("{month:02}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// `10 giờ 05 phút, ngày 05 tháng 3 năm 2026`.
pub(crate) fn moment(at: NaiveDateTime) -> String {
    format!("{:02} giờ {:02} phút, {}", at.hour(), at.minute(), date(at.date()))
}

/// `hex` in groups of eight, so that a person can compare it with a screen.
pub(crate) fn grouped(hex: &str) -> String {
    let mut out = String::with_capacity(hex.len());
    for (at, ch) in hex.chars().enumerate() {
        if at > 0 && at % 8 == 0 {
            out.push(' ');
        }
        out.push(ch);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_times_as_papers_do() {
        let at = NaiveDate::from_ymd_opt(2026, 2, 5)
            .unwrap()
            .and_hms_opt(7, 5, 59)
            .unwrap();
        assert_eq!(moment(at), "07 giờ 05 phút, ngày 05 tháng 02 năm 2026");
        let later = NaiveDate::from_ymd_opt(2026, 3, 15).unwrap();
        assert_eq!(date(later), "ngày 15 tháng 3 năm 2026");
    }

    #[test]
    fn groups_by_eight() {
        assert_eq!(grouped("0123456789abcdef0"), "01234567 89abcdef 0");
        assert_eq!(grouped(""), "");
    }
}
