//! The stored and exchanged form of a procedure: one JSON object, the same in `data/catalogue.json`,
//! in the database, in a signed file and on the screen that edits it. Field names are for ever;
//! what is optional may be left out.

mod whole;

use chrono::NaiveDate;
use dossier::catalogue::{
    Alternative, Case, Component, Decision, Group, Named, PaperState, Procedure, Roles, Validity,
};
use dossier::deadline::{Limit, Waiting};
use dossier::fees::{Change, FeeRule, Per, Reduction, Tier, When};
use dossier::money::Dong;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! file {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
            #[serde(deny_unknown_fields)]
            #[ts(export, optional_fields)]
            #[expect(missing_docs, reason = "dossier::catalogue documents each")]
            pub struct $name { $($(#[$field_meta])* pub $field: $type),* }
        )*
    };
}

file! {
    /// A procedure.
    ProcedureFile {
        code: String,
        name: String,
        field: String,
        version: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] decision: Option<DecisionFile>,
        basis: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] valid_from: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] valid_to: Option<String>,
        needs_approval: bool,
        cases: Vec<CaseFile>,
        components: Vec<ComponentFile>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] #[ts(optional, as = "Option<Vec<String>>")] notes: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] #[ts(optional, as = "Option<Vec<NamedFile>>")] forms: Vec<NamedFile>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] #[ts(optional, as = "Option<Vec<FeeFile>>")] fees: Vec<FeeFile>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] #[ts(optional, as = "Option<Vec<NamedFile>>")] results: Vec<NamedFile>,
        #[serde(default, skip_serializing_if = "Option::is_none")] agencies: Option<RolesFile>,
        #[serde(default, skip_serializing_if = "Option::is_none")] guidance: Option<GuidanceFile>,
    }
    /// What the announcement tells the citizen besides, in its own words. Nothing is counted from it.
    GuidanceFile {
        #[serde(default, skip_serializing_if = "Option::is_none")] conditions: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] applicants: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] ways: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] level: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] class: Option<String>,
    }
    /// The decision that announced it.
    DecisionFile {
        number: String,
        authority: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] issued: Option<String>,
    }
    /// A case with its limits.
    CaseFile {
        id: String,
        name: String,
        limit: LimitFile,
        #[serde(default, skip_serializing_if = "Option::is_none")] committed: Option<LimitFile>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] #[ts(optional, as = "Option<Vec<AlternativeFile>>")] alternatives: Vec<AlternativeFile>,
        #[serde(default, skip_serializing_if = "Option::is_none")] waiting: Option<WaitingFile>,
    }
    /// Another limit of the same case.
    AlternativeFile { id: String, name: String, limit: LimitFile }
    /// A line of the checklist.
    ComponentFile {
        no: u16,
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] note: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] form: Option<String>,
        group: GroupFile,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] #[ts(optional, as = "Option<Vec<String>>")] cases: Vec<String>,
        usual: UsualFile,
        count: u16,
    }
    /// A form or a result.
    NamedFile {
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] code: Option<String>,
    }
    /// Who does what, in the announcement's words.
    RolesFile {
        #[serde(default, skip_serializing_if = "Option::is_none")] helps: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] receives: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] resolves: Option<String>,
    }
    /// A fee rule.
    FeeFile {
        id: String,
        name: String,
        #[serde(default)] basis: String,
        per: PerFile,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] #[ts(optional, as = "Option<Vec<String>>")] cases: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] valid_from: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] valid_to: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] #[ts(optional, as = "Option<Vec<ReductionFile>>")] reductions: Vec<ReductionFile>,
    }
    /// An amount from a page on.
    TierFile { from: u16, #[ts(type = "number")] amount: i64 }
    /// Less to pay.
    ReductionFile {
        id: String,
        name: String,
        basis: String,
        when: WhenFile,
        change: ChangeFile,
        #[serde(default, skip_serializing_if = "Option::is_none")] valid_from: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] valid_to: Option<String>,
    }
}

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident = $inner:ident { $($variant:ident),* })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
            #[serde(rename_all = "snake_case")]
            #[ts(export)]
            #[expect(missing_docs, reason = "the type of the same name in dossier documents each")]
            pub enum $name { $($variant),* }
            impl From<$name> for $inner {
                fn from(it: $name) -> Self {
                    match it { $($name::$variant => Self::$variant),* }
                }
            }
        )*
    };
}

