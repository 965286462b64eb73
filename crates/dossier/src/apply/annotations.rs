//! What stands beside the axes: the group a dossier belongs to, its rating, what was erased.

use super::refused::{Refused, allow};
use crate::ids::{DossierId, EventId};
use crate::state::Dossier;

pub(super) fn link(dossier: &mut Dossier, parent: DossierId) -> Result<(), Refused> {
    allow(parent != dossier.id)?;
    dossier.parent = Some(parent);
    Ok(())
}

/// From 1 to 5.
pub(super) fn rate(dossier: &mut Dossier, level: u8) -> Result<(), Refused> {
    allow(matches!(level, 1..=5))?;
    dossier.rated = Some(level);
    Ok(())
}

pub(super) fn erase(dossier: &mut Dossier, target: EventId) -> Result<(), Refused> {
    if !dossier.erased.contains(&target) {
        dossier.erased.push(target);
    }
    Ok(())
}
