//! Fees by rule: what the law charges for, in amounts a case, a copy or a page, with exemptions and
//! online reductions that begin and end on dates. A rule is data with its legal basis; a receipt
//! carries the lines it gave that day.

use chrono::NaiveDate;

use crate::catalogue::Validity;
use crate::money::{AmountOutOfRange, Dong};

/// One rule of a procedure's fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeRule {
    /// Stable short name, unique in the procedure.
    pub id: String,
    /// What it is for, as printed.
    pub name: String,
    /// Legal basis: circular, or resolution of the provincial council.
    pub basis: String,
    /// How it is counted.
    pub per: Per,
    /// Cases it belongs to; empty means all.
    pub cases: Vec<String>,
    /// Days of reception on which it holds.
    pub validity: Validity,
    /// Who pays less, and when.
    pub reductions: Vec<Reduction>,
}

/// How an amount is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Per {
    /// Once.
    Case(Dong),
    /// For every copy.
    Copy(Dong),
    /// For every page of every copy, by the page's place.
    Page {
        /// Amounts from a page on, the first from page 1; in rising order.
        tiers: Vec<Tier>,
        /// Most for one copy.
        cap: Option<Dong>,
    },
    /// The provincial council sets it and nobody entered it here: the officer types the amount.
    Unset,
}

/// An amount from a page on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// First page it holds for, from 1.
    pub from: u16,
    /// For each page.
    pub amount: Dong,
}

/// Less to pay, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduction {
    /// Stable short name, unique in the rule.
    pub id: String,
    /// Whom it is for: "Người thuộc hộ nghèo", "Nộp trực tuyến".
    pub name: String,
    /// Legal basis.
    pub basis: String,
    /// When it applies.
    pub when: When,
    /// What is then paid.
    pub change: Change,
    /// Days of reception on which it holds.
    pub validity: Validity,
}

/// When a reduction applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The dossier came through the portal.
    Online,
    /// The officer has seen the paper that proves it.
    Claimed,
}

/// What is paid instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Free,
    /// So many hundredths less, 1 to 100.
    Percent(u8),
    /// This amount in place of the rule's own, counted the same way.
    Amount(Dong),
}

/// What a dossier is charged for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Case id.
    pub case: &'a str,
    /// Day of reception.
    pub day: NaiveDate,
    /// Came through the portal.
    pub online: bool,
    /// Copies asked for, at least 1.
    pub copies: u16,
    /// Pages of one copy, at least 1.
    pub pages: u16,
    /// Ids of the reductions whose papers the officer saw.
    pub claimed: &'a [String],
}

/// One line of the assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Rule id.
    pub rule: String,
    /// What it is for.
    pub name: String,
    /// What is to be paid; none where the council's amount is not entered here.
    pub amount: Option<Dong>,
    /// How it came out, in Vietnamese: `2 × 2.000 đ + 1 × 1.000 đ`.
    pub reason: String,
    /// Legal basis.
    pub basis: String,
}

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
            let per = match rule.per {
                Per::Copy(_) => Per::Copy(amount),
                Per::Case(_) | Per::Page { .. } | Per::Unset => Per::Case(amount),
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
        Per::Case(amount) => Ok(Some((*amount, amount.to_string()))),
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
        copy = cap;
        words = format!("{words}, tối đa {cap} một bản");
    }
    if asked.copies > 1 {
        words = format!("{} bản × ({words})", asked.copies);
    }
    Ok((copy.times(u32::from(asked.copies))?, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certified_copies() -> FeeRule {
        let tier = |from, amount| Tier {
            from,
            amount: Dong(amount),
        };
        FeeRule {
            id: "ban-sao".to_owned(),
            name: "Chứng thực bản sao".to_owned(),
            basis: "Thông tư 226/2016/TT-BTC".to_owned(),
            per: Per::Page {
                tiers: vec![tier(1, 2_000), tier(3, 1_000)],
                cap: Some(Dong(200_000)),
            },
            cases: Vec::new(),
            validity: Validity::default(),
            reductions: Vec::new(),
        }
    }

    fn asked(pages: u16, copies: u16) -> Asked<'static> {
        Asked {
            case: "thong-thuong",
            day: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            online: false,
            copies,
            pages,
            claimed: &[],
        }
    }

    #[test]
    fn certified_copies_cost_by_page_up_to_a_cap() {
        for (pages, copies, dong) in [
            (1, 1, 2_000),
            (2, 1, 4_000),
            (3, 1, 5_000),
            (10, 1, 12_000),
            (198, 1, 200_000),
            (199, 1, 200_000),
            (500, 3, 600_000),
            (3, 4, 20_000),
        ] {
            let lines = assess(&[certified_copies()], &asked(pages, copies)).unwrap();
            assert_eq!(lines[0].amount, Some(Dong(dong)), "{pages} pages, {copies} copies");
        }
        let lines = assess(&[certified_copies()], &asked(3, 2)).unwrap();
        assert_eq!(lines[0].reason, "2 bản × (2 trang × 2.000 đ + 1 trang × 1.000 đ)");
    }
}
