//! The transition table of docs/adr/0001 as one total function. Counter and hub run this same
//! code; what it refuses is kept with its reason and shown to a person, never skipped silently.

use crate::code::AgencyCode;
use crate::fact::{Correction, Event, Fact, PageFacts};
use crate::ids::PageId;
use crate::money::Dong;
use crate::registration::{ComponentLine, Promise};
use crate::state::{AttachedPage, Business, Dossier, GivenCode, Money, Paper, StoredForm};

/// Pages one dossier may carry, removed ones included: far above the largest land dossiers,
/// low enough that one dossier cannot fill a disk by mistake.
pub const MAX_PAGES: usize = 2_000;

/// Why an event does not change the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refused {
    /// There is no dossier yet.
    #[error("the dossier was never registered")]
    NotRegistered,
    /// There is one already.
    #[error("the dossier is registered already")]
    AlreadyRegistered,
    /// The event speaks of another dossier, or of none.
    #[error("the event belongs to another dossier")]
    OtherDossier,
    /// The agency does not hold the dossier.
    #[error("another agency holds the dossier")]
    NotHolder,
    /// The business axis does not allow it.
    #[error("the dossier's state does not allow it")]
    WrongState,
    /// One request for a supplement only (NĐ 118/2025 Điều 11).
    #[error("a supplement was asked for already")]
    SupplementAskedAlready,
    /// One extension only (NĐ 61/2018 Điều 19).
    #[error("the promise was extended already")]
    ExtendedAlready,
    /// No such page, or not in that condition.
    #[error("no such page")]
    NoSuchPage,
    /// No such component in the checklist.
    #[error("no such component")]
    NoSuchComponent,
    /// Too many pages.
    #[error("too many pages")]
    TooManyPages,
    /// The code was given already, or is void.
    #[error("the code was given already")]
    CodeTaken,
    /// No such code, or it is void already.
    #[error("no such code")]
    NoSuchCode,
    /// No such form.
    #[error("no such form")]
    NoSuchForm,
    /// The amount is below zero or more than was received.
    #[error("the amount is not possible")]
    WrongAmount,
    /// The event belongs to a station, not to a dossier.
    #[error("not an event of a dossier")]
    NotOfADossier,
}

impl Refused {
    /// Stable name for storage and for the words of the screen.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotRegistered => "NOT_REGISTERED",
            Self::AlreadyRegistered => "ALREADY_REGISTERED",
            Self::OtherDossier => "OTHER_DOSSIER",
            Self::NotHolder => "NOT_HOLDER",
            Self::WrongState => "WRONG_STATE",
            Self::SupplementAskedAlready => "SUPPLEMENT_ASKED_ALREADY",
            Self::ExtendedAlready => "EXTENDED_ALREADY",
            Self::NoSuchPage => "NO_SUCH_PAGE",
            Self::NoSuchComponent => "NO_SUCH_COMPONENT",
            Self::TooManyPages => "TOO_MANY_PAGES",
            Self::CodeTaken => "CODE_TAKEN",
            Self::NoSuchCode => "NO_SUCH_CODE",
            Self::NoSuchForm => "NO_SUCH_FORM",
            Self::WrongAmount => "WRONG_AMOUNT",
            Self::NotOfADossier => "NOT_OF_A_DOSSIER",
        }
    }
}

/// Events that changed nothing, each with its reason, in order.
pub type RefusedEvents<'a> = Vec<(&'a Event, Refused)>;

/// Folds accepted events; refused ones are returned beside the dossier, in order.
///
/// # Errors
/// [`Refused::NotRegistered`] when no event registers the dossier.
pub fn fold_events<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<(Dossier, RefusedEvents<'a>), Refused> {
    let mut dossier = None;
    let mut refused = Vec::new();
    for event in events {
        match step(dossier.as_ref(), event) {
            Ok(next) => dossier = Some(next),
            Err(why) => refused.push((event, why)),
        }
    }
    dossier.map(|dossier| (dossier, refused)).ok_or(Refused::NotRegistered)
}

/// One step of the fold, the first included.
///
/// # Errors
/// The reason the event changes nothing.
pub fn step(before: Option<&Dossier>, event: &Event) -> Result<Dossier, Refused> {
    match (before, &event.fact, event.dossier) {
        (None, Fact::Registered(registration), Some(id)) => Ok(Dossier::new(id, (**registration).clone())),
        (None, _, _) => Err(Refused::NotRegistered),
        (Some(dossier), _, _) => apply(dossier, event),
    }
}

