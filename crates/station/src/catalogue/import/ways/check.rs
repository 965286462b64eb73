//! Times and fees held against each other and against the description beside them. A receipt
//! prints one promise and one amount: where the record gives two, a person decides.

use std::collections::{BTreeMap, BTreeSet};

use super::super::said;
use super::{About, Charge, Fee, ONLINE, Problem, Time, USD, Unit, WAYS, Way, quoted};

/// No fee of a counter is below this: `20 VNĐ` in the records stands for 20.000.
const SMALLEST_FEE: i64 = 1_000;

/// What cannot be true goes to `problems`.
pub fn check(ways: &[Way], problems: &mut Vec<Problem>) {
    for way in ways {
        time(way, problems);
        for charge in &way.charges {
            fee(way, charge, problems);
        }
    }
    if !problems.iter().any(|problem| problem.about == About::Times) {
        one_time(ways, problems);
    }
    if !problems.iter().any(|problem| problem.about == About::Fees) {
        one_fee(ways, problems);
    }
    for way in ways {
        beside(way, problems);
    }
}

fn time(way: &Way, problems: &mut Vec<Problem>) {
    let mut problem = |words: &str, raw: &str| problems.push(Problem::of(About::Times, &quoted(words, raw)));
    match &way.time {
        Time::Bare => problem("Thời gian không ghi đơn vị", &way.raw),
        Time::Unsaid => problem("Không ghi thời gian", &way.raw),
        Time::Undivided => {
            let words = quoted("Không tách được thời gian với mức phí", &way.raw);
            problems.extend([Problem::of(About::Times, &words), Problem::of(About::Fees, &words)]);
        }
        Time::Known(number, words, unit) => {
            if !matches!(number.parse::<u16>(), Ok(1..)) {
                problem("Thời gian không phải số nguyên từ 1", &way.raw);
            } else if *unit == Unit::Hours && !words.contains("làm việc") {
                // Hours of the clock or of the office: the promise differs by days.
                problem("Ghi giờ, không rõ là giờ làm việc hay giờ đồng hồ", &way.raw);
            } else if says_another_time(&way.description, number, *unit) {
                let raw = format!("{} – {}", way.raw, way.description);
                problem("Phần mô tả ghi thời hạn khác với bảng", &raw);
            }
        }
    }
}

fn says_another_time(description: &str, number: &str, unit: Unit) -> bool {
    let said = said::times(description);
    said.iter().any(|(other, of)| (other.as_str(), *of) != (number, unit))
}

/// What the text beside the table adds to it. Two steps of the same length are no single limit either
/// (1.010385: a day at the district, a day at the ministry).
fn beside(way: &Way, problems: &mut Vec<Problem>) {
    let mut problem = |about: About, words: &str, text: &str| {
        let raw = format!("{} – {text}", way.raw);
        problems.push(Problem::of(about, &quoted(words, &raw)));
    };
    if let Time::Known(number, _, unit) = &way.time
        && !says_another_time(&way.description, number, *unit)
    {
        if said::limits_otherwise(&way.description) {
            problem(About::Times, "Phần mô tả ghi thời hạn khác với bảng", &way.description);
        } else if said::times(&way.description).len() > 1 {
            problem(About::Times, "Phần mô tả ghi nhiều mốc thời hạn", &way.description);
        }
    }
    if way.description.starts_with('(') {
        problem(About::Fees, "Chú thích của mức phí chưa đóng ngoặc", &way.description);
    }
    let paid = |charge: &&Charge| matches!(charge.fee, Fee::Amount(..));
    for charge in way.charges.iter().filter(paid) {
        if reduces(&charge.note) {
            problem(About::Fees, "Chú thích nói về miễn hoặc giảm phí", &charge.note);
        }
    }
    if way.charges.iter().any(|charge| paid(&charge)) && reduces(&way.description) {
        problem(About::Fees, "Phần mô tả nói về miễn hoặc giảm phí", &way.description);
    }
}

