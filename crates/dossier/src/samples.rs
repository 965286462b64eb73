//! One invented example of every fact, for the tests of this crate and for the golden files of
//! `wire`. The list and the exhaustive match come from one table, so that a new variant of
//! [`Fact`] does not compile before it has a sample. People here are invented.
#![expect(clippy::expect_used, reason = "constants of tests; a wrong one must fail loudly")]

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use crate::card::{Gender, PartialDate};
use crate::catalogue::{Fee, Group, PaperState};
use crate::code::{AgencyCode, DossierCode};
use crate::deadline::Limit;
use crate::fact::{
    CashClosed, CodeKind, Correction, Event, Fact, FormIssued, NumbersClosed, OfficerFacts, Outcome, PageFacts,
    ResultReturned, Settlement,
};
use crate::ids::{BlobHash, DeviceId, DossierId, EventId, OfficerId, PageId};
use crate::money::Dong;
use crate::person::{Applicant, ApplicantKind, Authorised};
use crate::registration::{
    Agencies, Channel, ComponentLine, HandedIn, LateEntry, ProcedureRef, Promise, Registration, ReturnVia,
};

/// The dossier all samples speak of.
pub const DOSSIER: DossierId = DossierId::from_bytes([0xd0; 16]);
/// The officer who did it.
pub const OFFICER: OfficerId = OfficerId::from_bytes([0x0f; 16]);
/// The page that [`Fact::PageAttached`] attaches.
pub const NEW_PAGE: PageId = PageId::from_bytes([1; 16]);
/// The page that is taken out and moved: it must be attached before.
pub const LIVE_PAGE: PageId = PageId::from_bytes([2; 16]);
/// The page that comes back: it must have been taken out before.
pub const REMOVED_PAGE: PageId = PageId::from_bytes([3; 16]);

macro_rules! samples {
    ($($pattern:pat => $sample:expr,)*) => {
        /// One example of every fact, in the order of the list.
        #[must_use]
        pub fn samples() -> Vec<Fact> {
            vec![$($sample),*]
        }

        /// Whether each sample is of the variant it stands beside.
        #[cfg(test)]
        fn in_their_places() -> Vec<bool> {
            vec![$(matches!($sample, $pattern)),*]
        }

        /// Does not compile while a variant is missing from the table.
        const fn _every_variant_is_here(fact: &Fact) {
            match fact {
                $($pattern => (),)*
            }
        }
    };
}

