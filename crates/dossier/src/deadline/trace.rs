//! The explanation of a due date: one Vietnamese sentence per rule, each with its legal basis.

use super::count::Count;
use super::words::{day_month, span, weekend};
use super::{DayKind, DayMark, Limit};
use crate::calendar::{Calendar, CalendarError, Day, EntryStatus};
use crate::date::{vn_date, vn_time};
use chrono::{Datelike, NaiveTime};
use std::fmt;

const FIRST_DAY: &str = "Bộ luật Dân sự 2015 Điều 147";
const LAST_DAY: &str = "Bộ luật Dân sự 2015 Điều 148";

/// Which rule a step applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// When it was received.
    Received,
    /// Received out of hours or on a day off: taken as received when the counter next opens.
    OutOfHours,
    /// Before or after the same-day cut-off.
    CutOff,
    /// Saturday and Sunday left out.
    Weekend,
    /// Holidays and days off in exchange left out.
    DayOff,
    /// A rest day that is worked and counted.
    SwapWork,
    /// Calendar days end on a day off.
    RolledForward,
    /// The result.
    Due,
}

/// One step. [`fmt::Display`] gives the sentence with its basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceStep {
    /// The rule applied.
    pub rule: Rule,
    text: String,
    basis: Option<String>,
}

impl TraceStep {
    fn new(rule: Rule, text: String, basis: Option<&str>) -> Self {
        let basis = basis.map(str::to_owned);
        Self { rule, text, basis }
    }

    /// The sentence without its basis, for narrow places.
    pub fn sentence(&self) -> String {
        format!("{}.", self.text)
    }

    /// The legal basis, where the step has one of its own.
    pub fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }
}

impl fmt::Display for TraceStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.basis {
            Some(basis) => write!(f, "{} ({basis}).", self.text),
            None => write!(f, "{}.", self.text),
        }
    }
}

pub(super) fn explain(count: &Count, calendar: &Calendar) -> Result<Vec<TraceStep>, CalendarError> {
    let mut steps = opening(count, calendar)?;
    let start = count.start.date();
    let counted: Vec<&DayMark> = count.marks.iter().filter(|mark| mark.date > start).collect();
    steps.extend(runs(&counted, count, calendar)?);
    steps.push(closing(count));
    // A basis said once is enough: a month has four weekends.
    let mut said = false;
    for step in steps.iter_mut().filter(|step| step.rule == Rule::Weekend) {
        if std::mem::replace(&mut said, true) {
            step.basis = None;
        }
    }
    Ok(steps)
}

/// Reception, out-of-hours shift and cut-off.
fn opening(count: &Count, calendar: &Calendar) -> Result<Vec<TraceStep>, CalendarError> {
    let mut steps = vec![received(count)];
    if count.start != count.received {
        steps.push(out_of_hours(count, calendar)?);
    }
    if count.limit == Limit::SameDay {
        steps.push(cut_off(count, calendar)?);
    }
    Ok(steps)
}

fn received(count: &Count) -> TraceStep {
    let at = format!(
        "Nhận {} {}",
        vn_time(count.received.time()),
        vn_date(count.received.date())
    );
    let (then, basis) = match (count.limit, count.hours_from) {
        (Limit::WorkingDays(_) | Limit::CalendarDays(_), _) => ("; ngày nhận không tính".to_owned(), Some(FIRST_DAY)),
        (Limit::Hours(_), Some(from)) => {
            let from = format!("{} {}", vn_time(from.time()), vn_date(from.date()));
            (format!("; giờ làm việc tính từ {from}"), None)
        }
        (Limit::Hours(_) | Limit::SameDay, _) => (String::new(), None),
    };
    TraceStep::new(Rule::Received, at + &then, basis)
}

fn out_of_hours(count: &Count, calendar: &Calendar) -> Result<TraceStep, CalendarError> {
    let day = count.received.date();
    let hours = calendar.hours_on(day)?;
    let (why, basis) = match calendar.day(day)? {
        Day::Weekend(_) => ("là ngày nghỉ hằng tuần".to_owned(), calendar.weekend_basis()),
        Day::Off(entry) => (format!("là ngày nghỉ ({})", entry.name), entry.basis.as_str()),
        Day::Working | Day::SwapWorking(_) => (
            format!("đã hết giờ làm việc {}", vn_time(hours.closes())),
            hours.basis.as_str(),
        ),
    };
    let (time, date) = (vn_time(count.start.time()), vn_date(count.start.date()));
    let text = format!("Lúc nhận {why}; coi như nhận {time} {date}");
    Ok(TraceStep::new(Rule::OutOfHours, text, Some(basis)))
}

