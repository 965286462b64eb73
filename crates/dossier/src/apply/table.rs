//! The transition table: one line an event. It is one `match` on purpose, so that it can be held
//! against the table of docs/adr/0001 and a new fact cannot be forgotten.

use super::{Refused, annotations, business, checklist, codes, forms, money, pages, paper};
use crate::fact::{Event, Fact};
use crate::state::{Business, Dossier};

/// Changes the dossier as the event says. After a refusal the dossier is half changed: the caller
/// works on a copy and throws it away.
pub(super) fn change(dossier: &mut Dossier, event: &Event) -> Result<(), Refused> {
    use Business::{Processing, Received};
    match &event.fact {
        Fact::Registered(_) => Err(Refused::AlreadyRegistered),
        Fact::CodeAssigned { code, kind, issuer } => codes::give(dossier, code, *kind, issuer),
        Fact::CodeVoided { code, reason } => codes::void(dossier, code, reason),
        Fact::FormIssued(form) => forms::issue(dossier, form),
        Fact::FormPrinted { sha256, .. } => forms::count_print(dossier, sha256),
        Fact::Corrected(correction) => checklist::correct(dossier, correction),
        Fact::ComponentsCompared { components } => checklist::compare(dossier, components),
        Fact::PageAttached(page) => pages::attach(dossier, page),
        Fact::PageRemoved { page, reason } => pages::remove(dossier, *page, reason),
        Fact::PageRestored { page } => pages::restore(dossier, *page),
        Fact::PageMoved { page, component } => pages::move_to(dossier, *page, *component),
        Fact::HandedOver { to, .. } => paper::hand_over(dossier, to),
        Fact::HandOverAccepted => paper::accept_hand_over(dossier),
        Fact::ProcessingStarted => business::go(dossier, &[Received], Processing),
        Fact::SupplementRequested { .. } => business::request_supplement(dossier),
        Fact::SupplementReceived { components, promise } => business::receive_supplement(dossier, components, promise),
        Fact::PaymentRequired { amount, .. } => money::require(dossier, *amount),
        Fact::PaymentReceived { amount, .. } => money::receive(dossier, *amount),
        Fact::PaymentWaived { .. } => money::waive(dossier),
        Fact::PaymentRefunded { amount, .. } => money::refund(dossier, *amount),
        Fact::PromiseChanged { promise, .. } => business::promise_again(dossier, promise),
        Fact::Extended { promise, .. } => business::extend(dossier, promise),
        Fact::IntakeRefused { .. } => business::go(dossier, &[Received], Business::Refused),
        Fact::Withdrawn { .. } => business::end(dossier, Business::Withdrawn),
        Fact::Stopped { .. } => business::end(dossier, Business::Stopped),
        Fact::Resolved { .. } => business::go(dossier, &[Received, Processing], Business::Resolved),
        Fact::ResultArrived => paper::take_in_result(dossier),
        Fact::ResultReturned(_) => paper::return_result(dossier),
        Fact::PapersReturned { components } => checklist::has_all(dossier, components),
        Fact::NoteAdded { .. } | Fact::DisputeSettled { .. } | Fact::Unknown { .. } | Fact::BodyErased { .. } => Ok(()),
        Fact::Linked { parent } => annotations::link(dossier, *parent),
        Fact::Rated { level, .. } => annotations::rate(dossier, *level),
        Fact::Erased { target, .. } => annotations::erase(dossier, *target),
        Fact::DeviceEnrolled { .. }
        | Fact::EpochOpened { .. }
        | Fact::OfficerAdded(_)
        | Fact::OfficerChanged { .. }
        | Fact::NumbersClosed(_)
        | Fact::DayClosed { .. }
        | Fact::ClockConfirmed { .. }
        | Fact::SealBroken { .. }
        | Fact::CatalogueApproved { .. }
        | Fact::CashClosed(_) => Err(Refused::NotOfADossier),
    }
}
