//! What is asked for every second costs the same after years.

use std::sync::Arc;

use rusqlite::Connection;

use crate::{Opening, Result, Station};

fn opened(folder: &tempfile::TempDir) -> Arc<Station> {
    Station::open(&Opening::within(folder.path())).unwrap()
}

/// How SQLite goes about a statement, a step a line.
fn plan(connection: &Connection, statement: &str) -> Result<Vec<String>> {
    let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}"))?;
    let rows = explained.query_map([], |row| row.get("detail"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[test]
fn no_file_that_is_up_there_is_looked_at_to_see_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let station = opened(&folder);
    for statement in [
        include_str!("../waiting.sql"),
        include_str!("../counts.sql"),
        include_str!("../next_file.sql"),
    ] {
        let statement = statement.replace("?1", "0").replace("?2", "x''");
        let steps = station.store.read(|connection| plan(connection, &statement)).unwrap();
        let files: Vec<&String> = steps.iter().filter(|step| step.contains("upload")).collect();
        assert!(!files.is_empty(), "{steps:?}");
        for step in files {
            assert!(step.contains("COVERING INDEX upload_"), "{step} of {statement}");
        }
    }
}

#[test]
fn what_waits_is_known_without_counting_it() {
    let folder = tempfile::tempdir().unwrap();
    let station = opened(&folder);
    let waits = || station.store.read(super::waits).unwrap();
    let before = waits();
    assert_eq!((before.durable, before.files), (0, false));
    let request = serde_json::json!({"request_id": "r-1", "procedure": "2.000815",
        "applicant": {"kind": "person", "name": "Lò Thị Mẫu"}});
    station
        .call(&crate::Caller::Headless(None), "register", request)
        .unwrap();
    let after = waits();
    assert!(after.records >= before.records + 3 && after.files, "{}", after.records);
    let counted = super::counts(&station).unwrap();
    // A counter that speaks of one file has one.
    assert_eq!(u64::from(counted.waiting), after.records + 1);
    assert_eq!(station.files_durable().unwrap(), 0);
}
