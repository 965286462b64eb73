//! A file becomes a page: sealed first, then row and event in one transaction.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dossier::fact::{Fact, PageFacts};
use dossier::{BlobHash, DossierId, PageId};

use super::{component, page_refusal};
use crate::api::requests::AttachRequest;
use crate::api::responses::{Attached, Page};
use crate::error::{ApiError, Code, Result, internal};
use crate::log::{self, Folded};
use crate::lookup;
use crate::officers::Signed;
use crate::project;
use crate::sealed::Sealed;
use crate::station::Station;

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
///
/// # Errors
/// As [`attach`].
pub fn attach_bytes(
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
        project::project_beside(transaction, &event)?;
        project::project(transaction, &after, seq)?;
        let no = u32::try_from(after.pages.len()).map_err(internal)?;
        Ok((crate::api::page(&page, no, false), claimed))
    });
    sealed.stay(&done);
    Ok(done?.0)
}

/// Asked before anything is written or scanned.
///
/// # Errors
/// `UNKNOWN_COMPONENT`, `TOO_MANY_PAGES`.
pub fn allow(folded: &Folded, component: u16) -> Result<()> {
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
