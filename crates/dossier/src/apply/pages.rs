//! Pages attached to components: put there, taken out, brought back, moved; none is ever lost.

use super::checklist;
use super::refused::Refused;
use crate::fact::PageFacts;
use crate::ids::PageId;
use crate::state::{AttachedPage, Dossier};

/// Pages one dossier may carry, removed ones included: far above the largest land dossiers,
/// low enough that one dossier cannot fill a disk by mistake.
pub const MAX_PAGES: usize = 2_000;

pub(super) fn attach(dossier: &mut Dossier, page: &PageFacts) -> Result<(), Refused> {
    checklist::has(dossier, page.component)?;
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

pub(super) fn remove(dossier: &mut Dossier, page: PageId, reason: &str) -> Result<(), Refused> {
    page_mut(dossier, page, false)?.removed = Some(reason.to_owned());
    Ok(())
}

pub(super) fn restore(dossier: &mut Dossier, page: PageId) -> Result<(), Refused> {
    let component = page_mut(dossier, page, true)?.facts.component;
    checklist::has(dossier, component)?;
    page_mut(dossier, page, true)?.removed = None;
    Ok(())
}

pub(super) fn move_to(dossier: &mut Dossier, page: PageId, component: u16) -> Result<(), Refused> {
    checklist::has(dossier, component)?;
    page_mut(dossier, page, false)?.facts.component = component;
    Ok(())
}
