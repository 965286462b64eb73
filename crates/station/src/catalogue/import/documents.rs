//! Legal documents by number: `23/2015/NĐ-CP`, `60/2014/QH13`. The portal glues the name of a document,
//! its number and the next name together, so a number is believed only where its end is known: its kind
//! and its issuers stand in a closed list.

/// What a record says of its legal documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Documents {
    /// Numbers, each once, in order.
    pub numbers: Vec<String>,
    /// Every number was read to its end, and whose it is: a document named inside the title of another
    /// one is none of the procedure's.
    pub certain: bool,
}

/// Kinds of documents (Luật Ban hành VBQPPL 2025 Điều 4, and joint and merged ones).
const KINDS: &[&str] = &["TTLT", "NQLT", "VBHN", "NĐ", "ND", "NQ", "QĐ", "TT", "PL", "L"];

/// Who issues them, longer abbreviations before those they begin with.
const ISSUERS: &[&str] = &[
    "UBTƯMTTQVN",
    "UBTVQH",
    "VKSNDTC",
    "TANDTC",
    "BHXH",
    "BVHTTDL",
    "BLĐTBXH",
    "BNNPTNT",
    "TLĐLĐVN",
    "BNNMT",
    "BTNMT",
    "BGTVT",
    "BKHĐT",
    "BKHCN",
    "BTTTT",
    "BDTTG",
    "BGDĐT",
    "TTCP",
    "VPCP",
    "UBND",
    "HĐND",
    "HĐTP",
    "NHNN",
    "UBDT",
    "BTC",
    "BCA",
    "BTP",
    "BXD",
    "BYT",
    "BQP",
    "BNV",
    "BNG",
    "BNN",
    "BCT",
    "CTN",
    "TTg",
    "TTG",
    "CP",
    "QH",
];

/// Longest number of a document; `66.7/2025/NQ-CP` is one number.
const LONGEST: usize = 5;

/// Words a row of the table begins with.
const KIND_WORDS: &[&str] = &[
    "Bộ luật",
    "Luật",
    "Nghị định",
    "Thông tư liên tịch",
    "Thông tư",
    "Nghị quyết",
    "Quyết định",
    "Pháp lệnh",
    "Văn bản hợp nhất",
];

/// The table's heading: the names of the documents, their numbers.
const HEADER: &str = "Tên văn bản pháp lýMã văn bản";

/// Whose number it is that a text speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A cell's own: glued to the cell before it, or behind the kind of document a cell begins with.
    Own,
    /// Inside a document's title: another document that it changes or follows.
    Mentioned,
    /// One or the other.
    Unclear,
}

/// Reads what the record says.
pub fn documents(text: &str) -> Documents {
    let mut read = Documents {
        numbers: Vec::new(),
        certain: text.starts_with(HEADER) || !text.contains(|c: char| c.is_ascii_digit()),
    };
    let mut rest = text.strip_prefix(HEADER).unwrap_or(text);
    let table = rest;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(at..).unwrap_or_default();
        let end = from
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(from.len());
        let (number, after) = from.split_at_checked(end).unwrap_or((from, ""));
        rest = after;
        let before = table.strip_suffix(from).unwrap_or_default();
        let Some((year, after)) = year(after) else {
            if let Some((kind, after)) = without_year(number, after) {
                rest = after;
                read.take(format!("{number}/{kind}"), place(before));
            } else {
                read.certain &= !is_bare(before, number, after) && !is_old(after) && !is_lettered(after);
            }
            continue;
        };
        match kind(after).filter(|_| is_number(number)) {
            Some((kind, after)) => {
                rest = after;
                read.take(format!("{number}/{year}/{kind}"), place(before));
            }
            None => read.certain = false,
        }
    }
    read
}

impl Documents {
    fn take(&mut self, number: String, place: Place) {
        // Where it is a cell's own elsewhere, nothing is unclear about it.
        let known = self.numbers.contains(&number);
        self.certain &= place != Place::Unclear || known;
        if place != Place::Mentioned && !self.numbers.contains(&number) {
            // One number and year of two kinds: title and cell of a row contradict each other.
            let same = |other: &String| head(other) == head(&number);
            self.certain &= !self.numbers.iter().any(same);
            self.numbers.push(number);
        }
    }
}

/// `190/2025` of `190/2025/QH15`; the whole of a number without a year.
fn head(number: &str) -> &str {
    number
        .rsplit_once('/')
        .map_or(number, |(head, _)| if head.contains('/') { head } else { number })
}

