//! Why a calendar cannot answer, or cannot be read. Every wrong line is named by its number: the
//! file is edited by people once a year.

use chrono::NaiveDate;
use thiserror::Error;

/// Why a calendar cannot answer, or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// The day's year is outside the file.
    #[error("Lịch ngày nghỉ của năm {year} chưa có trên máy. Xin báo người quản trị cập nhật lịch.")]
    YearUnknown {
        /// The year asked for.
        year: i32,
    },
    /// A line of the file is wrong.
    #[error("Tệp ngày nghỉ sai ở dòng {line}: {problem}.")]
    BadLine {
        /// Line number, from 1.
        line: usize,
        /// What is wrong, in Vietnamese, without a full stop.
        problem: String,
    },
    /// The file lacks a line that it must have.
    #[error("Tệp ngày nghỉ thiếu dòng “{what}”.")]
    Missing {
        /// First word of the missing line.
        what: &'static str,
    },
}

impl CalendarError {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::YearUnknown { .. } => "YEAR_NOT_IN_CALENDAR",
            Self::BadLine { .. } | Self::Missing { .. } => "CALENDAR_UNREADABLE",
        }
    }

    /// The line of the file that is wrong, from 1.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::BadLine { line, .. } => Some(*line),
            Self::YearUnknown { .. } | Self::Missing { .. } => None,
        }
    }

    pub(super) fn line_of(line: usize, problem: impl Into<String>) -> Self {
        let problem = problem.into();
        Self::BadLine { line, problem }
    }

    pub(super) fn unknown(date: NaiveDate) -> Self {
        let year = chrono::Datelike::year(&date);
        Self::YearUnknown { year }
    }
}
