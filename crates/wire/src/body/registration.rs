//! A registration, both ways, and its correction.

use dossier::catalogue::Fee;
use dossier::fact::Correction;
use dossier::money::Dong;
use dossier::registration::{Agencies, Channel, LateEntry, ProcedureRef, Registration, ReturnVia};
use serde_json::{Value, json};

use super::BodyError;
use super::checklist::{lines, read_lines};
use super::json::{name_of, object};
use super::people::{applicant, authorised, read_applicant, read_authorised};
use super::promise::{promise, read_promise};
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

pub fn registration(it: &Registration) -> Value {
    let fees: Vec<Value> = it
        .fees
        .iter()
        .map(|fee| json!({"name": fee.name, "amount": fee.amount.0}))
        .collect();
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
        ("procedure", Some(procedure(&it.procedure))),
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
        ("late", it.late.as_ref().map(late)),
        ("clock_doubtful", it.clock_doubtful.then_some(json!(true))),
        ("promise", Some(promise(&it.promise))),
    ])
}

pub fn read_registration(it: &Fields<'_>) -> Result<Registration, BodyError> {
    let agencies = it.object("agencies")?;
    Ok(Registration {
        request_id: it.text("request_id")?,
        procedure: read_procedure(&it.object("procedure")?)?,
        case: it.maybe_object("case", read_case)?,
        channel: it.one_of("channel", CHANNELS)?,
        applicant: read_applicant(&it.object("applicant")?)?,
        authorised: it.maybe_object("authorised", read_authorised)?,
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
        late: it.maybe_object("late", read_late)?,
        clock_doubtful: it.maybe("clock_doubtful").is_some() && it.flag("clock_doubtful")?,
        promise: read_promise(&it.object("promise")?)?,
    })
}

/// `late` and `clock_doubtful` came later: absent means entered at once, by a clock that was believed.
fn late(it: &LateEntry) -> Value {
    json!({"entered_at": it.entered_at.timestamp_millis(), "reason": it.reason})
}

fn read_late(it: &Fields<'_>) -> Result<LateEntry, BodyError> {
    Ok(LateEntry {
        entered_at: it.instant("entered_at")?,
        reason: it.text("reason")?,
    })
}

/// `needs_approval` came later: absent means approved, as all were before it.
fn procedure(it: &ProcedureRef) -> Value {
    object([
        ("code", Some(json!(it.code))),
        ("name", Some(json!(it.name))),
        ("field", Some(json!(it.field))),
        ("version", Some(json!(it.version))),
        ("needs_approval", it.needs_approval.then_some(json!(true))),
    ])
}

fn read_procedure(it: &Fields<'_>) -> Result<ProcedureRef, BodyError> {
    Ok(ProcedureRef {
        code: it.text("code")?,
        name: it.text("name")?,
        field: it.text("field")?,
        version: it.text("version")?,
        needs_approval: it.maybe("needs_approval").is_some() && it.flag("needs_approval")?,
    })
}

fn read_case(it: &Fields<'_>) -> Result<(String, String), BodyError> {
    Ok((it.text("id")?, it.text("name")?))
}

pub fn correction(it: &Correction) -> Value {
    object([
        ("applicant", it.applicant.as_ref().map(applicant)),
        ("authorised", it.authorised.as_ref().map(authorised)),
        ("components", it.components.as_ref().map(|components| lines(components))),
        ("return_via", it.return_via.map(|via| json!(name_of(VIAS, &via)))),
        ("reason", Some(json!(it.reason))),
    ])
}

pub fn read_correction(it: &Fields<'_>) -> Result<Correction, BodyError> {
    Ok(Correction {
        applicant: it.maybe_object("applicant", read_applicant)?,
        authorised: it.maybe_object("authorised", read_authorised)?,
        components: it.maybe("components").map(|_| read_lines(it)).transpose()?,
        return_via: it.maybe_one_of("return_via", VIAS)?,
        reason: it.text("reason")?,
    })
}
