//! Dates as papers have them: some only to the year, all printed the Vietnamese way.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// A birth date as exact as the papers are: old papers may give only the year or the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// `1950`.
    Year(i32),
    /// `1950-03`: year, and month 1 to 12 (checked by parsing).
    Month(i32, u32),
    /// `1950-03-21`.
    Day(NaiveDate),
}

/// A text that is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or not in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Ngày này không có trong lịch. Xin gõ đủ ngày, tháng, năm; nếu giấy tờ chỉ có năm thì gõ năm.")]
pub struct DateError;

impl DateError {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        "INVALID_DATE"
    }
}

impl PartialDate {
    /// The year, always known.
    pub fn year(&self) -> i32 {
        match self {
            Self::Year(year) | Self::Month(year, _) => *year,
            Self::Day(date) => date.year(),
        }
    }

    /// As Vietnamese paper prints it: `1950`, `03/1950` or `21/03/1950`.
    pub fn vn(&self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::Month(year, month) => format!("{month:02}/{year:04}"),
            Self::Day(date) => vn_day(*date),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let mut pieces = text.split('-');
        let year = number(pieces.next(), 4)?.ok_or(DateError)?;
        let year = i32::try_from(year).map_err(|_| DateError)?;
        let month = number(pieces.next(), 2)?;
        let day = number(pieces.next(), 2)?;
        if year == 0 || pieces.next().is_some() {
            return Err(DateError);
        }
        // The first of the month stands in so that the calendar checks the month too.
        let date = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1));
        let date = date.ok_or(DateError)?;
        Ok(match (month, day) {
            (None, _) => Self::Year(year),
            (Some(month), None) => Self::Month(year, month),
            (Some(_), Some(_)) => Self::Day(date),
        })
    }
}

fn number(piece: Option<&str>, width: usize) -> Result<Option<u32>, DateError> {
    let Some(digits) = piece else {
        return Ok(None);
    };
    if digits.len() != width || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateError);
    }
    digits.parse().map(Some).map_err(|_| DateError)
}

impl fmt::Display for PartialDate {
    /// The stored form, ISO 8601: `1950`, `1950-03`, `1950-03-21`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{}", date.format("%Y-%m-%d")),
        }
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(date: NaiveDate) -> Self {
        Self::Day(date)
    }
}

/// Gender as the citizen card states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Gender {
    /// The name used in the command list: `male` or `female`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    /// The word on paper: `Nam` or `Nữ`.
    pub fn vn(self) -> &'static str {
        match self {
            Self::Male => "Nam",
            Self::Female => "Nữ",
        }
    }
}

impl FromStr for Gender {
    type Err = UnknownGender;

    fn from_str(text: &str) -> Result<Self, UnknownGender> {
        match text {
            "male" => Ok(Self::Male),
            "female" => Ok(Self::Female),
            _ => Err(UnknownGender),
        }
    }
}

/// A gender other than `male` and `female`, the two the citizen card knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Giới tính chỉ có Nam hoặc Nữ. Xin chọn lại.")]
pub struct UnknownGender;

/// `Thứ Ba 01/12/2026`.
pub fn vn_date(date: NaiveDate) -> String {
    format!("{} {}", vn_weekday(date.weekday()), vn_day(date))
}

/// `ngày 01 tháng 12 năm 2026`, as the place-and-date line of a form has it.
pub fn vn_long_date(date: NaiveDate) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    format!("ngày {day:02} tháng {month:02} năm {year:04}")
}

/// `01/12/2026`.
pub fn vn_day(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// `15:10`.
pub fn vn_time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `Thứ Hai` … `Thứ Bảy`, `Chủ nhật`.
pub fn vn_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Thứ Hai",
        Weekday::Tue => "Thứ Ba",
        Weekday::Wed => "Thứ Tư",
        Weekday::Thu => "Thứ Năm",
        Weekday::Fri => "Thứ Sáu",
        Weekday::Sat => "Thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn dates_print_the_vietnamese_way() {
        assert_eq!(vn_date(day(2026, 12, 1)), "Thứ Ba 01/12/2026");
        assert_eq!(vn_date(day(2026, 11, 29)), "Chủ nhật 29/11/2026");
        assert_eq!(vn_long_date(day(2026, 12, 1)), "ngày 01 tháng 12 năm 2026");
        assert_eq!(vn_time(NaiveTime::from_hms_opt(7, 5, 59).unwrap()), "07:05");
    }

    #[test]
    fn partial_dates_keep_their_exactness() {
        for (text, date, printed) in [
            ("1950", PartialDate::Year(1950), "1950"),
            ("1950-03", PartialDate::Month(1950, 3), "03/1950"),
            ("1950-03-21", PartialDate::Day(day(1950, 3, 21)), "21/03/1950"),
        ] {
            assert_eq!(text.parse(), Ok(date));
            assert_eq!((date.to_string().as_str(), date.vn().as_str()), (text, printed));
        }
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in [
            "",
            "0000",
            "195",
            "19500",
            "1950-",
            "1950-13",
            "1950-00",
            "1950-02-31",
            "1950-2-1",
            "1950-03-21-1",
            "1950--21",
            "+950",
            "1950-03-2१",
            " 1950",
            "21/03/1950",
        ] {
            assert_eq!(text.parse::<PartialDate>(), Err(DateError), "{text}");
        }
    }

    #[test]
    fn genders_round_trip() {
        for gender in [Gender::Male, Gender::Female] {
            assert_eq!(gender.as_str().parse(), Ok(gender));
        }
        assert_eq!("Nam".parse::<Gender>(), Err(UnknownGender));
    }

    proptest! {
        #[test]
        fn partial_dates_round_trip(year in 1i32..=9999, month in 1u32..=12, day in 1u32..=28) {
            let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            for date in [PartialDate::Year(year), PartialDate::Month(year, month), date.into()] {
                prop_assert_eq!(date.to_string().parse(), Ok(date));
            }
        }

        #[test]
        fn any_text_is_answered(text in "[0-9-]{0,12}") {
            if let Ok(date) = text.parse::<PartialDate>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }
    }
}