/// What the dossier is after the event.
///
/// # Errors
/// The reason the event changes nothing; the dossier before stays as it was.
pub fn apply(before: &Dossier, event: &Event) -> Result<Dossier, Refused> {
    if event.dossier != Some(before.id) {
        return Err(Refused::OtherDossier);
    }
    if needs_holder(&event.fact) && event.agency != before.holder {
        return Err(Refused::NotHolder);
    }
    let mut after = before.clone();
    change(&mut after, event)?;
    Ok(after)
}

/// Facts that change the dossier itself belong to its holder; codes, forms, money, notes, the
/// return at the counter and erasure by law do not move with it.
const fn needs_holder(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Corrected(_)
            | Fact::ComponentsCompared { .. }
            | Fact::PageAttached(_)
            | Fact::PageRemoved { .. }
            | Fact::PageRestored { .. }
            | Fact::PageMoved { .. }
            | Fact::HandedOver { .. }
            | Fact::HandOverAccepted
            | Fact::ProcessingStarted
            | Fact::SupplementRequested { .. }
            | Fact::SupplementReceived { .. }
            | Fact::PaymentRequired { .. }
            | Fact::PromiseChanged { .. }
            | Fact::Extended { .. }
            | Fact::IntakeRefused { .. }
            | Fact::Withdrawn { .. }
            | Fact::Stopped { .. }
            | Fact::Resolved { .. }
    )
}

#[expect(
    clippy::too_many_lines,
    reason = "the transition table, one line an event; splitting it hides the table"
)]
fn change(dossier: &mut Dossier, event: &Event) -> Result<(), Refused> {
    use Business::{AwaitingPayment, Processing, Received, SupplementRequested};
    match &event.fact {
        Fact::Registered(_) => Err(Refused::AlreadyRegistered),
        Fact::CodeAssigned { code, kind, issuer } => {
            let given = GivenCode {
                code: code.clone(),
                kind: *kind,
                issuer: issuer.clone(),
                void_reason: None,
            };
            give_code(dossier, given)
        }
        Fact::CodeVoided { code, reason } => void_code(dossier, code, reason),
        Fact::FormIssued(form) => {
            dossier.forms.push(StoredForm {
                form: form.clone(),
                printed: 0,
            });
            Ok(())
        }
        Fact::FormPrinted { sha256, .. } => count_print(dossier, sha256),
        Fact::Corrected(correction) => correct(dossier, correction),
        Fact::ComponentsCompared { components } => compare(dossier, components),
        Fact::PageAttached(page) => attach(dossier, page),
        Fact::PageRemoved { page, reason } => remove_page(dossier, *page, reason),
        Fact::PageRestored { page } => restore_page(dossier, *page),
        Fact::PageMoved { page, component } => move_page(dossier, *page, *component),
        Fact::HandedOver { to, .. } => hand_over(dossier, to),
        Fact::HandOverAccepted => {
            allow(dossier.in_transit)?;
            dossier.in_transit = false;
            Ok(())
        }
        Fact::ProcessingStarted => go(dossier, &[Received], Processing),
        Fact::SupplementRequested { .. } => {
            if dossier.supplement_asked {
                return Err(Refused::SupplementAskedAlready);
            }
            wait(dossier, SupplementRequested)?;
            dossier.supplement_asked = true;
            Ok(())
        }
        Fact::SupplementReceived { components, promise } => {
            allow(dossier.business == SupplementRequested)?;
            replace_lines(dossier, components)?;
            promise_again(dossier, promise);
            resume(dossier)
        }
        Fact::PaymentRequired { amount, .. } => {
            positive(*amount)?;
            wait(dossier, AwaitingPayment)?;
            dossier.charged = Dong(dossier.charged.0.saturating_add(amount.0));
            dossier.money = Money::Due;
            Ok(())
        }
        Fact::PaymentReceived { amount, .. } => receive_money(dossier, *amount),
        Fact::PaymentWaived { .. } => {
            // What was waived must not be owed again when something else is asked for later.
            dossier.charged = dossier.received;
            dossier.money = Money::Waived;
            leave_payment(dossier)
        }
        Fact::PaymentRefunded { amount, .. } => refund(dossier, *amount),
        Fact::PromiseChanged { promise, .. } => {
            allow(dossier.business.is_open())?;
            promise_again(dossier, promise);
            Ok(())
        }
        Fact::Extended { promise, .. } => {
            if dossier.extended {
                return Err(Refused::ExtendedAlready);
            }
            allow(dossier.business.is_open())?;
            dossier.extended = true;
            promise_again(dossier, promise);
            Ok(())
        }
        Fact::IntakeRefused { .. } => go(dossier, &[Received], Business::Refused),
        Fact::Withdrawn { .. } => end(dossier, Business::Withdrawn),
        Fact::Stopped { .. } => end(dossier, Business::Stopped),
        Fact::Resolved { .. } => go(dossier, &[Received, Processing], Business::Resolved),
        Fact::ResultArrived => {
            allow(dossier.business == Business::Resolved && dossier.paper != Paper::Returned)?;
            dossier.paper = Paper::ResultWaiting;
            Ok(())
        }
        Fact::ResultReturned(_) => {
            allow(!dossier.business.is_open() && dossier.paper != Paper::Returned)?;
            dossier.paper = Paper::Returned;
            Ok(())
        }
        Fact::PapersReturned { components } => components.iter().try_for_each(|no| has_component(dossier, *no)),
        Fact::NoteAdded { .. } | Fact::Unknown { .. } | Fact::BodyErased { .. } => Ok(()),
        Fact::Linked { parent } => {
            allow(*parent != dossier.id)?;
            dossier.parent = Some(*parent);
            Ok(())
        }
        Fact::Rated { level, .. } => {
            allow((1..=5).contains(level))?;
            dossier.rated = Some(*level);
            Ok(())
        }
        Fact::Erased { target, .. } => {
            if !dossier.erased.contains(target) {
                dossier.erased.push(*target);
            }
            Ok(())
        }
        Fact::DeviceEnrolled { .. }
        | Fact::EpochOpened { .. }
        | Fact::OfficerAdded(_)
        | Fact::OfficerChanged { .. }
        | Fact::NumbersClosed(_)
        | Fact::DayClosed { .. }
        | Fact::ClockConfirmed { .. }
        | Fact::SealBroken { .. }
        | Fact::CatalogueApproved { .. } => Err(Refused::NotOfADossier),
    }
}

