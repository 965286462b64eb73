//! Pages of a dossier: files taken in, scanned, shown, taken out. The file is on disk before its
//! row is, and the row before the officer is told.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use devices::sane::{self, Next, ScanLimits, ScanRequest as Job};
use dossier::fact::{Fact, PageFacts};
use dossier::{BlobHash, DossierId, PageId};
use rusqlite::OptionalExtension;

use crate::api::requests::{AttachRequest, PageImageRequest, PictureKind, ScanRequest};
use crate::api::responses::{Attached, Page, Picture, ScannerFacts, Scanners};
use crate::error::{ApiError, Code, Result, internal};
use crate::log::{self, Folded};
use crate::lookup;
use crate::officers::Signed;
use crate::project;
use crate::sealed::{self, Sealed};
use crate::station::Station;
use crate::store::thirty_two;

/// A slow old scanner at 600 dpi needs most of a minute for a page.
const PAGE_DEADLINE: Duration = Duration::from_secs(180);
/// Asking every back end for its devices.
const LIST_DEADLINE: Duration = Duration::from_secs(30);
const THUMB_PIXELS: u32 = 240;
const SCREEN_PIXELS: u32 = 1_600;

/// Attaches a file by its path, or by its bytes.
///
/// # Errors
/// `FILE_NOT_FOUND`, `EMPTY_FILE`, `NOT_AN_IMAGE`, `TRUNCATED_FILE`, `FILE_TOO_LARGE`,
/// `ENCRYPTED_PDF`, `UNKNOWN_COMPONENT`, `TOO_MANY_PAGES`, `DISK_FULL`.
pub fn attach(station: &Station, actor: Option<&Signed>, request: &AttachRequest) -> Result<Attached> {
    let id = lookup::dossier_id(station, &request.code)?;
    let bytes = match (&request.path, &request.base64) {
        (Some(path), _) => read_file(Path::new(path))?,
        (None, Some(text)) => STANDARD
            .decode(text)
            .map_err(|_| ApiError::of(Code::BadRequest, "base64"))?,
        (None, None) => return Err(ApiError::of(Code::MissingField, "path")),
    };
    let page = attach_bytes(station, actor, id, component(request.component)?, &bytes)?;
    Ok(Attached { pages: vec![page] })
}

fn component(no: u32) -> Result<u16> {
    u16::try_from(no).map_err(|_| ApiError::of(Code::UnknownComponent, "component"))
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    let refused = |error: std::io::Error| {
        let code = if error.kind() == std::io::ErrorKind::NotFound {
            Code::FileNotFound
        } else {
            Code::FileNotReadable
        };
        ApiError::of(code, "path").because(error)
    };
    let facts = std::fs::metadata(path).map_err(refused)?;
    if !facts.is_file() {
        return Err(ApiError::of(Code::NotAnImage, "path"));
    }
    if facts.len() > u64::try_from(archive::MAX_BYTES).unwrap_or(u64::MAX) {
        return Err(ApiError::of(Code::FileTooLarge, "path"));
    }
    std::fs::read(path).map_err(refused)
}

/// Seals the file, then writes its row and event in one transaction.
fn attach_bytes(
    station: &Station,
    actor: Option<&Signed>,
    id: DossierId,
    component: u16,
    bytes: &[u8],
) -> Result<Page> {
    let facts = archive::inspect(bytes).map_err(|error| page_refusal(&error))?;
    // Asked before the file is written: a refusal leaves nothing behind.
    station
        .store
        .read(|connection| allow(&log::fold(connection, id)?, component))?;
    let sealed = Sealed::new(station, bytes)?;
    let (author, now) = (station.author()?, station.now());
    let (millis, random) = log::fresh(now, &*station.entropy)?;
    let page = PageFacts {
        page: PageId::new(millis, random),
        component,
        blob: BlobHash::from_bytes(*blake3::hash(bytes).as_bytes()),
        media: facts.media.mime().to_owned(),
        width: facts.width,
        height: facts.height,
        dpi: facts.dpi,
        pdf_pages: facts.pages,
        size: u32::try_from(bytes.len()).map_err(internal)?,
    };
    let done = station.store.write(|transaction| {
        let claimed = sealed.claim(transaction)?;
        let folded = log::fold(transaction, id)?;
        let deed = station.deed(&author, actor, now);
        let fact = Fact::PageAttached(page.clone());
        let (after, event, seq) = log::append_to(transaction, &deed, &folded.dossier, fact)?;
        project::project_page(transaction, &event)?;
        project::project(transaction, &after, seq)?;
        let no = u32::try_from(after.pages.len()).map_err(internal)?;
        Ok((crate::api::page(&page, no, false), claimed))
    });
    sealed.stay(&done);
    Ok(done?.0)
}

