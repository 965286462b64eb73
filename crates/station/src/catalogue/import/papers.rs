//! The tables "thành phần hồ sơ": a title, a header, then papers with their counts, glued together.
//! What is handed in, what is shown and what is only remarked are told apart where the record does;
//! everywhere else a person does.

mod count;
mod ends;
mod form;
mod noun;
mod row;
mod title;

pub use ends::is_cut_short;
pub use title::Section;

use super::record::{About, Problem, quoted};
use count::Counted;
use title::Title;

const HEADER: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Heading of its table, if it has one.
    pub title: Option<String>,
    /// What the heading says of it.
    pub section: Section,
    /// Its name as it stands.
    pub name: String,
    /// File name of its form.
    pub form: Option<String>,
    /// The counts as they stand.
    pub counts: String,
    /// Originals and copies; none where nobody can say.
    pub count: Option<(u16, u16)>,
    /// Nothing about it is in doubt.
    pub certain: bool,
}

impl Paper {
    /// The paper as listed: `[title] name (counts)`.
    pub fn words(&self) -> String {
        let Self { name, counts, .. } = self;
        match &self.title {
            Some(title) => format!("[{title}] {name} ({counts})"),
            None => format!("{name} ({counts})"),
        }
    }
}

/// What the tables hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Papers {
    /// What is handed in or shown.
    pub papers: Vec<Paper>,
    /// What is only remarked.
    pub notes: Vec<String>,
    /// The record says that nothing is handed in.
    pub none_needed: bool,
}

/// Reads the tables; what cannot be read goes to `problems`.
pub fn read(text: &str, problems: &mut Vec<Problem>) -> Papers {
    let mut read = Papers::default();
    let mut pieces = text.split(HEADER);
    let mut heading = pieces.next().unwrap_or_default();
    let mut tables = false;
    for piece in pieces {
        tables = true;
        heading = table(&Title::of(heading), piece, &mut read, problems);
    }
    if !tables && !text.is_empty() {
        problem("Thành phần hồ sơ không có bảng", text, problems);
    } else if Title::of(heading).words.is_some() {
        problem("Giấy tờ không ghi số lượng", heading, problems);
    }
    let read_any = !read.papers.is_empty() || !read.notes.is_empty() || read.none_needed;
    if tables && !read_any {
        problem("Thành phần hồ sơ không có giấy tờ nào", text, problems);
    }
    read
}

fn problem(words: &str, raw: &str, problems: &mut Vec<Problem>) {
    problems.push(Problem::of(About::Components, &quoted(words, raw)));
}

/// Takes the papers of one table; what is left is the heading of the next.
fn table<'a>(title: &Title, table: &'a str, read: &mut Papers, problems: &mut Vec<Problem>) -> &'a str {
    let (mut rest, mut rows) = (table, 0u32);
    let before = read.papers.len();
    while let Some((counted, after)) = count::next(rest) {
        rows = rows.saturating_add(1);
        put(row::read(title, &counted, problems), before, read, problems);
        rest = after;
    }
    let papers = read.papers.get_mut(before..).unwrap_or_default();
    alike(papers, problems);
    under_doubt(papers);
    match &title.words {
        Some(words) if rows == 0 => problem("Mục giấy tờ không có giấy tờ nào", words, problems),
        Some(words) if title.may_hold_papers() => {
            problem("Tiêu đề bảng có thể chứa giấy tờ không ghi số lượng", words, problems)
        }
        Some(_) | None => {}
    }
    rest
}

/// A row `+ …` stands under the row before it: whom that one speaks of, this one does (1.014852: papers of
/// investment projects only).
fn under_doubt(papers: &mut [Paper]) {
    let mut doubtful = false;
    for paper in papers {
        paper.certain &= !(doubtful && paper.name.starts_with('+'));
        doubtful = !paper.certain;
    }
}

/// Characters two names begin with before they may be one paper written twice, or one for each kind of person.
const ALIKE: usize = 40;

/// Names that begin alike: both papers, or one of the two, the table does not say.
fn alike(papers: &mut [Paper], problems: &mut Vec<Problem>) {
    let mut rest = papers;
    while let Some((paper, others)) = rest.split_first_mut() {
        for other in others.iter_mut().filter(|other| begin_alike(&paper.name, &other.name)) {
            let raw = format!("{} – {}", paper.words(), other.words());
            problem(
                "Hai giấy tờ gần giống nhau, không rõ nộp cả hai hay một trong hai",
                &raw,
                problems,
            );
            (paper.certain, other.certain) = (false, false);
        }
        rest = others;
    }
}

fn begin_alike(one: &str, other: &str) -> bool {
    let (one, other) = (
        row::subject(&row::bare(one)).to_owned(),
        row::subject(&row::bare(other)).to_owned(),
    );
    let alike = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
    one == other || alike.count() >= ALIKE
}

fn put(row: row::Row, table: usize, read: &mut Papers, problems: &mut Vec<Problem>) {
    match row {
        row::Row::Paper(paper) if read.papers.iter().skip(table).any(|other| *other == paper) => {
            problem("Giấy tờ ghi hai lần trong một bảng", &paper.words(), problems);
        }
        row::Row::Paper(paper) => read.papers.push(paper),
        row::Row::Note(note) => read.notes.push(note),
        row::Row::NoneNeeded => read.none_needed = true,
        row::Row::Nothing => {}
    }
}
