//! Writing versions: drafts, approvals, what the hub brings. An approval is an event of this
//! counter's log in the same transaction.

use chrono::{Datelike, NaiveDate};
use dossier::calendar::civil;
use dossier::fact::Fact;
use rusqlite::{Transaction, named_params};
use serde_json::Value;

use super::check::{Checked, basis, check};
use super::{RuleKind, RuleSource, State, Version, calendar, digest, name, one, versions};
use crate::error::{ApiError, Code, Result};
use crate::log::{self, Deed};

/// Where data comes from, and who signed the file it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    /// Where from.
    pub source: RuleSource,
    /// Who made the signed file.
    pub signed_by: Option<&'a str>,
}

impl From<RuleSource> for Origin<'_> {
    fn from(source: RuleSource) -> Self {
        Self {
            source,
            signed_by: None,
        }
    }
}

/// Checks data, writes it as an approved version and the event that tells of it. The same text
/// approved again is the same version. Returns the version's name. Callers that approve a calendar
/// afterwards drop the one in memory ([`crate::Station::forget_calendar`]).
///
/// # Errors
/// What [`check`] refuses; `REASON_REQUIRED` without a basis.
#[expect(clippy::too_many_arguments, reason = "each is a column of the version")]
pub fn approve<'a>(
    transaction: &Transaction<'_>,
    deed: &Deed<'_>,
    kind: RuleKind,
    key: &str,
    data: &Value,
    given: &str,
    origin: impl Into<Origin<'a>>,
) -> Result<String> {
    let basis = basis(given)?;
    still(check(kind, key, data)?.valid_to, civil(deed.at).date())?;
    let kept = put(transaction, Some(deed), (kind, key), data, &basis, origin.into())?;
    promote(transaction, deed, &kept, &basis)
}

/// Writes data as a draft; a draft of the same name is replaced. Returns the version.
///
/// # Errors
/// What [`check`] refuses; `REASON_REQUIRED` without a basis.
#[expect(clippy::too_many_arguments, reason = "each is a column of the version")]
pub fn save<'a>(
    transaction: &Transaction<'_>,
    deed: &Deed<'_>,
    kind: RuleKind,
    key: &str,
    data: &Value,
    given: &str,
    origin: impl Into<Origin<'a>>,
) -> Result<Version> {
    put(
        transaction,
        Some(deed),
        (kind, key),
        data,
        &basis(given)?,
        origin.into(),
    )
}

/// Approves a stored version, a draft or an older one again: it is in force from today, or from its
/// own day when that is later.
///
/// # Errors
/// When the database cannot be written.
pub fn promote(transaction: &Transaction<'_>, deed: &Deed<'_>, version: &Version, basis: &str) -> Result<String> {
    let today = civil(deed.at).date();
    still(version.valid_to, today)?;
    has_today(version.kind, &version.key, &version.value()?, today)?;
    let data = digest::text(&digest::approved(version.kind, &version.value()?))?;
    transaction
        .prepare_cached(include_str!("promote.sql"))?
        .execute(named_params! {
            ":id": version.id,
            ":in_force": version.valid_from.map_or(today, |from| from.max(today)).to_string(),
            ":basis": basis,
            ":officer": deed.actor.map(|id| id.as_bytes().to_vec()),
            ":at": deed.at.timestamp_millis(),
            ":data": data,
            ":digest": digest::of(&data),
        })?;
    let fact = Fact::CatalogueApproved {
        version: format!("{} {} {}", version.kind.as_str(), version.key, version.version),
        basis: basis.to_owned(),
    };
    log::append(transaction, deed, None, fact)?;
    Ok(version.version.clone())
}

/// What is over cannot be approved: it would never be in force, and nobody would be told.
///
/// # Errors
/// `RULE_INVALID`.
pub fn still(valid_to: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    if valid_to.is_none_or(|last| last >= today) {
        return Ok(());
    }
    let why = "Phiên bản này đã hết hiệu lực. Xin sửa ngày hết hiệu lực rồi duyệt.";
    Err(ApiError::of(Code::RuleInvalid, "valid_to").with("why", why))
}

/// A calendar without this year gives no due date: nobody could be served any more.
///
/// # Errors
/// `RULE_INVALID`; `CALENDAR_UNREADABLE`.
pub fn has_today(kind: RuleKind, key: &str, data: &Value, today: NaiveDate) -> Result<()> {
    if (kind, key) != (RuleKind::Calendar, calendar::NATIONAL) {
        return Ok(());
    }
    let calendar = calendar::parse(calendar::text_of(data).as_deref().unwrap_or_default())?;
    if calendar.years().contains(&today.year()) {
        return Ok(());
    }
    let why = format!(
        "Lịch này không có năm {}, duyệt rồi sẽ không tính được ngày hẹn. Xin thêm năm đó vào tệp.",
        today.year()
    );
    Err(ApiError::of(Code::RuleInvalid, "text").with("why", why))
}

