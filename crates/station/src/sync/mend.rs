//! A stream whose history up there is another one than ours: this PC was cloned or restored from a
//! copy. The hub's history stays under the old name; what is only here goes on under a new epoch,
//! its bytes and its events as they were, so that nothing is lost and nothing counts twice.

use std::collections::BTreeSet;

use dossier::{DossierId, EventId, Fact};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use wire::envelope::{hex, unhex};
use wire::protocol::{
    EpochRequest, EpochResponse, OwnRecord, Refusal, RefusalCode, ReturnRequest, ReturnResponse, StreamPage,
};
use wire::sync::client::{Mend, Page, Search, Why};
use wire::sync::{Hash, Position};
use wire::{Record, Stream, first_prev};

use super::answer::refused;
use super::http::Hub;
use super::own::{Copy, OwnStream, own};
use super::places::{self, Run};
use super::{down, up};
use crate::cash;
use crate::error::{ApiError, Code, Result};
use crate::log::{self, Author};
use crate::numbers;
use crate::project;
use crate::seal;
use crate::station::{Station, epoch_key};
use crate::store::{damaged, set_setting, setting};

/// Attempts to get an epoch while other copies of this PC ask for theirs.
const ATTEMPTS: u8 = 5;

/// What the hub holds of the stream behind the last record both have.
struct Theirs {
    common: u64,
    /// Not even the beginning is ours: another copy of this PC took the name.
    stranger: bool,
    records: Vec<OwnRecord>,
    next_epoch: u32,
}

/// Goes on under a new epoch, or, for a stream that is not written to any more, under the present
/// one.
pub fn mend(station: &Station, stream: &OwnStream, newest: bool, why: Why) -> Result<()> {
    if newest {
        // Numbers held under this name may be another copy's: none is issued until the hub has met the new one.
        seal::distrust(station)?;
    }
    let hub = oldest(station)?;
    let theirs = search(station, &hub, stream)?;
    let opened = if newest {
        Some(open(station, &hub, stream, theirs.next_epoch)?)
    } else {
        None
    };
    let (now, author) = (station.now(), station.author()?);
    let author = station.store.write(|transaction| {
        let mut touched = BTreeSet::new();
        let carried = take_out(transaction, stream, &theirs, &mut touched)?;
        put_in_place(transaction, stream, &theirs, &mut touched)?;
        let author = match &opened {
            Some(opened) => begin(transaction, &author, opened)?,
            None => author.clone(),
        };
        if opened.is_some() {
            transaction.execute(include_str!("none_waits.sql"), [])?;
            let (epoch, reason) = (author.stream.epoch, left_behind(stream, theirs.common, why));
            log::append(
                transaction,
                &station.deed(&author, None, now),
                None,
                Fact::EpochOpened { epoch, reason },
            )?;
        }
        carry(transaction, &author, carried)?;
        down::begin_again(transaction)?;
        // Not every table anew: at a counter of years that takes minutes, and nobody could register.
        touched.iter().try_for_each(|id| project::again(transaction, *id))?;
        Ok(author)
    })?;
    station.set_author(author)
}