names! {
    /// Handed in, or shown.
    GroupFile = Group { Submit, Present }
    /// What officers usually tick.
    UsualFile = PaperState { Original, Certified, Copy, Presented, FromDatabase, Missing, NotApplicable }
    /// What waiting does to a promise.
    WaitingFile = Waiting { Restart, PauseShift, Keep }
    /// When a reduction applies.
    WhenFile = When { Online, Claimed }
}

/// A time limit: `{"kind": "working_days", "amount": 3}`, `{"kind": "same_day"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", content = "amount")]
#[ts(export)]
#[expect(missing_docs, reason = "dossier::deadline::Limit documents each")]
pub enum LimitFile {
    WorkingDays(u16),
    CalendarDays(u16),
    Hours(u16),
    SameDay,
}

/// How a fee is counted: `{"case": 8000}`, `{"copy": 8000}`, `{"page": {"tiers": […], "cap": 200000}}`, `"unset"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "dossier::fees::Per documents each")]
pub enum PerFile {
    Case(#[ts(type = "number")] i64),
    Copy(#[ts(type = "number")] i64),
    Page {
        tiers: Vec<TierFile>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        cap: Option<i64>,
    },
    Unset,
}

/// What is paid instead: `"free"`, `{"percent": 50}`, `{"amount": 7000}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "dossier::fees::Change documents each")]
pub enum ChangeFile {
    Free,
    Percent(u8),
    Amount(#[ts(type = "number")] i64),
}

/// A field of a procedure's file that cannot be right, and why, in Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Path of the field: `cases[1].limit`.
    pub field: String,
    /// What is wrong and what to do.
    pub why: String,
}

pub(crate) fn wrong(field: impl Into<String>, why: &str) -> Wrong {
    Wrong {
        field: field.into(),
        why: why.to_owned(),
    }
}

impl ProcedureFile {
    /// The procedure, if it can be worked by: asked of what is about to be stored.
    ///
    /// # Errors
    /// The first field that cannot be right, and why.
    pub fn sound(&self) -> Result<Procedure, Wrong> {
        let procedure = self.read()?;
        whole::check(&procedure)?;
        Ok(procedure)
    }

    /// The procedure as it was stored. A rule of this program that came later never makes a version
    /// unreadable that dossiers were received under.
    ///
    /// # Errors
    /// The first field that cannot be read, and why.
    pub fn read(&self) -> Result<Procedure, Wrong> {
        Ok(Procedure {
            code: self.code.clone(),
            name: self.name.clone(),
            field: self.field.clone(),
            version: self.version.clone(),
            decision: decision(self.decision.as_ref())?,
            basis: self.basis.clone(),
            validity: validity("", self.valid_from.as_ref(), self.valid_to.as_ref())?,
            needs_approval: self.needs_approval,
            cases: each("cases", &self.cases, case)?,
            components: self.components.iter().map(component).collect(),
            notes: self.notes.clone(),
            forms: self.forms.iter().map(named).collect(),
            fees: each("fees", &self.fees, fee)?,
            results: self.results.iter().map(named).collect(),
            roles: self.agencies.as_ref().map(roles).unwrap_or_default(),
        })
    }
}

pub(crate) fn each<T, U>(field: &str, all: &[T], read: impl Fn(&str, &T) -> Result<U, Wrong>) -> Result<Vec<U>, Wrong> {
    all.iter()
        .enumerate()
        .map(|(at, one)| read(&format!("{field}[{at}]"), one))
        .collect()
}

fn date(field: String, text: Option<&String>) -> Result<Option<NaiveDate>, Wrong> {
    let read = |text: &String| {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
            wrong(
                field,
                "Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-11-23. Xin nhập lại.",
            )
        })
    };
    text.map(read).transpose()
}

pub(crate) fn validity(at: &str, from: Option<&String>, to: Option<&String>) -> Result<Validity, Wrong> {
    let under = |name: &str| {
        if at.is_empty() {
            name.to_owned()
        } else {
            format!("{at}.{name}")
        }
    };
    let (from, to) = (date(under("valid_from"), from)?, date(under("valid_to"), to)?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err(wrong(
            under("valid_to"),
            "Ngày hết hiệu lực đứng trước ngày có hiệu lực. Xin nhập lại.",
        ));
    }
    Ok(Validity { from, to })
}

fn decision(it: Option<&DecisionFile>) -> Result<Decision, Wrong> {
    let Some(it) = it else { return Ok(Decision::default()) };
    Ok(Decision {
        number: it.number.clone(),
        authority: it.authority.clone(),
        issued: date("decision.issued".to_owned(), it.issued.as_ref())?,
    })
}