fn fee(way: &Way, charge: &Charge, problems: &mut Vec<Problem>) {
    if let Some(words) = doubt(charge).or_else(|| contradiction(way, charge)) {
        let described = words.contains("mô tả");
        let raw = if described {
            format!("{} – {}", way.raw, way.description)
        } else {
            way.raw.clone()
        };
        problems.push(Problem::of(About::Fees, &quoted(words, &raw)));
    }
}

/// Whether the amount itself cannot be right; such a fee is not listed.
pub fn is_doubtful(charge: &Charge) -> bool {
    doubt(charge).is_some_and(|words| words != FOREIGN)
}

const FOREIGN: &str = "Mức phí bằng ngoại tệ";

fn doubt(charge: &Charge) -> Option<&'static str> {
    match &charge.fee {
        Fee::Unsaid => Some("Không ghi mức phí"),
        Fee::Free => None,
        Fee::Amount(number, _) if number.starts_with('-') => Some("Mức phí âm"),
        Fee::Amount(_, currency) if *currency == USD => Some(FOREIGN),
        Fee::Amount(..) => match charge.dong() {
            Some(SMALLEST_FEE..) => None,
            Some(_) | None => Some("Mức phí nhỏ bất thường"),
        },
    }
}

/// What stands beside the fee and says something else.
fn contradiction(way: &Way, charge: &Charge) -> Option<&'static str> {
    let noted = said::amounts(&charge.note);
    let described = said::amounts(&way.description);
    if charge.fee == Fee::Free {
        // `Miễn phíMiễn phí đối với …`: the second was read as the table's.
        let goes_on = |text: &str| text.starts_with("đối với ");
        // "(Không quy định)": nothing to pay, or nobody has set it yet.
        let unset = |text: &str| text.to_lowercase().contains("không quy định");
        let charges = |text: &str| goes_on(text) || unset(text) || speaks_of_fees(text) || said::is_other_money(text);
        return if charges(&charge.note) || !noted.is_empty() {
            Some("Ghi miễn phí nhưng chú thích nói về phí")
        } else if charges(&way.description) || !described.is_empty() {
            Some("Ghi miễn phí nhưng phần mô tả nói về phí")
        } else {
            None
        };
    }
    let own: BTreeSet<i64> = way.charges.iter().filter_map(Charge::dong).collect();
    if !noted.is_subset(&own) || said::is_other_money(&charge.note) {
        Some("Chú thích ghi mức phí khác với bảng")
    } else if !described.is_subset(&own) || said::is_other_money(&way.description) {
        Some("Phần mô tả ghi mức phí khác với bảng")
    } else {
        None
    }
}

/// Whether some pay less, or nothing.
fn reduces(text: &str) -> bool {
    let text = text.to_lowercase();
    let words = [
        "miễn",
        "giảm",
        "không thu",
        "không phải nộp phí",
        "không phải nộp lệ phí",
    ];
    words.iter().any(|word| text.contains(word))
}

/// `(Không thu lệ phí …)` agrees with a free procedure; any other word of fees does not.
fn speaks_of_fees(text: &str) -> bool {
    let text = text.to_lowercase();
    let text = text.trim_start_matches(['(', ' ', '-', '+', '*']);
    let denies = ["không thu", "miễn phí)", "không có phí"]
        .iter()
        .any(|start| text.starts_with(start));
    let exceptions = [
        "hội đồng nhân dân",
        "mức",
        "trừ ",
        "ngoài ",
        "khác",
        "còn lại",
        "trường hợp",
        ";",
    ];
    let agrees = denies && !exceptions.iter().any(|word| text.contains(word));
    let only_some = ["đối với", "cho", "nếu", "khi", "với", "trong"];
    let spared = |word: &&str| {
        ["miễn phí", "miễn lệ phí"]
            .iter()
            .any(|free| text.contains(&format!("{free} {word} ")))
    };
    let some_free = only_some.iter().any(spared);
    let charged = ["thu tiền", "nộp tiền", "mức thu", "mức giá", "giá dịch vụ", "đơn giá"];
    let spoken = text
        .replace("miễn phí", "")
        .replace("chi phí", "")
        .replace("kinh phí", "");
    let speaks = ["phí", "chưa quy định", "hội đồng nhân dân"];
    let speaks = speaks.iter().chain(&charged).any(|word| spoken.contains(word));
    some_free || (!agrees && speaks)
}

