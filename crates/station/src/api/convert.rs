//! Between the shapes of the commands and the types of the domain. No decision is taken here.

use chrono::NaiveDate;
use dossier::catalogue::{self, PaperState, Procedure};
use dossier::deadline::{self, DayKind, DayMark};
use dossier::fact::{self, PageFacts};
use dossier::person;
use dossier::registration;
use dossier::state;

use super::responses::{
    self, AlternativeFacts, CaseFacts, CodeKind, ComponentFacts, Day, Disputed, GivenCode, Group, Page, ProcedureFacts,
    ProcedureRef, ProcedureSummary, Shown, ShownComponent, ShownEvent, ShownReceipt, Trouble, Usual,
};
use super::shared::{
    Applicant, ApplicantKind, Authorised, Channel, ComponentState, FeeLine, Gender, HandedIn, Limit, LimitKind,
    ReturnVia,
};
use super::words::words;
use crate::catalogue::{Listed, charged, fee_words, limit_words, usual_fees};
use crate::error::{ApiError, Result};
use crate::intake::local;
use crate::log::{Folded, Stored};
use crate::officers::Signed;
use crate::project;

macro_rules! same_names {
    ($($outer:ty = $inner:ty { $($variant:ident),* $(,)? })*) => {
        $(
            impl From<$inner> for $outer {
                fn from(inner: $inner) -> Self {
                    match inner { $(<$inner>::$variant => Self::$variant),* }
                }
            }
            impl From<$outer> for $inner {
                fn from(outer: $outer) -> Self {
                    match outer { $(<$outer>::$variant => Self::$variant),* }
                }
            }
        )*
    };
}

same_names! {
    ApplicantKind = person::ApplicantKind { Person, Organisation }
    Gender = dossier::card::Gender { Male, Female }
    Channel = registration::Channel { Direct, Online, Post }
    ReturnVia = registration::ReturnVia { Counter, Post, Online }
    ComponentState = PaperState { Original, Certified, Copy, Presented, FromDatabase, Missing, NotApplicable }
    CodeKind = fact::CodeKind { Official, Temporary, External }
    Group = catalogue::Group { Submit, Present }
    responses::Money = state::Money { NothingDue, Due, Paid, Waived }
    responses::Paper = state::Paper { AtCounter, HandedOver, ResultWaiting, Returned }
}

impl From<&person::Applicant> for Applicant {
    fn from(it: &person::Applicant) -> Self {
        Self {
            kind: it.kind.into(),
            name: it.name.clone(),
            id_number: it.id_number.clone(),
            id_kind: it.id_kind.clone(),
            birth_date: it.birth_date.map(|date| date.to_string()),
            gender: it.gender.map(Into::into),
            address: it.address.clone(),
            phone: it.phone.clone(),
            email: it.email.clone(),
        }
    }
}

impl From<&person::Authorised> for Authorised {
    fn from(it: &person::Authorised) -> Self {
        Self {
            name: it.name.clone(),
            id_number: it.id_number.clone(),
            address: it.address.clone(),
            phone: it.phone.clone(),
            email: it.email.clone(),
            paper: it.paper.clone(),
        }
    }
}

impl From<&deadline::Limit> for Limit {
    fn from(limit: &deadline::Limit) -> Self {
        let (kind, amount) = match limit {
            deadline::Limit::WorkingDays(amount) => (LimitKind::WorkingDays, Some(*amount)),
            deadline::Limit::CalendarDays(amount) => (LimitKind::CalendarDays, Some(*amount)),
            deadline::Limit::Hours(amount) => (LimitKind::Hours, Some(*amount)),
            deadline::Limit::SameDay => (LimitKind::SameDay, None),
        };
        Self {
            kind,
            amount: amount.map(u32::from),
        }
    }
}

impl From<&ApiError> for Trouble {
    fn from(it: &ApiError) -> Self {
        Self {
            code: it.code.as_str().to_owned(),
            message: it.words(),
        }
    }
}

impl From<&catalogue::Fee> for FeeLine {
    fn from(fee: &catalogue::Fee) -> Self {
        Self {
            name: fee.name.clone(),
            amount: fee.amount.0,
        }
    }
}