/// Puts what came with the program or at enrolment: in force while nobody approved anything else, a
/// draft to be looked at where somebody did.
///
/// # Errors
/// What [`check`] refuses.
pub fn bring(
    transaction: &Transaction<'_>,
    source: RuleSource,
    (kind, key): (RuleKind, &str),
    data: &Value,
    day: NaiveDate,
) -> Result<()> {
    let checked = check(kind, key, data)?;
    let known = versions(transaction, kind, key)?;
    if same(&known, kind, &checked)?.is_some() {
        return Ok(());
    }
    let approved = known.iter().any(|version| version.approval.is_some());
    let version = free_name(&known, &checked, day);
    let basis = checked.basis.clone().unwrap_or_default();
    let in_force = checked.valid_from;
    let row = Row {
        kind,
        key,
        version,
        basis: &basis,
        state: if approved { State::Draft } else { State::Approved },
        in_force,
        origin: source.into(),
        deed: None,
    };
    insert(transaction, &row, &checked)
}

/// Throws a draft away.
///
/// # Errors
/// `RULE_IN_FORCE` for what was approved or came with the program: that stays.
pub fn discard(transaction: &Transaction<'_>, version: &Version) -> Result<()> {
    let gone = transaction
        .prepare_cached(include_str!("discard.sql"))?
        .execute([version.id])?;
    if gone == 1 {
        Ok(())
    } else {
        Err(ApiError::of(Code::RuleInForce, "version"))
    }
}

/// A stored version with this content: one that is there, a rewritten draft, or a new draft.
fn put(
    transaction: &Transaction<'_>,
    deed: Option<&Deed<'_>>,
    (kind, key): (RuleKind, &str),
    data: &Value,
    basis: &str,
    origin: Origin<'_>,
) -> Result<Version> {
    let day = deed.map_or_else(NaiveDate::default, |deed| civil(deed.at).date());
    let checked = check(kind, key, data)?;
    let known = versions(transaction, kind, key)?;
    if let Some(there) = same(&known, kind, &checked)? {
        return Ok(there.clone());
    }
    let draft = known
        .iter()
        .find(|one| one.state == State::Draft && Some(&one.version) == checked.name.as_ref());
    let row = Row {
        kind,
        key,
        version: draft.map_or_else(|| free_name(&known, &checked, day), |draft| draft.version.clone()),
        basis,
        state: State::Draft,
        in_force: None,
        origin,
        deed,
    };
    match draft {
        Some(draft) => rewrite(transaction, draft.id, &row, &checked)?,
        None => insert(transaction, &row, &checked)?,
    }
    one(transaction, kind, key, &row.version)
}

/// The known version that says the same under its own name; an approval changes no content.
///
/// # Errors
/// When the stored data is damaged.
pub fn same<'a>(known: &'a [Version], kind: RuleKind, checked: &Checked) -> Result<Option<&'a Version>> {
    for version in known {
        let alike = checked
            .name
            .as_deref()
            .is_none_or(|name| name::base(name) == name::base(&version.version));
        if alike && says(version, kind, &checked.data)? {
            return Ok(Some(version));
        }
    }
    Ok(None)
}

/// Whether a stored version says what this data says, names of versions and marks aside.
fn says(version: &Version, kind: RuleKind, data: &Value) -> Result<bool> {
    let plain = |data: &Value| digest::text(&digest::approved(kind, &digest::named(kind, data, &version.version)));
    Ok(plain(data)? == plain(&version.value()?)?)
}

fn free_name(known: &[Version], checked: &Checked, day: NaiveDate) -> String {
    let wanted = checked.name.clone().unwrap_or_else(|| day.to_string());
    name::free(&wanted, |name| known.iter().any(|one| one.version == name))
}

struct Row<'a> {
    kind: RuleKind,
    key: &'a str,
    version: String,
    basis: &'a str,
    state: State,
    in_force: Option<NaiveDate>,
    origin: Origin<'a>,
    deed: Option<&'a Deed<'a>>,
}

fn text(date: Option<NaiveDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn insert(transaction: &Transaction<'_>, row: &Row<'_>, checked: &Checked) -> Result<()> {
    let data = digest::text(&digest::named(row.kind, &checked.data, &row.version))?;
    transaction
        .prepare_cached(include_str!("insert.sql"))?
        .execute(named_params! {
            ":kind": row.kind.as_str(),
            ":key": row.key,
            ":version": row.version,
            ":title": checked.title,
            ":valid_from": text(checked.valid_from),
            ":valid_to": text(checked.valid_to),
            ":in_force": text(row.in_force),
            ":basis": row.basis,
            ":state": row.state.as_str(),
            ":source": row.origin.source.as_str(),
            ":signed_by": row.origin.signed_by,
            ":officer": row.deed.and_then(|deed| deed.actor).map(|id| id.as_bytes().to_vec()),
            ":at": row.deed.map(|deed| deed.at.timestamp_millis()),
            ":data": data,
            ":digest": digest::of(&data),
        })?;
    Ok(())
}

fn rewrite(transaction: &Transaction<'_>, id: i64, row: &Row<'_>, checked: &Checked) -> Result<()> {
    let data = digest::text(&digest::named(row.kind, &checked.data, &row.version))?;
    transaction
        .prepare_cached(include_str!("rewrite.sql"))?
        .execute(named_params! {
            ":id": id,
            ":title": checked.title,
            ":valid_from": text(checked.valid_from),
            ":valid_to": text(checked.valid_to),
            ":basis": row.basis,
            ":source": row.origin.source.as_str(),
            ":signed_by": row.origin.signed_by,
            ":officer": row.deed.and_then(|deed| deed.actor).map(|id| id.as_bytes().to_vec()),
            ":at": row.deed.map(|deed| deed.at.timestamp_millis()),
            ":data": data,
            ":digest": digest::of(&data),
        })?;
    Ok(())
}
