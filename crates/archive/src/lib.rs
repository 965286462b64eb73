//! What goes into the archive: page images and PDF files, checked and measured before they are
//! kept, and shrunk for the screen.
//!
//! Bytes come from scanners, phones and e-mail, so they are hostile until [`inspect`] has decoded
//! them whole. Nothing here touches the disk, a database or a key. The bytes of a page are never
//! re-encoded: what was scanned is what is kept; thumbnails and previews are made beside it.

mod apart;
mod error;
mod facts;
mod intake;
mod outline;
mod pdf;
mod picture;
mod raster;

pub use error::{PAGE_ERROR_CODES, PageError};
pub use facts::{MAX_BYTES, MAX_PIXELS, Media, PageFacts};
pub use intake::inspect;
pub use picture::{Picture, preview, render_pdf_page, thumbnail};
