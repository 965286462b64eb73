//! The receipt of a dossier: rendered once, stored, the same bytes for ever.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use devices::printing;
use dossier::calendar::civil;
use dossier::catalogue::PaperState;
use dossier::deadline::Limit;
use dossier::fact::{CodeKind, Fact};
use dossier::registration::{ComponentLine, LateEntry, ReturnVia};
use dossier::{Dossier, DossierId};
use rusqlite::{Connection, OptionalExtension};
use wire::protocol::AgencyFacts;

use crate::api::responses::{Printed, ReceiptFacts, ReceiptImage};
use crate::catalogue::limit_words;
use crate::error::{ApiError, Code, Result, internal};
use crate::log;
use crate::lookup;
use crate::officers::Signed;
use crate::project;
use crate::station::Station;
use crate::store::thirty_two;

/// Longest wait for the spooler to take a job.
const SPOOLER: Duration = Duration::from_secs(20);

/// Renders Mẫu 01 for a dossier. Pure: the same dossier and head give the same bytes.
///
/// # Errors
/// `MISSING_GLYPH` when the form's fonts lack a character; `TOO_LONG` when it would need too many pages.
pub fn render(
    agency: &AgencyFacts,
    dossier: &Dossier,
    aside: &Aside,
    officer: Option<&Signed>,
    head: &[u8; 32],
) -> Result<Vec<u8>> {
    paper::receipt(&form(agency, dossier, aside, officer, head)).map_err(|error| refusal(&error))
}

/// What the receipt says beside the registration: only at its first printing, whose bytes are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aside {
    /// Fees whose amount nobody told this PC: named, so that the citizen does not take them for none.
    pub unset_fees: Vec<String>,
    /// The limit of the law, where a shorter one is promised.
    pub statutory: Option<Limit>,
}

fn refusal(error: &paper::PaperError) -> ApiError {
    match error {
        paper::PaperError::MissingGlyph { ch } => ApiError::new(Code::MissingGlyph).with("character", ch),
        paper::PaperError::TooManyPages { .. } => ApiError::new(Code::TooLong),
        paper::PaperError::BadCode { .. }
        | paper::PaperError::CodeTooLong { .. }
        | paper::PaperError::Fonts
        | paper::PaperError::Writer { .. } => internal(error),
    }
}

fn form(
    agency: &AgencyFacts,
    dossier: &Dossier,
    aside: &Aside,
    officer: Option<&Signed>,
    head: &[u8; 32],
) -> paper::Receipt {
    let registration = &dossier.registration;
    let given = dossier.code();
    paper::Receipt {
        superior: agency.parent.clone(),
        unit: agency.unit.clone(),
        place: agency.place.clone(),
        form_number: None,
        counter: agency.name.clone(),
        code: given.map(|given| given.code.to_string()).unwrap_or_default(),
        code_kind: match given.map(|given| given.kind) {
            Some(CodeKind::Temporary) | None => paper::CodeKind::Temporary,
            Some(CodeKind::Official | CodeKind::External) => paper::CodeKind::Official,
        },
        applicant: applicant(dossier),
        authorised: registration.authorised.as_ref().map(authorised),
        procedure_code: registration.procedure.code.clone(),
        procedure_name: registration.procedure.name.clone(),
        subject: None,
        components: registration.components.iter().flat_map(lines).collect(),
        sets: u32::from(registration.sets),
        limit: Some(limit(&registration.promise.limit, aside)),
        received: civil(registration.received_at),
        due: Some(civil(registration.promise.due_at)),
        return_via: Some(return_words(registration.return_via).to_owned()),
        book: None,
        serial: None,
        officer: officer.map(|officer| officer.name.clone()),
        fees: fees(dossier, aside),
        lookup_url: None,
        chain_head: wire::envelope::hex(head),
        notices: notices(dossier),
    }
}

/// Stands on every receipt under a version of the catalogue that nobody with authority approved.
const UNAPPROVED: &str = "Nội dung thủ tục này trên phần mềm đang chờ phê duyệt. \
                          Giấy tờ, thời hạn và mức phí theo quy định đang niêm yết tại quầy.";

/// Stands on every receipt whose instant of reception is a guess.
const CLOCK: &str = "Ngày giờ trên máy lúc tiếp nhận chưa được xác nhận. \
                     Nếu thời gian nhận hồ sơ ghi trên giấy này chưa đúng, xin báo ngay cho cán bộ tiếp nhận.";

fn notices(dossier: &Dossier) -> Vec<String> {
    let it = &dossier.registration;
    let unapproved = it.procedure.needs_approval.then(|| UNAPPROVED.to_owned());
    let clock = it.clock_doubtful.then(|| CLOCK.to_owned());
    let late = it.late.as_ref().map(|late| late_words(late, it.received_at));
    unapproved.into_iter().chain(clock).chain(late).collect()
}