/// The hub's backup is older than this stream: it is told again, under the same key. When another
/// copy took the name meanwhile, the stream is mended.
pub fn reopen(station: &Station, stream: &OwnStream) -> Result<()> {
    let hub = oldest(station)?;
    let request = EpochRequest {
        stream: stream.stream.into(),
        public_key: hex(&station.signing_key(&stream.stream)?.verifying_key().to_bytes()),
        leaves: None,
    };
    match hub.ask::<EpochResponse>("/v1/epoch", &request)? {
        Ok(_) => Ok(()),
        Err(refusal) if refusal.epoch.is_some() => {
            let newest = station.author()?.row == stream.row;
            mend(station, stream, newest, Why::Forked)
        }
        Err(refusal) if refusal.code == RefusalCode::UnknownDevice => come_back(station, &hub, &refusal),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// The hub's backup is older than this PC's enrolment: it is shown what it signed itself then.
fn come_back(station: &Station, hub: &Hub, refusal: &Refusal) -> Result<()> {
    let kept = station.store.read(|connection| setting(connection, super::PROOF))?;
    let proof = kept.ok_or_else(|| refused(refusal))?;
    let proof = serde_json::from_str(&proof).map_err(|_| damaged("the proof of enrolment"))?;
    let _known: ReturnResponse = hub.post("/v1/return", &ReturnRequest { proof })?;
    Ok(())
}

/// The hub, asked in the name of the stream it enrolled: every backup knows that one.
fn oldest(station: &Station) -> Result<Hub> {
    let streams = station.store.read(own)?;
    let oldest = streams.first().ok_or_else(|| ApiError::new(Code::NotEnrolled))?;
    Hub::speaking_as(station, oldest.stream)
}

/// Where the histories part, and all the hub has behind that.
fn search(station: &Station, hub: &Hub, stream: &OwnStream) -> Result<Theirs> {
    let mut search = Mend::from(stream.durable, stream.head.seq);
    loop {
        let page = fetch(hub, stream, search.after())?;
        let (prev, links) = checked(stream, &page)?;
        let hashes: Vec<Hash> = links.iter().map(|(_, hash)| *hash).collect();
        let (after, hashes) = (page.after, hashes.as_slice());
        let found = station
            .store
            .read(|connection| search.read(&Copy(stream, connection), &Page { after, prev, hashes }))?;
        match found {
            Search::Earlier(earlier) => search = earlier,
            Search::Same { common, stranger } => return rest(hub, stream, page, common, stranger),
        }
    }
}

fn rest(hub: &Hub, stream: &OwnStream, page: StreamPage, common: u64, stranger: bool) -> Result<Theirs> {
    let next_epoch = page.next_epoch;
    let (mut records, mut more) = (page.records, page.more && !stranger);
    while more {
        let after = records.last().map_or(common, |it| it.record.seq);
        let page = fetch(hub, stream, after)?;
        more = page.more && !page.records.is_empty();
        records.extend(page.records);
    }
    records.retain(|it| it.record.seq > common && !stranger);
    Ok(Theirs {
        common,
        stranger,
        records,
        next_epoch,
    })
}

fn fetch(hub: &Hub, stream: &OwnStream, after: u64) -> Result<StreamPage> {
    hub.get(&format!("/v1/stream?epoch={}&after={after}", stream.stream.epoch))
}

/// The hashes of a page, from its bytes.
fn checked(stream: &OwnStream, page: &StreamPage) -> Result<(Hash, Vec<(Record, Hash)>)> {
    let wrong = || ApiError::new(Code::HubRefused).with("reason", "a page of a stream cannot be read");
    let prev = unhex(&page.prev).ok_or_else(wrong)?;
    let records = page.records.iter().map(|it| it.record.clone()).collect();
    let hash = |record: &Record, prev: &Hash| record.hash(&stream.stream, prev);
    let links = wire::sync::links(prev, records, |record| record.seq, hash).ok_or_else(wrong)?;
    Ok((prev, links))
}

/// A new epoch and its public key. Keys of different copies differ: each draws its own part.
fn open(station: &Station, hub: &Hub, left: &OwnStream, next: u32) -> Result<(Stream, [u8; 32])> {
    let mut epoch = next;
    for _ in 0..ATTEMPTS {
        let stream = Stream { epoch, ..left.stream };
        let mut drawn = [0; 16];
        station.entropy.fill(&mut drawn)?;
        let keep = |transaction: &Transaction<'_>| set_setting(transaction, &epoch_key(epoch), &hex(&drawn));
        station.store.write(keep)?;
        let public_key = station.signing_key(&stream)?.verifying_key().to_bytes();
        let request = EpochRequest {
            stream: stream.into(),
            public_key: hex(&public_key),
            leaves: Some(left.stream.epoch),
        };
        match hub.ask::<EpochResponse>("/v1/epoch", &request)? {
            Ok(_) => return Ok((stream, public_key)),
            Err(refusal) => epoch = refusal.epoch.ok_or_else(|| refused(&refusal))?,
        }
    }
    Err(ApiError::new(Code::HubRefused).with("reason", "Fork"))
}

/// Takes our records behind the common one out of the stream, in their order, without those whose
/// event is in the hub's history of it. `touched`: dossiers they speak of.
fn take_out(
    transaction: &Transaction<'_>,
    stream: &OwnStream,
    theirs: &Theirs,
    touched: &mut BTreeSet<DossierId>,
) -> Result<Vec<Record>> {
    let mut known = BTreeSet::new();
    for it in &theirs.records {
        known.insert(it.record.header()?.event);
    }
    let ours = behind(transaction, stream, theirs.common)?;
    transaction.execute(
        include_str!("take_out.sql"),
        params![stream.row, up::signed(theirs.common)?],
    )?;
    let next = up::signed(theirs.common.saturating_add(1))?;
    places::forget(transaction, stream.row, next, i64::MAX)?;
    let mut carried = Vec::new();
    for record in ours {
        let header = record.header()?;
        touched.extend(header.dossier);
        // Once, with the identity it always had: an event that is durable under any name is never a second one.
        if !known.contains(&header.event) {
            carried.push(record);
        }
    }
    Ok(carried)
}

fn behind(connection: &Connection, stream: &OwnStream, common: u64) -> Result<Vec<Record>> {
    let mut statement = connection.prepare_cached(include_str!("next_records.sql"))?;
    let rows = statement.query_map(params![stream.row, up::signed(common)?, i64::MAX], log::stored)?;
    rows.map(|row| Ok(row?.record)).collect()
}

/// The hub's history takes the place of ours under the old name. A name somebody else took is theirs
/// alone from now on. `touched`: dossiers it speaks of.
fn put_in_place(
    transaction: &Transaction<'_>,
    stream: &OwnStream,
    theirs: &Theirs,
    touched: &mut BTreeSet<DossierId>,
) -> Result<()> {
    if theirs.stranger {
        transaction.execute(include_str!("give_up_name.sql"), [stream.row])?;
        return Ok(());
    }
    let mut end = Position {
        seq: theirs.common,
        hash: Copy(stream, transaction).at(theirs.common)?,
    };
    for it in &theirs.records {
        let hash = it.record.hash(&stream.stream, &end.hash);
        let event = log::read(&it.record)?;
        if !make_room(transaction, &event.id)? {
            // It stands under another own name already; the rest of this history comes by pulling.
            break;
        }
        log::insert(transaction, stream.row, &it.record, &event, &hash, None)?;
        down::set_refused(transaction, transaction.last_insert_rowid(), it.refused.as_deref())?;
        Run::one(stream.row, up::signed(it.record.seq)?, up::signed(it.number)?)?.keep(transaction)?;
        project::project_beside(transaction, &event)?;
        // A twin that wrote under our name took money at this counter, as far as anybody can tell.
        cash::project(transaction, &event)?;
        touched.extend(event.dossier);
        end = Position {
            seq: it.record.seq,
            hash,
        };
    }
    transaction.execute(
        include_str!("end_stream.sql"),
        params![stream.row, up::signed(end.seq)?, end.hash],
    )?;
    Ok(())
}

/// An event that came by pulling gives its place to the same event in our own stream. False when it
/// is in one of our own already.
fn make_room(transaction: &Transaction<'_>, event: &EventId) -> Result<bool> {
    let found: Option<bool> = transaction
        .prepare_cached(include_str!("own_event.sql"))?
        .query_row([event.as_bytes()], |row| row.get("own"))
        .optional()?;
    if found == Some(false) {
        transaction.execute(include_str!("forget_event.sql"), [event.as_bytes()])?;
    }
    Ok(found != Some(true))
}

fn begin(transaction: &Transaction<'_>, author: &Author, (stream, key): &(Stream, [u8; 32])) -> Result<Author> {
    transaction.execute(
        include_str!("../station/new_stream.sql"),
        params![stream.device.as_bytes(), stream.epoch, key, first_prev(key)],
    )?;
    let row = transaction.last_insert_rowid();
    // Numbers leased under the old name may be in another copy's hands.
    numbers::give_up_all(transaction)?;
    Ok(Author {
        row,
        stream: *stream,
        agency: author.agency.clone(),
    })
}

/// Which name was left, and where its chain ended here: from the carried records the old chain can
/// be computed again, whose hashes stand on printed receipts.
fn left_behind(stream: &OwnStream, common: u64, why: Why) -> String {
    let (epoch, head) = (stream.stream.epoch, stream.head);
    format!("{} {epoch} {common} {} {}", why.as_str(), head.seq, hex(&head.hash))
}

fn carry(transaction: &Transaction<'_>, author: &Author, records: Vec<Record>) -> Result<()> {
    for record in records {
        log::carry(transaction, author, record)?;
    }
    Ok(())
}
