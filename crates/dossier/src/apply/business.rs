//! The business axis: what the law counts, with the waits that leave it and return, and the promise.

use std::sync::Arc;

use super::checklist;
use super::refused::{Refused, allow};
use crate::registration::{ComponentLine, Promise};
use crate::state::{Business, Dossier};

pub(super) fn go(dossier: &mut Dossier, from: &[Business], to: Business) -> Result<(), Refused> {
    allow(from.contains(&dossier.business))?;
    dossier.business = to;
    Ok(())
}

pub(super) fn end(dossier: &mut Dossier, to: Business) -> Result<(), Refused> {
    allow(dossier.business.is_open())?;
    dossier.before_wait = None;
    dossier.business = to;
    Ok(())
}

pub(super) fn wait(dossier: &mut Dossier, to: Business) -> Result<(), Refused> {
    allow(matches!(dossier.business, Business::Received | Business::Processing))?;
    dossier.before_wait = Some(dossier.business);
    dossier.business = to;
    Ok(())
}

pub(super) fn resume(dossier: &mut Dossier) -> Result<(), Refused> {
    dossier.business = dossier.before_wait.take().ok_or(Refused::WrongState)?;
    Ok(())
}

/// Once only (NĐ 118/2025 Điều 11).
pub(super) fn request_supplement(dossier: &mut Dossier) -> Result<(), Refused> {
    if dossier.supplement_asked {
        return Err(Refused::SupplementAskedAlready);
    }
    wait(dossier, Business::SupplementRequested)?;
    dossier.supplement_asked = true;
    Ok(())
}

pub(super) fn receive_supplement(
    dossier: &mut Dossier,
    components: &[ComponentLine],
    promise: &Promise,
) -> Result<(), Refused> {
    allow(dossier.business == Business::SupplementRequested)?;
    checklist::replace(dossier, components)?;
    Arc::make_mut(&mut dossier.registration).promise = promise.clone();
    resume(dossier)
}

pub(super) fn promise_again(dossier: &mut Dossier, promise: &Promise) -> Result<(), Refused> {
    allow(dossier.business.is_open())?;
    Arc::make_mut(&mut dossier.registration).promise = promise.clone();
    Ok(())
}

/// Once only (NĐ 61/2018 Điều 19).
pub(super) fn extend(dossier: &mut Dossier, promise: &Promise) -> Result<(), Refused> {
    if dossier.extended {
        return Err(Refused::ExtendedAlready);
    }
    promise_again(dossier, promise)?;
    dossier.extended = true;
    Ok(())
}
