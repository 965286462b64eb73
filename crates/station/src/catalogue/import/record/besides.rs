//! What stands beside the two tables, or follows from both: headings, results, agencies, legal documents.

use super::super::documents::documents;
use super::super::lists::{results, say_more};
use super::super::papers::{Paper, Section};
use super::super::said;
use super::super::ways::{Charge, Fee};
use super::{About, Problem, Record, UNSAID, quoted, text_of};

impl Record {
    /// Headings that stand for cases, in order, each once.
    pub fn headings(&self) -> Vec<&str> {
        let mut headings = Vec::new();
        for paper in &self.papers.papers {
            if let (Section::Case | Section::Other, Some(title)) = (paper.section, &paper.title)
                && !headings.contains(&title.as_str())
            {
                headings.push(title.as_str());
            }
        }
        headings
    }

    /// Who resolves, in the record's words; it does not say who helps and who receives.
    pub fn resolves(&self) -> Option<String> {
        self.agency("co_quan_co_tham_quyen")
            .or_else(|| self.agency("co_quan_thuc_hien"))
    }

    fn agency(&self, key: &str) -> Option<String> {
        Some(text_of(&self.raw, key)).filter(|text| !text.is_empty() && text != UNSAID)
    }

    /// The longest note beside a fee, without its brackets.
    pub fn fee_note(&self) -> String {
        let notes = self.charges().map(|charge| charge.note.as_str());
        let note = notes.max_by_key(|note| note.len()).unwrap_or_default();
        note.strip_prefix('(')
            .and_then(|note| note.strip_suffix(')'))
            .unwrap_or(note)
            .trim()
            .to_owned()
    }

    /// Whether the file of a form stands in a paper's name and could not be cut off.
    pub fn glues_a_form(&self) -> bool {
        self.papers.papers.iter().any(|paper| {
            let name = paper.name.to_lowercase();
            [".pdf", ".doc", ".xls", ".rtf"].iter().any(|end| name.contains(end))
        })
    }

    fn charges(&self) -> impl Iterator<Item = &Charge> {
        self.ways.iter().flat_map(|way| &way.charges)
    }

    /// What a person must decide though neither table contradicts itself.
    pub(super) fn doubt_besides(&mut self) {
        let about = [self.doubt_cases(), self.doubt_free(), self.doubt_basis()];
        let rest = [self.doubt_results(), self.doubt_agencies(), self.doubt_limits()];
        self.problems.extend(about.into_iter().chain(rest).flatten());
    }

    /// Whether a heading's papers replace the others or are added to them, no record says.
    fn doubt_cases(&self) -> Option<Problem> {
        let headings = self.headings().join("; ");
        let words = "Không rõ tiêu đề bảng giấy tờ là trường hợp riêng hay chỉ là tên nhóm";
        (!headings.is_empty()).then(|| Problem::of(About::Cases, &quoted(words, &headings)))
    }

    /// Whether the fee's note says of what the amount is: `/bản`, `/trang`.
    pub fn says_what_is_paid_for(&self) -> bool {
        let (note, per) = (
            self.fee_note(),
            ["/trang", "/bản", "/trường hợp", "/hồ sơ", "/lần", "/giấy"],
        );
        per.iter().filter(|unit| note.contains(*unit)).count() == 1
    }

    /// A free procedure whose papers or conditions speak of paying.
    fn doubt_free(&self) -> Option<Problem> {
        let free = !self.ways.is_empty() && self.charges().all(|charge| charge.fee == Fee::Free);
        let conditions = text_of(&self.raw, "yeu_cau_dieu_kien");
        let names = self.papers.papers.iter().map(|paper: &Paper| paper.name.as_str());
        let notes = self.papers.notes.iter().map(String::as_str);
        let pays = names
            .chain(notes)
            .chain([conditions.as_str()])
            .find(|text| speaks_of_paying(text));
        pays.filter(|_| free && !self.doubts(About::Fees))
            .map(|text| Problem::of(About::Fees, &quoted("Ghi miễn phí nhưng mục khác nói về phí", text)))
    }

    fn doubt_basis(&self) -> Option<Problem> {
        let raw = text_of(&self.raw, "can_cu_phap_ly");
        let silent = raw.is_empty() || raw.starts_with(UNSAID);
        let read = documents(&raw);
        let words = if read.numbers.is_empty() {
            "Căn cứ pháp lý không có số hiệu văn bản nào đọc được"
        } else {
            "Căn cứ pháp lý có số hiệu không đọc được chắc chắn"
        };
        (!silent && (read.numbers.is_empty() || !read.certain)).then(|| Problem::of(About::Basis, &quoted(words, &raw)))
    }

    /// A limit told beside the papers, under conditions or on its own: the table may be about another case
    /// (1.002759: 45 days there, and 3, 5 or 10 below).
    fn doubt_limits(&self) -> Option<Problem> {
        let texts = ["thanh_phan_ho_so", "yeu_cau_dieu_kien"].map(|key| text_of(&self.raw, key));
        let text = texts.iter().find(|text| limits(text))?;
        let words = "Mục khác cũng ghi thời hạn giải quyết";
        Some(Problem::of(About::Times, &quoted(words, text)))
    }

    fn doubt_results(&self) -> Option<Problem> {
        let raw = text_of(&self.raw, "ket_qua_xu_ly");
        let words = if !results(&raw).1 {
            "Không tách được tên kết quả với mã"
        } else if say_more(&raw) {
            "Mục kết quả còn ghi từ khóa hoặc mô tả"
        } else {
            return None;
        };
        Some(Problem::of(About::Results, &quoted(words, &raw)))
    }

    fn doubt_agencies(&self) -> Option<Problem> {
        let (decides, carries_out) = (self.agency("co_quan_co_tham_quyen"), self.agency("co_quan_thuc_hien"));
        if let Some((one, other)) = decides.zip(carries_out).filter(|(one, other)| one != other) {
            let words = "Cơ quan có thẩm quyền và cơ quan thực hiện khác nhau";
            return Some(Problem::of(About::Agencies, &quoted(words, &format!("{one}; {other}"))));
        }
        let resolves = self.resolves().filter(|words| words.contains(','))?;
        let words = "Ghi nhiều cơ quan, không rõ cơ quan nào giải quyết";
        Some(Problem::of(About::Agencies, &quoted(words, &resolves)))
    }
}

/// Days or hours counted from where a limit is counted from.
fn limits(text: &str) -> bool {
    let lower = text.to_lowercase();
    let begins = ["thời hạn giải quyết", "kể từ ngày nhận đủ", "kể từ khi nhận đủ"];
    begins.iter().any(|words| lower.contains(words)) && !said::times(text).is_empty()
}

fn speaks_of_paying(text: &str) -> bool {
    let text = text.to_lowercase().replace("lệ phí trước bạ", "");
    [
        "nộp phí",
        "nộp lệ phí",
        "thu phí",
        "thu lệ phí",
        "biên lai phí",
        "biên lai lệ phí",
    ]
    .iter()
    .any(|words| text.contains(words))
}
