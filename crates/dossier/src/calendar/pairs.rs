//! Every day off in exchange needs its worked day and the other way round: half an exchange means
//! that the file was typed or cut wrongly, and a promise would be a day off.

use super::CalendarError;
use super::entry::{Entry, EntryKind};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Exchanges without a stated partner are matched with the nearest within this many days.
const NEAR: i64 = 62;

/// A day of the file with the number of its line.
pub(super) type Numbered = BTreeMap<NaiveDate, (usize, Entry)>;

/// States the partner of every swap that has one; answers with the swaps that have none.
pub(super) fn pair(entries: &mut Numbered) -> Vec<CalendarError> {
    let mut problems = stated(entries);
    match_nearest(entries);
    for (line, entry) in entries.values() {
        let problem = without_pair(entry.kind).filter(|_| entry.with.is_none());
        problems.extend(problem.map(|problem| CalendarError::line_of(*line, problem)));
    }
    problems
}

fn without_pair(kind: EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::SwapOff => Some("ngày nghỉ hoán đổi thiếu ngày làm bù đi kèm"),
        EntryKind::SwapWork => Some("ngày làm bù thiếu ngày nghỉ hoán đổi đi kèm"),
        EntryKind::Holiday | EntryKind::CompensatoryOff | EntryKind::Closure => None,
    }
}

fn opposite(kind: EntryKind) -> Option<EntryKind> {
    match kind {
        EntryKind::SwapOff => Some(EntryKind::SwapWork),
        EntryKind::SwapWork => Some(EntryKind::SwapOff),
        EntryKind::Holiday | EntryKind::CompensatoryOff | EntryKind::Closure => None,
    }
}

/// Partners that lines state must be there, be of the other kind, and not state somebody else.
fn stated(entries: &mut Numbered) -> Vec<CalendarError> {
    let mut problems = Vec::new();
    let claims: Vec<(NaiveDate, NaiveDate)> = (entries.iter())
        .filter_map(|(date, (_, entry))| Some((*date, entry.with?)))
        .collect();
    for (date, with) in claims {
        let Some((line, kind)) = entries.get(&date).map(|(line, entry)| (*line, entry.kind)) else {
            continue;
        };
        let partner = entries.get_mut(&with).map(|(_, partner)| partner);
        match partner.filter(|it| Some(it.kind) == opposite(kind) && it.with.is_none_or(|back| back == date)) {
            Some(partner) => partner.with = Some(date),
            None => {
                let with = crate::date::vn_day(with);
                let problem = format!("ngày hoán đổi đi kèm {with} không có hoặc không khớp");
                problems.push(CalendarError::line_of(line, problem));
            }
        }
    }
    problems
}

fn match_nearest(entries: &mut Numbered) {
    while let Some((off, work)) = nearest(entries) {
        for (date, with) in [(off, work), (work, off)] {
            if let Some((_, entry)) = entries.get_mut(&date) {
                entry.with = Some(with);
            }
        }
    }
}

/// The closest two days that could still be exchanged with each other.
fn nearest(entries: &Numbered) -> Option<(NaiveDate, NaiveDate)> {
    let free = |kind| {
        let free = move |(_, (_, entry)): &(&NaiveDate, &(usize, Entry))| entry.kind == kind && entry.with.is_none();
        entries.iter().filter(free).map(|(date, _)| *date)
    };
    let couples = free(EntryKind::SwapOff).flat_map(|off| free(EntryKind::SwapWork).map(move |work| (off, work)));
    let apart = |(off, work): &(NaiveDate, NaiveDate)| off.signed_duration_since(*work).num_days().abs();
    couples.filter(|couple| apart(couple) <= NEAR).min_by_key(apart)
}
