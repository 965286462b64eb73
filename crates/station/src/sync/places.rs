//! Where the hub put records of own streams, kept as runs: consecutive records that stand up there in the
//! order in which they were sent. No record's own row is written again for it.

use rusqlite::{Connection, Transaction, params};

use super::up::signed;
use crate::error::{Result, internal};

/// Records that follow each other in an own stream, and how far their numbers are ahead of their places in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Row of the stream.
    pub stream: i64,
    /// Its first record.
    pub first: i64,
    /// Its last record.
    pub last: i64,
    /// Number of the first less its place.
    pub ahead: i64,
}

impl Run {
    /// One record.
    ///
    /// # Errors
    /// Never, for numbers of this protocol.
    pub fn one(stream: i64, seq: i64, number: i64) -> Result<Self> {
        let ahead = number
            .checked_sub(seq)
            .ok_or_else(|| internal("a number out of range"))?;
        Ok(Self {
            stream,
            first: seq,
            last: seq,
            ahead,
        })
    }

    /// Writes it down in place of what was known of its records.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep(&self, transaction: &Transaction<'_>) -> Result<()> {
        forget(transaction, self.stream, self.first, self.last)?;
        let run = params![self.stream, self.first, self.last, self.ahead];
        let extended = transaction
            .prepare_cached(include_str!("places/extend.sql"))?
            .execute(run)?;
        if extended == 0 {
            transaction
                .prepare_cached(include_str!("places/add.sql"))?
                .execute(run)?;
        }
        Ok(())
    }
}

/// Nothing is known any more of these records' places.
///
/// # Errors
/// When the database cannot be written.
pub fn forget(transaction: &Transaction<'_>, stream: i64, first: i64, last: i64) -> Result<()> {
    for statement in [
        include_str!("places/keep_behind.sql"),
        include_str!("places/forget.sql"),
    ] {
        transaction
            .prepare_cached(statement)?
            .execute(params![stream, first, last])?;
    }
    transaction
        .prepare_cached(include_str!("places/end_before.sql"))?
        .execute(params![stream, first])?;
    Ok(())
}

/// The first record behind `after` whose place is not known. It may lie behind the stream's end.
///
/// # Errors
/// When the database cannot be read.
pub fn first_unknown(connection: &Connection, stream: i64, after: u64) -> Result<u64> {
    let first: i64 = connection
        .prepare_cached(include_str!("places/first_unknown.sql"))?
        .query_row(params![stream, signed(after)?], |row| row.get("seq"))?;
    u64::try_from(first).map_err(internal)
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "small numbers of a test")]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn database() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        // Of the streams nothing is needed here.
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        let table = include_str!("../../../../migrations/station/09-places.sql");
        connection.execute_batch(table).unwrap();
        connection
    }

    fn all(connection: &Connection, stream: i64) -> Vec<(i64, i64, i64)> {
        let mut statement = connection.prepare(include_str!("places/tests/all.sql")).unwrap();
        let rows = statement.query_map([stream], |row| {
            Ok((row.get("first")?, row.get("last")?, row.get("ahead")?))
        });
        rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    /// What the runs say, record by record.
    fn said(runs: &[(i64, i64, i64)]) -> BTreeMap<i64, i64> {
        let each = |(first, last, ahead): &(i64, i64, i64)| {
            let ahead = *ahead;
            (*first..=*last).map(move |seq| (seq, seq + ahead))
        };
        runs.iter().flat_map(each).collect()
    }

    #[test]
    fn batch_after_batch_is_one_run() {
        let mut connection = database();
        let transaction = connection.transaction().unwrap();
        for batch in 0..50 {
            let run = Run {
                stream: 1,
                first: batch * 1_000 + 1,
                last: (batch + 1) * 1_000,
                ahead: 7,
            };
            run.keep(&transaction).unwrap();
        }
        assert_eq!(all(&transaction, 1), [(1, 50_000, 7)]);
        assert_eq!(first_unknown(&transaction, 1, 48_000).unwrap(), 50_001);
    }

    proptest! {
        #[test]
        fn runs_say_what_was_written_last(
            steps in proptest::collection::vec((1_i64..3, 1_i64..40, 0_i64..12, 0_i64..3), 1..40)
        ) {
            let mut connection = database();
            let transaction = connection.transaction().unwrap();
            let mut model: [BTreeMap<i64, i64>; 2] = Default::default();
            for (stream, first, length, ahead) in steps {
                let known = &mut model[usize::try_from(stream - 1).unwrap()];
                let last = first + length;
                if length == 11 {
                    forget(&transaction, stream, first, i64::MAX).unwrap();
                    known.retain(|seq, _| *seq < first);
                } else {
                    Run { stream, first, last, ahead }.keep(&transaction).unwrap();
                    known.extend((first..=last).map(|seq| (seq, seq + ahead)));
                }
            }
            for (stream, known) in (1..).zip(&model) {
                let runs = all(&transaction, stream);
                prop_assert!(runs.windows(2).all(|two| two[0].1 < two[1].0), "{runs:?}");
                prop_assert!(runs.iter().all(|(first, last, _)| first <= last), "{runs:?}");
                prop_assert_eq!(&said(&runs), known);
                for after in 0..55 {
                    let first = (after + 1..).find(|seq| !known.contains_key(seq)).unwrap();
                    let found = first_unknown(&transaction, stream, u64::try_from(after).unwrap()).unwrap();
                    prop_assert_eq!(i64::try_from(found).unwrap(), first);
                }
            }
        }
    }
}
