//! What readers and keyboards deliver: a bare code, a look-up link, a separator slip, or a code
//! typed without separators. Nothing looser is taken for a code.

use super::{AgencyCode, CodeError, DossierCode, bare};
use std::collections::BTreeSet;

/// The longest text worth reading; a QR code holds less than 3 kB.
const LONGEST_BYTES: usize = 4096;
/// Version 1 of our separator slips.
const SEPARATOR_PREFIX: &str = "MC1:S:";
/// Query parameters with the code: ours and HV's `mahs`, other systems' `MHS`.
const LINK_PARAMETERS: [&str; 2] = ["mahs", "mhs"];

/// What one read of a code reader means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// Open this dossier.
    Dossier(DossierCode),
    /// The pages after this slip belong to this component.
    Separator {
        /// The dossier.
        code: DossierCode,
        /// Number of the component in its checklist, from 1.
        component: u16,
    },
}

impl Scan {
    /// The dossier's code, whatever was scanned.
    pub fn into_code(self) -> DossierCode {
        match self {
            Self::Dossier(code) | Self::Separator { code, .. } => code,
        }
    }
}

/// The code in a text that was typed, scanned or opened as a link; of a separator slip the code
/// of its dossier. `known_agencies` serve only to split codes typed without separators.
///
/// # Errors
/// [`CodeError::NotACode`], [`CodeError::Ambiguous`] or [`CodeError::ImpossibleDate`].
pub fn parse(text: &str, known_agencies: &[AgencyCode]) -> Result<DossierCode, CodeError> {
    read_scan(text, known_agencies).map(Scan::into_code)
}

/// Like [`parse`], but tells a separator slip (`MC1:S:<code>:<component>`) from a dossier.
///
/// # Errors
/// As [`parse`].
pub fn read_scan(text: &str, known_agencies: &[AgencyCode]) -> Result<Scan, CodeError> {
    if text.len() > LONGEST_BYTES {
        return Err(CodeError::NotACode);
    }
    let text = text.trim_matches(is_frame);
    if is_link(text) {
        return read_link(text, known_agencies).map(Scan::Dossier);
    }
    let text = normalise(text);
    match text.strip_prefix(SEPARATOR_PREFIX) {
        Some(slip) => read_slip(slip),
        None => read_code(&text, known_agencies).map(Scan::Dossier),
    }
}

/// White space, and the group separator some readers send after a code.
fn is_frame(c: char) -> bool {
    c.is_whitespace() || c == '\u{1d}'
}

/// Upper case as Code 39 has it; word processors turn the hyphen into an en dash.
fn normalise(text: &str) -> String {
    text.to_ascii_uppercase().replace('–', "-")
}

fn read_code(text: &str, known: &[AgencyCode]) -> Result<DossierCode, CodeError> {
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return bare::parse(text, known);
    }
    text.parse()
}

fn read_slip(slip: &str) -> Result<Scan, CodeError> {
    let (code, component) = slip.rsplit_once(':').ok_or(CodeError::NotACode)?;
    let digits = component.bytes().all(|b| b.is_ascii_digit());
    match component.parse() {
        Ok(component) if digits && component > 0 => Ok(Scan::Separator {
            code: code.parse()?,
            component,
        }),
        _ => Err(CodeError::NotACode),
    }
}

fn is_link(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Looks in the query of the link, also when the query stands behind a `#/route`.
fn read_link(link: &str, known: &[AgencyCode]) -> Result<DossierCode, CodeError> {
    let mut found = BTreeSet::new();
    for pair in link.split(['?', '&', '#']).skip(1) {
        let Some((name, value)) = pair.split_once('=') else {
            continue;
        };
        if LINK_PARAMETERS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            let value = percent_decoded(value).ok_or(CodeError::NotACode)?;
            found.insert(read_code(&normalise(value.trim_matches(is_frame)), known)?);
        }
    }
    match (found.len(), found.pop_first()) {
        (1, Some(code)) => Ok(code),
        (_, Some(_)) => Err(CodeError::Ambiguous),
        (_, None) => Err(CodeError::NotACode),
    }
}

/// `%2D` and `+` as in an HTML form; `None` when a percent sign has no two hex digits behind it
/// or the bytes are not UTF-8.
fn percent_decoded(value: &str) -> Option<String> {
    let mut bytes = value.bytes();
    let mut decoded = Vec::with_capacity(value.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => hex(bytes.next()?)?.checked_mul(16)?.checked_add(hex(bytes.next()?)?)?,
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}
