//! The draft field by field: what was read, what the record does not say, and what a person must
//! look at, each with the raw text it came from.

use super::super::file::{ComponentFile, LimitFile, NamedFile, PerFile, ProcedureFile};
use super::super::import::{About, Paper, Record, text_of};
use super::draft::limit;
use super::{FieldState, ReviewField};

/// Every field a person approves, in the order of the screen.
pub fn fields(record: &Record, draft: &ProcedureFile) -> Vec<ReviewField> {
    let mut fields = vec![
        text(record, "code", "Mã thủ tục", "ma_thu_tuc", Some(&draft.code), false),
        text(
            record,
            "name",
            "Tên thủ tục",
            "ten_thu_tuc",
            Some(&draft.name),
            record.doubts(About::Name),
        ),
        text(
            record,
            "field",
            "Lĩnh vực",
            "linh_vuc",
            Some(&draft.field),
            record.doubts(About::Field) && !draft.field.is_empty(),
        ),
    ];
    fields.extend(decision(record, draft));
    fields.extend([limits(record), cases(record, draft), fees(record, draft)]);
    fields.extend(components(record, draft));
    // Without a table nobody can say what stands in it.
    let unread = record.doubts(About::Components) && draft.components.is_empty();
    fields.push(list(record, "notes", "Lưu ý", "thanh_phan_ho_so", &draft.notes, unread));
    fields.push(list(
        record,
        "forms",
        "Mẫu đơn, tờ khai",
        "thanh_phan_ho_so",
        &names(&draft.forms),
        unread || record.glues_a_form(),
    ));
    fields.push(list(
        record,
        "results",
        "Kết quả",
        "ket_qua_xu_ly",
        &names(&draft.results),
        record.doubts(About::Results),
    ));
    fields.push(agency(record));
    fields.extend(guidance(record, draft));
    fields
}

fn field(field: &str, label: &str, state: FieldState, raw: &str, value: Option<String>) -> ReviewField {
    ReviewField {
        field: field.to_owned(),
        label: label.to_owned(),
        state,
        raw: raw.to_owned(),
        value,
    }
}

fn text(record: &Record, name: &str, label: &str, key: &str, value: Option<&str>, doubt: bool) -> ReviewField {
    let value = value.filter(|value| !value.is_empty());
    let state = match (value, doubt) {
        (_, true) => FieldState::Unsure,
        (Some(_), false) => FieldState::Read,
        (None, false) => FieldState::Absent,
    };
    field(name, label, state, &text_of(&record.raw, key), value.map(str::to_owned))
}

fn list(record: &Record, name: &str, label: &str, key: &str, values: &[String], doubt: bool) -> ReviewField {
    let joined = values.join("\n");
    // The long table stands beside each component already.
    let raw = if key == "thanh_phan_ho_so" {
        joined.clone()
    } else {
        text_of(&record.raw, key)
    };
    ReviewField {
        raw,
        ..text(record, name, label, key, Some(&joined), doubt)
    }
}

fn names(all: &[NamedFile]) -> Vec<String> {
    let words = |one: &NamedFile| match &one.code {
        Some(code) => format!("{} ({code})", one.name),
        None => one.name.clone(),
    };
    all.iter().map(words).collect()
}

fn decision(record: &Record, draft: &ProcedureFile) -> [ReviewField; 3] {
    let decision = draft.decision.as_ref();
    let number = decision.map(|it| it.number.as_str());
    let authority = decision.map(|it| it.authority.as_str());
    let unnamed = authority.is_some_and(str::is_empty);
    let laws = text_of(&record.raw, "can_cu_phap_ly");
    let mut basis = text(
        record,
        "basis",
        "Căn cứ pháp lý",
        "can_cu_phap_ly",
        Some(&draft.basis),
        record.doubts(About::Basis) || record.doubts(About::Decision),
    );
    if laws.starts_with("Không có thông tin") {
        basis.state = FieldState::Absent;
    }
    [
        text(
            record,
            "decision.number",
            "Số quyết định",
            "so_quyet_dinh",
            number,
            record.doubts(About::Decision),
        ),
        text(
            record,
            "decision.authority",
            "Cơ quan ban hành quyết định",
            "so_quyet_dinh",
            authority,
            unnamed,
        ),
        basis,
    ]
}

fn limits(record: &Record) -> ReviewField {
    let raw = text_of(&record.raw, "cach_thuc_thuc_hien");
    let silent = record
        .ways
        .iter()
        .all(|way| way.time == super::super::import::Time::Unsaid && !way.speaks_of_time());
    let state = match limit(record) {
        Some(_) => FieldState::Read,
        None if silent && !record.ways.is_empty() => FieldState::Absent,
        None => FieldState::Unsure,
    };
    field(
        "cases[0].limit",
        "Thời hạn giải quyết",
        state,
        &raw,
        limit(record).map(limit_words),
    )
}

