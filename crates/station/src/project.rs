//! The readable tables, written in the same transaction as the events they come from. Nothing in
//! them is the truth: `rebuild` makes them again from the log.

use dossier::code::DossierCode;
use dossier::fact::CodeKind;
use dossier::fold::fold;
use dossier::state::{Business, Dossier, Paper};
use dossier::{DossierId, Event, Fact};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params};

use crate::cash;
use crate::error::{Code, Result};
use crate::log;
use crate::store::sixteen;

/// The one word for people: the business axis, and the end of the paper axis.
#[must_use]
pub const fn status(dossier: &Dossier) -> &'static str {
    match (dossier.business, dossier.paper) {
        (_, Paper::Returned) => "returned",
        (Business::Received, _) => "received",
        (Business::Refused, _) => "refused",
        (Business::Processing, _) => "processing",
        (Business::SupplementRequested, _) => "supplement_requested",
        (Business::AwaitingPayment, _) => "awaiting_payment",
        (Business::Withdrawn, _) => "withdrawn",
        (Business::Stopped, _) => "stopped",
        (Business::Resolved, _) => "resolved",
    }
}

/// Stored name of a kind of code.
#[must_use]
pub const fn kind_name(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Official => "official",
        CodeKind::Temporary => "temporary",
        CodeKind::External => "external",
    }
}

/// Writes what the dossier is now. `last_seq` is its last record in our own stream.
///
/// # Errors
/// When the database cannot be written.
pub fn project(transaction: &Transaction<'_>, dossier: &Dossier, last_seq: i64) -> Result<()> {
    let row = upsert(transaction, dossier, last_seq)?;
    Ok(index(transaction, dossier, row, include_str!("project/index.sql"))?)
}

/// Writes a dossier that no table knows yet: the index need not look for what it would replace.
///
/// # Errors
/// When the database cannot be written.
pub fn first(transaction: &Transaction<'_>, dossier: &Dossier, last_seq: i64) -> Result<()> {
    let row = upsert(transaction, dossier, last_seq)?;
    Ok(index(transaction, dossier, row, include_str!("project/index_new.sql"))?)
}

fn upsert(transaction: &Transaction<'_>, dossier: &Dossier, last_seq: i64) -> Result<i64> {
    let (code, kind) = dossier
        .code()
        .map_or(("", "temporary"), |given| (given.code.as_str(), kind_name(given.kind)));
    let registration = &dossier.registration;
    let row: i64 = transaction
        .prepare_cached(include_str!("project/upsert_dossier.sql"))?
        .query_row(
            named_params! {
                ":id": dossier.id.as_bytes(),
                ":code": code,
                ":code_kind": kind,
                ":applicant": registration.applicant.name,
                ":id_number": registration.applicant.id_number,
                ":phone": registration.applicant.phone,
                ":procedure": registration.procedure.code,
                ":procedure_name": registration.procedure.name,
                ":received_at": registration.received_at.timestamp_millis(),
                ":due_at": registration.promise.due_at.timestamp_millis(),
                ":status": status(dossier),
                ":pages": i64::try_from(dossier.live_pages().count()).unwrap_or(i64::MAX),
                ":last_seq": last_seq,
                ":parent": dossier.parent.map(|parent| parent.as_bytes().to_vec()),
            },
            |row| row.get("row"),
        )?;
    for given in &dossier.codes {
        transaction
            .prepare_cached(include_str!("project/insert_code.sql"))?
            .execute(params![
                given.code.as_str(),
                dossier.id.as_bytes(),
                kind_name(given.kind)
            ])?;
    }
    Ok(row)
}

/// Folded words for the search. Replacing is cheap: the index keeps no copy of the text.
fn index(transaction: &Transaction<'_>, dossier: &Dossier, row: i64, write: &str) -> rusqlite::Result<()> {
    let registration = &dossier.registration;
    let applicant = &registration.applicant;
    let authorised = registration
        .authorised
        .as_ref()
        .map_or("", |person| person.name.as_str());
    let name = fold(&format!("{} {authorised}", applicant.name));
    let numbers = [applicant.id_number.as_deref(), applicant.phone.as_deref()]
        .into_iter()
        .flatten();
    let codes = dossier.codes.iter().map(|given| code_words(&given.code));
    let numbers: Vec<String> = numbers.map(str::to_owned).chain(codes).collect();
    let procedure = fold(&format!(
        "{} {}",
        registration.procedure.name,
        registration.procedure.code.replace('.', "")
    ));
    transaction
        .prepare_cached(write)?
        .execute(params![row, name, numbers.join(" "), procedure])?;
    Ok(())
}

/// A code as words: whole without separators, and its last part, which people read out.
fn code_words(code: &DossierCode) -> String {
    let compact: String = code.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
    let last = code.as_str().rsplit('-').next().unwrap_or_default();
    format!("{} {}", compact.to_lowercase(), last.to_lowercase())
}

/// What stands beside the dossier's own row: which file a page needs to be shown, and which refused
/// events somebody has decided about.
///
/// # Errors
/// When the database cannot be written.
pub fn project_beside(transaction: &Transaction<'_>, event: &Event) -> Result<()> {
    if let Fact::DisputeSettled { event, .. } = &event.fact {
        transaction
            .prepare_cached(include_str!("project/insert_settled.sql"))?
            .execute([event.as_bytes()])?;
    }
    let (Some(dossier), Fact::PageAttached(page)) = (event.dossier, &event.fact) else {
        return Ok(());
    };
    transaction
        .prepare_cached(include_str!("project/insert_page.sql"))?
        .execute(params![
            page.page.as_bytes(),
            dossier.as_bytes(),
            page.blob.as_bytes(),
            page.media
        ])?;
    Ok(())
}

/// Writes a dossier as its records in the log now tell it, where its registration is here: some of them
/// came, or stand in another place.
///
/// # Errors
/// When a record cannot be read or the database cannot be written.
pub fn again(transaction: &Transaction<'_>, id: DossierId) -> Result<()> {
    match log::fold(transaction, id) {
        Ok(folded) => project(transaction, &folded.dossier, last_own_seq(transaction, id)?),
        Err(error) if error.code == Code::UnknownDossier => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes every readable table again from the log.
///
/// # Errors
/// When a record cannot be read or the database cannot be written.
pub fn rebuild(transaction: &Transaction<'_>) -> Result<u32> {
    transaction.execute_batch(include_str!("project/clear.sql"))?;
    let mut count = 0u32;
    for id in ids(transaction)? {
        let folded = log::fold(transaction, id)?;
        for (event, _) in &folded.events {
            project_beside(transaction, event)?;
        }
        project(transaction, &folded.dossier, last_own_seq(transaction, id)?)?;
        count = count.saturating_add(1);
    }
    cash::rebuild(transaction)?;
    Ok(count)
}

/// Every registered dossier in the order it came to this PC.
///
/// # Errors
/// When the database cannot be read.
pub fn ids(connection: &Connection) -> Result<Vec<DossierId>> {
    let mut statement = connection.prepare(include_str!("project/registered.sql"))?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>("dossier"))?;
    rows.map(|row| Ok(DossierId::from_bytes(sixteen(row?)?))).collect()
}

/// Last record of the dossier in our own streams; 0 when all of it came from elsewhere.
fn last_own_seq(connection: &Connection, id: DossierId) -> Result<i64> {
    let seq = connection
        .prepare_cached(include_str!("project/last_own_seq.sql"))?
        .query_row([id.as_bytes()], |row| row.get("seq"))
        .optional()?;
    Ok(seq.unwrap_or(0))
}
