//! The people of a dossier, both ways: who applies, and who came for them.

use dossier::card::Gender;
use dossier::person::{Applicant, ApplicantKind, Authorised};
use serde_json::{Value, json};

use super::BodyError;
use super::json::{name_of, object, text};
use crate::decode::Fields;

const APPLICANTS: &[(ApplicantKind, &str)] = &[
    (ApplicantKind::Person, "person"),
    (ApplicantKind::Organisation, "organisation"),
];
const GENDERS: &[(Gender, &str)] = &[(Gender::Male, "male"), (Gender::Female, "female")];

pub fn applicant(it: &Applicant) -> Value {
    object([
        ("kind", Some(json!(name_of(APPLICANTS, &it.kind)))),
        ("name", Some(json!(it.name))),
        ("id_number", text(&it.id_number)),
        ("id_kind", text(&it.id_kind)),
        ("birth_date", it.birth_date.as_ref().map(|date| json!(date.to_string()))),
        ("gender", it.gender.map(|gender| json!(name_of(GENDERS, &gender)))),
        ("address", text(&it.address)),
        ("phone", text(&it.phone)),
        ("email", text(&it.email)),
    ])
}

pub fn read_applicant(it: &Fields<'_>) -> Result<Applicant, BodyError> {
    Ok(Applicant {
        kind: it.one_of("kind", APPLICANTS)?,
        name: it.text("name")?,
        id_number: it.maybe_text("id_number")?,
        id_kind: it.maybe_text("id_kind")?,
        birth_date: it.maybe_parsed("birth_date")?,
        gender: it.maybe_one_of("gender", GENDERS)?,
        address: it.maybe_text("address")?,
        phone: it.maybe_text("phone")?,
        email: it.maybe_text("email")?,
    })
}

pub fn authorised(it: &Authorised) -> Value {
    object([
        ("name", Some(json!(it.name))),
        ("id_number", text(&it.id_number)),
        ("address", text(&it.address)),
        ("phone", text(&it.phone)),
        ("email", text(&it.email)),
        ("paper", text(&it.paper)),
    ])
}

pub fn read_authorised(it: &Fields<'_>) -> Result<Authorised, BodyError> {
    Ok(Authorised {
        name: it.text("name")?,
        id_number: it.maybe_text("id_number")?,
        address: it.maybe_text("address")?,
        phone: it.maybe_text("phone")?,
        email: it.maybe_text("email")?,
        paper: it.maybe_text("paper")?,
    })
}
