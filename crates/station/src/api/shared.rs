//! Words that both requests and answers use. Shapes are fixed: fields may be added, never renamed or
//! removed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Person or organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ApplicantKind {
    Person,
    Organisation,
}

/// Gender as on the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Male,
    Female,
}

/// Applicant. Dates `YYYY-MM-DD`, a birth date also `YYYY-MM` or `YYYY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "dossier::person::Applicant documents each field")]
pub struct Applicant {
    #[serde(default = "person")]
    pub kind: ApplicantKind,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

const fn person() -> ApplicantKind {
    ApplicantKind::Person
}

/// Who hands it in for the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
#[expect(missing_docs, reason = "dossier::person::Authorised documents each field")]
pub struct Authorised {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
}

/// In what state a paper came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "dossier::catalogue::PaperState documents each")]
pub enum ComponentState {
    Original,
    Certified,
    Copy,
    Presented,
    FromDatabase,
    Missing,
    NotApplicable,
}

/// One component as handed in; several with one `no` when originals and copies both came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct HandedIn {
    /// Number in the checklist.
    pub no: u32,
    /// State.
    pub state: ComponentState,
    /// How many; 1 when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// What a limit is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LimitKind {
    WorkingDays,
    CalendarDays,
    Hours,
    SameDay,
}

/// A time limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct Limit {
    /// Unit.
    pub kind: LimitKind,
    /// How many; nothing for `same_day`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u32>,
}

/// One fee; `amount` in đồng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FeeLine {
    pub name: String,
    #[ts(type = "number")]
    pub amount: i64,
}

/// How the dossier came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Channel {
    #[default]
    Direct,
    Online,
    Post,
}

/// Where the result goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ReturnVia {
    #[default]
    Counter,
    Post,
    Online,
}

/// What an officer may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Role {
    /// Takes dossiers in.
    #[default]
    Reception,
    /// May also add officers and enrol the PC.
    Admin,
}
