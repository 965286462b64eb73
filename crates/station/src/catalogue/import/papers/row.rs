//! What one row is: a paper, a note, or the remark that nothing is needed. A row that counts
//! nothing is a note only where the record calls it one.

use super::super::record::Problem;
use super::super::said;
use super::ends::{is_cut_short, without_joiners};
use super::form::{Cut, cut};
use super::noun::{names_a_document, names_a_form_only};
use super::{Counted, Paper, Section, Title, problem};

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A paper.
    Paper(Paper),
    /// A remark.
    Note(String),
    /// "Không quy định".
    NoneNeeded,
    /// A cell without a name.
    Nothing,
}

/// Reads a row; what is not certain goes to `problems`.
pub fn read(title: &Title, row: &Counted<'_>, problems: &mut Vec<Problem>) -> Row {
    if without_joiners(row.name).is_empty() {
        problem("Số lượng không có tên giấy tờ", row.cell, problems);
        return Row::Nothing;
    }
    if is_remark(row.name) {
        if row.count != Some((0, 0)) {
            // The count first: a long remark is quoted by its beginning.
            let raw = format!("{} – {}", row.cell.replace(',', ", "), row.name);
            problem("Lưu ý có ghi số lượng, không rõ là lưu ý hay giấy tờ", &raw, problems);
        }
        return Row::Note(row.name.to_owned());
    }
    if row.count == Some((0, 0)) {
        if title.section == Section::Notes || asks_for_nothing(row.name) {
            return Row::Note(row.name.to_owned());
        }
        if says_none(row.name) {
            return Row::NoneNeeded;
        }
    }
    let known = problems.len();
    let mut paper = paper(title, row, problems);
    match paper.count {
        Some(count) => doubts(&paper, count, problems),
        None => problem(
            "Không tách được tên giấy tờ với số lượng",
            &format!("{}{}", row.name, row.cell),
            problems,
        ),
    }
    paper.certain = problems.len() == known;
    Row::Paper(paper)
}

fn is_remark(name: &str) -> bool {
    let name = bare(name);
    let remarks = ["lưu ý", "ghi chú", "chú ý", "chú thích", "số lượng", "số bộ hồ sơ"];
    remarks.iter().any(|remark| name.starts_with(remark))
}

/// A row that counts nothing and says so, speaks of officers' duties, or announces other rows.
fn asks_for_nothing(name: &str) -> bool {
    let words = name.to_lowercase();
    let says = [
        "không phải nộp",
        "không phải xuất trình",
        "không phải tải lên",
        "không được yêu cầu",
        "có trách nhiệm",
    ];
    let (originals, copies) = said::counts(name);
    let counts = !originals.is_empty() || !copies.is_empty();
    !counts && (says.iter().any(|said| words.contains(said)) || words.trim_end().ends_with("các giấy tờ sau:"))
}

/// `- Đơn… Mẫu số 01. - Biên bản… Mẫu số 02.`: bullets inside one cell.
fn lists_several(name: &str) -> bool {
    let inside = [". - ", "; - ", ", - ", ".- ", ";- ", "\n- ", ". + ", "; + "];
    let listed = bare(name).starts_with("hồ sơ") && name.split_once(": ").is_some_and(|(_, list)| list.contains(", "));
    listed || inside.iter().any(|bullet| name.contains(bullet))
}

fn says_none(name: &str) -> bool {
    let none = [
        "không",
        "không có",
        "không quy định",
        "không yêu cầu",
        "không có thông tin",
    ];
    none.contains(&bare(name).as_str())
}

/// Small letters from the first letter or digit to the last.
pub fn bare(name: &str) -> String {
    let letters = |c: char| !c.is_alphanumeric();
    name.trim_start_matches(letters)
        .trim_end_matches(letters)
        .to_lowercase()
}

/// The words after `iv)`, `a)`, `1.`.
pub fn subject(words: &str) -> &str {
    let mark = words
        .split_once([')', '.'])
        .filter(|(mark, _)| mark.chars().count() < 5 && !mark.contains(' '));
    mark.map_or(words, |(_, rest)| rest.trim_start())
}

fn paper(title: &Title, row: &Counted<'_>, problems: &mut Vec<Problem>) -> Paper {
    let (name, form) = match cut(row.name) {
        Cut::None => (row.name, None),
        Cut::Form(name, form) => (name, Some(form.to_owned())),
        Cut::Unclear => {
            problem("Tên giấy tờ dính với tên tệp mẫu đơn", row.name, problems);
            (row.name, None)
        }
    };
    Paper {
        title: title.words.clone(),
        section: title.section,
        name: without_joiners(name).to_owned(),
        form,
        counts: row.cell.replace(',', ", "),
        count: row.count,
        certain: true,
    }
}