samples! {
    Fact::Registered(_) => Fact::Registered(Box::new(registration())),
    Fact::CodeAssigned { .. } => Fact::CodeAssigned { code: code(CODE), kind: CodeKind::Official, issuer: agency(COUNTER) },
    Fact::CodeVoided { .. } => Fact::CodeVoided { code: code(TEMPORARY), reason: "Đã có mã chính thức".into() },
    Fact::FormIssued(_) => Fact::FormIssued(form([0x5a; 32])),
    Fact::FormPrinted { .. } => Fact::FormPrinted { sha256: [0x5b; 32], copy: 2 },
    Fact::Corrected(_) => Fact::Corrected(Box::new(correction())),
    Fact::ComponentsCompared { .. } => Fact::ComponentsCompared { components: vec![1, 2] },
    Fact::PageAttached(_) => Fact::PageAttached(page(NEW_PAGE)),
    Fact::PageRemoved { .. } => Fact::PageRemoved { page: LIVE_PAGE, reason: "Quét nhầm mặt sau".into() },
    Fact::PageRestored { .. } => Fact::PageRestored { page: REMOVED_PAGE },
    Fact::PageMoved { .. } => Fact::PageMoved { page: LIVE_PAGE, component: 2 },
    Fact::HandedOver { .. } => Fact::HandedOver { to: agency(OFFICE), note: Some("Kèm 02 bản chính".into()) },
    Fact::HandOverAccepted => Fact::HandOverAccepted,
    Fact::ProcessingStarted => Fact::ProcessingStarted,
    Fact::SupplementRequested { .. } => Fact::SupplementRequested {
        items: vec!["Giấy chứng sinh bản chính".into()],
        reason: "Bản sao không đọc được số".into(),
    },
    Fact::SupplementReceived { .. } => Fact::SupplementReceived { components: lines(), promise: promise(24) },
    Fact::PaymentRequired { .. } => Fact::PaymentRequired { amount: Dong(1_500_000), what: "Lệ phí trước bạ".into() },
    Fact::PaymentReceived { .. } => Fact::PaymentReceived { amount: Dong(1_500_000), method: "Tiền mặt".into(), paper: None, till: None },
    Fact::PaymentWaived { .. } => Fact::PaymentWaived { basis: "Hộ nghèo".into() },
    Fact::PaymentRefunded { .. } => Fact::PaymentRefunded { amount: Dong(8_000), reason: "Thu nhầm".into() },
    Fact::PromiseChanged { .. } => Fact::PromiseChanged { promise: promise(25), reason: "Lịch nghỉ lễ thay đổi".into() },
    Fact::Extended { .. } => Fact::Extended { promise: promise(30), reason: "Cần xác minh thêm".into() },
    Fact::IntakeRefused { .. } => Fact::IntakeRefused { reason: "Không thuộc thẩm quyền".into() },
    Fact::Withdrawn { .. } => Fact::Withdrawn { reason: "Người dân rút hồ sơ".into() },
    Fact::Stopped { .. } => Fact::Stopped { reason: "Người dân đề nghị dừng".into() },
    Fact::Resolved { .. } => Fact::Resolved {
        outcome: Outcome::Granted,
        number: Some("128/2026".into()),
        blob: Some(BlobHash::from_bytes([0xb2; 32])),
    },
    Fact::ResultArrived => Fact::ResultArrived,
    Fact::ResultReturned(_) => Fact::ResultReturned(ResultReturned {
        to: "Nguyễn Thị Hoà".into(),
        id_number: Some("099190000017".into()),
        receipt_shown: true,
        via: ReturnVia::Counter,
    }),
    Fact::PapersReturned { .. } => Fact::PapersReturned { components: vec![2] },
    Fact::NoteAdded { .. } => Fact::NoteAdded { text: "Hẹn gọi lại \"buổi chiều\"\nsau 14 giờ".into() },
    Fact::Linked { .. } => Fact::Linked { parent: DossierId::from_bytes([0xd1; 16]) },
    Fact::Rated { .. } => Fact::Rated { level: 5, reason: Some("Nhanh, dễ hiểu".into()) },
    Fact::Erased { .. } => Fact::Erased {
        target: EventId::from_bytes([0xe7; 16]),
        basis: "Luật Bảo vệ dữ liệu cá nhân Điều 14".into(),
    },
    Fact::DisputeSettled { .. } => Fact::DisputeSettled {
        event: EventId::from_bytes([0xe7; 16]),
        choice: Settlement::Above,
    },
    Fact::DeviceEnrolled { .. } => Fact::DeviceEnrolled {
        device: DeviceId::from_bytes([0xdc; 16]),
        name: "Quầy 1".into(),
        hub_key: [0x4b; 32],
    },
    Fact::EpochOpened { .. } => Fact::EpochOpened { epoch: 2, reason: "Phục hồi từ bản sao lưu".into() },
    Fact::OfficerAdded(_) => Fact::OfficerAdded(officer()),
    Fact::OfficerChanged { .. } => Fact::OfficerChanged { officer: officer(), active: false },
    Fact::NumbersClosed(_) => Fact::NumbersClosed(NumbersClosed {
        series: agency(COUNTER),
        day: day(2026, 11, 23),
        from: 418,
        to: 430,
        reason: "Hết ngày".into(),
    }),
    Fact::DayClosed { .. } => Fact::DayClosed { day: day(2026, 11, 23), issued: 17, voided: 1, unused: 12 },
    Fact::ClockConfirmed { .. } => Fact::ClockConfirmed { day: day(2026, 11, 23) },
    Fact::SealBroken { .. } => Fact::SealBroken { what: "machine-id".into() },
    Fact::CatalogueApproved { .. } => Fact::CatalogueApproved { version: "2026-11".into(), basis: "QĐ 128/QĐ-UBND".into() },
    Fact::CashClosed(_) => Fact::CashClosed(CashClosed {
        day: day(2026, 11, 23),
        officer: OFFICER,
        count: 17,
        total: Dong(1_636_000),
        cash: Dong(136_000),
    }),
    Fact::Unknown { .. } => Fact::Unknown { kind: "made_in_2031".into() },
    Fact::BodyErased { .. } => Fact::BodyErased { kind: "note_added".into() },
}

/// The counter that receives: the sample agency of the design.
pub const COUNTER: &str = "H99.128";
/// Another agency, which resolves.
pub const OFFICE: &str = "H99.7";
/// The official code the samples give.
pub const CODE: &str = "H99.128-261123-0417";
/// The temporary code the samples void: it must be given before.
pub const TEMPORARY: &str = "TAM-7K3QXW9D";

/// A sample with who and when; `at` is whole to the millisecond, as records keep it.
#[must_use]
pub fn event(id: EventId, fact: Fact) -> Event {
    Event {
        id,
        dossier: Some(DOSSIER),
        at: at(23),
        actor: Some(OFFICER),
        agency: agency(COUNTER),
        fact,
    }
}

/// A registration with every optional part.
#[must_use]
pub fn registration() -> Registration {
    Registration {
        request_id: "c1f0a2d4-0001".into(),
        procedure: ProcedureRef {
            code: "1.001193".into(),
            name: "Thủ tục đăng ký khai sinh".into(),
            field: "Hộ tịch".into(),
            version: "2026-11".into(),
            needs_approval: false,
        },
        case: Some(("trong-han".into(), "Đăng ký đúng hạn".into())),
        channel: Channel::Direct,
        applicant: applicant(),
        authorised: Some(authorised()),
        components: lines(),
        sets: 1,
        fees: vec![Fee {
            name: "Lệ phí bản sao".into(),
            amount: Dong(8_000),
        }],
        return_via: ReturnVia::Counter,
        agencies: Agencies {
            helps: Some(agency("H99")),
            receives: agency(COUNTER),
            resolves: agency(COUNTER),
        },
        received_at: at(23),
        late: None,
        clock_doubtful: false,
        promise: promise(23),
    }
}

