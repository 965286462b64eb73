//! Agencies are data: a tree of any depth, each described as it is printed on the papers.

use rusqlite::{Connection, Row, params};
use wire::protocol::AgencyFacts;

use crate::error::Result;
use crate::row::maybe;

/// The invented agency of a new hub, so that it can be tried at once.
#[must_use]
pub fn sample_agency() -> AgencyFacts {
    AgencyFacts {
        code: "H99.128".to_owned(),
        name: "Trung tâm Phục vụ hành chính công Xã Mẫu".to_owned(),
        parent: "UBND XÃ MẪU".to_owned(),
        unit: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG".to_owned(),
        place: "Xã Mẫu".to_owned(),
    }
}

/// Adds an agency or describes it anew.
pub fn put(db: &Connection, it: &AgencyFacts) -> Result<()> {
    db.prepare_cached(include_str!("sql/agency_put.sql"))?
        .execute(params![it.code, it.name, it.parent, it.unit, it.place])?;
    Ok(())
}

/// The sample, when there is no agency at all.
pub fn put_sample_if_none(db: &Connection) -> Result<()> {
    if all(db)?.is_empty() {
        put(db, &sample_agency())
    } else {
        Ok(())
    }
}

/// All agencies by code.
pub fn all(db: &Connection) -> Result<Vec<AgencyFacts>> {
    let mut statement = db.prepare_cached(include_str!("sql/agency_all.sql"))?;
    let rows = statement.query_map([], facts)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One agency.
pub fn find(db: &Connection, code: &str) -> Result<Option<AgencyFacts>> {
    maybe(
        db.prepare_cached(include_str!("sql/agency_find.sql"))?
            .query_row([code], facts),
    )
}

fn facts(row: &Row<'_>) -> rusqlite::Result<AgencyFacts> {
    Ok(AgencyFacts {
        code: row.get("code")?,
        name: row.get("name")?,
        parent: row.get("parent")?,
        unit: row.get("unit")?,
        place: row.get("place")?,
    })
}