const fn allow(condition: bool) -> Result<(), Refused> {
    if condition { Ok(()) } else { Err(Refused::WrongState) }
}

/// A record from elsewhere may carry any number: only what a counter can charge is taken.
const fn positive(amount: Dong) -> Result<(), Refused> {
    if amount.0 > 0 && amount.0 <= Dong::LARGEST.0 {
        Ok(())
    } else {
        Err(Refused::WrongAmount)
    }
}

fn hand_over(dossier: &mut Dossier, to: &AgencyCode) -> Result<(), Refused> {
    allow(dossier.paper != Paper::Returned && *to != dossier.holder)?;
    // A result that lies at the counter stays there when the dossier moves on.
    if dossier.paper != Paper::ResultWaiting {
        let home = *to == dossier.registration.agencies.receives;
        dossier.paper = if home { Paper::AtCounter } else { Paper::HandedOver };
    }
    dossier.holder = to.clone();
    dossier.in_transit = true;
    Ok(())
}

fn go(dossier: &mut Dossier, from: &[Business], to: Business) -> Result<(), Refused> {
    allow(from.contains(&dossier.business))?;
    dossier.business = to;
    Ok(())
}

fn end(dossier: &mut Dossier, to: Business) -> Result<(), Refused> {
    allow(dossier.business.is_open())?;
    dossier.before_wait = None;
    dossier.business = to;
    Ok(())
}

fn wait(dossier: &mut Dossier, to: Business) -> Result<(), Refused> {
    allow(matches!(dossier.business, Business::Received | Business::Processing))?;
    dossier.before_wait = Some(dossier.business);
    dossier.business = to;
    Ok(())
}

fn resume(dossier: &mut Dossier) -> Result<(), Refused> {
    dossier.business = dossier.before_wait.take().ok_or(Refused::WrongState)?;
    Ok(())
}

fn promise_again(dossier: &mut Dossier, promise: &Promise) {
    dossier.registration.promise = promise.clone();
}

fn give_code(dossier: &mut Dossier, given: GivenCode) -> Result<(), Refused> {
    if dossier.codes.iter().any(|known| known.code == given.code) {
        return Err(Refused::CodeTaken);
    }
    dossier.codes.push(given);
    Ok(())
}

fn void_code(dossier: &mut Dossier, code: &crate::code::DossierCode, reason: &str) -> Result<(), Refused> {
    let given = dossier
        .codes
        .iter_mut()
        .find(|given| given.code == *code && given.void_reason.is_none())
        .ok_or(Refused::NoSuchCode)?;
    given.void_reason = Some(reason.to_owned());
    Ok(())
}

fn count_print(dossier: &mut Dossier, sha256: &[u8; 32]) -> Result<(), Refused> {
    let stored = dossier
        .forms
        .iter_mut()
        .find(|stored| stored.form.sha256 == *sha256)
        .ok_or(Refused::NoSuchForm)?;
    stored.printed = stored.printed.saturating_add(1);
    Ok(())
}

