//! The forms rendered for a dossier, and how often each went to a printer.

use super::refused::Refused;
use crate::fact::FormIssued;
use crate::state::{Dossier, StoredForm};

pub(super) fn issue(dossier: &mut Dossier, form: &FormIssued) -> Result<(), Refused> {
    dossier.forms.push(StoredForm {
        form: form.clone(),
        printed: 0,
    });
    Ok(())
}

pub(super) fn count_print(dossier: &mut Dossier, sha256: &[u8; 32]) -> Result<(), Refused> {
    let stored = dossier
        .forms
        .iter_mut()
        .find(|stored| stored.form.sha256 == *sha256)
        .ok_or(Refused::NoSuchForm)?;
    stored.printed = stored.printed.saturating_add(1);
    Ok(())
}
