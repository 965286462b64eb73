//! Who hands a dossier in, and who does it for them.

use crate::card::{Gender, PartialDate};

/// A natural person or an organisation (Mẫu 01 line 3: "Ông (Bà)/Tổ chức").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplicantKind {
    /// A natural person.
    Person,
    /// An organisation; its identity number is the tax or establishment number.
    Organisation,
}

/// The applicant. The name is kept exactly as given (NFC); search folds a copy of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// Person or organisation.
    pub kind: ApplicantKind,
    /// Name as on the paper.
    pub name: String,
    /// Twelve digits for a person with a citizen card; otherwise the number of `id_kind`.
    pub id_number: Option<String>,
    /// What the number is when it is not the citizen number: passport, tax number…
    pub id_kind: Option<String>,
    /// Birth date, as exact as the papers are.
    pub birth_date: Option<PartialDate>,
    /// Gender as on the card.
    pub gender: Option<Gender>,
    /// Address as one line.
    pub address: Option<String>,
    /// Phone number, digits with an optional leading `+`.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// Who hands the dossier in for the applicant (Mẫu 01 line 6, new in TT 03/2025/TT-VPCP).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Authorised {
    /// Name as on the paper.
    pub name: String,
    /// Identity number.
    pub id_number: Option<String>,
    /// Address as one line.
    pub address: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The authorisation paper, or the kinship that replaces it.
    pub paper: Option<String>,
}
