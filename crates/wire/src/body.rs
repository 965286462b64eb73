//! The body of every event type as JSON, both ways. Fields are added, never renamed or removed:
//! golden files of every type ever written are kept in `crates/wire/golden`.

mod parts;

use dossier::Fact;
use dossier::fact::{
    CodeKind, Correction, FormIssued, NumbersClosed, OfficerFacts, Outcome, PageFacts, ResultReturned,
};
use dossier::money::Dong;
use dossier::text;
use serde_json::{Value, json};

use crate::decode::Fields;
use crate::envelope::{hex, unhex};
use parts::{
    VIAS, applicant, authorised, lines, name_of, object, promise, read_applicant, read_authorised, read_lines,
    read_promise, read_registration, registration,
};

/// A field of a stored body that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("field {field:?}: {problem}")]
pub struct BodyError {
    /// Which field.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

impl BodyError {
    pub(crate) fn new(field: &str, problem: &str) -> Self {
        Self {
            field: text::clean(field),
            problem: problem.to_owned(),
        }
    }
}

const KINDS: &[(CodeKind, &str)] = &[
    (CodeKind::Official, "official"),
    (CodeKind::Temporary, "temporary"),
    (CodeKind::External, "external"),
];
const OUTCOMES: &[(Outcome, &str)] = &[(Outcome::Granted, "granted"), (Outcome::Denied, "denied")];

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
        Fact::HandedOver { to, note } => object([
            ("to", Some(json!(to.to_string()))),
            ("note", note.clone().map(Value::from)),
        ]),
        Fact::HandOverAccepted | Fact::ProcessingStarted | Fact::ResultArrived => json!({}),
        Fact::SupplementRequested { items, reason } => json!({"items": items, "reason": reason}),
        Fact::SupplementReceived {
            components,
            promise: it,
        } => {
            json!({"components": lines(components), "promise": promise(it)})
        }
        Fact::PaymentRequired { amount, what } => json!({"amount": amount.0, "what": what}),
        Fact::PaymentReceived { amount, method } => json!({"amount": amount.0, "method": method}),
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
            ("number", number.clone().map(Value::from)),
            ("blob", blob.map(|it| json!(it.to_string()))),
        ]),
        Fact::ResultReturned(it) => object([
            ("to", Some(json!(it.to))),
            ("id_number", it.id_number.clone().map(Value::from)),
            ("receipt_shown", Some(json!(it.receipt_shown))),
            ("via", Some(json!(name_of(VIAS, &it.via)))),
        ]),
        Fact::NoteAdded { text } => json!({"text": text}),
        Fact::Linked { parent } => json!({"parent": parent.to_string()}),
        Fact::Rated { level, reason } => object([
            ("level", Some(json!(level))),
            ("reason", reason.clone().map(Value::from)),
        ]),
        Fact::Erased { target, basis } => json!({"target": target.to_string(), "basis": basis}),
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
        // Records of these two are never made here: their bytes are another program's, or gone.
        Fact::Unknown { .. } | Fact::BodyErased { .. } => json!({}),
    }
}

