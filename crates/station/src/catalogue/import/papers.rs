//! The tables "thành phần hồ sơ": a title, a header, then papers with their counts, glued together.
//! A count is told from the same words inside a sentence by what stands around it.

use super::{quoted, run};

const HEADER: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";
const ORIGINALS: &str = " bản chính";
const COPIES: &str = " bản sao";

/// Papers as `[title] name (counts)`; what cannot be read goes to `problems`.
pub fn read(text: &str, problems: &mut Vec<String>) -> Vec<String> {
    let mut papers = Vec::new();
    let mut pieces = text.split(HEADER);
    let mut title = pieces.next().unwrap_or_default();
    let mut tables = false;
    for piece in pieces {
        tables = true;
        let before = papers.len();
        let rest = table(title, piece, &mut papers, problems);
        if papers.len() == before && !is_no_title(title) {
            problems.push(quoted("Mục giấy tờ không có giấy tờ nào", title));
        }
        title = rest;
    }
    if !tables && !text.is_empty() {
        problems.push(quoted("Thành phần hồ sơ không có bảng", text));
    } else if !is_no_title(title) {
        problems.push(quoted("Giấy tờ không ghi số lượng", title));
    }
    papers
}

/// Takes the papers of one table; what is left is the title of the next.
fn table<'a>(title: &str, table: &'a str, papers: &mut Vec<String>, problems: &mut Vec<String>) -> &'a str {
    let (mut start, mut rest, mut before) = (table, table, None);
    while let Some(c) = rest.chars().next() {
        if let Some((counts, after)) = counts(rest, before) {
            let name = start.strip_suffix(rest).unwrap_or(start).trim();
            if name.is_empty() || !is_certain(counts) {
                problems.push(quoted(
                    "Không tách được tên giấy tờ với số lượng",
                    &format!("{name}{counts}"),
                ));
            }
            papers.push(paper(title, name, counts));
            (start, rest, before) = (after, after, None);
            continue;
        }
        // A run of digits is passed over whole: its tail is no number of its own.
        let digits = run(rest, |c| c.is_ascii_digit()).map(|(_, after)| after);
        rest = digits.or_else(|| rest.strip_prefix(c)).unwrap_or_default();
        before = Some(c);
    }
    start
}

/// `1 bản chính`, `0 bản chính,1 bản sao` or `1 bản sao`, and what follows. In a sentence a space
/// or a mark follows, or the true count.
fn counts(text: &str, before: Option<char>) -> Option<(&str, &str)> {
    let (_, after) = run(text, |c| c.is_ascii_digit())?;
    let after = match after.strip_prefix(ORIGINALS) {
        Some(after) => copies(after).unwrap_or(after),
        None => after.strip_prefix(COPIES)?,
    };
    let goes_on = |c: char| c.is_whitespace() || c.is_lowercase() || matches!(c, '.' | ',' | ';' | ':' | ')' | '/');
    let in_a_sentence = after.chars().next().is_some_and(goes_on) && !after.trim().is_empty();
    // `nộp 01 bản chính1 bản chính`: the sentence ends with the same words, the count follows.
    let counted_after = before.is_some_and(char::is_whitespace) && starts_with_count(after);
    (!in_a_sentence && !counted_after).then(|| (text.strip_suffix(after).unwrap_or(text), after))
}

fn starts_with_count(text: &str) -> bool {
    run(text, |c| c.is_ascii_digit())
        .is_some_and(|(_, after)| after.starts_with(ORIGINALS) || after.starts_with(COPIES))
}

fn copies(text: &str) -> Option<&str> {
    let (_, after) = run(text.strip_prefix(',')?, |c| c.is_ascii_digit())?;
    after.strip_prefix(COPIES)
}

/// `20201 bản chính` is a year and a count, or a number of a form and a count: nobody can say.
fn is_certain(counts: &str) -> bool {
    run(counts, |c| c.is_ascii_digit()).is_some_and(|(number, _)| number.len() == 1)
}

fn is_no_title(title: &str) -> bool {
    title.chars().all(|c| c.is_whitespace() || c == '-')
}

fn paper(title: &str, name: &str, counts: &str) -> String {
    let title = title
        .trim()
        .trim_start_matches(['*', '-', ' '])
        .trim_end_matches([':', ' ']);
    let counts = counts.replace(',', ", ");
    if title.is_empty() {
        format!("{name} ({counts})")
    } else {
        format!("[{title}] {name} ({counts})")
    }
}
