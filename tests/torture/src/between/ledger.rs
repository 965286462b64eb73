//! What was done, by the word of those who did it: every event with its bytes, every official code,
//! every block of numbers. Nothing is ever struck out.

use std::collections::BTreeMap;

use rusqlite::Row;
use serde_json::Value;

use super::above::Above;
use super::counter::Counter;

pub type Event = [u8; 16];
type Bytes = [u8; 32];

/// A block: its series and day, its first and last number, and the device and epoch it was leased to.
pub type Block = ((String, String), (u32, u32), ([u8; 16], u32));

/// A place in the hub's order, and why the event there changes nothing.
pub type Place = (i64, Option<String>);

#[derive(Default)]
pub struct Ledger {
    /// Every event a counter ever wrote, with a digest of its bytes.
    pub events: BTreeMap<Event, Bytes>,
    codes: BTreeMap<String, Event>,
    /// What the hub holds now.
    pub above: BTreeMap<Event, Place>,
    /// How many events above other counters are told of.
    pub told: i64,
    read: i64,
    life: u32,
    leases: BTreeMap<(String, String), Vec<Lent>>,
}

struct Lent {
    from: u32,
    to: u32,
    device: [u8; 16],
    epoch: u32,
}

/// The blocks that are leased now.
pub fn leases(above: &Above) -> Vec<Block> {
    let read = |row: &Row<'_>| {
        let key = (row.get("series")?, row.get("day")?);
        let span = (row.get("first_number")?, row.get("last_number")?);
        Ok((key, span, (row.get("device")?, row.get("epoch")?)))
    };
    above.eye().all(include_str!("hub_leases.sql"), [], read)
}

/// A digest of a record's bytes as they are kept.
fn bytes(row: &Row<'_>) -> rusqlite::Result<Bytes> {
    let mut hasher = blake3::Hasher::new();
    for column in ["header", "digest", "salt", "body"] {
        let text: Option<String> = row.get(column)?;
        let text = text.unwrap_or_else(|| "nothing".to_owned());
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    Ok(*hasher.finalize().as_bytes())
}

impl Ledger {
    /// Writes down what a counter wrote and heard since the last time.
    pub fn note(&mut self, counter: &mut Counter) -> Result<(), String> {
        self.read(counter, false)
    }

    /// The same, where nobody's own word was written down yet.
    pub fn begin(&mut self, counters: &mut [Counter]) -> Result<(), String> {
        counters.iter_mut().try_for_each(|counter| self.read(counter, true))
    }

    fn read(&mut self, counter: &mut Counter, trusting: bool) -> Result<(), String> {
        let read = |row: &Row<'_>| {
            let code = match row.get::<_, String>("kind")?.as_str() {
                "code_assigned" => row.get("body")?,
                _ => None,
            };
            Ok((row.get("id")?, row.get("event")?, bytes(row)?, row.get("own")?, code))
        };
        let sql = include_str!("counter_records.sql");
        let records: Vec<(i64, Event, Bytes, bool, Option<String>)> = counter.eye().all(sql, [counter.read], read);
        for (id, event, bytes, own, code) in records {
            counter.read = id;
            match self.events.get(&event) {
                Some(known) if *known == bytes => continue,
                Some(_) => return Err(format!("{}: an event has other bytes than it had", counter.name)),
                None if !own && !trusting => return Err(format!("{}: an event nobody made came down", counter.name)),
                None => self.events.insert(event, bytes),
            };
            self.code(code.as_deref(), event)?;
        }
        Ok(())
    }

    fn code(&mut self, body: Option<&str>, event: Event) -> Result<(), String> {
        let Some(body) = body else { return Ok(()) };
        let body: Value = serde_json::from_str(body).unwrap();
        if body["kind"] != "official" {
            return Ok(());
        }
        let code = body["code"].as_str().unwrap().to_owned();
        match self.codes.insert(code.clone(), event) {
            Some(other) if other != event => Err(format!("{code} was given twice")),
            _ => Ok(()),
        }
    }

    /// Reads what came to the hub since the last time; everything anew when its database is another one.
    pub fn look_above(&mut self, above: &Above) -> Result<(), String> {
        if self.life != above.put_back {
            self.life = above.put_back;
            self.read = 0;
            self.told = 0;
            self.above.clear();
        }
        let read = |row: &Row<'_>| {
            let place = (row.get("number")?, row.get("refused")?);
            Ok((row.get("event")?, bytes(row)?, place, row.get("told")?))
        };
        let sql = include_str!("hub_events.sql");
        let events: Vec<(Event, Bytes, Place, bool)> = above.eye().all(sql, [self.read], read);
        for (event, bytes, place, told) in events {
            match self.events.get(&event) {
                None => return Err("an event above was made by nobody (I2)".to_owned()),
                Some(known) if *known != bytes => return Err("an event above has other bytes".to_owned()),
                Some(_) => {}
            }
            self.read = place.0;
            self.told += i64::from(told);
            if self.above.insert(event, place).is_some() {
                return Err("an event is above twice".to_owned());
            }
        }
        Ok(())
    }

    /// No number was ever leased to two, also not by a hub that forgot (I7).
    pub fn look_at_leases(&mut self, leases: Vec<Block>) -> Result<(), String> {
        for (key, (from, to), (device, epoch)) in leases {
            let known = self.leases.entry(key.clone()).or_default();
            let same = |it: &Lent| (it.from, it.to, it.device, it.epoch) == (from, to, device, epoch);
            if known.iter().any(same) {
                continue;
            }
            if known.iter().any(|it| it.from <= to && from <= it.to) {
                return Err(format!("numbers {from} to {to} of {key:?} were leased twice"));
            }
            known.push(Lent {
                from,
                to,
                device,
                epoch,
            });
        }
        Ok(())
    }

    /// Whether these numbers were leased to this device.
    #[must_use]
    pub fn leased(&self, key: &(String, String), span: (u32, u32), device: &[u8; 16]) -> bool {
        let blocks = self.leases.get(key);
        blocks.is_some_and(|all| all.iter().any(|it| (it.from, it.to) == span && it.device == *device))
    }
}