/// The fact of a body. A type this program does not know gives [`Fact::Unknown`].
///
/// # Errors
/// [`BodyError`] names the field that cannot be read.
pub fn decode_fact(kind: &str, body: &Value) -> Result<Fact, BodyError> {
    match Fields::of(body) {
        Ok(fields) => read_fact(kind, &fields),
        // The body of an unknown type may be anything at all; those of known types are objects.
        Err(error) => match read_fact(kind, &Fields::of(&json!({}))?) {
            Ok(unknown @ Fact::Unknown { .. }) => Ok(unknown),
            Ok(_) | Err(_) => Err(error),
        },
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one line an event type; the table is easier to check whole"
)]
fn read_fact(kind: &str, it: &Fields<'_>) -> Result<Fact, BodyError> {
    Ok(match kind {
        "registered" => Fact::Registered(Box::new(read_registration(it)?)),
        "code_assigned" => Fact::CodeAssigned {
            code: it.parsed("code")?,
            kind: it.one_of("kind", KINDS)?,
            issuer: it.parsed("issuer")?,
        },
        "code_voided" => Fact::CodeVoided {
            code: it.parsed("code")?,
            reason: it.text("reason")?,
        },
        "form_issued" => Fact::FormIssued(FormIssued {
            form: it.text("form")?,
            sha256: sha(it)?,
            blob: it.parsed("blob")?,
            size: it.number("size")?,
        }),
        "form_printed" => Fact::FormPrinted {
            sha256: sha(it)?,
            copy: it.number("copy")?,
        },
        "corrected" => Fact::Corrected(Box::new(read_correction(it)?)),
        "components_compared" => Fact::ComponentsCompared {
            components: it.numbers("components")?,
        },
        "papers_returned" => Fact::PapersReturned {
            components: it.numbers("components")?,
        },
        "page_attached" => Fact::PageAttached(read_page(it)?),
        "page_removed" => Fact::PageRemoved {
            page: it.parsed("page")?,
            reason: it.text("reason")?,
        },
        "page_restored" => Fact::PageRestored {
            page: it.parsed("page")?,
        },
        "page_moved" => Fact::PageMoved {
            page: it.parsed("page")?,
            component: it.number("component")?,
        },
        "handed_over" => Fact::HandedOver {
            to: it.parsed("to")?,
            note: it.maybe_text("note")?,
        },
        "hand_over_accepted" => Fact::HandOverAccepted,
        "processing_started" => Fact::ProcessingStarted,
        "supplement_requested" => Fact::SupplementRequested {
            items: it.texts("items")?,
            reason: it.text("reason")?,
        },
        "supplement_received" => Fact::SupplementReceived {
            components: read_lines(it)?,
            promise: read_promise(&it.object("promise")?)?,
        },
        "payment_required" => Fact::PaymentRequired {
            amount: Dong(it.number("amount")?),
            what: it.text("what")?,
        },
        "payment_received" => Fact::PaymentReceived {
            amount: Dong(it.number("amount")?),
            method: it.text("method")?,
        },
        "payment_waived" => Fact::PaymentWaived {
            basis: it.text("basis")?,
        },
        "payment_refunded" => Fact::PaymentRefunded {
            amount: Dong(it.number("amount")?),
            reason: it.text("reason")?,
        },
        "promise_changed" => Fact::PromiseChanged {
            promise: read_promise(&it.object("promise")?)?,
            reason: it.text("reason")?,
        },
        "extended" => Fact::Extended {
            promise: read_promise(&it.object("promise")?)?,
            reason: it.text("reason")?,
        },
        "intake_refused" => Fact::IntakeRefused {
            reason: it.text("reason")?,
        },
        "withdrawn" => Fact::Withdrawn {
            reason: it.text("reason")?,
        },
        "stopped" => Fact::Stopped {
            reason: it.text("reason")?,
        },
        "resolved" => Fact::Resolved {
            outcome: it.one_of("outcome", OUTCOMES)?,
            number: it.maybe_text("number")?,
            blob: it.maybe_parsed("blob")?,
        },
        "result_arrived" => Fact::ResultArrived,
        "result_returned" => Fact::ResultReturned(ResultReturned {
            to: it.text("to")?,
            id_number: it.maybe_text("id_number")?,
            receipt_shown: it.flag("receipt_shown")?,
            via: it.one_of("via", VIAS)?,
        }),
        "note_added" => Fact::NoteAdded { text: it.text("text")? },
        "linked" => Fact::Linked {
            parent: it.parsed("parent")?,
        },
        "rated" => Fact::Rated {
            level: it.number("level")?,
            reason: it.maybe_text("reason")?,
        },
        "erased" => Fact::Erased {
            target: it.parsed("target")?,
            basis: it.text("basis")?,
        },
        "device_enrolled" => Fact::DeviceEnrolled {
            device: it.parsed("device")?,
            name: it.text("name")?,
            hub_key: bytes32(it, "hub_key")?,
        },
        "epoch_opened" => Fact::EpochOpened {
            epoch: it.number("epoch")?,
            reason: it.text("reason")?,
        },
        "officer_added" => Fact::OfficerAdded(read_officer(it)?),
        "officer_changed" => Fact::OfficerChanged {
            officer: read_officer(&it.object("officer")?)?,
            active: it.flag("active")?,
        },
        "numbers_closed" => Fact::NumbersClosed(NumbersClosed {
            series: it.parsed("series")?,
            day: it.parsed("day")?,
            from: it.number("from")?,
            to: it.number("to")?,
            reason: it.text("reason")?,
        }),
        "day_closed" => Fact::DayClosed {
            day: it.parsed("day")?,
            issued: it.number("issued")?,
            voided: it.number("voided")?,
            unused: it.number("unused")?,
        },
        "clock_confirmed" => Fact::ClockConfirmed { day: it.parsed("day")? },
        "seal_broken" => Fact::SealBroken { what: it.text("what")? },
        "catalogue_approved" => Fact::CatalogueApproved {
            version: it.text("version")?,
            basis: it.text("basis")?,
        },
        other => Fact::Unknown { kind: other.to_owned() },
    })
}

