//! Choices the window remembers: any word with any short value. They are this PC's own and go
//! nowhere.

use crate::api::requests::{Nothing, PreferenceRequest};
use crate::api::responses::Preferences;
use crate::error::{ApiError, Code, Result};
use crate::station::Station;
use crate::store::set_setting;

/// Before the name of a choice, among the other settings.
const PREFERENCE: &str = "preference.";

/// Every choice.
///
/// # Errors
/// When the database cannot be read.
pub fn all(station: &Station) -> Result<Preferences> {
    station.store.read(|connection| {
        let mut statement = connection.prepare_cached(include_str!("preferences/all.sql"))?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>("key")?, row.get("value")?)))?;
        let values = rows.map(|row| {
            let (key, value) = row?;
            Ok((key.trim_start_matches(PREFERENCE).to_owned(), value))
        });
        Ok(Preferences {
            values: values.collect::<Result<_>>()?,
        })
    })
}

/// Remembers a choice in place of the one before.
///
/// # Errors
/// `TOO_LONG`; `CONTROL_CHARACTER`.
pub fn set(station: &Station, request: &PreferenceRequest) -> Result<Nothing> {
    let key = dossier::text::checked("key", &request.key, 60)?;
    if request.value.len() > 4_000 {
        return Err(ApiError::of(Code::TooLong, "value"));
    }
    station
        .store
        .write(|transaction| set_setting(transaction, &format!("{PREFERENCE}{key}"), &request.value))?;
    Ok(Nothing {})
}
