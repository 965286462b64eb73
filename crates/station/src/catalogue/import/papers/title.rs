//! What a table's heading says of its papers.

/// What a heading makes of the papers under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// No heading, or one that only says that papers follow.
    Plain,
    /// "Giấy tờ phải nộp".
    Submit,
    /// "Giấy tờ phải xuất trình".
    Present,
    /// To hand in or to show: the heading leaves it open.
    Either,
    /// "Trường hợp …", "Đối với …".
    Case,
    /// "Lưu ý".
    Notes,
    /// Words of another kind.
    Other,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Its words, if it has any.
    pub words: Option<String>,
    /// What it makes of the papers.
    pub section: Section,
}

impl Title {
    /// Reads a heading.
    pub fn of(raw: &str) -> Self {
        let words = raw
            .trim()
            .trim_start_matches(['*', '-', '+', ' '])
            .trim_end_matches([':', '.', ' ']);
        if words.is_empty() {
            return Self {
                words: None,
                section: Section::Plain,
            };
        }
        Self {
            words: Some(words.to_owned()),
            section: section(&words.to_lowercase()),
        }
    }
}

impl Title {
    /// Whether rows without a cell of their own may have run into the heading: it is long, lists, or counts.
    pub fn may_hold_papers(&self) -> bool {
        let Some(words) = &self.words else { return false };
        let (originals, copies) = super::super::said::counts(words);
        words.chars().count() > 200 || words.contains(';') || !originals.is_empty() || !copies.is_empty()
    }
}

fn section(words: &str) -> Section {
    let begins = |starts: &[&str]| starts.iter().any(|start| words.starts_with(start));
    if begins(&["lưu ý", "ghi chú"]) {
        Section::Notes
    } else if begins(&["trường hợp", "đối với"]) {
        Section::Case
    } else if words.contains("xuất trình") {
        let only = !words.contains("nộp") && !words.contains("gửi");
        if only { Section::Present } else { Section::Either }
    } else if begins(&["giấy tờ phải nộp", "các giấy tờ phải nộp", "hồ sơ phải nộp"]) {
        Section::Submit
    } else if begins(&["thành phần hồ sơ", "bao gồm", "hồ sơ gồm", "hồ sơ bao gồm"]) && words.chars().count() < 40
    {
        Section::Plain
    } else {
        Section::Other
    }
}