fn roles(it: &RolesFile) -> Roles {
    Roles {
        helps: it.helps.clone(),
        receives: it.receives.clone(),
        resolves: it.resolves.clone(),
    }
}

fn named(it: &NamedFile) -> Named {
    Named {
        name: it.name.clone(),
        code: it.code.clone(),
    }
}

fn limit(field: &str, it: LimitFile) -> Result<Limit, Wrong> {
    match it {
        LimitFile::WorkingDays(0) | LimitFile::CalendarDays(0) | LimitFile::Hours(0) => {
            Err(wrong(field, "Thời hạn phải từ 1 trở lên. Xin nhập lại."))
        }
        LimitFile::WorkingDays(days) => Ok(Limit::WorkingDays(days)),
        LimitFile::CalendarDays(days) => Ok(Limit::CalendarDays(days)),
        LimitFile::Hours(hours) => Ok(Limit::Hours(hours)),
        LimitFile::SameDay => Ok(Limit::SameDay),
    }
}

fn case(at: &str, it: &CaseFile) -> Result<Case, Wrong> {
    let under = |name: &str| format!("{at}.{name}");
    Ok(Case {
        id: it.id.clone(),
        name: it.name.clone(),
        limit: limit(&under("limit"), it.limit)?,
        committed: it.committed.map(|one| limit(&under("committed"), one)).transpose()?,
        alternatives: each(&under("alternatives"), &it.alternatives, |at, one: &AlternativeFile| {
            Ok(Alternative {
                id: one.id.clone(),
                name: one.name.clone(),
                limit: limit(&format!("{at}.limit"), one.limit)?,
            })
        })?,
        waiting: it.waiting.map(Waiting::from).unwrap_or_default(),
    })
}

fn component(it: &ComponentFile) -> Component {
    Component {
        no: it.no,
        name: it.name.clone(),
        note: it.note.clone(),
        group: it.group.into(),
        cases: it.cases.clone(),
        usual: (it.usual.into(), it.count),
    }
}

fn amount(field: &str, it: i64) -> Result<Dong, Wrong> {
    Dong::new(it).map_err(|_| wrong(field, "Số tiền phải từ 0 đồng trở lên. Xin nhập lại."))
}

fn fee(at: &str, it: &FeeFile) -> Result<FeeRule, Wrong> {
    Ok(FeeRule {
        id: it.id.clone(),
        name: it.name.clone(),
        basis: it.basis.clone(),
        per: per(&format!("{at}.per"), &it.per)?,
        cases: it.cases.clone(),
        validity: validity(at, it.valid_from.as_ref(), it.valid_to.as_ref())?,
        reductions: each(&format!("{at}.reductions"), &it.reductions, reduction)?,
    })
}

pub(crate) fn per(at: &str, it: &PerFile) -> Result<Per, Wrong> {
    match it {
        PerFile::Case(dong) => Ok(Per::Case(amount(at, *dong)?)),
        PerFile::Copy(dong) => Ok(Per::Copy(amount(at, *dong)?)),
        PerFile::Page { tiers, cap } => {
            let rising = tiers.first().is_some_and(|first| first.from == 1)
                && tiers
                    .iter()
                    .zip(tiers.iter().skip(1))
                    .all(|(before, after)| before.from < after.from);
            if !rising {
                return Err(wrong(
                    at,
                    "Các bậc trang phải bắt đầu từ trang 1 và tăng dần. Xin sắp lại.",
                ));
            }
            let tiers = each(&format!("{at}.tiers"), tiers, |at, one: &TierFile| {
                Ok(Tier {
                    from: one.from,
                    amount: amount(at, one.amount)?,
                })
            })?;
            Ok(Per::Page {
                tiers,
                cap: cap.map(|cap| amount(at, cap)).transpose()?,
            })
        }
        PerFile::Unset => Ok(Per::Unset),
    }
}

pub(crate) fn reduction(at: &str, it: &ReductionFile) -> Result<Reduction, Wrong> {
    Ok(Reduction {
        id: it.id.clone(),
        name: it.name.clone(),
        basis: it.basis.clone(),
        when: it.when.into(),
        change: match it.change {
            ChangeFile::Free => Change::Free,
            ChangeFile::Percent(percent @ 1..=100) => Change::Percent(percent),
            ChangeFile::Percent(_) => return Err(wrong(at, "Phần trăm giảm phải từ 1 đến 100. Xin nhập lại.")),
            ChangeFile::Amount(dong) => Change::Amount(amount(at, dong)?),
        },
        validity: validity(at, it.valid_from.as_ref(), it.valid_to.as_ref())?,
    })
}
