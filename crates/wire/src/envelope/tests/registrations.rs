//! Any registration comes back as it was written.

use chrono::{DateTime, Utc};
use dossier::card::{Gender, PartialDate};
use dossier::catalogue::{Fee, Group, PaperState};
use dossier::deadline::Limit;
use dossier::money::Dong;
use dossier::person::{Applicant, ApplicantKind};
use dossier::registration::{Channel, ComponentLine, HandedIn, Registration, ReturnVia};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[A-Za-zÀ-ỹĐđ0-9 ,.\"\\\\\n]{0,40}", 1 => ".{0,20}"]
}

fn dates() -> impl Strategy<Value = PartialDate> {
    let ymd = (1i32..9999, 1u32..=12, 1u32..=28);
    (ymd, 0..3).prop_map(|((year, month, day), exact)| match exact {
        0 => PartialDate::Year(year),
        1 => PartialDate::Month(year, month),
        _ => PartialDate::Day(chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()),
    })
}

prop_compose! {
    fn applicants()(
        kind in select(vec![ApplicantKind::Person, ApplicantKind::Organisation]),
        name in words(), id_number in of("099[0-9]{9}"), id_kind in of(words()), birth_date in of(dates()),
        gender in of(select(vec![Gender::Male, Gender::Female])),
        rest in (of(words()), of(words()), of(words())),
    ) -> Applicant {
        let (address, phone, email) = rest;
        Applicant { kind, name, id_number, id_kind, birth_date, gender, address, phone, email }
    }
}

fn checklists() -> impl Strategy<Value = Vec<ComponentLine>> {
    use PaperState::{Certified, Copy, FromDatabase, Missing, NotApplicable, Original, Presented};
    let states = vec![
        Original,
        Certified,
        Copy,
        Presented,
        FromDatabase,
        Missing,
        NotApplicable,
    ];
    let handed = (select(states), any::<u16>()).prop_map(|(state, count)| HandedIn { state, count });
    let groups = select(vec![Group::Submit, Group::Present]);
    let line = (
        any::<u16>(),
        words(),
        of(words()),
        groups,
        prop::collection::vec(handed, 0..4),
    );
    let line = line.prop_map(|(no, name, note, group, handed_in)| ComponentLine {
        no,
        name,
        note,
        group,
        handed_in,
    });
    prop::collection::vec(line, 0..5)
}

fn limits() -> impl Strategy<Value = Limit> {
    (any::<u16>(), 0..4).prop_map(|(amount, kind)| match kind {
        0 => Limit::WorkingDays(amount),
        1 => Limit::CalendarDays(amount),
        2 => Limit::Hours(amount),
        _ => Limit::SameDay,
    })
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..4_102_444_800_000).prop_map(|millis| DateTime::from_timestamp_millis(millis).unwrap())
}

prop_compose! {
    fn registrations()(
        request_id in words(), case in of((words(), words())), applicant in applicants(), components in checklists(),
        channel in select(vec![Channel::Direct, Channel::Online, Channel::Post]), authorised in any::<bool>(),
        return_via in select(vec![ReturnVia::Counter, ReturnVia::Post, ReturnVia::Online]), sets in any::<u16>(),
        fees in prop::collection::vec((words(), 0..=Dong::LARGEST.0), 0..4), limit in limits(),
        times in (instants(), instants()), helps in of(select(vec!["H99", "H99.7"])),
    ) -> Registration {
        let mut it = samples::registration();
        it.authorised = it.authorised.filter(|_| authorised);
        it.agencies.helps = helps.map(samples::agency);
        (it.promise.limit, it.promise.due_at) = (limit, times.1);
        let fees = fees.into_iter().map(|(name, amount)| Fee { name, amount: Dong(amount) }).collect();
        Registration { request_id, case, applicant, components, channel, return_via, sets, fees, received_at: times.0, ..it }
    }
}

proptest! {
    #[test]
    fn registrations_come_back_as_they_were(it in registrations(), seq in 1u64..1 << 53, salt: [u8; 16]) {
        let event = event(Fact::Registered(Box::new(it)));
        let record = Record::seal(&event, clocks(&event), 0, seq, salt).unwrap();
        prop_assert_eq!(record.event().unwrap(), event.clone());
        let text = serde_json::to_string(&record).unwrap();
        let again: Record = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&again, &record);
        prop_assert_eq!(Record::seal(&again.event().unwrap(), clocks(&event), 0, seq, salt).unwrap(), record);
    }
}
