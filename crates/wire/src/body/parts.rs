//! The parts that several bodies share: people, checklists, promises. Names are for ever.

use dossier::card::Gender;
use dossier::catalogue::{Fee, Group, PaperState};
use dossier::deadline::Limit;
use dossier::money::Dong;
use dossier::person::{Applicant, ApplicantKind, Authorised};
use dossier::registration::{
    Agencies, Channel, ComponentLine, HandedIn, ProcedureRef, Promise, Registration, ReturnVia,
};
use serde_json::{Map, Value, json};

use super::BodyError;
use crate::decode::Fields;

pub const VIAS: &[(ReturnVia, &str)] = &[
    (ReturnVia::Counter, "counter"),
    (ReturnVia::Post, "post"),
    (ReturnVia::Online, "online"),
];
const CHANNELS: &[(Channel, &str)] = &[
    (Channel::Direct, "direct"),
    (Channel::Online, "online"),
    (Channel::Post, "post"),
];
const APPLICANTS: &[(ApplicantKind, &str)] = &[
    (ApplicantKind::Person, "person"),
    (ApplicantKind::Organisation, "organisation"),
];
const GENDERS: &[(Gender, &str)] = &[(Gender::Male, "male"), (Gender::Female, "female")];
const GROUPS: &[(Group, &str)] = &[(Group::Submit, "submit"), (Group::Present, "present")];
const STATES: &[(PaperState, &str)] = &[
    (PaperState::Original, "original"),
    (PaperState::Certified, "certified"),
    (PaperState::Copy, "copy"),
    (PaperState::Presented, "presented"),
    (PaperState::FromDatabase, "from_database"),
    (PaperState::Missing, "missing"),
    (PaperState::NotApplicable, "not_applicable"),
];

/// The stored name of one of a closed list. Every list is complete, which the golden test shows.
pub fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: &T) -> &'static str {
    names
        .iter()
        .find(|(known, _)| known == value)
        .map_or("", |(_, name)| name)
}

/// An object without its absent fields.
pub fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let present = fields
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}

fn text(value: &Option<String>) -> Option<Value> {
    value.clone().map(Value::from)
}

pub fn applicant(it: &Applicant) -> Value {
    object([
        ("kind", Some(json!(name_of(APPLICANTS, &it.kind)))),
        ("name", Some(json!(it.name))),
        ("id_number", text(&it.id_number)),
        ("id_kind", text(&it.id_kind)),
        ("birth_date", it.birth_date.as_ref().map(|date| json!(date.to_string()))),
        ("gender", it.gender.map(|gender| json!(name_of(GENDERS, &gender)))),
        ("address", text(&it.address)),
        ("phone", text(&it.phone)),
        ("email", text(&it.email)),
    ])
}

pub fn read_applicant(it: &Fields<'_>) -> Result<Applicant, BodyError> {
    Ok(Applicant {
        kind: it.one_of("kind", APPLICANTS)?,
        name: it.text("name")?,
        id_number: it.maybe_text("id_number")?,
        id_kind: it.maybe_text("id_kind")?,
        birth_date: it.maybe_parsed("birth_date")?,
        gender: it.maybe("gender").map(|_| it.one_of("gender", GENDERS)).transpose()?,
        address: it.maybe_text("address")?,
        phone: it.maybe_text("phone")?,
        email: it.maybe_text("email")?,
    })
}

pub fn authorised(it: &Authorised) -> Value {
    object([
        ("name", Some(json!(it.name))),
        ("id_number", text(&it.id_number)),
        ("address", text(&it.address)),
        ("phone", text(&it.phone)),
        ("email", text(&it.email)),
        ("paper", text(&it.paper)),
    ])
}

pub fn read_authorised(it: &Fields<'_>) -> Result<Authorised, BodyError> {
    Ok(Authorised {
        name: it.text("name")?,
        id_number: it.maybe_text("id_number")?,
        address: it.maybe_text("address")?,
        phone: it.maybe_text("phone")?,
        email: it.maybe_text("email")?,
        paper: it.maybe_text("paper")?,
    })
}

pub fn lines(components: &[ComponentLine]) -> Value {
    components
        .iter()
        .map(|line| {
            let handed: Vec<Value> = line
                .handed_in
                .iter()
                .map(|it| json!({"state": name_of(STATES, &it.state), "count": it.count}))
                .collect();
            object([
                ("no", Some(json!(line.no))),
                ("name", Some(json!(line.name))),
                ("note", text(&line.note)),
                ("group", Some(json!(name_of(GROUPS, &line.group)))),
                ("handed_in", Some(json!(handed))),
            ])
        })
        .collect()
}