fn cut_off(count: &Count, calendar: &Calendar) -> Result<TraceStep, CalendarError> {
    let hours = calendar.hours_on(count.start.date())?;
    let (start, limit) = (count.start.time(), hours.same_day_cut_off);
    let cut_off = vn_time(limit);
    let text = if start > limit {
        let at = exact_enough(start, limit);
        format!("Nhận {at}, sau {cut_off}: việc trong ngày chuyển sang ngày làm việc kế tiếp")
    } else {
        format!("Nhận không muộn hơn {cut_off}: việc trong ngày trả trong ngày")
    };
    Ok(TraceStep::new(Rule::CutOff, text, Some(&hours.basis)))
}

/// Seconds only where minutes would contradict the sentence.
fn exact_enough(time: NaiveTime, against: NaiveTime) -> String {
    if vn_time(time) == vn_time(against) {
        time.format("%H:%M:%S").to_string()
    } else {
        vn_time(time)
    }
}

/// Neighbouring days of one reason make one sentence.
fn runs(marks: &[&DayMark], count: &Count, calendar: &Calendar) -> Result<Vec<TraceStep>, CalendarError> {
    let mut steps = Vec::new();
    for run in marks.chunk_by(|a, b| same_run(a, b, calendar)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        if let Some(step) = run_step(first, last, count, calendar)? {
            steps.push(step);
        }
        if let (Limit::CalendarDays(amount), DayKind::Counted(nth)) = (count.limit, last.kind) {
            steps.extend((nth == amount).then(|| rolled_forward(last, nth, count)));
        }
    }
    Ok(steps)
}

/// Days off run together when both are weekend days or carry the same name.
fn same_run(a: &DayMark, b: &DayMark, calendar: &Calendar) -> bool {
    if a.kind != DayKind::Off || b.kind != DayKind::Off {
        return false;
    }
    matches!(
        (calendar.day(a.date), calendar.day(b.date)),
        (Ok(Day::Weekend(_)), Ok(Day::Weekend(_)))
    ) || a.reason == b.reason
}

fn run_step(
    first: &DayMark,
    last: &DayMark,
    count: &Count,
    calendar: &Calendar,
) -> Result<Option<TraceStep>, CalendarError> {
    let year = count.received.year();
    Ok(match (first.kind, calendar.day(first.date)?) {
        (DayKind::Off, Day::Weekend(_)) => {
            let text = format!("Trừ {}", weekend(first.date, last.date, year));
            Some(TraceStep::new(Rule::Weekend, text, Some(calendar.weekend_basis())))
        }
        (DayKind::Off, Day::Off(entry)) => {
            let mut text = format!("Trừ {}: {}", span(first.date, last.date, year), entry.name);
            if entry.status == EntryStatus::Provisional {
                text.push_str(", ngày dự kiến, chưa có thông báo chính thức");
            }
            Some(TraceStep::new(Rule::DayOff, text, Some(&entry.basis)))
        }
        (kind, Day::SwapWorking(entry)) if kind == DayKind::Due || !in_calendar_days(count) => {
            let text = format!("Tính {}: {}", weekend(first.date, last.date, year), entry.name);
            Some(TraceStep::new(Rule::SwapWork, text, Some(&entry.basis)))
        }
        _ => None,
    })
}

fn in_calendar_days(count: &Count) -> bool {
    matches!(count.limit, Limit::CalendarDays(_))
}

/// The last calendar day stayed `Counted` only because it is off.
fn rolled_forward(last: &DayMark, nth: u16, count: &Count) -> TraceStep {
    let reason = last.reason.as_deref().unwrap_or_default();
    let day = day_month(last.date, count.received.year());
    let text = format!("Ngày thứ {nth} là {day}, ngày nghỉ ({reason}): chuyển sang ngày làm việc kế tiếp");
    TraceStep::new(Rule::RolledForward, text, Some(LAST_DAY))
}

fn closing(count: &Count) -> TraceStep {
    let (time, date) = (vn_time(count.due.time()), vn_date(count.due.date()));
    let text = match count.limit {
        Limit::SameDay => format!("Hẹn trả {time} {date}"),
        Limit::WorkingDays(_) | Limit::CalendarDays(_) | Limit::Hours(_) => {
            format!("Đủ {}; hẹn trả {time} {date}", count.limit)
        }
    };
    TraceStep::new(Rule::Due, text, None)
}
