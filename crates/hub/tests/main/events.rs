//! Invented events.

use chrono::{DateTime, Utc};
use dossier::catalogue::{Group, PaperState};
use dossier::code::DossierCode;
use dossier::deadline::Limit;
use dossier::fact::{CodeKind, PageFacts};
use dossier::person::{Applicant, ApplicantKind};
use dossier::registration::{
    Agencies, Channel, ComponentLine, HandedIn, ProcedureRef, Promise, Registration, ReturnVia,
};
use dossier::{BlobHash, DossierId, Event, EventId, Fact, PageId};

use crate::server::START;

pub fn at() -> DateTime<Utc> {
    START.parse().unwrap()
}

pub fn random<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    vault::Entropy::fill(&vault::OsEntropy, &mut out).unwrap();
    out
}

pub fn new_dossier() -> DossierId {
    DossierId::new(1_795_000_000_000, random())
}

pub fn event(agency: &str, dossier: Option<DossierId>, fact: Fact) -> Event {
    Event {
        id: EventId::new(1_795_000_000_000, random()),
        dossier,
        at: at(),
        actor: None,
        agency: agency.parse().unwrap(),
        fact,
    }
}

pub fn registered(agency: &str, resolves: &str, dossier: DossierId) -> Event {
    event(
        agency,
        Some(dossier),
        Fact::Registered(Box::new(registration(agency, resolves))),
    )
}

pub fn note(agency: &str, dossier: DossierId, text: &str) -> Event {
    event(agency, Some(dossier), Fact::NoteAdded { text: text.to_owned() })
}

pub fn erased(agency: &str, dossier: DossierId, target: EventId) -> Event {
    let basis = "Luật Bảo vệ dữ liệu cá nhân Điều 14".to_owned();
    event(agency, Some(dossier), Fact::Erased { target, basis })
}

pub fn coded(agency: &str, dossier: DossierId, number: u64) -> Event {
    let code = DossierCode::official(&agency.parse().unwrap(), "2026-11-23".parse().unwrap(), number).unwrap();
    event(
        agency,
        Some(dossier),
        Fact::CodeAssigned {
            code,
            kind: CodeKind::Official,
            issuer: agency.parse().unwrap(),
        },
    )
}

pub fn page(agency: &str, dossier: DossierId, bytes: &[u8]) -> Event {
    let facts = PageFacts {
        page: PageId::new(1_795_000_000_000, random()),
        component: 1,
        blob: BlobHash::from_bytes(*blake3::hash(bytes).as_bytes()),
        media: "image/png".to_owned(),
        width: 10,
        height: 10,
        dpi: Some(300),
        pdf_pages: 1,
        size: u32::try_from(bytes.len()).unwrap(),
    };
    event(agency, Some(dossier), Fact::PageAttached(facts))
}

fn registration(agency: &str, resolves: &str) -> Registration {
    Registration {
        request_id: "r1".to_owned(),
        procedure: ProcedureRef {
            code: "2.000815".to_owned(),
            name: "Chứng thực bản sao từ bản chính".to_owned(),
            field: "Chứng thực".to_owned(),
            version: "1".to_owned(),
            needs_approval: false,
        },
        case: None,
        channel: Channel::Direct,
        applicant: Applicant {
            kind: ApplicantKind::Person,
            name: "Nguyễn Thị Mẫu".to_owned(),
            id_number: Some("099190000001".to_owned()),
            id_kind: None,
            birth_date: None,
            gender: None,
            address: None,
            phone: None,
            email: None,
        },
        authorised: None,
        components: vec![ComponentLine {
            no: 1,
            name: "Bản chính".to_owned(),
            note: None,
            group: Group::Submit,
            handed_in: vec![HandedIn {
                state: PaperState::Original,
                count: 1,
            }],
        }],
        sets: 1,
        fees: Vec::new(),
        return_via: ReturnVia::Counter,
        agencies: Agencies {
            helps: None,
            receives: agency.parse().unwrap(),
            resolves: resolves.parse().unwrap(),
        },
        received_at: at(),
        late: None,
        clock_doubtful: false,
        promise: Promise {
            limit: Limit::SameDay,
            due_at: at(),
            trace: Vec::new(),
            calendar: "1".to_owned(),
        },
    }
}