pub fn read_lines(it: &Fields<'_>) -> Result<Vec<ComponentLine>, BodyError> {
    it.objects("components", |line| {
        Ok(ComponentLine {
            no: line.number("no")?,
            name: line.text("name")?,
            note: line.maybe_text("note")?,
            group: line.one_of("group", GROUPS)?,
            handed_in: line.objects("handed_in", |it| {
                Ok(HandedIn {
                    state: it.one_of("state", STATES)?,
                    count: it.number("count")?,
                })
            })?,
        })
    })
}

pub fn limit(it: &Limit) -> Value {
    let (kind, amount) = match it {
        Limit::WorkingDays(amount) => ("working_days", Some(*amount)),
        Limit::CalendarDays(amount) => ("calendar_days", Some(*amount)),
        Limit::Hours(amount) => ("hours", Some(*amount)),
        Limit::SameDay => ("same_day", None),
    };
    object([("kind", Some(json!(kind))), ("amount", amount.map(Value::from))])
}

fn read_limit(it: &Fields<'_>) -> Result<Limit, BodyError> {
    match it.str("kind")? {
        "working_days" => Ok(Limit::WorkingDays(it.number("amount")?)),
        "calendar_days" => Ok(Limit::CalendarDays(it.number("amount")?)),
        "hours" => Ok(Limit::Hours(it.number("amount")?)),
        "same_day" => Ok(Limit::SameDay),
        _ => Err(BodyError::new("kind", "not one of the known names")),
    }
}

pub fn promise(it: &Promise) -> Value {
    json!({"limit": limit(&it.limit), "due_at": it.due_at.timestamp_millis(), "trace": it.trace, "calendar": it.calendar})
}

pub fn read_promise(it: &Fields<'_>) -> Result<Promise, BodyError> {
    Ok(Promise {
        limit: read_limit(&it.object("limit")?)?,
        due_at: it.instant("due_at")?,
        trace: it.texts("trace")?,
        calendar: it.text("calendar")?,
    })
}

pub fn registration(it: &Registration) -> Value {
    let fees: Vec<Value> = it
        .fees
        .iter()
        .map(|fee| json!({"name": fee.name, "amount": fee.amount.0}))
        .collect();
    let procedure = json!({"code": it.procedure.code, "name": it.procedure.name,
        "field": it.procedure.field, "version": it.procedure.version});
    let agencies = object([
        (
            "helps",
            it.agencies.helps.as_ref().map(|agency| json!(agency.to_string())),
        ),
        ("receives", Some(json!(it.agencies.receives.to_string()))),
        ("resolves", Some(json!(it.agencies.resolves.to_string()))),
    ]);
    object([
        ("request_id", Some(json!(it.request_id))),
        ("procedure", Some(procedure)),
        (
            "case",
            it.case.as_ref().map(|(id, name)| json!({"id": id, "name": name})),
        ),
        ("channel", Some(json!(name_of(CHANNELS, &it.channel)))),
        ("applicant", Some(applicant(&it.applicant))),
        ("authorised", it.authorised.as_ref().map(authorised)),
        ("components", Some(lines(&it.components))),
        ("sets", Some(json!(it.sets))),
        ("fees", Some(json!(fees))),
        ("return_via", Some(json!(name_of(VIAS, &it.return_via)))),
        ("agencies", Some(agencies)),
        ("received_at", Some(json!(it.received_at.timestamp_millis()))),
        ("promise", Some(promise(&it.promise))),
    ])
}

pub fn read_registration(it: &Fields<'_>) -> Result<Registration, BodyError> {
    let procedure = it.object("procedure")?;
    let agencies = it.object("agencies")?;
    Ok(Registration {
        request_id: it.text("request_id")?,
        procedure: ProcedureRef {
            code: procedure.text("code")?,
            name: procedure.text("name")?,
            field: procedure.text("field")?,
            version: procedure.text("version")?,
        },
        case: it.maybe("case").map(|_| read_case(&it.object("case")?)).transpose()?,
        channel: it.one_of("channel", CHANNELS)?,
        applicant: read_applicant(&it.object("applicant")?)?,
        authorised: it
            .maybe("authorised")
            .map(|_| read_authorised(&it.object("authorised")?))
            .transpose()?,
        components: read_lines(it)?,
        sets: it.number("sets")?,
        fees: it.objects("fees", |fee| {
            Ok(Fee {
                name: fee.text("name")?,
                amount: Dong(fee.number("amount")?),
            })
        })?,
        return_via: it.one_of("return_via", VIAS)?,
        agencies: Agencies {
            helps: agencies.maybe_parsed("helps")?,
            receives: agencies.parsed("receives")?,
            resolves: agencies.parsed("resolves")?,
        },
        received_at: it.instant("received_at")?,
        promise: read_promise(&it.object("promise")?)?,
    })
}

fn read_case(it: &Fields<'_>) -> Result<(String, String), BodyError> {
    Ok((it.text("id")?, it.text("name")?))
}
