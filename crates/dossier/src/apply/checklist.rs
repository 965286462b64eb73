//! The checklist: its lines, what was compared with the originals, and what is written down about
//! the applicant, corrected.

use std::sync::Arc;

use super::refused::{Refused, allow};
use crate::fact::Correction;
use crate::registration::ComponentLine;
use crate::state::{Business, Dossier};

pub(super) fn has(dossier: &Dossier, no: u16) -> Result<(), Refused> {
    let line = dossier.registration.component(no);
    line.map(|_| ()).ok_or(Refused::NoSuchComponent)
}

pub(super) fn has_all(dossier: &Dossier, components: &[u16]) -> Result<(), Refused> {
    components.iter().try_for_each(|no| has(dossier, *no))
}

/// A new checklist. Pages of a component that left it would be seen by nobody, so such a checklist
/// is refused until they are moved or taken out.
pub(super) fn replace(dossier: &mut Dossier, components: &[ComponentLine]) -> Result<(), Refused> {
    Arc::make_mut(&mut dossier.registration).components = components.to_vec();
    dossier
        .live_pages()
        .try_for_each(|page| has(dossier, page.facts.component))?;
    let registration = &dossier.registration;
    dossier.compared.retain(|no| registration.component(*no).is_some());
    Ok(())
}

pub(super) fn compare(dossier: &mut Dossier, components: &[u16]) -> Result<(), Refused> {
    has_all(dossier, components)?;
    dossier.compared.extend(components);
    dossier.compared.sort_unstable();
    dossier.compared.dedup();
    Ok(())
}

pub(super) fn correct(dossier: &mut Dossier, correction: &Correction) -> Result<(), Refused> {
    allow(matches!(
        dossier.business,
        Business::Received | Business::SupplementRequested
    ))?;
    if let Some(components) = &correction.components {
        replace(dossier, components)?;
    }
    let registration = Arc::make_mut(&mut dossier.registration);
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
