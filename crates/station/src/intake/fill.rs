//! Years of receptions at once, so that speed can be measured on a database of the size a commune
//! reaches. Behind a feature of its own: it gives itself numbers, which only the hub may do.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dossier::DossierId;
use dossier::calendar::civil;
use rusqlite::Transaction;
use wire::Record;
use wire::protocol::Block;

use super::arrival::Arrival;
use super::{Intake, registration};
use crate::api::requests::RegisterRequest;
use crate::error::Result;
use crate::station::Station;
use crate::{log, lookup, numbers, project, receipts};

/// One reception of the past.
#[derive(Debug, Clone)]
pub struct Reception {
    /// What the officer entered.
    pub request: RegisterRequest,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether its receipt is rendered and kept as well.
    pub receipt: bool,
}

impl Station {
    /// Takes all of them in, in order, in one transaction. What stands in the tables afterwards is
    /// what `register` leaves there, apart from receipts not asked for.
    ///
    /// # Errors
    /// As `register`.
    pub fn fill(self: &Arc<Self>, receptions: &[Reception]) -> Result<()> {
        self.store
            .write(|transaction| receptions.iter().try_for_each(|one| take_in(self, transaction, one)))
    }

    /// Gives this station numbers of a day as the hub would.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn fill_numbers(&self, block: &Block) -> Result<()> {
        self.store.write(|transaction| numbers::keep(transaction, block))
    }

    /// Every record this station wrote, as it is stored.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn written(&self) -> Result<Vec<Record>> {
        self.store.read(|connection| {
            let mut statement = connection.prepare_cached(include_str!("written.sql"))?;
            let rows = statement.query_map([], log::stored)?;
            rows.map(|row| Ok(row?.record)).collect()
        })
    }

    /// Renders the receipt of a dossier again by the path `register` takes, and keeps nothing.
    ///
    /// # Errors
    /// `UNKNOWN_DOSSIER`; `MISSING_GLYPH`.
    pub fn render_again(&self, code: &str) -> Result<Vec<u8>> {
        let (id, letterhead) = (lookup::dossier_id(self, code)?, self.agency()?);
        let dossier = self.store.read(|connection| log::fold(connection, id))?.dossier;
        receipts::render(&letterhead, &dossier, &receipts::Aside::default(), None, &[0x99; 32])
    }
}

fn take_in(station: &Station, transaction: &Transaction<'_>, reception: &Reception) -> Result<()> {
    let (request, now) = (&reception.request, reception.at);
    let author = station.author()?;
    let letterhead = station.agency_in(transaction, civil(station.now()).date())?;
    let arrival = Arrival {
        received_at: now,
        entered_at: now,
        shown: station.now(),
        doubtful: false,
    };
    let (registration, aside) = registration(transaction, station, &author, request, &arrival)?;
    let intake = Intake {
        deed: station.deed(&author, None, now),
        actor: None,
        letterhead: &letterhead,
        asked: [0; 32],
        parent: None,
        note: None,
        reason: None,
    };
    if reception.receipt {
        return intake.store(transaction, &registration, &aside).map(drop);
    }
    let (millis, random) = log::fresh(now, intake.deed.entropy)?;
    let (dossier, _, _) = intake.number(transaction, DossierId::new(millis, random), &registration)?;
    let last = log::position(transaction, author.row)?.seq;
    project::first(transaction, &dossier, last)
}