/// `08/2026` and no more, as some cells have it; `26/01/2026` is a date.
fn is_bare(before: &str, number: &str, after: &str) -> bool {
    let year = after.strip_prefix('/').and_then(|after| after.split_at_checked(4));
    let sound = |(year, _): &(&str, &str)| {
        (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|byte| byte.is_ascii_digit())
    };
    let glued = |(_, after): (&str, &str)| after.is_empty() || after.starts_with(char::is_uppercase);
    let of_date = before.ends_with('/') && number.len() <= 2;
    !of_date && year.filter(sound).is_some_and(glued)
}

/// `2222/QĐ-BHXH`: decisions of an office often have no year.
fn without_year<'a>(number: &str, after: &'a str) -> Option<(&'a str, &'a str)> {
    (number.len() <= LONGEST && !number.contains('.'))
        .then(|| kind(after.strip_prefix('/')?))
        .flatten()
}

/// `08.a/2010/TT-BTP`, `09b/2013/TT-BTP`: a letter of its own.
fn is_lettered(after: &str) -> bool {
    let mut letters = after.chars();
    letters.next().is_some_and(char::is_alphabetic) && year(letters.as_str()).is_some()
}

/// `73-CP`, `601/QĐ-LẠ`: a number of a kind nobody knows, or of before there were years in it.
fn is_old(after: &str) -> bool {
    let kind = after.strip_prefix(['/', '-']);
    kind.is_some_and(|kind| kind.chars().take(2).filter(|c| c.is_uppercase()).count() == 2)
}

/// `Nghị định số 08/2021/NĐ-CP và 09/2021/NĐ-CP`, `… số 10/2021/NĐ-CP`.
fn joins(before: &str) -> bool {
    let before = before.trim_end();
    ["và", ",", "số"].iter().any(|word| before.ends_with(word))
}

fn place(before: &str) -> Place {
    let titled = before.trim_end().strip_suffix("số").unwrap_or(before).trim_end();
    let begins = KIND_WORDS.iter().find_map(|word| titled.strip_suffix(word));
    match begins {
        Some(cell) if cell.is_empty() || !cell.ends_with([' ', '(', '“', '"']) => Place::Own,
        Some(_) => Place::Mentioned,
        None if before.ends_with("số") => Place::Unclear,
        // A cell of its own behind a blank, or another document of a title.
        None if before.ends_with(char::is_whitespace) && !joins(before) => Place::Unclear,
        None if before.is_empty() || before.ends_with(|c: char| c.is_alphanumeric() || ".,;)".contains(c)) => {
            Place::Own
        }
        None => Place::Mentioned,
    }
}

/// `/2015/` and what follows it.
fn year(text: &str) -> Option<(&str, &str)> {
    let (year, after) = text.strip_prefix('/')?.split_at_checked(4)?;
    let sound = (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|byte| byte.is_ascii_digit());
    Some((year, after.strip_prefix('/')?)).filter(|_| sound)
}

/// `31.12.2025/…` is a date, `202068/2020/…` the year of another document and a number.
fn is_number(number: &str) -> bool {
    number.len() <= LONGEST
        && number.split('.').count() <= 2
        && number.split('.').all(|part| (1..=4).contains(&part.len()))
}

/// The kind with its issuers, and what follows.
fn kind(text: &str) -> Option<(&str, &str)> {
    let rest = term(text).or_else(|| issued(text))?;
    let length = text.len().checked_sub(rest.len())?;
    text.split_at_checked(length)
}

/// `QH13`: the National Assembly, or its standing committee, of a term.
fn term(text: &str) -> Option<&str> {
    let after = text.strip_prefix("UBTVQH").or_else(|| text.strip_prefix("QH"))?;
    let (number, after) = after.split_at_checked(2)?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(after)
}

/// `TTLT-BTP-BCA`: a kind and one issuer or more. An issuer nobody knows leaves the end open.
fn issued(text: &str) -> Option<&str> {
    let after = KINDS
        .iter()
        .find_map(|kind| text.strip_prefix(kind)?.strip_prefix('-'))?;
    let mut rest = term(after).or_else(|| issuer(after))?;
    while let Some(next) = rest.strip_prefix('-') {
        match issuer(next) {
            Some(after) => rest = after,
            None if next.chars().take(2).filter(|c| c.is_uppercase()).count() == 2 => return None,
            None => break,
        }
    }
    // `BNN&PTNT`: a longer name than any known.
    Some(rest).filter(|rest| !rest.starts_with('&'))
}

