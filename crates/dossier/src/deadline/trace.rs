//! The explanation of a due date: one Vietnamese sentence per rule, each with its legal basis.

use super::basis::{FIRST_DAY, LAST_DAY, LINKED};
use super::count::Count;
use super::words::{at, day_month, span, weekend};
use super::{DayKind, DayMark, Limit};
use crate::calendar::{Calendar, CalendarError, Day, EntryStatus, Opening, Reception};
use crate::date::{vn_date, vn_time, vn_weekday};
use chrono::{Datelike, NaiveTime};
use std::{collections::BTreeSet, fmt};

/// Which rule a step applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// When it was received.
    Received,
    /// Received out of hours or on a day off: taken as received when the counter next opens.
    OutOfHours,
    /// Received on a day open for reception that is no working day.
    ReceptionDay,
    /// Before or after the same-day cut-off.
    CutOff,
    /// A linked dossier received after the cut-off counts from the next working day.
    LinkedCutOff,
    /// When the dossier is handed to the unit that resolves it.
    Transfer,
    /// Saturday and Sunday left out.
    Weekend,
    /// Holidays and days off in exchange left out.
    DayOff,
    /// A rest day that is worked and counted.
    SwapWork,
    /// Calendar days end on a day off.
    RolledForward,
    /// The count touches a year whose days off are not announced.
    ProvisionalYear,
    /// Another limit of the same case applies.
    Alternative,
    /// What the law allows, where less was promised.
    Statutory,
    /// What the agency committed to.
    Committed,
    /// What had been promised before.
    Promised,
    /// Time waited for the citizen that does not count.
    Waited,
    /// Counted anew once the citizen had answered.
    Restarted,
    /// Waiting changed nothing.
    Kept,
    /// The one extension.
    Extended,
    /// One of several linked procedures.
    Part,
    /// The slowest of the linked procedures decides.
    Slowest,
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
    pub(super) fn new(rule: Rule, text: String, basis: Option<&str>) -> Self {
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
    let told = Told {
        year: count.received.year(),
        limit: count.limit,
    };
    steps.extend(runs(&counted, told, calendar)?);
    steps.extend(provisional_years(&count.marks, calendar));
    steps.push(closing(count));
    say_once(&mut steps);
    Ok(steps)
}

/// A basis said once is enough: a month has four weekends.
pub(super) fn say_once(steps: &mut [TraceStep]) {
    let mut said = false;
    for step in steps.iter_mut().filter(|step| step.rule == Rule::Weekend) {
        if std::mem::replace(&mut said, true) {
            step.basis = None;
        }
    }
}

/// What a sentence about a day needs to know of the count.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// The year that is not written out.
    pub year: i32,
    /// Calendar days do not leave days off out.
    pub limit: Limit,
}

pub(super) fn provisional_years(marks: &[DayMark], calendar: &Calendar) -> Vec<TraceStep> {
    let years: BTreeSet<i32> = marks.iter().map(|mark| mark.date.year()).collect();
    let step = |year| {
        let text = format!("Lịch nghỉ năm {year} là dự kiến, chưa có thông báo chính thức");
        let basis = calendar.provisional(year)?;
        Some(TraceStep::new(Rule::ProvisionalYear, text, Some(basis)))
    };
    years.into_iter().filter_map(step).collect()
}

/// Reception, out-of-hours shift and cut-off.
fn opening(count: &Count, calendar: &Calendar) -> Result<Vec<TraceStep>, CalendarError> {
    let mut steps = vec![received(count, calendar)?];
    if count.start != count.received {
        let closes = calendar.hours_on(count.received.date())?.closes();
        let was_open = calendar.is_working(count.received.date())? && count.received.time() <= closes;
        steps.push(match calendar.opening(count.received)? {
            _ if was_open => linked_cut_off(count, calendar)?,
            Opening::ReceptionOnly(session) => reception_day(count, session),
            Opening::Working | Opening::Closed => out_of_hours(count, calendar)?,
        });
    }
    if count.limit == Limit::SameDay {
        steps.push(cut_off(count, calendar)?);
    }
    Ok(steps)
}

