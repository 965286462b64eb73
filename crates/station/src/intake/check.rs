//! Checking what was typed or scanned, field by field. Bad input is refused with the field it
//! stands in; nothing is repaired silently except spelling that changes no meaning (NFC, spaces).

use dossier::card::PartialDate;
use dossier::catalogue::{Case, Fee, PaperState, Procedure};
use dossier::money::Dong;
use dossier::person::{Applicant, ApplicantKind, Authorised};
use dossier::registration::{ComponentLine, HandedIn};
use dossier::text;

use crate::api::shared::{self, FeeLine};
use crate::error::{ApiError, Code, Result};
use crate::fees::Usual;

const MAX_NAME: usize = 200;
const MAX_LINE: usize = 500;
const MAX_COUNT: u32 = 999;
const MAX_SETS: u16 = 99;

fn line(field: &'static str, value: &str, max: usize) -> Result<String> {
    text::checked(field, value, max).map_err(|error| ApiError {
        field: Some(field.to_owned()),
        ..error.into()
    })
}

/// Trimmed text, or nothing when it is blank.
fn maybe(field: &'static str, value: Option<&String>, max: usize) -> Result<Option<String>> {
    match value {
        Some(value) if !value.trim().is_empty() => line(field, value, max).map(Some),
        _ => Ok(None),
    }
}

/// Why a receipt is entered after the fact: a sentence.
pub fn late_reason(value: Option<&String>) -> Result<Option<String>> {
    maybe("late_reason", value, MAX_LINE)
}

/// Why a dossier is taken in although there is an earlier one: a sentence.
pub fn despite_reason(value: &str) -> Result<String> {
    line("despite.reason", value, MAX_LINE).map_err(|error| match error.code {
        Code::ControlCharacter | Code::TooLong => error,
        _ => ApiError::of(Code::ReasonRequired, "despite.reason"),
    })
}

/// The caller's request identity: 1 to 100 visible characters.
pub fn request_id(value: &str) -> Result<String> {
    line("request_id", value, 100).map_err(|error| match error.code {
        Code::ControlCharacter | Code::TooLong => error,
        _ => ApiError::of(Code::MissingField, "request_id"),
    })
}

fn name(field: &'static str, value: &str) -> Result<String> {
    let name = line(field, value, MAX_NAME).map_err(|error| match error.code {
        Code::ControlCharacter | Code::TooLong => error,
        _ => ApiError::of(Code::InvalidName, field),
    })?;
    // One-word names, apostrophes and hyphens exist; a name without any letter does not.
    if name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err(ApiError::of(Code::InvalidName, field))
    }
}

/// An applicant as written down.
pub fn applicant(asked: &shared::Applicant) -> Result<Applicant> {
    let kind = ApplicantKind::from(asked.kind);
    let id_kind = maybe("applicant.id_kind", asked.id_kind.as_ref(), 50)?;
    let twelve = kind == ApplicantKind::Person && id_kind.is_none();
    Ok(Applicant {
        kind,
        name: name("applicant.name", &asked.name)?,
        id_number: id_number("applicant.id_number", asked.id_number.as_ref(), twelve)?,
        id_kind,
        birth_date: birth_date(asked.birth_date.as_ref())?,
        gender: asked.gender.map(Into::into),
        address: maybe("applicant.address", asked.address.as_ref(), MAX_LINE)?,
        phone: phone("applicant.phone", asked.phone.as_ref())?,
        email: email("applicant.email", asked.email.as_ref())?,
    })
}

/// An authorised person as written down.
pub fn authorised(asked: &shared::Authorised) -> Result<Authorised> {
    Ok(Authorised {
        name: name("authorised.name", &asked.name)?,
        id_number: id_number("authorised.id_number", asked.id_number.as_ref(), true)?,
        address: maybe("authorised.address", asked.address.as_ref(), MAX_LINE)?,
        phone: phone("authorised.phone", asked.phone.as_ref())?,
        email: email("authorised.email", asked.email.as_ref())?,
        paper: maybe("authorised.paper", asked.paper.as_ref(), MAX_LINE)?,
    })
}

/// Twelve digits for a citizen number; other papers keep letters, digits, dashes and slashes.
fn id_number(field: &'static str, value: Option<&String>, twelve: bool) -> Result<Option<String>> {
    let Some(value) = maybe(field, value, 60)? else {
        return Ok(None);
    };
    let packed: String = value.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let digits = packed.chars().filter(char::is_ascii_digit).count();
    let sound = if twelve {
        digits == 12 && packed.len() == 12
    } else {
        packed.len() <= 30
            && packed
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'))
    };
    if sound {
        Ok(Some(packed))
    } else {
        Err(ApiError::of(Code::InvalidIdNumber, field).with("length", digits))
    }
}

fn birth_date(value: Option<&String>) -> Result<Option<PartialDate>> {
    let Some(value) = maybe("applicant.birth_date", value, 20)? else {
        return Ok(None);
    };
    value
        .parse()
        .map(Some)
        .map_err(|_| ApiError::of(Code::InvalidDate, "applicant.birth_date"))
}