fn issuer(text: &str) -> Option<&str> {
    ISSUERS.iter().find_map(|issuer| text.strip_prefix(issuer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &str) -> Documents {
        documents(&format!("{HEADER}{rows}"))
    }

    #[test]
    fn documents_glued_to_words_and_to_each_other() {
        let read = table(
            "Luật 54/2014/QH1354/2014/QH13Thông tư 92/2015/TT-BTC92/2015/TT-BTCQuy định về hộ tịch23/2015/NĐ-CPThông tư số 01/2020/TT-BTPVề66.7/2025/NQ-CP",
        );
        assert_eq!(
            read.numbers,
            [
                "54/2014/QH13",
                "92/2015/TT-BTC",
                "23/2015/NĐ-CP",
                "01/2020/TT-BTP",
                "66.7/2025/NQ-CP"
            ]
        );
        assert!(read.certain);
        assert_eq!(
            documents("ngày 14/11/2016, 1/2/3, 2016/2017/").numbers,
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_end_of_a_number_is_known_whatever_is_glued_to_it() {
        for (text, number) in [
            ("07/2021/TT-BLĐTBXHquy định", "07/2021/TT-BLĐTBXH"),
            ("24/2021/QĐ-TTg ngày", "24/2021/QĐ-TTg"),
            ("53/2025/TT-BCAngày", "53/2025/TT-BCA"),
            ("28/2015/NĐ-CPLUẬT", "28/2015/NĐ-CP"),
            ("01/2019/TT-BLĐTBXHTHÔNG TƯ", "01/2019/TT-BLĐTBXH"),
            ("65/2013/NĐ-CP-Quy định", "65/2013/NĐ-CP"),
            ("05/2014/TTLT-BTP-BCA-BYTThông", "05/2014/TTLT-BTP-BCA-BYT"),
            ("326/2016/UBTVQH14Nghị quyết", "326/2016/UBTVQH14"),
            ("thất nghiệp2222/QĐ-BHXHVề", "2222/QĐ-BHXH"),
            ("Quyết định 601/QĐ-BTC601/QĐ-BTC", "601/QĐ-BTC"),
        ] {
            let read = table(text);
            assert_eq!(
                (read.numbers.as_slice(), read.certain),
                (&[number.to_owned()][..], true),
                "{text}"
            );
        }
    }

    #[test]
    fn a_document_in_anothers_title_is_none_of_the_procedures() {
        let read = table(
            "Thông tư số 53/2025/TT-BCAngày 01/7/2025 sửa đổi Thông tư số 55/2021/TT-BCA ngày 15/5/2021 về cư trú53/2025/TT-BCASửa đổi Nghị định số 08/2021/NĐ-CP (và 09/2021/NĐ-CP)06/2024/NĐ-CP",
        );
        assert_eq!(read.numbers, ["53/2025/TT-BCA", "06/2024/NĐ-CP"]);
        assert!(read.certain);
    }

    #[test]
    fn what_cannot_be_read_to_its_end_is_doubted_and_not_cut() {
        for text in [
            "12/2020/TT-XYZ",
            "05/2014/TTLT-TANDTC-ABCD",
            "Luật Cư trú 202068/2020/QH14",
            "Một cửa118/2025/NĐ-C",
            "Thông tư số 08/2026/TT-BNNMT ngày 26/01/202608/2026Luật",
            "theo số55/2021/TT-BCA",
            "08/2026",
            "Quy định73-CP",
            "Nghị quyết số 190/2025/QH15 của Quốc hội190/2025/NQ-QH15",
            "Quyết định 601/QĐ-LẠ",
            "01/2008/TTLT-BCT-BNN&PTNT-BYT",
            "Thông tư 08.a/2010/TT-BTP",
            "09b/2013/TT-BTP",
            "(Luật số 84/2015/QH13 ngày 25/6/2015);  84/2015/QH13 Quy định",
            "chở người.\n72/2025/TT-BXD",
        ] {
            assert!(!table(text).certain, "{text}");
        }
        assert!(!documents("Luật 54/2014/QH13 và nghị định").certain, "no table");
        assert!(documents("Không có thông tin").certain);
    }
}