fn one_time(ways: &[Way], problems: &mut Vec<Problem>) {
    let times = by_way(ways, |way| way.time_words().into_iter().collect());
    let several = times.values().any(|times| times.len() > 1);
    let all: BTreeSet<&String> = times.values().flatten().collect();
    if several {
        problems.push(Problem::of(
            About::Times,
            &quoted("Một hình thức nộp ghi nhiều thời hạn", &listed(&times)),
        ));
    } else if all.len() > 1 {
        let words = quoted("Các hình thức nộp ghi thời hạn khác nhau", &listed(&times));
        problems.push(Problem::of(About::Times, &words));
    }
}

/// One amount for all ways, or a smaller one online: anything else is more than one rule can say.
fn one_fee(ways: &[Way], problems: &mut Vec<Problem>) {
    let fees = by_way(ways, Way::fee_words);
    let several = fees.values().any(|fees| fees.len() > 1);
    if several {
        problems.push(Problem::of(
            About::Fees,
            &quoted("Một hình thức nộp ghi nhiều mức phí", &listed(&fees)),
        ));
    } else if amounts(ways, |way| way != ONLINE).len() > 1 || is_no_reduction(ways) {
        let words = quoted("Các hình thức nộp ghi mức phí khác nhau", &listed(&fees));
        problems.push(Problem::of(About::Fees, &words));
    }
}

/// The amounts in đồng of the wanted ways.
pub fn amounts(ways: &[Way], wanted: impl Fn(&str) -> bool) -> BTreeSet<i64> {
    let wanted = ways.iter().filter(|way| wanted(way.way));
    wanted.flat_map(|way| &way.charges).filter_map(Charge::dong).collect()
}

/// Whether online costs something else than less of the same: with notes beside them, the two amounts
/// may be for different things (1.004194: one person online, a list at the counter).
fn is_no_reduction(ways: &[Way]) -> bool {
    let (online, other) = (amounts(ways, |way| way == ONLINE), amounts(ways, |way| way != ONLINE));
    let noted = ways
        .iter()
        .flat_map(|way| &way.charges)
        .any(|charge| !charge.note.is_empty());
    let pairs = online.first().zip(other.first());
    pairs.is_some_and(|(online, other)| online > other || (online < other && noted))
}

fn by_way(ways: &[Way], words: impl Fn(&Way) -> Vec<String>) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut sorted: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for way in ways {
        sorted.entry(way.way).or_default().extend(words(way));
    }
    sorted
}

fn listed(sorted: &BTreeMap<&'static str, BTreeSet<String>>) -> String {
    let one = |(way, words): (&&str, &BTreeSet<String>)| {
        format!("{way}: {}", words.iter().cloned().collect::<Vec<_>>().join(", "))
    };
    sorted.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Text that is no row: nothing may stand before the first; later it is a description, unless a way
/// with something glued to it shows a row that could not be read.
pub fn left_over(text: &str, first: bool, problems: &mut Vec<Problem>) {
    let glued = |way: &&str| {
        let mut places = text.match_indices(*way);
        places.any(|(place, _)| {
            let after = text.get(place..).and_then(|found| found.strip_prefix(*way));
            let next = after.and_then(|after| after.chars().next());
            next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
        })
    };
    if (first && !text.trim().is_empty()) || WAYS.iter().any(glued) {
        let words = quoted("Cách thức thực hiện có phần không đọc được", text);
        problems.extend([Problem::of(About::Times, &words), Problem::of(About::Fees, &words)]);
    }
}
