//! The law behind the rules that the calendar does not carry. A rule is cited as it stood on the
//! day it was applied: Nghị định 118/2025/NĐ-CP took the place of Nghị định 61/2018/NĐ-CP on
//! 01/07/2025. Its articles on these points are still to be checked (docs/adr/0006), so the older
//! article is named beside it instead of a guessed one.

use chrono::NaiveDate;

/// The day of reception is not counted.
pub(super) const FIRST_DAY: &str = "Bộ luật Dân sự 2015 Điều 147";
/// A period that ends on a day off ends on the next working day.
pub(super) const LAST_DAY: &str = "Bộ luật Dân sự 2015 Điều 148";
/// Linked procedures after 15:00.
pub(super) const LINKED: &str = "Nghị định 63/2024/NĐ-CP Điều 7";
/// Pausing is a policy of the procedure: no decree words it for every procedure.
pub(super) const PAUSE: &str = "quy định tạm dừng ghi trong danh mục thủ tục";

/// Rules of the one-stop decree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OneStop {
    /// After 15:00 a dossier is handed on when the next working day opens.
    Transfer,
    /// The limit is counted anew once the dossier is complete.
    Restart,
    /// One apology and one new date.
    Extension,
}

/// The basis of a rule of the one-stop decree on a day.
pub(super) fn one_stop(rule: OneStop, day: NaiveDate) -> &'static str {
    let now = NaiveDate::from_ymd_opt(2025, 7, 1).is_none_or(|from| from <= day);
    match (rule, now) {
        (OneStop::Transfer, false) => "Nghị định 61/2018/NĐ-CP Điều 18",
        (OneStop::Transfer, true) => "Nghị định 118/2025/NĐ-CP, thay Nghị định 61/2018/NĐ-CP Điều 18",
        (OneStop::Restart, false) => "Nghị định 61/2018/NĐ-CP Điều 19 khoản 4",
        (OneStop::Restart, true) => "Nghị định 118/2025/NĐ-CP, thay Nghị định 61/2018/NĐ-CP Điều 19 khoản 4",
        (OneStop::Extension, false) => "Nghị định 61/2018/NĐ-CP Điều 19",
        (OneStop::Extension, true) => "Nghị định 118/2025/NĐ-CP, thay Nghị định 61/2018/NĐ-CP Điều 19",
    }
}
