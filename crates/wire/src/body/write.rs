//! Every fact as the JSON of its body.

use dossier::Fact;
use dossier::fact::OfficerFacts;
use serde_json::{Value, json};

use super::checklist::{lines, page};
use super::json::{name_of, object, text};
use super::promise::promise;
use super::registration::{VIAS, correction, registration};
use super::{KINDS, OUTCOMES, SETTLEMENTS};
use crate::envelope::hex;

/// The body of a fact. Absent options are left out.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one line an event type; the table is easier to check whole"
)]
pub fn encode_fact(fact: &Fact) -> Value {
    match fact {
        Fact::Registered(it) => registration(it),
        Fact::CodeAssigned { code, kind, issuer } => {
            json!({"code": code.to_string(), "kind": name_of(KINDS, kind), "issuer": issuer.to_string()})
        }
        Fact::CodeVoided { code, reason } => json!({"code": code.to_string(), "reason": reason}),
        Fact::FormIssued(it) => {
            json!({"form": it.form, "sha256": hex(&it.sha256), "blob": it.blob.to_string(), "size": it.size})
        }
        Fact::FormPrinted { sha256, copy } => json!({"sha256": hex(sha256), "copy": copy}),
        Fact::Corrected(it) => correction(it),
        Fact::ComponentsCompared { components } | Fact::PapersReturned { components } => {
            json!({"components": components})
        }
        Fact::PageAttached(it) => page(it),
        Fact::PageRemoved { page, reason } => json!({"page": page.to_string(), "reason": reason}),
        Fact::PageRestored { page } => json!({"page": page.to_string()}),
        Fact::PageMoved { page, component } => json!({"page": page.to_string(), "component": component}),
        Fact::HandedOver { to, note } => object([("to", Some(json!(to.to_string()))), ("note", text(note))]),
        Fact::HandOverAccepted | Fact::ProcessingStarted | Fact::ResultArrived => json!({}),
        Fact::SupplementRequested { items, reason } => json!({"items": items, "reason": reason}),
        Fact::SupplementReceived {
            components,
            promise: it,
        } => {
            json!({"components": lines(components), "promise": promise(it)})
        }
        Fact::PaymentRequired { amount, what } => json!({"amount": amount.0, "what": what}),
        Fact::PaymentReceived {
            amount,
            method,
            paper,
            till,
        } => object([
            ("amount", Some(json!(amount.0))),
            ("method", Some(json!(method))),
            ("paper", text(paper)),
            ("till", till.map(|day| json!(day.to_string()))),
        ]),
        Fact::PaymentWaived { basis } => json!({"basis": basis}),
        Fact::PaymentRefunded { amount, reason } => json!({"amount": amount.0, "reason": reason}),
        Fact::PromiseChanged { promise: it, reason } | Fact::Extended { promise: it, reason } => {
            json!({"promise": promise(it), "reason": reason})
        }
        Fact::IntakeRefused { reason } | Fact::Withdrawn { reason } | Fact::Stopped { reason } => {
            json!({"reason": reason})
        }
        Fact::Resolved { outcome, number, blob } => object([
            ("outcome", Some(json!(name_of(OUTCOMES, outcome)))),
            ("number", text(number)),
            ("blob", blob.map(|it| json!(it.to_string()))),
        ]),
        Fact::ResultReturned(it) => object([
            ("to", Some(json!(it.to))),
            ("id_number", text(&it.id_number)),
            ("receipt_shown", Some(json!(it.receipt_shown))),
            ("via", Some(json!(name_of(VIAS, &it.via)))),
        ]),
        Fact::NoteAdded { text } => json!({"text": text}),
        Fact::Linked { parent } => json!({"parent": parent.to_string()}),
        Fact::Rated { level, reason } => object([("level", Some(json!(level))), ("reason", text(reason))]),
        Fact::Erased { target, basis } => json!({"target": target.to_string(), "basis": basis}),
        Fact::DisputeSettled { event, choice } => {
            json!({"event": event.to_string(), "choice": name_of(SETTLEMENTS, choice)})
        }
        Fact::DeviceEnrolled { device, name, hub_key } => {
            json!({"device": device.to_string(), "name": name, "hub_key": hex(hub_key)})
        }
        Fact::EpochOpened { epoch, reason } => json!({"epoch": epoch, "reason": reason}),
        Fact::OfficerAdded(it) => officer(it),
        Fact::OfficerChanged { officer: it, active } => json!({"officer": officer(it), "active": active}),
        Fact::NumbersClosed(it) => json!({"series": it.series.to_string(), "day": it.day.to_string(),
            "from": it.from, "to": it.to, "reason": it.reason}),
        Fact::DayClosed {
            day,
            issued,
            voided,
            unused,
        } => {
            json!({"day": day.to_string(), "issued": issued, "voided": voided, "unused": unused})
        }
        Fact::ClockConfirmed { day } => json!({"day": day.to_string()}),
        Fact::SealBroken { what } => json!({"what": what}),
        Fact::CatalogueApproved { version, basis } => json!({"version": version, "basis": basis}),
        Fact::CashClosed(it) => json!({"day": it.day.to_string(), "officer": it.officer.to_string(),
            "count": it.count, "total": it.total.0, "cash": it.cash.0}),
        // Records of these two are never made here: their bytes are another program's, or gone.
        Fact::Unknown { .. } | Fact::BodyErased { .. } => json!({}),
    }
}

fn officer(it: &OfficerFacts) -> Value {
    json!({"officer": it.officer.to_string(), "name": it.name, "admin": it.admin})
}
