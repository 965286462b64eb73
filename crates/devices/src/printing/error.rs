//! Everything that can go wrong when a job is given to the spooler, as a closed list with a code
//! for programs and a sentence for the officer.

/// Why the spooler has not taken a job.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// `lp` or `lpstat` is not installed.
    #[error("the print program is not installed")]
    ProgramMissing,
    /// No printer is set up, or none by that name.
    #[error("no such printer: {0}")]
    NoPrinter(String),
    /// The print service of the PC does not run.
    #[error("the print service does not answer: {0}")]
    SpoolerDown(String),
    /// The spooler refused the job, or the request is not well formed.
    #[error("the job was refused: {0}")]
    Refused(String),
    /// The spooler did not answer within the deadline; the job may or may not be in the queue.
    #[error("the print service did not answer in time")]
    TimedOut,
}

/// All codes of [`PrintError::code`], in the order of its arms.
pub const PRINT_ERROR_CODES: [&str; 5] = [
    "PRINT_PROGRAM_MISSING",
    "PRINT_NO_PRINTER",
    "PRINT_SPOOLER_DOWN",
    "PRINT_REFUSED",
    "PRINT_TIMED_OUT",
];

impl PrintError {
    /// The code of this error; one of [`PRINT_ERROR_CODES`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ProgramMissing => "PRINT_PROGRAM_MISSING",
            Self::NoPrinter(_) => "PRINT_NO_PRINTER",
            Self::SpoolerDown(_) => "PRINT_SPOOLER_DOWN",
            Self::Refused(_) => "PRINT_REFUSED",
            Self::TimedOut => "PRINT_TIMED_OUT",
        }
    }

    /// What the officer reads: what happened and what to do.
    #[must_use]
    pub fn message(&self) -> &'static str {
        match self {
            Self::ProgramMissing => {
                "Máy tính này chưa cài chương trình in (lp). Hãy báo cán bộ kỹ thuật cài gói cups-client."
            }
            Self::NoPrinter(_) => {
                "Không tìm thấy máy in. Hãy kiểm tra máy in đã được cài và chọn lại máy in, rồi in lại."
            }
            Self::SpoolerDown(_) => {
                "Dịch vụ in của máy tính không hoạt động. Hãy khởi động lại máy tính; nếu còn lỗi, báo cán bộ kỹ thuật."
            }
            Self::Refused(_) => "Máy in không nhận bản in. Hãy kiểm tra máy in và khổ giấy đã chọn, rồi in lại.",
            Self::TimedOut => {
                "Chưa biết bản in đã gửi được hay chưa. Hãy xem máy in có ra giấy không trước khi in lại."
            }
        }
    }
}

/// `lp` and `lpstat` exit with 1 for every error; only the words (CUPS 2.4, English) tell which.
pub(super) fn from_words(stderr: &str) -> PrintError {
    let said = stderr.trim().to_owned();
    let has = |words: &[&str]| words.iter().any(|word| stderr.contains(word));
    if has(&[
        "scheduler not responding",
        "Unable to connect",
        "Connection refused",
        "Bad file descriptor",
    ]) {
        PrintError::SpoolerDown(said)
    } else if has(&[
        "does not exist",
        "No default destination",
        "no default destination",
        "No destinations",
    ]) {
        PrintError::NoPrinter(said)
    } else {
        PrintError::Refused(said)
    }
}

/// The error of a program that could not be started.
pub(super) fn from_start(error: &std::io::Error) -> PrintError {
    match crate::child::is_missing(error) {
        true => PrintError::ProgramMissing,
        false => PrintError::Refused(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{PRINT_ERROR_CODES, PrintError, from_words};

    #[test]
    fn the_list_of_codes_is_the_list_of_arms() {
        let all = [
            PrintError::ProgramMissing,
            PrintError::NoPrinter(String::new()),
            PrintError::SpoolerDown(String::new()),
            PrintError::Refused(String::new()),
            PrintError::TimedOut,
        ];
        let codes: Vec<&str> = all.iter().map(PrintError::code).collect();
        assert_eq!(codes, PRINT_ERROR_CODES);
        assert!(all.iter().all(|error| error.message().ends_with('.')));
    }

    #[test]
    fn the_words_of_cups_are_told_apart() {
        let cases = [
            ("lp: Error - scheduler not responding.", "PRINT_SPOOLER_DOWN"),
            ("lpstat: Unable to connect to server", "PRINT_SPOOLER_DOWN"),
            ("lp: The printer or class does not exist.", "PRINT_NO_PRINTER"),
            ("lp: Error - No default destination.", "PRINT_NO_PRINTER"),
            ("lpstat: No destinations added.", "PRINT_NO_PRINTER"),
            ("lp: Unsupported document-format \"application/x\".", "PRINT_REFUSED"),
            ("", "PRINT_REFUSED"),
        ];
        for (words, code) in cases {
            assert_eq!(from_words(words).code(), code, "{words}");
        }
    }
}
