//! The codes people use: given once, void for ever.

use super::refused::Refused;
use crate::code::{AgencyCode, DossierCode};
use crate::fact::CodeKind;
use crate::state::{Dossier, GivenCode};

pub(super) fn give(
    dossier: &mut Dossier,
    code: &DossierCode,
    kind: CodeKind,
    issuer: &AgencyCode,
) -> Result<(), Refused> {
    if dossier.codes.iter().any(|known| known.code == *code) {
        return Err(Refused::CodeTaken);
    }
    dossier.codes.push(GivenCode {
        code: code.clone(),
        kind,
        issuer: issuer.clone(),
        void_reason: None,
    });
    Ok(())
}

pub(super) fn void(dossier: &mut Dossier, code: &DossierCode, reason: &str) -> Result<(), Refused> {
    let given = dossier
        .codes
        .iter_mut()
        .find(|given| given.code == *code && given.void_reason.is_none())
        .ok_or(Refused::NoSuchCode)?;
    given.void_reason = Some(reason.to_owned());
    Ok(())
}
