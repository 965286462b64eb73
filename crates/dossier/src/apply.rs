//! The transition table of docs/adr/0001 as one total function. Counter and hub run this same
//! code; what it refuses is kept with its reason and shown to a person, never skipped silently.
//!
//! The table says what each event may do; what it does stands in one file for each axis.

mod annotations;
mod business;
mod checklist;
mod codes;
mod forms;
mod money;
mod pages;
mod paper;
mod refused;
mod table;

pub use pages::MAX_PAGES;
pub use refused::Refused;

use crate::fact::{Event, Fact};
use crate::state::Dossier;

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
    table::change(&mut after, event)?;
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

#[cfg(test)]
mod tests;
