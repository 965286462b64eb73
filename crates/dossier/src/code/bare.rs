//! Hand-typed codes without separators. They are split only by agencies this place knows:
//! guessing where an agency ends would open somebody else's dossier.

use super::{AgencyCode, CodeError, DossierCode};
use std::collections::BTreeSet;

/// Reads `H991282611230417` as `H99.128-261123-0417` if exactly one known agency allows it.
pub(super) fn parse(text: &str, known: &[AgencyCode]) -> Result<DossierCode, CodeError> {
    let mut found = BTreeSet::new();
    let mut impossible = false;
    for agency in known {
        match split(text, agency).map(|printed| printed.parse::<DossierCode>()) {
            Some(Ok(code)) => {
                found.insert(code);
            }
            Some(Err(error)) => impossible |= error == CodeError::ImpossibleDate,
            None => {}
        }
    }
    match (found.len(), found.pop_first()) {
        (1, Some(code)) => Ok(code),
        (_, Some(_)) => Err(CodeError::Ambiguous),
        (_, None) if impossible => Err(CodeError::ImpossibleDate),
        (_, None) => Err(CodeError::NotACode),
    }
}

/// The printed text this agency would give: its groups, six digits, the rest.
fn split(text: &str, agency: &AgencyCode) -> Option<String> {
    // `T` before a letter can only be the mark of manual origin: an agency is a letter and digits.
    let second_is_letter = text.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
    let (mark, rest) = match text.strip_prefix('T') {
        Some(rest) if second_is_letter => ("T.", rest),
        _ => ("", text),
    };
    let digits = rest.strip_prefix(agency.without_dots().as_str())?;
    let (day, number) = digits.split_at_checked(6)?;
    Some(format!("{mark}{agency}-{day}-{number}"))
}