fn allow(folded: &Folded, component: u16) -> Result<()> {
    if !folded
        .dossier
        .registration
        .components
        .iter()
        .any(|line| line.no == component)
    {
        return Err(ApiError::of(Code::UnknownComponent, "component"));
    }
    if folded.dossier.pages.len() >= dossier::apply::MAX_PAGES {
        return Err(ApiError::new(Code::TooManyPages));
    }
    Ok(())
}

/// Plain bytes of a file of this station.
///
/// # Errors
/// `UNKNOWN_PAGE` when there is no such file, `BLOB_DAMAGED` when it is not whole.
pub fn read_blob(station: &Station, hash: &[u8; 32]) -> Result<Vec<u8>> {
    let key = station.store.read(|connection| sealed::key(connection, hash))?;
    let key = key.ok_or_else(|| ApiError::new(Code::UnknownPage))?;
    Ok(station.blobs.read(hash, &key)?)
}

fn page_refusal(error: &archive::PageError) -> ApiError {
    use archive::PageError as E;
    let code = match error {
        E::EmptyFile | E::PdfWithoutPages => Code::EmptyFile,
        E::FileTooLarge | E::ImageTooLarge => Code::FileTooLarge,
        E::NotAnImage | E::TiffManyPages | E::DecoderFailed => Code::NotAnImage,
        E::Truncated | E::ImageDamaged | E::PdfDamaged => Code::TruncatedFile,
        E::PdfEncrypted => Code::EncryptedPdf,
        E::NoSuchPage => Code::UnknownPage,
    };
    ApiError::new(code).because(error)
}

fn page_id(text: &str) -> Result<PageId> {
    text.parse().map_err(|_| ApiError::of(Code::UnknownPage, "page"))
}

/// A picture of a page, small for lists or to be read on a screen.
///
/// # Errors
/// `UNKNOWN_PAGE`, `BLOB_DAMAGED`.
pub fn image(station: &Station, request: &PageImageRequest) -> Result<Picture> {
    let page = page_id(&request.page)?;
    let hash: Option<Vec<u8>> = station.store.read(|connection| {
        Ok(connection
            .prepare_cached(include_str!("pages/blob.sql"))?
            .query_row([page.as_bytes()], |row| row.get("blob"))
            .optional()?)
    })?;
    let hash = thirty_two(hash.ok_or_else(|| ApiError::of(Code::UnknownPage, "page"))?)?;
    let bytes = read_blob(station, &hash)?;
    let index = request.index.unwrap_or(0);
    let picture = match request.kind {
        PictureKind::Thumb => {
            let facts = archive::inspect(&bytes).map_err(|error| page_refusal(&error))?;
            let jpeg = archive::thumbnail(&bytes, &facts, index, THUMB_PIXELS).map_err(|error| page_refusal(&error))?;
            Picture {
                media: "image/jpeg".to_owned(),
                base64: STANDARD.encode(jpeg),
            }
        }
        PictureKind::Full => {
            let shown = archive::preview(&bytes, index, SCREEN_PIXELS).map_err(|error| page_refusal(&error))?;
            Picture {
                media: "image/jpeg".to_owned(),
                base64: STANDARD.encode(&shown.bytes),
            }
        }
    };
    Ok(picture)
}

/// Takes a page out, with a reason; its file stays.
///
/// # Errors
/// `REASON_REQUIRED`, `UNKNOWN_PAGE`.
pub fn remove(station: &Station, actor: Option<&Signed>, code: &str, page: &str, reason: &str) -> Result<()> {
    let reason =
        dossier::text::checked("reason", reason, 300).map_err(|_| ApiError::of(Code::ReasonRequired, "reason"))?;
    change(
        station,
        actor,
        code,
        &Fact::PageRemoved {
            page: page_id(page)?,
            reason,
        },
    )
}

/// Puts a removed page back.
///
/// # Errors
/// `UNKNOWN_PAGE`.
pub fn restore(station: &Station, actor: Option<&Signed>, code: &str, page: &str) -> Result<()> {
    change(station, actor, code, &Fact::PageRestored { page: page_id(page)? })
}

fn change(station: &Station, actor: Option<&Signed>, code: &str, fact: &Fact) -> Result<()> {
    let id = lookup::dossier_id(station, code)?;
    let (author, now) = (station.author()?, station.now());
    station.store.write(|transaction| {
        let folded = log::fold(transaction, id)?;
        let deed = station.deed(&author, actor, now);
        let (after, _, seq) = log::append_to(transaction, &deed, &folded.dossier, fact.clone())?;
        project::project(transaction, &after, seq)
    })
}