/// Both instants, so that the paper written by hand and this one are known for the same reception.
fn late_words(late: &LateEntry, received: DateTime<Utc>) -> String {
    let words = |at: DateTime<Utc>| civil(at).format("%H:%M ngày %d/%m/%Y").to_string();
    format!(
        "Hồ sơ nhận lúc {}, nhập vào máy lúc {}. Lý do nhập bù: {}.",
        words(received),
        words(late.entered_at),
        late.reason.trim_end_matches('.')
    )
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn applicant(dossier: &Dossier) -> paper::Party {
    let it = &dossier.registration.applicant;
    paper::Party {
        name: it.name.clone(),
        id_number: text(it.id_number.as_ref()),
        address: text(it.address.as_ref()),
        phone: text(it.phone.as_ref()),
        email: text(it.email.as_ref()),
    }
}

fn authorised(it: &dossier::person::Authorised) -> paper::AuthorisedPerson {
    paper::AuthorisedPerson {
        party: paper::Party {
            name: it.name.clone(),
            id_number: text(it.id_number.as_ref()),
            address: text(it.address.as_ref()),
            phone: text(it.phone.as_ref()),
            email: text(it.email.as_ref()),
        },
        document: text(it.paper.as_ref()),
    }
}

/// What was handed in or is missing; papers nobody spoke of or that are not needed are left out.
fn lines(line: &ComponentLine) -> impl Iterator<Item = paper::ComponentLine> + '_ {
    line.handed_in
        .iter()
        .filter(|it| it.state != PaperState::NotApplicable)
        .map(|it| paper::ComponentLine {
            no: u32::from(line.no),
            name: line.name.clone(),
            state: state_words(it.state).to_owned(),
            count: (it.count > 0).then_some(u32::from(it.count)),
        })
}

/// Words of a paper's state, as the receipt prints them.
#[must_use]
pub const fn state_words(state: PaperState) -> &'static str {
    match state {
        PaperState::Original => "Bản chính",
        PaperState::Certified => "Bản chứng thực",
        PaperState::Copy => "Bản sao",
        PaperState::Presented => "Xuất trình",
        PaperState::FromDatabase => "Từ CSDL",
        PaperState::Missing => "Còn thiếu",
        PaperState::NotApplicable => "Không cần",
    }
}

const fn return_words(via: ReturnVia) -> &'static str {
    match via {
        ReturnVia::Counter => "Trung tâm Phục vụ hành chính công",
        ReturnVia::Post => "Tại nhà, qua bưu chính",
        ReturnVia::Online => "Trực tuyến",
    }
}

/// The form asks for the limit of the law; what the agency promised instead stands behind it.
fn limit(promised: &Limit, aside: &Aside) -> String {
    match &aside.statutory {
        None => limit_words(promised),
        Some(law) => format!(
            "{} (cơ quan cam kết {})",
            limit_words(law),
            limit_words(promised).to_lowercase()
        ),
    }
}

/// Instead of an amount that only the province's council can give.
const UNSET: &str = "theo mức do HĐND tỉnh quy định, niêm yết tại quầy";

fn fees(dossier: &Dossier, aside: &Aside) -> Vec<paper::FeeLine> {
    let line = |name: &String, amount: String| paper::FeeLine {
        name: name.clone(),
        amount,
    };
    let charged = dossier.registration.fees.iter();
    let charged = charged.map(|fee| line(&fee.name, fee.amount.to_string()));
    let unset = aside.unset_fees.iter().map(|name| line(name, UNSET.to_owned()));
    charged.chain(unset).collect()
}

/// The stored bytes of a dossier's receipt with their SHA-256, checked before they are given out.
///
/// # Errors
/// `NO_RECEIPT`; `DATABASE_DAMAGED` when the bytes are not the ones that were hashed.
pub fn stored(connection: &Connection, dossier: DossierId) -> Result<(Vec<u8>, [u8; 32])> {
    let found: Option<(Vec<u8>, Vec<u8>)> = connection
        .prepare_cached(include_str!("receipts/stored.sql"))?
        .query_row([dossier.as_bytes()], |row| Ok((row.get("bytes")?, row.get("sha256")?)))
        .optional()?;
    let (bytes, sha256) = found.ok_or_else(|| ApiError::new(Code::NoReceipt))?;
    let sha256 = thirty_two(sha256)?;
    if <[u8; 32]>::from(<sha2::Sha256 as sha2::Digest>::digest(&bytes)) != sha256 {
        return Err(crate::store::damaged("a stored receipt"));
    }
    Ok((bytes, sha256))
}

/// Writes the stored receipt to a file: beside it first, then renamed.
///
/// # Errors
/// `UNKNOWN_DOSSIER`, `NO_RECEIPT`, `FILE_NOT_WRITABLE`.
pub fn write(station: &Station, code: &str, out: &str) -> Result<ReceiptFacts> {
    let id = lookup::dossier_id(station, code)?;
    let (bytes, sha256) = station.store.read(|connection| stored(connection, id))?;
    write_whole(Path::new(out), &bytes).map_err(|error| ApiError::of(Code::FileNotWritable, "out").because(error))?;
    Ok(ReceiptFacts {
        sha256: wire::envelope::hex(&sha256),
    })
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let part = path.with_extension("part");
    let mut file = std::fs::File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&part, path)
}