fn limit_words(limit: LimitFile) -> String {
    match limit {
        LimitFile::WorkingDays(days) => format!("{days} ngày làm việc"),
        LimitFile::CalendarDays(days) => format!("{days} ngày"),
        LimitFile::Hours(hours) => format!("{hours} giờ làm việc"),
        LimitFile::SameDay => "Trong ngày".to_owned(),
    }
}

/// Headings may be cases that exclude each other, or papers that come on top: a person says which.
fn cases(record: &Record, draft: &ProcedureFile) -> ReviewField {
    let headings = record.headings();
    let names: Vec<&str> = draft.cases.iter().map(|case| case.name.as_str()).collect();
    let state = if headings.is_empty() {
        FieldState::Read
    } else {
        FieldState::Unsure
    };
    field(
        "cases",
        "Các trường hợp",
        state,
        &headings.join("\n"),
        Some(names.join("\n")),
    )
}

fn fees(record: &Record, draft: &ProcedureFile) -> ReviewField {
    let raw = text_of(&record.raw, "cach_thuc_thuc_hien");
    let silent = record.ways.iter().flat_map(|way| way.fee_words()).next().is_none();
    let counted = record.says_what_is_paid_for();
    let (state, value) = match draft.fees.first().map(|fee| &fee.per) {
        None => (FieldState::Read, Some("Không thu phí".to_owned())),
        Some(PerFile::Unset) if silent && !record.ways.is_empty() && !record.doubts(About::Fees) => {
            (FieldState::Absent, None)
        }
        Some(PerFile::Unset) => (FieldState::Unsure, None),
        Some(_) if counted => (FieldState::Read, Some(listed_fees(record))),
        // The record does not say of what: a dossier, a copy, a page.
        Some(_) => (FieldState::Unsure, Some(listed_fees(record))),
    };
    field("fees", "Phí, lệ phí", state, &raw, value)
}

fn listed_fees(record: &Record) -> String {
    let listed = record
        .ways
        .iter()
        .map(|way| format!("{}: {}", way.way, way.fee_words().join(", ")));
    listed.collect::<Vec<_>>().join("\n")
}

fn components(record: &Record, draft: &ProcedureFile) -> Vec<ReviewField> {
    let pairs = record.papers.papers.iter().zip(&draft.components);
    let mut fields: Vec<ReviewField> = pairs
        .enumerate()
        .map(|(at, (paper, drafted))| component(record, at, paper, drafted))
        .collect();
    if fields.is_empty() {
        let raw = text_of(&record.raw, "thanh_phan_ho_so");
        let state = if record.doubts(About::Components) {
            FieldState::Unsure
        } else {
            FieldState::Absent
        };
        fields.push(field("components", "Thành phần hồ sơ", state, &raw, None));
    }
    fields
}

fn component(record: &Record, at: usize, paper: &Paper, drafted: &ComponentFile) -> ReviewField {
    // One original and one copy: which of them is handed in, the record leaves open.
    let one = paper
        .count
        .is_some_and(|(originals, copies)| originals == 0 || copies == 0);
    // Tied to a case that may be none.
    let tied = !drafted.cases.is_empty() && record.doubts(About::Cases);
    let state = if paper.certain && one && !tied {
        FieldState::Read
    } else {
        FieldState::Unsure
    };
    let label = format!("Giấy tờ {}", drafted.no);
    field(
        &format!("components[{at}]"),
        &label,
        state,
        &paper.words(),
        Some(drafted.name.clone()),
    )
}

/// What stands in the draft word for word: the way of handing in only where its table was read.
fn guidance(record: &Record, draft: &ProcedureFile) -> Vec<ReviewField> {
    let Some(said) = &draft.guidance else { return Vec::new() };
    let unread = record.ways.is_empty();
    let all = [
        (
            "conditions",
            "Yêu cầu, điều kiện",
            "yeu_cau_dieu_kien",
            &said.conditions,
            false,
        ),
        (
            "applicants",
            "Đối tượng thực hiện",
            "doi_tuong_thuc_hien",
            &said.applicants,
            false,
        ),
        ("ways", "Hình thức nộp", "cach_thuc_thuc_hien", &said.ways, unread),
        ("level", "Cấp thực hiện", "cap_thuc_hien", &said.level, false),
        ("class", "Loại thủ tục", "loai_thu_tuc", &said.class, false),
    ];
    all.into_iter()
        .map(|(name, label, key, value, doubt)| {
            text(record, &format!("guidance.{name}"), label, key, value.as_deref(), doubt)
        })
        .collect()
}

fn agency(record: &Record) -> ReviewField {
    let resolves = record.resolves();
    let both = [
        text_of(&record.raw, "co_quan_co_tham_quyen"),
        text_of(&record.raw, "co_quan_thuc_hien"),
    ];
    let raw = both
        .iter()
        .filter(|raw| !raw.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    let state = match (&resolves, record.doubts(About::Agencies)) {
        (None, _) => FieldState::Absent,
        (Some(_), true) => FieldState::Unsure,
        (Some(_), false) => FieldState::Read,
    };
    field("agencies.resolves", "Cơ quan giải quyết", state, &raw, resolves)
}