/// Vietnamese numbers begin with 0 and have 10 or 11 digits; `+84` is the same; others keep their `+`.
fn phone(field: &'static str, value: Option<&String>) -> Result<Option<String>> {
    let Some(value) = maybe(field, value, 40)? else {
        return Ok(None);
    };
    let packed: String = value
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')'))
        .collect();
    let packed = packed
        .strip_prefix("+84")
        .map_or(packed.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
    let digits = packed.strip_prefix('+').unwrap_or(&packed);
    let numeric = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    let sound = if packed.starts_with('+') {
        (8..=15).contains(&digits.len())
    } else {
        packed.starts_with('0') && (10..=11).contains(&packed.len())
    };
    if numeric && sound {
        Ok(Some(packed))
    } else {
        Err(ApiError::of(Code::InvalidPhone, field))
    }
}

fn email(field: &'static str, value: Option<&String>) -> Result<Option<String>> {
    let Some(value) = maybe(field, value, 254)? else {
        return Ok(None);
    };
    let parts = value.split_once('@');
    let sound = parts.is_some_and(|(user, host)| {
        !user.is_empty() && !host.contains('@') && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    if sound && !value.contains(' ') {
        Ok(Some(value))
    } else {
        Err(ApiError::of(Code::InvalidEmail, field))
    }
}

/// The checklist of the case with what came. Components that were not spoken of stay empty.
pub fn components(procedure: &Procedure, case: &Case, asked: &[shared::HandedIn]) -> Result<Vec<ComponentLine>> {
    let lines = procedure
        .components_of(&case.id)
        .map(|component| ComponentLine {
            no: component.no,
            name: component.name.clone(),
            note: component.note.clone(),
            group: component.group,
            handed_in: Vec::new(),
        })
        .collect();
    tick(lines, asked)
}

/// The checklist of a dossier after a supplement: what is spoken of stands as it came now, the
/// rest as it stood.
pub fn supplemented(known: &[ComponentLine], asked: &[shared::HandedIn]) -> Result<Vec<ComponentLine>> {
    let mut lines = known.to_vec();
    for line in &mut lines {
        if asked.iter().any(|one| one.no == u32::from(line.no)) {
            line.handed_in.clear();
        }
    }
    tick(lines, asked)
}

fn tick(mut lines: Vec<ComponentLine>, asked: &[shared::HandedIn]) -> Result<Vec<ComponentLine>> {
    for one in asked {
        let unknown = || ApiError::of(Code::UnknownComponent, "components").with("no", one.no);
        let no = u16::try_from(one.no).map_err(|_| unknown())?;
        let line = lines.iter_mut().find(|line| line.no == no).ok_or_else(unknown)?;
        let handed = handed_in(one)?;
        if line.handed_in.iter().any(|known| known.state == handed.state) {
            return Err(ApiError::of(Code::BadRequest, "components").with("no", one.no));
        }
        line.handed_in.push(handed);
    }
    Ok(lines)
}

fn handed_in(asked: &shared::HandedIn) -> Result<HandedIn> {
    let state = PaperState::from(asked.state);
    let counted = !matches!(state, PaperState::Missing | PaperState::NotApplicable);
    let count = asked.count.unwrap_or(u32::from(counted));
    let wrong = || {
        ApiError::of(Code::InvalidCount, "components")
            .with("no", asked.no)
            .with("most", MAX_COUNT)
    };
    if count > MAX_COUNT || (counted && count == 0) {
        return Err(wrong());
    }
    Ok(HandedIn {
        state,
        count: if counted {
            u16::try_from(count).map_err(|_| wrong())?
        } else {
            0
        },
    })
}

/// Number of sets, 1 to 99.
pub fn sets(asked: Option<u32>) -> Result<u16> {
    let sets = u16::try_from(asked.unwrap_or(1)).ok();
    sets.filter(|sets| (1..=MAX_SETS).contains(sets))
        .ok_or_else(|| ApiError::of(Code::InvalidCount, "sets").with("most", MAX_SETS))
}

/// The fees as asked, or the usual ones when nobody spoke of them.
pub fn fees(asked: Option<&[FeeLine]>, usual: impl FnOnce() -> Result<Usual>) -> Result<Usual> {
    let Some(asked) = asked else {
        return usual();
    };
    if asked.len() > 50 {
        return Err(ApiError::of(Code::TooLong, "fees"));
    }
    let charged = asked.iter().map(|fee| {
        let amount = Dong::new(fee.amount).map_err(|_| ApiError::of(Code::InvalidAmount, "fees"))?;
        Ok(Fee {
            name: line("fees", &fee.name, MAX_NAME)?,
            amount,
        })
    });
    Ok(Usual {
        charged: charged.collect::<Result<_>>()?,
        unset: Vec::new(),
    })
}