/// Scanners of this PC.
///
/// # Errors
/// `SCANNER_MISSING_PROGRAM`, `SCANNER_TIMEOUT`.
pub fn scanners(station: &Station) -> Result<Scanners> {
    let found = sane::list(&station.programs.scanimage, LIST_DEADLINE).map_err(|error| scan_refusal(&error))?;
    let scanners = found
        .into_iter()
        .map(|it| ScannerFacts {
            id: it.id,
            label: it.label,
        })
        .collect();
    Ok(Scanners { scanners })
}

/// Scans pages into a component. Each page is sealed and in the database before the next is asked
/// for, so that a jam or a power cut loses only the sheet it struck.
///
/// # Errors
/// `SCANNER_*`, and everything [`attach`] refuses.
pub fn scan(station: &Station, actor: Option<&Signed>, request: &ScanRequest) -> Result<Attached> {
    let id = lookup::dossier_id(station, &request.code)?;
    let component = component(request.component)?;
    station
        .store
        .read(|connection| allow(&log::fold(connection, id)?, component))?;
    let job = job(station, request)?;
    let folder = ScanFolder::make(station)?;
    station.scan_cancel.store(false, Ordering::SeqCst);
    let limits = ScanLimits {
        page_deadline: PAGE_DEADLINE,
        cancel: &station.scan_cancel,
    };
    let mut pages = Vec::new();
    let mut refused = None;
    let outcome = sane::scan(
        &station.programs.scanimage,
        &job,
        &folder.0,
        &mut |scanned| {
            let kept = std::fs::read(&scanned.path)
                .map_err(internal)
                .and_then(|bytes| attach_bytes(station, actor, id, component, &bytes));
            match kept {
                Ok(page) => {
                    pages.push(page);
                    Ok(Next::Continue)
                }
                Err(error) => {
                    refused = Some(error.clone());
                    Err(Box::new(error))
                }
            }
        },
        limits,
    );
    match (refused, outcome) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(scan_refusal(&error).with("kept", pages.len())),
        (None, Ok(_)) => Ok(Attached { pages }),
    }
}

fn job(station: &Station, request: &ScanRequest) -> Result<Job> {
    let device = match &request.device {
        Some(device) => device.clone(),
        None => first_scanner(station)?,
    };
    let dpi = request
        .dpi
        .map(u16::try_from)
        .transpose()
        .map_err(|_| ApiError::of(Code::ScannerBadOption, "dpi"))?;
    Ok(Job {
        source: request.source.clone(),
        mode: request.mode.clone(),
        dpi,
        options: request.options.clone().unwrap_or_default(),
        ..Job::new(device)
    })
}

fn first_scanner(station: &Station) -> Result<String> {
    let mut found = scanners(station)?.scanners.into_iter();
    found
        .next()
        .map(|scanner| scanner.id)
        .ok_or_else(|| ApiError::new(Code::ScannerNotFound))
}

/// Ends a scan that is running; pages that came through stay.
pub fn cancel(station: &Station) {
    station.scan_cancel.store(true, Ordering::SeqCst);
}

fn scan_refusal(error: &sane::ScanError) -> ApiError {
    use sane::ScanError as E;
    let code = match error {
        E::ProgramMissing => Code::ScannerMissingProgram,
        E::NotFound(_) => Code::ScannerNotFound,
        E::Busy => Code::ScannerBusy,
        E::SettingRefused(_) => Code::ScannerBadOption,
        E::Jammed => Code::ScannerJammed,
        E::NoPaper => Code::ScannerNoPaper,
        E::CoverOpen => Code::ScannerCoverOpen,
        E::AccessDenied => Code::ScannerDenied,
        E::TimedOut => Code::ScannerTimeout,
        E::Cancelled => Code::ScannerCancelled,
        E::Io(_) | E::NoMemory | E::BadPage(_) | E::Crashed(_) | E::Folder(_) | E::NotKept(_) => Code::ScannerIo,
    };
    ApiError::new(code).because(error)
}

/// A private folder for pages between scanner and vault. Where the system keeps one in memory it
/// lies there, so that no plain page touches the disk.
struct ScanFolder(PathBuf);

impl ScanFolder {
    fn make(station: &Station) -> Result<Self> {
        let mut random = [0; 8];
        station.entropy.fill(&mut random)?;
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() {
            memory.to_owned()
        } else {
            station.data_dir().to_owned()
        };
        let path = base.join(format!("motcua-scan-{}", wire::envelope::hex(&random)));
        vault::create_private_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for ScanFolder {
    fn drop(&mut self) {
        // Nothing can be told from here; the folder is empty after every scan and holds no secret.
        drop(std::fs::remove_dir_all(&self.0));
    }
}