/// Facts with fields that were added after their first golden bytes, by the name of their file.
#[must_use]
pub fn additions() -> Vec<(&'static str, Fact)> {
    let mut unapproved = registration();
    unapproved.procedure.needs_approval = true;
    let mut late = registration();
    late.late = Some(LateEntry {
        entered_at: at(24),
        reason: "Mất điện từ 9 giờ".into(),
    });
    late.clock_doubtful = true;
    let paid = Fact::PaymentReceived {
        amount: Dong(20_000),
        method: "cash".into(),
        paper: Some("0000128".into()),
        till: Some(day(2026, 11, 24)),
    };
    vec![
        ("registered-unapproved", Fact::Registered(Box::new(unapproved))),
        ("registered-late", Fact::Registered(Box::new(late))),
        ("payment_received-till", paid),
    ]
}

/// An applicant with every optional part.
#[must_use]
pub fn applicant() -> Applicant {
    Applicant {
        kind: ApplicantKind::Person,
        name: "Nguyễn Thị Hoà".into(),
        id_number: Some("099190000017".into()),
        id_kind: Some("Thẻ căn cước".into()),
        birth_date: Some(PartialDate::Day(day(1990, 3, 21))),
        gender: Some(Gender::Female),
        address: Some("Thôn Đông, xã Mẫu".into()),
        phone: Some("0900000128".into()),
        email: Some("hoa@example.vn".into()),
    }
}

fn authorised() -> Authorised {
    Authorised {
        name: "Lý Đức Quý".into(),
        id_number: Some("099088000023".into()),
        address: Some("Thôn Tây, xã Mẫu".into()),
        phone: Some("0900000129".into()),
        email: Some("quy@example.vn".into()),
        paper: Some("Giấy uỷ quyền ngày 20/11/2026".into()),
    }
}

/// A checklist of two components.
#[must_use]
pub fn lines() -> Vec<ComponentLine> {
    let handed = |state, count| HandedIn { state, count };
    vec![
        ComponentLine {
            no: 1,
            name: "Giấy chứng sinh".into(),
            note: Some("Bản chính".into()),
            group: Group::Submit,
            handed_in: vec![handed(PaperState::Original, 1), handed(PaperState::Copy, 2)],
        },
        ComponentLine {
            no: 2,
            name: "Thẻ căn cước".into(),
            note: None,
            group: Group::Present,
            handed_in: vec![handed(PaperState::Presented, 1)],
        },
    ]
}

/// A promise that falls on a day of November 2026.
#[must_use]
pub fn promise(day: u32) -> Promise {
    Promise {
        limit: Limit::WorkingDays(1),
        due_at: at(day),
        trace: vec!["Nhận ngày 23/11/2026.".into(), "Tính từ ngày làm việc kế tiếp.".into()],
        calendar: "2026-11".into(),
    }
}

fn correction() -> Correction {
    Correction {
        applicant: Some(applicant()),
        authorised: Some(authorised()),
        components: Some(lines()),
        return_via: Some(ReturnVia::Post),
        reason: "Gõ sai tên đệm".into(),
    }
}

/// A form whose bytes have this SHA-256.
#[must_use]
pub fn form(sha256: [u8; 32]) -> FormIssued {
    FormIssued {
        form: "01".into(),
        sha256,
        blob: BlobHash::from_bytes([0xb0; 32]),
        size: 35_120,
    }
}

/// A page of component 1.
#[must_use]
pub fn page(page: PageId) -> PageFacts {
    PageFacts {
        page,
        component: 1,
        blob: BlobHash::from_bytes([0xb1; 32]),
        media: "image/jpeg".into(),
        width: 2_480,
        height: 3_508,
        dpi: Some(300),
        pdf_pages: 1,
        size: 812_345,
    }
}

fn officer() -> OfficerFacts {
    OfficerFacts {
        officer: OFFICER,
        name: "Trần Văn Mẫu".into(),
        admin: true,
    }
}

/// An agency by its code.
#[must_use]
pub fn agency(text: &str) -> AgencyCode {
    AgencyCode::from_str(text).expect("an agency code")
}

/// A dossier code by its text.
#[must_use]
pub fn code(text: &str) -> DossierCode {
    DossierCode::from_str(text).expect("a dossier code")
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// 15:10:00.250 in Viet Nam on a day of November 2026.
fn at(of_november: u32) -> DateTime<Utc> {
    let time = day(2026, 11, of_november).and_hms_milli_opt(8, 10, 0, 250);
    time.expect("a time of the day").and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_of_its_variant_and_kinds_are_unique() {
        assert!(in_their_places().iter().all(|sound| *sound));
        let mut kinds: Vec<String> = samples().iter().map(|fact| fact.kind().to_owned()).collect();
        kinds.retain(|kind| kind != "note_added");
        let count = kinds.len();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), count);
    }
}
