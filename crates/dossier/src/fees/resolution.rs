//! What a provincial council set: amounts, and reductions of its own, over the rules of procedures
//! that the law leaves to it (Luật Phí và lệ phí 2015 Điều 21). A resolution is data with a number
//! and days on which it holds; entering one changes no program and no dossier in hand.

use chrono::NaiveDate;
use thiserror::Error;

use super::{FeeRule, Per, Reduction, Tier};
use crate::catalogue::{Procedure, Validity};
use crate::money::Dong;

/// A resolution of a provincial council on fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// Its number, the key it is kept under: `12/2026/NQ-HĐND`.
    pub number: String,
    /// What it rests on, in words.
    pub basis: String,
    /// Who decided: "Hội đồng nhân dân tỉnh Mẫu".
    pub authority: String,
    /// Days of reception on which it holds.
    pub validity: Validity,
    /// What it sets.
    pub amounts: Vec<Rate>,
}

/// What a resolution sets for one rule of one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// National code of the procedure.
    pub procedure: String,
    /// Id of the rule in it.
    pub rule: String,
    /// The amount; [`Per::Unset`] leaves the amount as it is and only adds reductions.
    pub per: Per,
    /// Reductions the province grants on top of the law's.
    pub reductions: Vec<Reduction>,
}

/// Why a resolution cannot be taken; `at` is the place in its list of amounts, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unfit {
    /// No amounts at all.
    #[error("Nghị quyết chưa có mức thu nào. Xin thêm ít nhất một mức thu.")]
    Empty,
    /// No such procedure in the catalogue.
    #[error("Danh mục không có thủ tục này. Xin xem lại mã thủ tục.")]
    UnknownProcedure {
        /// Which amount.
        at: usize,
    },
    /// The procedure has no such rule.
    #[error("Thủ tục không có khoản thu này. Xin chọn lại khoản thu.")]
    UnknownRule {
        /// Which amount.
        at: usize,
    },
    /// The law itself sets this rule's amount: a province cannot.
    #[error("Mức thu này do văn bản trung ương ấn định, nghị quyết của tỉnh không đặt lại được. Xin bỏ dòng này.")]
    SetByLaw {
        /// Which amount.
        at: usize,
    },
    /// The same rule twice.
    #[error("Khoản thu này được ghi hai lần trong nghị quyết. Xin giữ một dòng.")]
    Twice {
        /// Which amount: the second.
        at: usize,
    },
    /// Below zero or above [`Dong::LARGEST`].
    #[error("Số tiền phải từ 0 đến 999.999.999.999 đ. Xin nhập lại.")]
    Amount {
        /// Which amount.
        at: usize,
    },
}

impl Resolution {
    /// Whether it fits the catalogue it is to be applied over.
    ///
    /// # Errors
    /// The first [`Unfit`] in the order of the list.
    pub fn check(&self, catalogue: &[Procedure]) -> Result<(), Unfit> {
        if self.amounts.is_empty() {
            return Err(Unfit::Empty);
        }
        for (at, rate) in self.amounts.iter().enumerate() {
            fits(rate, at, catalogue)?;
            let same = |it: &&Rate| it.procedure == rate.procedure && it.rule == rate.rule;
            if self.amounts.iter().take(at).any(|it| same(&it)) {
                return Err(Unfit::Twice { at });
            }
        }
        Ok(())
    }
}

fn fits(rate: &Rate, at: usize, catalogue: &[Procedure]) -> Result<(), Unfit> {
    let mut known = catalogue.iter().filter(|it| it.code == rate.procedure).peekable();
    known.peek().ok_or(Unfit::UnknownProcedure { at })?;
    let rule = known.flat_map(|it| &it.fees).find(|it| it.id == rate.rule);
    let rule = rule.ok_or(Unfit::UnknownRule { at })?;
    if rule.per != Per::Unset && rate.per != Per::Unset {
        return Err(Unfit::SetByLaw { at });
    }
    let amounts = in_range(&rate.per) && rate.reductions.iter().all(|it| it.change.in_range());
    amounts.then_some(()).ok_or(Unfit::Amount { at })
}

fn in_range(per: &Per) -> bool {
    let sound = |amount: Dong| Dong::new(amount.0).is_ok();
    match per {
        Per::Case(amount) | Per::Copy(amount) => sound(*amount),
        Per::Page { tiers, cap } => {
            let tier = |tier: &Tier| sound(tier.amount);
            tiers.iter().all(tier) && cap.is_none_or(sound)
        }
        Per::Unset => true,
    }
}

/// The rules of a procedure as they stand on a day of reception. An amount is set only where the
/// law left it open; of several resolutions that hold, the one that began last wins. Total: a
/// resolution that no longer fits a newer catalogue changes nothing.
#[must_use]
pub fn apply(rules: &[FeeRule], procedure: &str, resolutions: &[Resolution], day: NaiveDate) -> Vec<FeeRule> {
    let mut valid: Vec<&Resolution> = resolutions.iter().filter(|it| it.validity.holds(day)).collect();
    valid.sort_by(|a, b| (a.validity.from, &a.number).cmp(&(b.validity.from, &b.number)));
    let mut rules = rules.to_vec();
    for rule in &mut rules {
        let open = rule.per == Per::Unset;
        for (resolution, rate) in rates(&valid, procedure, &rule.id.clone()) {
            if open && rate.per != Per::Unset {
                rule.per = rate.per.clone();
                rule.basis = cited(resolution);
            }
            rule.reductions.extend(rate.reductions.iter().cloned());
        }
    }
    rules
}

fn rates<'a>(valid: &[&'a Resolution], procedure: &str, rule: &str) -> Vec<(&'a Resolution, &'a Rate)> {
    let of_rule = |rate: &&Rate| rate.procedure == procedure && rate.rule == rule;
    let pairs = valid
        .iter()
        .map(|it| it.amounts.iter().find(of_rule).map(|rate| (*it, rate)));
    pairs.flatten().collect()
}

/// How a receipt names it: "Nghị quyết 12/2026/NQ-HĐND".
fn cited(resolution: &Resolution) -> String {
    format!("Nghị quyết {}", resolution.number)
}