fn correct(dossier: &mut Dossier, correction: &Correction) -> Result<(), Refused> {
    allow(matches!(
        dossier.business,
        Business::Received | Business::SupplementRequested
    ))?;
    if let Some(components) = &correction.components {
        replace_lines(dossier, components)?;
    }
    let registration = &mut dossier.registration;
    if let Some(applicant) = &correction.applicant {
        registration.applicant = applicant.clone();
    }
    if let Some(authorised) = &correction.authorised {
        registration.authorised = Some(authorised.clone());
    }
    if let Some(via) = correction.return_via {
        registration.return_via = via;
    }
    Ok(())
}

fn has_component(dossier: &Dossier, no: u16) -> Result<(), Refused> {
    let known = dossier.registration.components.iter().any(|line| line.no == no);
    if known { Ok(()) } else { Err(Refused::NoSuchComponent) }
}

/// A new checklist. Pages of a component that left it would be seen by nobody, so such a checklist
/// is refused until they are moved or taken out.
fn replace_lines(dossier: &mut Dossier, components: &[ComponentLine]) -> Result<(), Refused> {
    let known = |no: u16| components.iter().any(|line| line.no == no);
    if !dossier.live_pages().all(|page| known(page.facts.component)) {
        return Err(Refused::NoSuchComponent);
    }
    dossier.compared.retain(|no| known(*no));
    dossier.registration.components = components.to_vec();
    Ok(())
}

fn compare(dossier: &mut Dossier, components: &[u16]) -> Result<(), Refused> {
    components.iter().try_for_each(|no| has_component(dossier, *no))?;
    dossier.compared.extend(components);
    dossier.compared.sort_unstable();
    dossier.compared.dedup();
    Ok(())
}

fn attach(dossier: &mut Dossier, page: &PageFacts) -> Result<(), Refused> {
    has_component(dossier, page.component)?;
    if dossier.pages.len() >= MAX_PAGES {
        return Err(Refused::TooManyPages);
    }
    if dossier.page(page.page).is_some() {
        return Err(Refused::NoSuchPage);
    }
    dossier.pages.push(AttachedPage {
        facts: page.clone(),
        removed: None,
    });
    Ok(())
}

fn page_mut(dossier: &mut Dossier, page: PageId, removed: bool) -> Result<&mut AttachedPage, Refused> {
    dossier
        .pages
        .iter_mut()
        .find(|attached| attached.facts.page == page && attached.removed.is_some() == removed)
        .ok_or(Refused::NoSuchPage)
}

fn remove_page(dossier: &mut Dossier, page: PageId, reason: &str) -> Result<(), Refused> {
    page_mut(dossier, page, false)?.removed = Some(reason.to_owned());
    Ok(())
}

fn restore_page(dossier: &mut Dossier, page: PageId) -> Result<(), Refused> {
    let component = page_mut(dossier, page, true)?.facts.component;
    has_component(dossier, component)?;
    page_mut(dossier, page, true)?.removed = None;
    Ok(())
}

fn move_page(dossier: &mut Dossier, page: PageId, component: u16) -> Result<(), Refused> {
    has_component(dossier, component)?;
    page_mut(dossier, page, false)?.facts.component = component;
    Ok(())
}

fn receive_money(dossier: &mut Dossier, amount: Dong) -> Result<(), Refused> {
    positive(amount)?;
    dossier.received = Dong(dossier.received.0.saturating_add(amount.0));
    if dossier.received < dossier.charged {
        return Ok(());
    }
    dossier.money = Money::Paid;
    leave_payment(dossier)
}

fn leave_payment(dossier: &mut Dossier) -> Result<(), Refused> {
    if dossier.business == Business::AwaitingPayment {
        resume(dossier)
    } else {
        Ok(())
    }
}

fn refund(dossier: &mut Dossier, amount: Dong) -> Result<(), Refused> {
    positive(amount)?;
    if amount > dossier.received {
        return Err(Refused::WrongAmount);
    }
    dossier.received = Dong(dossier.received.0.saturating_sub(amount.0));
    if dossier.money == Money::Waived {
        dossier.charged = dossier.received;
    } else if !dossier.business.is_open() {
        // The dossier has ended: what went back is not owed again.
        dossier.charged = dossier.charged.min(dossier.received);
        dossier.money = if dossier.received.0 == 0 {
            Money::NothingDue
        } else {
            Money::Paid
        };
    } else if dossier.money == Money::Paid && dossier.received < dossier.charged {
        dossier.money = Money::Due;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
