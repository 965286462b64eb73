//! Everything that can go wrong with a scanner, as a closed list. Each entry has a code for
//! programs and a sentence for the officer that says what to do next.

/// Why a scanner gave no page, or no further page. Pages handed over before stay handed over.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// `scanimage` is not installed.
    #[error("the scan program is not installed")]
    ProgramMissing,
    /// No scanner answers under that name.
    #[error("no such scanner: {0}")]
    NotFound(String),
    /// Another program holds the scanner (SANE status 3).
    #[error("the scanner is busy")]
    Busy,
    /// The request is not well formed, or the device has no such option or value (1, 4).
    #[error("setting refused: {0}")]
    SettingRefused(String),
    /// Paper is jammed (6).
    #[error("paper is jammed")]
    Jammed,
    /// The feeder is empty (7).
    #[error("no paper in the feeder")]
    NoPaper,
    /// The cover is open (8).
    #[error("the cover is open")]
    CoverOpen,
    /// Talking to the device failed (9).
    #[error("device I/O failed: {0}")]
    Io(String),
    /// The device or its driver is out of memory (10).
    #[error("out of memory")]
    NoMemory,
    /// This user may not use the device (11).
    #[error("access to the device is denied")]
    AccessDenied,
    /// The program ended well but no page came, or a page that is empty or cut off.
    #[error("no whole page arrived: {0}")]
    BadPage(String),
    /// The driver crashed, or the program ended in a way that is not on this list.
    #[error("the scan program failed: {0}")]
    Crashed(String),
    /// Nothing happened for longer than the deadline of a page.
    #[error("the scanner did not answer in time")]
    TimedOut,
    /// The officer cancelled, or the device's own button did (2).
    #[error("the scan was cancelled")]
    Cancelled,
    /// The folder for the pages cannot be used.
    #[error("the folder for scanned pages cannot be used")]
    Folder(#[source] std::io::Error),
    /// The receiver of a page could not keep it; its own error is inside.
    #[error("a scanned page could not be kept")]
    NotKept(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// All codes of [`ScanError::code`], in the order of its arms.
pub const SCAN_ERROR_CODES: [&str; 16] = [
    "SCAN_PROGRAM_MISSING",
    "SCANNER_NOT_FOUND",
    "SCANNER_BUSY",
    "SCAN_SETTING_REFUSED",
    "SCANNER_JAMMED",
    "SCANNER_NO_PAPER",
    "SCANNER_COVER_OPEN",
    "SCANNER_IO",
    "SCANNER_NO_MEMORY",
    "SCANNER_ACCESS_DENIED",
    "SCAN_BAD_PAGE",
    "SCAN_CRASHED",
    "SCAN_TIMED_OUT",
    "SCAN_CANCELLED",
    "SCAN_FOLDER",
    "SCAN_NOT_KEPT",
];

impl ScanError {
    /// The code of this error; one of [`SCAN_ERROR_CODES`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ProgramMissing => "SCAN_PROGRAM_MISSING",
            Self::NotFound(_) => "SCANNER_NOT_FOUND",
            Self::Busy => "SCANNER_BUSY",
            Self::SettingRefused(_) => "SCAN_SETTING_REFUSED",
            Self::Jammed => "SCANNER_JAMMED",
            Self::NoPaper => "SCANNER_NO_PAPER",
            Self::CoverOpen => "SCANNER_COVER_OPEN",
            Self::Io(_) => "SCANNER_IO",
            Self::NoMemory => "SCANNER_NO_MEMORY",
            Self::AccessDenied => "SCANNER_ACCESS_DENIED",
            Self::BadPage(_) => "SCAN_BAD_PAGE",
            Self::Crashed(_) => "SCAN_CRASHED",
            Self::TimedOut => "SCAN_TIMED_OUT",
            Self::Cancelled => "SCAN_CANCELLED",
            Self::Folder(_) => "SCAN_FOLDER",
            Self::NotKept(_) => "SCAN_NOT_KEPT",
        }
    }

    /// What the officer reads: what happened and what to do.
    #[must_use]
    pub fn message(&self) -> &'static str {
        match self {
            Self::ProgramMissing => {
                "Máy tính này chưa cài chương trình quét (scanimage). Hãy báo cán bộ kỹ thuật cài gói sane-utils."
            }
            Self::NotFound(_) => {
                "Không tìm thấy máy quét. Hãy kiểm tra máy đã bật và đã cắm dây, rồi chọn lại máy quét."
            }
            Self::Busy => "Máy quét đang được chương trình khác dùng. Hãy đợi hoặc đóng chương trình đó rồi quét lại.",
            Self::SettingRefused(_) => {
                "Máy quét không nhận cách quét đã chọn. Hãy chọn lại khay giấy, màu và độ phân giải."
            }
            Self::Jammed => {
                "Máy quét bị kẹt giấy. Hãy mở nắp, lấy tờ bị kẹt ra, đặt lại tờ đó và các tờ chưa quét rồi quét tiếp."
            }
            Self::NoPaper => "Khay giấy của máy quét đang trống. Hãy đặt giấy vào khay rồi quét lại.",
            Self::CoverOpen => "Nắp máy quét đang mở. Hãy đóng nắp rồi quét lại.",
            Self::Io(_) => {
                "Mất liên lạc với máy quét. Hãy kiểm tra dây và nguồn, tắt rồi bật lại máy quét, sau đó quét tiếp."
            }
            Self::NoMemory => "Máy quét không đủ bộ nhớ cho trang này. Hãy chọn độ phân giải thấp hơn rồi quét lại.",
            Self::AccessDenied => {
                "Tài khoản máy tính này chưa được phép dùng máy quét. Hãy báo cán bộ kỹ thuật cấp quyền."
            }
            Self::BadPage(_) => "Trang vừa quét không đầy đủ nên không được nhận. Hãy đặt lại tờ đó rồi quét tiếp.",
            Self::Crashed(_) => {
                "Chương trình quét dừng bất thường. Hãy quét lại; nếu còn lỗi, tắt rồi bật lại máy quét."
            }
            Self::TimedOut => "Máy quét không trả lời. Hãy kiểm tra máy quét còn bật và không báo lỗi, rồi quét lại.",
            Self::Cancelled => "Đã dừng quét. Các trang đã nhận trước đó vẫn được giữ.",
            Self::Folder(_) => "Không ghi được trang quét vào ổ đĩa. Hãy kiểm tra ổ đĩa còn chỗ trống rồi quét lại.",
            Self::NotKept(_) => "Trang vừa quét chưa lưu được vào hồ sơ. Hãy đặt lại tờ đó rồi quét lại.",
        }
    }
}

