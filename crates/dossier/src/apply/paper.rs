//! The paper axis: where the papers and the result lie, and who holds the dossier.

use super::refused::{Refused, allow};
use crate::code::AgencyCode;
use crate::state::{Business, Dossier, Paper};

pub(super) fn hand_over(dossier: &mut Dossier, to: &AgencyCode) -> Result<(), Refused> {
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

pub(super) fn accept_hand_over(dossier: &mut Dossier) -> Result<(), Refused> {
    allow(dossier.in_transit)?;
    dossier.in_transit = false;
    Ok(())
}

pub(super) fn take_in_result(dossier: &mut Dossier) -> Result<(), Refused> {
    allow(dossier.business == Business::Resolved && dossier.paper != Paper::Returned)?;
    dossier.paper = Paper::ResultWaiting;
    Ok(())
}

/// The result, or the papers of a dossier that ended without one.
pub(super) fn return_result(dossier: &mut Dossier) -> Result<(), Refused> {
    allow(!dossier.business.is_open() && dossier.paper != Paper::Returned)?;
    dossier.paper = Paper::Returned;
    Ok(())
}
