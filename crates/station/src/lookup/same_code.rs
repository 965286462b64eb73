//! A code on two papers: copies of one PC printed it before the hub had heard of both.

use dossier::Dossier;
use rusqlite::{Connection, Row, params};

use crate::api::responses::SameCode;
use crate::cash;
use crate::error::Result;
use crate::intake::local;

/// The others. A code that was printed cannot be taken back: whoever looks one of them up is told.
///
/// # Errors
/// When the database cannot be read.
pub fn others(connection: &Connection, dossier: &Dossier) -> Result<Vec<SameCode>> {
    let Some(given) = dossier.code() else {
        return Ok(Vec::new());
    };
    let mut statement = connection.prepare_cached(include_str!("same_code.sql"))?;
    let mut rows = statement.query(params![given.code.as_str(), dossier.id.as_bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<SameCode> {
    Ok(SameCode {
        applicant_name: row.get("applicant")?,
        procedure_name: row.get("procedure_name")?,
        received_at: local(cash::instant(row.get("received_at")?)?),
    })
}
