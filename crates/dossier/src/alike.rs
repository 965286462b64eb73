//! Whether two applicants are the same person, as far as what was written down can tell: without tones,
//! with slips of the finger, under the names communes had before they were merged. Nothing is decided by
//! it: an officer is shown both and says.
//!
//! Numbers speak first: two different ones are two people, whatever else agrees. Where a number is
//! missing the name must agree, and something beside it: the birth date, the hamlet or the telephone.

mod birth;
mod name;
mod number;
mod place;
mod slip;
#[cfg(test)]
mod tests;

pub use place::Mergers;

use crate::person::{Applicant, ApplicantKind};
use birth::Birth;
use name::{Name, company};
use number::Number;
use place::Place;

/// What an applicant is compared by.
#[derive(Debug, Clone)]
pub struct Person {
    organisation: bool,
    name: Name,
    number: Option<Number>,
    /// As written, and else by the number.
    born: Birth,
    birth: Birth,
    place: Place,
    phone: Option<String>,
}

/// What says that two are one: the strongest of it, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same identity or tax number.
    Number,
    /// Numbers one slip of the finger apart, and the same name.
    NumberMistyped,
    /// Name and birth date.
    Birth,
    /// Name and place of residence.
    Place,
    /// Name and telephone.
    Phone,
}

/// How far two pieces of writing agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agree {
    Same,
    /// As one slip of the finger, or less exactness on one side, would have it.
    Nearly,
    /// One of them is missing.
    Unknown,
    Not,
}

impl Person {
    /// Reads an applicant. Old names of communes are read by `mergers`.
    #[must_use]
    pub fn of(applicant: &Applicant, mergers: &Mergers) -> Self {
        let number = applicant.id_number.as_deref().and_then(Number::of);
        let organisation = applicant.kind == ApplicantKind::Organisation;
        let address = applicant.address.as_deref().unwrap_or_default();
        Self {
            organisation,
            name: named(&applicant.name, organisation),
            born: Birth::of(applicant.birth_date, None),
            birth: Birth::of(applicant.birth_date, number.as_ref()),
            number,
            place: Place::of(address, mergers),
            phone: phone(applicant.phone.as_deref().unwrap_or_default()),
        }
    }

    /// Whether somebody of this name and number may be the same, whatever else is known of them: what
    /// [`Self::alike`] would find is among those.
    #[must_use]
    pub fn may_be(&self, name: &str, number: Option<&str>) -> bool {
        match number::compare(self.number.as_ref(), number.and_then(Number::of).as_ref()) {
            Agree::Same => true,
            Agree::Not => false,
            Agree::Nearly | Agree::Unknown => self.name.compare(&named(name, self.organisation)) != Agree::Not,
        }
    }

    /// Whether both may be one, and by what.
    #[must_use]
    pub fn alike(&self, other: &Self) -> Option<Likeness> {
        if self.organisation != other.organisation {
            return None;
        }
        let name = self.name.compare(&other.name);
        match number::compare(self.number.as_ref(), other.number.as_ref()) {
            Agree::Same => Some(Likeness::Number),
            Agree::Not => None,
            _ if name == Agree::Not => None,
            // What was mistyped may be the year in the number.
            Agree::Nearly => (self.born.compare(&other.born) != Agree::Not).then_some(Likeness::NumberMistyped),
            Agree::Unknown => self.beside(other, name),
        }
    }

    /// What agrees beside the name, where the numbers say nothing.
    fn beside(&self, other: &Self, name: Agree) -> Option<Likeness> {
        let place = self.place.compare(&other.place);
        let phone = self.phone.is_some() && self.phone == other.phone;
        if self.organisation {
            return by_place(name, place, phone);
        }
        let near = place == Agree::Same || phone;
        match self.birth.compare(&other.birth) {
            Agree::Same => Some(Likeness::Birth),
            Agree::Nearly => (near || (name == Agree::Same && place == Agree::Nearly)).then_some(Likeness::Birth),
            Agree::Unknown => by_place(name, place, phone),
            Agree::Not => None,
        }
    }
}

fn named(name: &str, organisation: bool) -> Name {
    if organisation { company(name) } else { Name::of(name) }
}

/// A name that was mistyped needs both place and telephone.
fn by_place(name: Agree, place: Agree, phone: bool) -> Option<Likeness> {
    match (name, place, phone) {
        (Agree::Same, Agree::Same, _) | (Agree::Nearly, Agree::Same, true) => Some(Likeness::Place),
        (Agree::Same, _, true) => Some(Likeness::Phone),
        _ => None,
    }
}

/// Digits alone, as they are dialled in the country.
fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad = text.trim_start().starts_with('+').then(|| digits.strip_prefix("84"));
    let digits = abroad.flatten().map_or(digits.clone(), |rest| format!("0{rest}"));
    (digits.len() >= 9).then_some(digits)
}
