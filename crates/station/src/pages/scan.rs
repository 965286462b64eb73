//! Pages out of the scanner of this PC.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use devices::sane::{self, Next, ScanLimits, ScanRequest as Job};

use super::component;
use super::take::{allow, attach_bytes};
use crate::api::requests::ScanRequest;
use crate::api::responses::{Attached, ScannerFacts, Scanners};
use crate::error::{ApiError, Code, Result, internal};
use crate::log;
use crate::lookup;
use crate::officers::Signed;
use crate::station::Station;

/// A slow old scanner at 600 dpi needs most of a minute for a page.
const PAGE_DEADLINE: Duration = Duration::from_secs(180);
/// Asking every back end for its devices.
const LIST_DEADLINE: Duration = Duration::from_secs(30);

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
/// `SCANNER_*`, and everything `attach` refuses.
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