/// One day of the strip.
pub fn day(mark: &DayMark) -> Day {
    let (kind, count) = match mark.kind {
        DayKind::Start => (responses::DayKind::Start, None),
        DayKind::Off => (responses::DayKind::Off, None),
        DayKind::Counted(count) => (responses::DayKind::Counted, Some(u32::from(count))),
        DayKind::Due => (responses::DayKind::Due, None),
    };
    let weekday = match mark.weekday {
        chrono::Weekday::Sun => "CN".to_owned(),
        weekday => format!("T{}", weekday.num_days_from_monday().saturating_add(2)),
    };
    Day {
        date: mark.date.to_string(),
        weekday,
        kind,
        count,
        reason: mark.reason.clone(),
    }
}

/// A procedure in a list.
pub fn procedure_summary(listed: &Listed, day: NaiveDate) -> Result<ProcedureSummary> {
    let it = &listed.procedure;
    let usual = it
        .cases
        .first()
        .map(|case| usual_fees(it, case, day, false))
        .transpose()?;
    Ok(ProcedureSummary {
        code: it.code.clone(),
        name: it.name.clone(),
        field: it.field.clone(),
        limit_words: it
            .cases
            .first()
            .map(|case| limit_words(&case.committed.unwrap_or(case.limit)))
            .unwrap_or_default(),
        fee_words: fee_words(usual.as_deref().unwrap_or_default()),
        recent: listed.recent,
        favourite: listed.favourite,
    })
}

/// A procedure.
pub fn procedure(it: &Procedure, day: NaiveDate) -> Result<ProcedureFacts> {
    let usual = it
        .cases
        .first()
        .map(|case| usual_fees(it, case, day, false))
        .transpose()?;
    let fees = charged(usual.as_deref().unwrap_or_default());
    Ok(ProcedureFacts {
        code: it.code.clone(),
        name: it.name.clone(),
        field: it.field.clone(),
        version: it.version.clone(),
        needs_approval: it.needs_approval,
        basis: it.basis.clone(),
        cases: it.cases.iter().map(case).collect(),
        components: it.components.iter().map(component).collect(),
        fees: fees.iter().map(FeeLine::from).collect(),
        result: it.results.first().map(named),
        notes: it.notes.clone(),
        forms: it.forms.iter().map(named).collect(),
    })
}

/// `Giấy khai sinh (KQ.G15.000031)`.
fn named(it: &catalogue::Named) -> String {
    match &it.code {
        Some(code) => format!("{} ({code})", it.name),
        None => it.name.clone(),
    }
}

fn case(it: &catalogue::Case) -> CaseFacts {
    CaseFacts {
        id: it.id.clone(),
        name: it.name.clone(),
        limit: (&it.committed.unwrap_or(it.limit)).into(),
        limit_words: limit_words(&it.committed.unwrap_or(it.limit)),
        statutory_words: it.committed.map(|_| limit_words(&it.limit)),
        alternatives: it
            .alternatives
            .iter()
            .map(|one| AlternativeFacts {
                id: one.id.clone(),
                name: one.name.clone(),
                limit_words: limit_words(&one.limit),
            })
            .collect(),
    }
}

fn component(it: &catalogue::Component) -> ComponentFacts {
    let (state, count) = it.usual;
    ComponentFacts {
        no: u32::from(it.no),
        name: it.name.clone(),
        note: it.note.clone(),
        group: it.group.into(),
        cases: it.cases.clone(),
        usual: Usual {
            state: state.into(),
            count: u32::from(count),
        },
    }
}

/// A page; `no` is its place among the dossier's pages, from 1.
pub fn page(it: &PageFacts, no: u32, removed: bool) -> Page {
    Page {
        page: it.page.to_string(),
        component: u32::from(it.component),
        no,
        media: it.media.clone(),
        width: it.width,
        height: it.height,
        dpi: it.dpi,
        pdf_pages: it.pdf_pages,
        blake3: it.blob.to_string(),
        size: it.size,
        removed,
    }
}

