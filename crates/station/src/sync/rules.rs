//! Rules on their way down: set after set, each in one transaction with the cursor that passed it.

use wire::envelope::unhex;
use wire::protocol::{Ends, RuleSet, RulesResponse};

use super::http::Hub;
use crate::error::{ApiError, Code, Result};
use crate::rules::arrive;
use crate::station::Station;
use crate::store::{set_setting, setting};

/// Number of the last set that was met.
pub const CURSOR: &str = "rules_after";

/// Fetches and installs every set that is new, unless the newest is known to be here. A hub of an older
/// program has none.
pub fn fetch_all(station: &Station, hub: &Hub, ends: Option<Ends>) -> Result<()> {
    loop {
        let after = station.store.read(|connection| setting(connection, CURSOR))?;
        let after = after.unwrap_or_else(|| "0".to_owned());
        if ends.is_some_and(|ends| ends.rules.to_string() == after) {
            return Ok(());
        }
        let answer: Result<RulesResponse> = hub.get(&format!("/v1/rules?after={after}"));
        let answer = match answer {
            Err(error) if is_not_there(&error) => return Ok(()),
            answer => answer?,
        };
        let Some(set) = &answer.set else { return Ok(()) };
        keep(station, set)?;
        if !answer.more {
            return Ok(());
        }
    }
}

fn is_not_there(error: &ApiError) -> bool {
    error.detail.get("reason").is_some_and(|reason| reason == "NotFound")
}

fn keep(station: &Station, set: &RuleSet) -> Result<()> {
    let (author, now) = (station.author()?, station.now());
    station.store.write(|transaction| {
        let key = setting(transaction, "hub_key")?;
        let key = key
            .as_deref()
            .and_then(unhex)
            .ok_or_else(|| ApiError::new(Code::NotEnrolled))?;
        arrive::install(transaction, &station.deed(&author, None, now), set, &key)?;
        set_setting(transaction, CURSOR, &set.number.to_string())
    })?;
    station.forget_calendar()
}
