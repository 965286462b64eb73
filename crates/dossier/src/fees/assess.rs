//! What the rules give for one dossier, each line with how it came out. Every amount is checked
//! again here, so that a rule that should never have been stored cannot make a counter pay out.

use super::{Asked, Change, FeeRule, Line, Per, Reduction, Tier, When};
use crate::money::{AmountOutOfRange, Dong};

/// Applies the rules that hold. A reduction only ever lowers what is paid; of several the citizen
/// gets the best.
///
/// # Errors
/// [`AmountOutOfRange`] when an amount leaves the range of any counter.
pub fn assess(rules: &[FeeRule], asked: &Asked<'_>) -> Result<Vec<Line>, AmountOutOfRange> {
    rules
        .iter()
        .filter(|rule| applies(rule, asked))
        .map(|rule| line(rule, asked))
        .collect()
}

fn applies(rule: &FeeRule, asked: &Asked<'_>) -> bool {
    rule.validity.holds(asked.day) && (rule.cases.is_empty() || rule.cases.iter().any(|case| case == asked.case))
}

fn line(rule: &FeeRule, asked: &Asked<'_>) -> Result<Line, AmountOutOfRange> {
    let (full, counted) = match count(&rule.per, asked)? {
        Some((amount, words)) => (Some(amount), words),
        None => (
            None,
            "Mức thu do Hội đồng nhân dân cấp tỉnh quyết định, chưa có trên máy".to_owned(),
        ),
    };
    let mut line = Line {
        rule: rule.id.clone(),
        name: rule.name.clone(),
        amount: full,
        reason: counted,
        basis: rule.basis.clone(),
    };
    for reduction in rule.reductions.iter().filter(|it| granted(it, asked)) {
        let reduced = reduced(rule, reduction, full, asked)?;
        if reduced.is_some_and(|less| line.amount.is_none_or(|now| less < now)) {
            line.amount = reduced;
            line.reason.clone_from(&reduction.name);
            line.basis.clone_from(&reduction.basis);
        }
    }
    Ok(line)
}

/// What the lines come to, as far as the amounts are known.
///
/// # Errors
/// [`AmountOutOfRange`].
pub fn total(lines: &[Line]) -> Result<Dong, AmountOutOfRange> {
    lines
        .iter()
        .filter_map(|line| line.amount)
        .try_fold(Dong::ZERO, Dong::plus)
}

/// The reductions an officer may tick for this dossier, each id once, in the order of the rules.
#[must_use]
pub fn claimable<'a>(rules: &'a [FeeRule], asked: &Asked<'_>) -> Vec<&'a Reduction> {
    let mut found: Vec<&Reduction> = Vec::new();
    let held = rules.iter().filter(|rule| applies(rule, asked));
    for reduction in held.flat_map(|rule| &rule.reductions) {
        let open = reduction.when == When::Claimed && reduction.validity.holds(asked.day);
        if open && found.iter().all(|it| it.id != reduction.id) {
            found.push(reduction);
        }
    }
    found
}

fn granted(reduction: &Reduction, asked: &Asked<'_>) -> bool {
    reduction.validity.holds(asked.day)
        && match reduction.when {
            When::Online => asked.online,
            When::Claimed => asked.claimed.contains(&reduction.id),
        }
}

fn reduced(
    rule: &FeeRule,
    reduction: &Reduction,
    full: Option<Dong>,
    asked: &Asked<'_>,
) -> Result<Option<Dong>, AmountOutOfRange> {
    match reduction.change {
        Change::Free => Ok(Some(Dong::ZERO)),
        Change::Percent(percent) => full.map(|full| less(full, percent)).transpose(),
        Change::Amount(amount) => {
            let per = match &rule.per {
                Per::Copy(_) => Per::Copy(amount),
                Per::Page { cap, .. } => Per::Page {
                    tiers: vec![Tier { from: 1, amount }],
                    cap: *cap,
                },
                Per::Case(_) | Per::Unset => Per::Case(amount),
            };
            Ok(count(&per, asked)?.map(|(amount, _)| amount))
        }
    }
}

/// The amount less so many hundredths, rounded down to whole đồng.
fn less(full: Dong, percent: u8) -> Result<Dong, AmountOutOfRange> {
    let left = i64::from(100_u8.saturating_sub(percent));
    let hundredfold = full.0.checked_mul(left).ok_or(AmountOutOfRange)?;
    Dong::new(hundredfold.checked_div(100).ok_or(AmountOutOfRange)?)
}

fn count(per: &Per, asked: &Asked<'_>) -> Result<Option<(Dong, String)>, AmountOutOfRange> {
    match per {
        Per::Case(amount) => Ok(Some((Dong::new(amount.0)?, amount.to_string()))),
        Per::Copy(amount) => {
            let sum = amount.times(u32::from(asked.copies))?;
            Ok(Some((sum, format!("{} bản × {amount}", asked.copies))))
        }
        Per::Page { tiers, cap } => pages(tiers, *cap, asked).map(Some),
        Per::Unset => Ok(None),
    }
}

fn pages(tiers: &[Tier], cap: Option<Dong>, asked: &Asked<'_>) -> Result<(Dong, String), AmountOutOfRange> {
    let (mut copy, mut words) = (Dong::ZERO, Vec::new());
    for (at, tier) in tiers.iter().enumerate() {
        let next = at.checked_add(1).and_then(|next| tiers.get(next)).map(|next| next.from);
        let last = next.map_or(asked.pages, |next| asked.pages.min(next.saturating_sub(1)));
        let in_tier = last.saturating_add(1).saturating_sub(tier.from);
        if in_tier > 0 {
            copy = copy.plus(tier.amount.times(u32::from(in_tier))?)?;
            words.push(format!("{in_tier} trang × {}", tier.amount));
        }
    }
    let mut words = words.join(" + ");
    if let Some(cap) = cap.filter(|cap| *cap < copy) {
        copy = Dong::new(cap.0)?;
        words = format!("{words}, tối đa {cap} một bản");
    }
    if asked.copies > 1 {
        words = format!("{} bản × ({words})", asked.copies);
    }
    Ok((copy.times(u32::from(asked.copies))?, words))
}