fn received(count: &Count, calendar: &Calendar) -> Result<TraceStep, CalendarError> {
    let hours = calendar.hours_on(count.start.date())?;
    let (then, basis) = match (count.limit, count.hours_from) {
        (Limit::WorkingDays(_) | Limit::CalendarDays(_), _) => ("; ngày nhận không tính".to_owned(), Some(FIRST_DAY)),
        (Limit::Hours(_), Some(from)) => {
            let from = format!("; giờ làm việc tính từ {}", at(from));
            (from, Some(hours.basis.as_str()))
        }
        (Limit::Hours(_) | Limit::SameDay, _) => (String::new(), None),
    };
    let text = format!("Nhận {}{then}", at(count.received));
    Ok(TraceStep::new(Rule::Received, text, basis))
}

/// NĐ 63/2024/NĐ-CP Điều 7.
fn linked_cut_off(count: &Count, calendar: &Calendar) -> Result<TraceStep, CalendarError> {
    let cut_off = calendar.hours_on(count.received.date())?.transfer_cut_off;
    let text = format!(
        "Nhận {}, sau {}: hồ sơ liên thông tính từ ngày làm việc kế tiếp; coi như nhận {}",
        exact_enough(count.received.time(), cut_off),
        vn_time(cut_off),
        at(count.start)
    );
    Ok(TraceStep::new(Rule::LinkedCutOff, text, Some(LINKED)))
}

fn reception_day(count: &Count, session: &Reception) -> TraceStep {
    let text = format!(
        "Nhận trong buổi tiếp nhận {}–{} {}, không phải ngày làm việc; coi như nhận {}",
        vn_time(session.session.0),
        vn_time(session.session.1),
        vn_weekday(count.received.weekday()),
        at(count.start)
    );
    TraceStep::new(Rule::ReceptionDay, text, Some(&session.basis))
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
    let text = format!("Lúc nhận {why}; coi như nhận {}", at(count.start));
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
pub(super) fn exact_enough(time: NaiveTime, against: NaiveTime) -> String {
    if vn_time(time) == vn_time(against) {
        time.format("%H:%M:%S").to_string()
    } else {
        vn_time(time)
    }
}

/// Neighbouring days of one reason make one sentence.
pub(super) fn runs(marks: &[&DayMark], told: Told, calendar: &Calendar) -> Result<Vec<TraceStep>, CalendarError> {
    let mut steps = Vec::new();
    for run in marks.chunk_by(|a, b| same_run(a, b, calendar)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        if let Some(step) = run_step(first, last, told, calendar)? {
            steps.push(step);
        }
        if let (Limit::CalendarDays(amount), DayKind::Counted(nth)) = (told.limit, last.kind) {
            steps.extend((nth == amount).then(|| rolled_forward(last, nth, told)));
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
    told: Told,
    calendar: &Calendar,
) -> Result<Option<TraceStep>, CalendarError> {
    let year = told.year;
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
        (kind, Day::SwapWorking(entry)) if kind == DayKind::Due || !told.in_calendar_days() => {
            let text = format!("Tính {}: {}", weekend(first.date, last.date, year), entry.name);
            Some(TraceStep::new(Rule::SwapWork, text, Some(&entry.basis)))
        }
        _ => None,
    })
}

impl Told {
    fn in_calendar_days(self) -> bool {
        matches!(self.limit, Limit::CalendarDays(_))
    }
}

/// The last calendar day stayed `Counted` only because it is off.
fn rolled_forward(last: &DayMark, nth: u16, told: Told) -> TraceStep {
    let reason = last.reason.as_deref().unwrap_or_default();
    let day = day_month(last.date, told.year);
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
