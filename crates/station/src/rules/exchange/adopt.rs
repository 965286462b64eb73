//! Taking rules out of a file.

use rusqlite::Transaction;
use serde_json::Value;
use wire::envelope::hex;
use wire::rules::{RuleItem, RulesFile as SignedFile};

use super::{checked, opened, signer};
use crate::api::rules::{RuleName, RulesAdoptRequest, RulesAdopted, RulesSigner};
use crate::error::{ApiError, Code, Result, internal};
use crate::log::Deed;
use crate::officers::Signed;
use crate::rules::RuleSource;
use crate::rules::check::basis;
use crate::rules::write::{self, Origin};
use crate::station::Station;

/// Takes rules out of a file: into force when the hub or this PC signed it, as drafts when nobody
/// here knows who did. All of them, or none.
///
/// # Errors
/// `RULES_UNSIGNED`, `UNKNOWN_RULE` for a rule that is not in the file, as [`super::looked_at`], and what a
/// rule is refused for.
pub fn adopted(station: &Station, actor: Option<&Signed>, request: &RulesAdoptRequest) -> Result<RulesAdopted> {
    let file = opened(&request.path)?;
    let basis = basis(&request.basis)?;
    let (author, now) = (station.author()?, station.now());
    let answer = station.store.write(|transaction| {
        let signer = signer(transaction, &file)?.ok_or_else(|| ApiError::of(Code::RulesUnsigned, "path"))?;
        let deed = station.deed(&author, actor, now);
        let chosen = chosen(&file, &request.entries)?;
        let count = u32::try_from(chosen.len()).map_err(internal)?;
        let by = signed_by(&file, signer);
        for item in chosen {
            take(transaction, &deed, item, signer, (&basis, &by))?;
        }
        Ok(match signer {
            RulesSigner::Unknown => RulesAdopted {
                adopted: 0,
                drafts: count,
            },
            RulesSigner::Hub | RulesSigner::ThisStation => RulesAdopted {
                adopted: count,
                drafts: 0,
            },
        })
    })?;
    station.forget_calendar()?;
    Ok(answer)
}

/// Anybody may write any name into a file: a key this PC does not know is told by its beginning.
fn signed_by(file: &SignedFile, signer: RulesSigner) -> String {
    match (signer, file.signer()) {
        (RulesSigner::Unknown, Some(key)) => {
            let key: String = hex(&key).chars().take(16).collect();
            format!("tự xưng “{}”, khoá chưa biết {key}", file.by)
        }
        _ => file.by.clone(),
    }
}

fn chosen<'a>(file: &'a SignedFile, names: &[RuleName]) -> Result<Vec<&'a RuleItem>> {
    let means = |item: &RuleItem, name: &RuleName| item.kind == name.kind.as_str() && item.key == name.key;
    if let Some(name) = names
        .iter()
        .find(|name| !file.rules.iter().any(|item| means(item, name)))
    {
        return Err(ApiError::of(Code::UnknownRule, "entries").because(&name.key));
    }
    Ok(file
        .rules
        .iter()
        .filter(|item| names.iter().any(|name| means(item, name)))
        .collect())
}

fn take(
    transaction: &Transaction<'_>,
    deed: &Deed<'_>,
    item: &RuleItem,
    signer: RulesSigner,
    (basis, by): (&str, &str),
) -> Result<()> {
    let (kind, checked) = checked(item)?;
    let origin = Origin {
        source: RuleSource::File,
        signed_by: Some(by),
    };
    let (key, data): (&str, &Value) = (&item.key, &checked.data);
    match signer {
        RulesSigner::Unknown => write::save(transaction, deed, kind, key, data, basis, origin).map(|_| ()),
        RulesSigner::Hub | RulesSigner::ThisStation => {
            write::approve(transaction, deed, kind, key, data, basis, origin).map(|_| ())
        }
    }
}