/// The error that a SANE status means, and `scanimage` exits with the same numbers (sane.h,
/// `SANE_Status`). `None` for 0 (good) and 5 (end of file), which are no errors by themselves.
pub(super) fn from_status(status: i32, stderr: &str) -> Option<ScanError> {
    let said = || stderr.trim().to_owned();
    Some(match status {
        0 | 5 => return None,
        1 => from_refusal(stderr),
        2 => ScanError::Cancelled,
        3 => ScanError::Busy,
        4 => ScanError::SettingRefused(said()),
        6 => ScanError::Jammed,
        7 => ScanError::NoPaper,
        8 => ScanError::CoverOpen,
        9 => ScanError::Io(said()),
        10 => ScanError::NoMemory,
        11 => ScanError::AccessDenied,
        other => ScanError::Crashed(format!("exit code {other}: {}", said())),
    })
}

/// Exit code 1 covers a wrong option as well as every failure to open the device, a busy one
/// among them; only the words tell which.
fn from_refusal(stderr: &str) -> ScanError {
    let said = stderr.trim().to_owned();
    let Some(opening) = stderr.lines().find(|line| line.contains("open of device")) else {
        return match stderr.contains("no SANE devices found") {
            true => ScanError::NotFound(said),
            false => ScanError::SettingRefused(said),
        };
    };
    match opening {
        line if line.ends_with("Device busy") => ScanError::Busy,
        line if line.ends_with("Access to resource has been denied") => ScanError::AccessDenied,
        line if line.ends_with("Error during device I/O") => ScanError::Io(said),
        line if line.ends_with("Out of memory") => ScanError::NoMemory,
        line if line.ends_with("Scanner cover is open") => ScanError::CoverOpen,
        line if line.ends_with("Document feeder jammed") => ScanError::Jammed,
        _ => ScanError::NotFound(said),
    }
}

/// The error of a program that could not be started.
pub(super) fn from_start(error: &std::io::Error) -> ScanError {
    match crate::child::is_missing(error) {
        true => ScanError::ProgramMissing,
        false => ScanError::Crashed(error.to_string()),
    }
}

#[cfg(test)]
#[path = "error_tests.rs"]
mod tests;