fn doubts(paper: &Paper, (originals, copies): (u16, u16), problems: &mut Vec<Problem>) {
    let words = paper.words();
    if paper.section == Section::Notes {
        problem("Ghi trong mục lưu ý nhưng có số lượng", &words, problems);
    } else if !agrees(&paper.name, originals, copies) {
        problem(
            "Số lượng trong bảng khác với số lượng trong tên giấy tờ",
            &words,
            problems,
        );
    } else if (originals, copies) == (0, 0) {
        problem("Số lượng là 0, không rõ là giấy tờ hay ghi chú", &words, problems);
    } else if paper.name.matches('(').count() > paper.name.matches(')').count() {
        problem("Tên giấy tờ có vẻ bị cắt, ngoặc chưa đóng", &words, problems);
    } else if is_more_than_a_name(&paper.name) {
        problem("Dòng có thể không phải tên của một giấy tờ", &words, problems);
    } else if names_a_form_only(&paper.name) {
        problem("Dòng chỉ nêu mẫu đơn, không rõ là giấy tờ riêng", &words, problems);
    } else if !names_a_document(&paper.name) {
        problem("Dòng có thể không phải tên của một giấy tờ", &words, problems);
    } else if is_cut_short(&paper.name) {
        problem("Tên giấy tờ có vẻ bị cắt ở cuối", &words, problems);
    } else if lists_several(&paper.name) {
        problem("Một dòng có thể ghi nhiều giấy tờ", &words, problems);
    } else if originals > 0 && copies > 0 {
        problem(
            "Bảng ghi cả bản chính và bản sao, không rõ nộp bản nào",
            &words,
            problems,
        );
    } else if other_kind(&paper.name, originals, copies) {
        problem("Tên giấy tờ nói về loại bản khác với bảng", &words, problems);
    }
    let shown = paper.name.to_lowercase().contains("xuất trình") && paper.section != Section::Notes;
    if paper.section == Section::Either || (shown && paper.section != Section::Present) {
        problem("Không rõ phải nộp hay chỉ xuất trình", &words, problems);
    }
}

/// Whether the name speaks of originals where the table counts copies, or of copies where it counts originals.
fn other_kind(name: &str, originals: u16, copies: u16) -> bool {
    let (original, copy) = said::kinds(name);
    (original && originals == 0) || (copy && copies == 0)
}

/// Longest name of one paper, in characters; what is longer explains, or lists several.
const LONGEST: usize = 600;

/// A condition, a duty, a heading or a list: the portal counts such rows like papers.
fn is_more_than_a_name(name: &str) -> bool {
    let words = subject(&bare(name)).to_owned();
    let starts = [
        "trường hợp",
        "đối với",
        "cơ quan",
        "cục ",
        "chi cục",
        "thành phần hồ sơ",
        "hồ sơ đăng ký",
        "hồ sơ điện tử",
        "ngoài ",
        "mẫu tờ khai",
        "khi ",
        "người ủy quyền",
    ];
    if words.contains("một trong các giấy tờ sau:") && name.chars().count() <= LONGEST {
        return false;
    }
    let name = name.trim_end_matches([';', '.', ' ']);
    let another = name
        .split(';')
        .skip(1)
        .any(|rest| rest.trim_start().starts_with(char::is_uppercase));
    let lists = another || name.matches(';').count() > 1 || words.contains("sau:") || words.contains(" +++ ");
    starts.iter().any(|start| words.starts_with(start))
        || lists
        || name.trim_end().ends_with(':')
        || words.contains("có trách nhiệm")
        || name.chars().count() > LONGEST
}

/// Whether the counts a name speaks of leave room for the table's, and a copy is not an original.
fn agrees(name: &str, originals: u16, copies: u16) -> bool {
    let copied = ["bản sao", "bản chụp", "bản phô"]
        .iter()
        .any(|kind| bare(name).starts_with(kind));
    if copied && originals > 0 && !name.to_lowercase().contains("bản chính") {
        return false;
    }
    let (said_originals, said_copies) = said::counts(name);
    let silent = said_originals.is_empty() && said_copies.is_empty();
    let only = |said: &std::collections::BTreeSet<u16>, count: u16| said.len() == 1 && said.contains(&count);
    silent
        || (only(&said_originals, originals) && (said_copies.is_empty() && copies == 0 || only(&said_copies, copies)))
        || (said_originals.is_empty() && only(&said_copies, copies) && originals == 0)
}