fn bytes32(it: &Fields<'_>, key: &str) -> Result<[u8; 32], BodyError> {
    unhex(it.str(key)?).ok_or_else(|| BodyError::new(key, "64 hexadecimal digits are expected"))
}

fn sha(it: &Fields<'_>) -> Result<[u8; 32], BodyError> {
    bytes32(it, "sha256")
}

fn correction(it: &Correction) -> Value {
    object([
        ("applicant", it.applicant.as_ref().map(applicant)),
        ("authorised", it.authorised.as_ref().map(authorised)),
        ("components", it.components.as_ref().map(|components| lines(components))),
        ("return_via", it.return_via.map(|via| json!(name_of(VIAS, &via)))),
        ("reason", Some(json!(it.reason))),
    ])
}

fn read_correction(it: &Fields<'_>) -> Result<Correction, BodyError> {
    Ok(Correction {
        applicant: it
            .maybe("applicant")
            .map(|_| read_applicant(&it.object("applicant")?))
            .transpose()?,
        authorised: it
            .maybe("authorised")
            .map(|_| read_authorised(&it.object("authorised")?))
            .transpose()?,
        components: it.maybe("components").map(|_| read_lines(it)).transpose()?,
        return_via: it
            .maybe("return_via")
            .map(|_| it.one_of("return_via", VIAS))
            .transpose()?,
        reason: it.text("reason")?,
    })
}

fn page(it: &PageFacts) -> Value {
    object([
        ("page", Some(json!(it.page.to_string()))),
        ("component", Some(json!(it.component))),
        ("blob", Some(json!(it.blob.to_string()))),
        ("media", Some(json!(it.media))),
        ("width", Some(json!(it.width))),
        ("height", Some(json!(it.height))),
        ("dpi", it.dpi.map(Value::from)),
        ("pdf_pages", Some(json!(it.pdf_pages))),
        ("size", Some(json!(it.size))),
    ])
}

fn read_page(it: &Fields<'_>) -> Result<PageFacts, BodyError> {
    Ok(PageFacts {
        page: it.parsed("page")?,
        component: it.number("component")?,
        blob: it.parsed("blob")?,
        media: it.text("media")?,
        width: it.number("width")?,
        height: it.number("height")?,
        dpi: it.maybe_number("dpi")?,
        pdf_pages: it.number("pdf_pages")?,
        size: it.number("size")?,
    })
}

fn officer(it: &OfficerFacts) -> Value {
    json!({"officer": it.officer.to_string(), "name": it.name, "admin": it.admin})
}

fn read_officer(it: &Fields<'_>) -> Result<OfficerFacts, BodyError> {
    Ok(OfficerFacts {
        officer: it.parsed("officer")?,
        name: it.text("name")?,
        admin: it.flag("admin")?,
    })
}