/// A picture of the stored receipt's first page.
///
/// # Errors
/// `UNKNOWN_DOSSIER`, `NO_RECEIPT`.
pub fn image(station: &Station, code: &str, width: Option<u32>) -> Result<ReceiptImage> {
    let id = lookup::dossier_id(station, code)?;
    let (bytes, sha256) = station.store.read(|connection| stored(connection, id))?;
    let printed = station.store.read(|connection| log::fold(connection, id))?;
    let printed = printed.dossier.receipt().map_or(0, |form| u32::from(form.printed));
    // A5 is 148 mm wide: 840 pixels are 144 dots per inch.
    let dpi = width.unwrap_or(840).clamp(100, 3_000).saturating_mul(254) / 1480;
    let picture = archive::render_pdf_page(&bytes, 0, dpi).map_err(|error| internal(error.code()))?;
    let pages = archive::inspect(&bytes).map_or(1, |facts| facts.pages);
    Ok(ReceiptImage {
        base64: STANDARD.encode(picture),
        pages,
        sha256: wire::envelope::hex(&sha256),
        printed,
    })
}

/// Sends the stored receipt to a printer and writes down that it went there.
///
/// # Errors
/// `PRINTER_*`; the dossier stays as it is.
pub fn print(station: &Station, actor: Option<&Signed>, code: &str, printer: Option<&str>) -> Result<Printed> {
    let id = lookup::dossier_id(station, code)?;
    let (bytes, sha256) = station.store.read(|connection| stored(connection, id))?;
    let title = format!(
        "Giay hen {}",
        wire::envelope::hex(&sha256).chars().take(8).collect::<String>()
    );
    let request = printing::PrintRequest {
        queue: printer,
        title: &title,
        media: Some("A5"),
        document: &bytes,
    };
    let job = printing::print(&station.programs.lp, &request, SPOOLER).map_err(|error| printer_refusal(&error))?;
    count_print(station, actor, id, sha256)?;
    Ok(Printed { job: job.0 })
}

fn printer_refusal(error: &printing::PrintError) -> ApiError {
    use printing::PrintError as E;
    let code = match error {
        E::ProgramMissing => Code::PrinterMissingProgram,
        E::NoPrinter(_) => Code::PrinterNone,
        E::SpoolerDown(_) | E::Refused(_) | E::TimedOut => Code::PrinterRefused,
    };
    ApiError::new(code).because(error)
}

fn count_print(station: &Station, actor: Option<&Signed>, id: DossierId, sha256: [u8; 32]) -> Result<()> {
    let (author, now) = (station.author()?, station.now());
    station.store.write(|transaction| {
        let folded = log::fold(transaction, id)?;
        let copy = folded
            .dossier
            .receipt()
            .map_or(0, |form| form.printed)
            .saturating_add(1);
        let deed = station.deed(&author, actor, now);
        let (after, _, seq) = log::append_to(transaction, &deed, &folded.dossier, Fact::FormPrinted { sha256, copy })?;
        project::project(transaction, &after, seq)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::{Caller, Opening};

    #[test]
    fn what_nobody_approved_is_marked_on_the_receipt() {
        let folder = tempfile::tempdir().unwrap();
        let station = Station::open(&Opening {
            now: Some(chrono::DateTime::UNIX_EPOCH + chrono::Days::new(20_780)),
            ..Opening::within(folder.path())
        })
        .unwrap();
        let request = json!({"request_id": "r", "procedure": "2.000815",
            "applicant": {"kind": "person", "name": "Nguyễn Thị Mẫu"}});
        let answer = station.call(&Caller::Headless(None), "register", request).unwrap();
        let id = lookup::dossier_id(&station, answer["code"].as_str().unwrap()).unwrap();
        let mut dossier = station.store.read(|db| log::fold(db, id)).unwrap().dossier;
        let (agency, aside) = (station.agency().unwrap(), Aside::default());
        let marked = render(&agency, &dossier, &aside, None, &[0; 32]).unwrap();
        assert_eq!(form(&agency, &dossier, &aside, None, &[0; 32]).notices, [UNAPPROVED]);
        Arc::make_mut(&mut dossier.registration).procedure.needs_approval = false;
        assert!(form(&agency, &dossier, &aside, None, &[0; 32]).notices.is_empty());
        assert_ne!(render(&agency, &dossier, &aside, None, &[0; 32]).unwrap(), marked);
        let aside = Aside {
            unset_fees: vec!["Lệ phí cấp bản sao".to_owned()],
            statutory: Some(Limit::WorkingDays(5)),
        };
        let form = form(&agency, &dossier, &aside, None, &[0; 32]);
        assert_eq!(
            form.limit.as_deref(),
            Some("05 ngày làm việc (cơ quan cam kết trong ngày)")
        );
        let last = form.fees.last().map(|fee| (fee.name.as_str(), fee.amount.as_str()));
        assert_eq!(last, Some(("Lệ phí cấp bản sao", UNSET)));
    }
}
