//! The JSON of a body as the fact it tells of.

use dossier::Fact;
use dossier::fact::{CashClosed, FormIssued, NumbersClosed, OfficerFacts, ResultReturned};
use dossier::money::Dong;

use super::checklist::{read_lines, read_page};
use super::promise::read_promise;
use super::registration::{VIAS, read_correction, read_registration};
use super::{BodyError, KINDS, OUTCOMES, SETTLEMENTS};
use crate::decode::Fields;
use crate::envelope::unhex;
use crate::tree::{Fieldset, Tree};

/// The fact of a body. A type this program does not know gives [`Fact::Unknown`].
///
/// # Errors
/// [`BodyError`] names the field that cannot be read.
pub fn decode_fact(kind: &str, body: &Tree<'_>) -> Result<Fact, BodyError> {
    match Fields::of(body) {
        Ok(fields) => read_fact(kind, &fields),
        // The body of an unknown type may be anything at all; those of known types are objects.
        Err(error) => match read_fact(kind, &Fields::of(&Tree::Object(Fieldset::default()))?) {
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
            paper: it.maybe_text("paper")?,
            till: it.maybe_parsed("till")?,
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
        "dispute_settled" => Fact::DisputeSettled {
            event: it.parsed("event")?,
            choice: it.one_of("choice", SETTLEMENTS)?,
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
        "cash_closed" => Fact::CashClosed(CashClosed {
            day: it.parsed("day")?,
            officer: it.parsed("officer")?,
            count: it.number("count")?,
            total: Dong(it.number("total")?),
            cash: Dong(it.number("cash")?),
        }),
        other => Fact::Unknown { kind: other.to_owned() },
    })
}

fn bytes32(it: &Fields<'_>, key: &str) -> Result<[u8; 32], BodyError> {
    unhex(it.str(key)?).ok_or_else(|| BodyError::new(key, "64 hexadecimal digits are expected"))
}

fn sha(it: &Fields<'_>) -> Result<[u8; 32], BodyError> {
    bytes32(it, "sha256")
}

fn read_officer(it: &Fields<'_>) -> Result<OfficerFacts, BodyError> {
    Ok(OfficerFacts {
        officer: it.parsed("officer")?,
        name: it.text("name")?,
        admin: it.flag("admin")?,
    })
}
