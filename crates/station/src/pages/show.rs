//! Pages on the screen, and the plain bytes of files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::OptionalExtension;

use super::{page_id, page_refusal};
use crate::api::requests::{PageImageRequest, PictureKind};
use crate::api::responses::Picture;
use crate::error::{ApiError, Code, Result};
use crate::sealed;
use crate::station::Station;
use crate::store::thirty_two;

const THUMB_PIXELS: u32 = 240;
const SCREEN_PIXELS: u32 = 1_600;

/// Plain bytes of a file of this station.
///
/// # Errors
/// `UNKNOWN_PAGE` when there is no such file, `BLOB_DAMAGED` when it is not whole.
pub fn read_blob(station: &Station, hash: &[u8; 32]) -> Result<Vec<u8>> {
    let key = station.store.read(|connection| sealed::key(connection, hash))?;
    let key = key.ok_or_else(|| ApiError::new(Code::UnknownPage))?;
    Ok(station.blobs.read(hash, &key)?)
}

/// A picture of a page, small for lists or to be read on a screen.
///
/// # Errors
/// `UNKNOWN_PAGE`, `BLOB_DAMAGED`.
pub fn image(station: &Station, request: &PageImageRequest) -> Result<Picture> {
    let page = page_id(&request.page)?;
    let hash: Option<Vec<u8>> = station.store.read(|connection| {
        Ok(connection
            .prepare_cached(include_str!("blob.sql"))?
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