/// A dossier with its events, as people are shown it. `stream` is this PC's own, `durable` its
/// last record that the hub has.
pub fn shown(folded: &Folded, officers: &[Signed], stream: i64, durable: i64) -> Shown {
    let dossier = &folded.dossier;
    let it = &dossier.registration;
    let events: Vec<ShownEvent> = folded
        .events
        .iter()
        .map(|(event, stored)| shown_event(event, stored, officers, stream, durable))
        .collect();
    let code = dossier.code();
    Shown {
        dossier_id: dossier.id.to_string(),
        code: code.map(|given| given.code.to_string()).unwrap_or_default(),
        code_kind: code.map_or(CodeKind::Temporary, |given| given.kind.into()),
        codes: dossier.codes.iter().map(given_code).collect(),
        status: status(dossier),
        money: dossier.money.into(),
        charged: dossier.charged.0,
        paid: dossier.received.0,
        paper: dossier.paper.into(),
        applicant: (&it.applicant).into(),
        authorised: it.authorised.as_ref().map(Into::into),
        channel: it.channel.into(),
        procedure: ProcedureRef {
            code: it.procedure.code.clone(),
            name: it.procedure.name.clone(),
            field: it.procedure.field.clone(),
            version: it.procedure.version.clone(),
            needs_approval: it.procedure.needs_approval,
        },
        case: it.case.as_ref().map(|(_, name)| name.clone()),
        components: it
            .components
            .iter()
            .map(|line| shown_component(line, dossier))
            .collect(),
        sets: u32::from(it.sets),
        fees: it.fees.iter().map(FeeLine::from).collect(),
        return_via: it.return_via.into(),
        received_at: local(it.received_at),
        due_at: local(it.promise.due_at),
        limit_words: limit_words(&it.promise.limit),
        trace: it.promise.trace.clone(),
        receipt: dossier.receipt().map(|stored| ShownReceipt {
            sha256: wire::envelope::hex(&stored.form.sha256),
            size: stored.form.size,
            printed: u32::from(stored.printed),
        }),
        durable: events.iter().all(|event| event.durable),
        disputed: disputed(folded),
        events,
        can: Vec::new(),
        group: None,
        same_code: Vec::new(),
    }
}

/// The one word for people.
pub fn status(dossier: &state::Dossier) -> responses::Status {
    let name = serde_json::Value::String(project::status(dossier).to_owned());
    serde_json::from_value(name).unwrap_or(responses::Status::Received)
}

fn given_code(it: &state::GivenCode) -> GivenCode {
    GivenCode {
        code: it.code.to_string(),
        kind: it.kind.into(),
        issuer: it.issuer.to_string(),
        void_reason: it.void_reason.clone(),
    }
}

fn shown_component(line: &registration::ComponentLine, dossier: &state::Dossier) -> ShownComponent {
    let handed = line.handed_in.iter().map(|it| HandedIn {
        no: u32::from(line.no),
        state: it.state.into(),
        count: Some(u32::from(it.count)),
    });
    let numbered = (1u32..).zip(&dossier.pages);
    let pages = numbered.filter(|(_, attached)| attached.facts.component == line.no);
    ShownComponent {
        no: u32::from(line.no),
        name: line.name.clone(),
        note: line.note.clone(),
        group: line.group.into(),
        handed_in: handed.collect(),
        pages: pages
            .map(|(no, attached)| page(&attached.facts, no, attached.removed.is_some()))
            .collect(),
    }
}

fn disputed(folded: &Folded) -> Vec<Disputed> {
    folded
        .events
        .iter()
        .filter_map(|(event, stored)| {
            let here = folded
                .refused
                .iter()
                .find(|(id, _)| *id == event.id)
                .map(|(_, why)| (*why).to_owned());
            let reason = here.or_else(|| stored.refused.clone())?;
            Some(Disputed {
                event_id: event.id.to_string(),
                kind: event.fact.kind().to_owned(),
                reason,
            })
        })
        .collect()
}

fn shown_event(event: &dossier::Event, stored: &Stored, officers: &[Signed], stream: i64, durable: i64) -> ShownEvent {
    let seq = i64::try_from(stored.record.seq).unwrap_or(i64::MAX);
    ShownEvent {
        event_id: event.id.to_string(),
        kind: event.fact.kind().to_owned(),
        at: local(event.at),
        actor: event
            .actor
            .and_then(|id| officers.iter().find(|officer| officer.id == id))
            .map(|officer| officer.name.clone()),
        words: words(&event.fact),
        durable: stored.stream != stream || seq <= durable,
    }
}
