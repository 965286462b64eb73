//! A procedure drafted from a record of the portal. What the record does not say for certain is
//! drafted so that it cannot be approved unseen: a limit of 0, a fee whose amount is open.

use super::super::file::{
    AlternativeFile, CaseFile, ChangeFile, ComponentFile, DecisionFile, FeeFile, GroupFile, GuidanceFile, LimitFile,
    NamedFile, PerFile, ProcedureFile, ReductionFile, RolesFile, TierFile, UsualFile, WhenFile,
};
use super::super::import::{
    About, Paper, Record, Section, Time, UNSAID, Unit, amounts, authority, documents, is_online, results, text_of,
};

/// Stands for a limit nobody read; the reader of procedures refuses it.
pub const UNKNOWN_LIMIT: LimitFile = LimitFile::WorkingDays(0);

/// The procedure as far as the record says it; `month` (`2026-11`) is part of the version's name.
pub fn draft(record: &Record, month: &str) -> ProcedureFile {
    ProcedureFile {
        code: record.code.clone(),
        name: record.name.clone(),
        field: record.field.clone(),
        version: [record.decision.as_str(), month].join(" ").trim().to_owned(),
        decision: decision(record),
        basis: basis(record),
        valid_from: None,
        valid_to: None,
        needs_approval: true,
        cases: cases(record),
        components: components(record),
        notes: record.papers.notes.iter().map(|note| plain(note)).collect(),
        forms: forms(record),
        fees: fees(record),
        results: results(&text_of(&record.raw, "ket_qua_xu_ly")).0,
        agencies: agencies(record),
        guidance: Some(guidance(record)),
    }
}

fn decision(record: &Record) -> Option<DecisionFile> {
    (!record.decision.is_empty()).then(|| DecisionFile {
        number: record.decision.clone(),
        authority: authority(&record.decision).unwrap_or_default().to_owned(),
        issued: None,
    })
}

fn basis(record: &Record) -> String {
    let decision = (!record.decision.is_empty()).then(|| format!("Quyết định {}", record.decision));
    let documents = documents(&text_of(&record.raw, "can_cu_phap_ly"));
    decision
        .into_iter()
        .chain(documents.numbers)
        .collect::<Vec<_>>()
        .join("; ")
}

/// The one limit of the record, if nothing about it is in doubt.
pub fn limit(record: &Record) -> Option<LimitFile> {
    if record.doubts(About::Times) {
        return None;
    }
    let Time::Known(number, _, unit) = &record.ways.first()?.time else {
        return None;
    };
    let amount = number.parse().ok()?;
    Some(match unit {
        Unit::WorkingDays => LimitFile::WorkingDays(amount),
        Unit::Days => LimitFile::CalendarDays(amount),
        Unit::Hours => LimitFile::Hours(amount),
    })
}

fn cases(record: &Record) -> Vec<CaseFile> {
    let headings = record.headings();
    let common = headings.is_empty() || record.papers.papers.iter().any(|paper| !is_of_a_case(paper));
    let usual = common.then(|| ("thong-thuong".to_owned(), "Thông thường".to_owned()));
    let named = headings
        .iter()
        .zip(1_u16..)
        .map(|(title, no)| (case_id(no), (*title).to_owned()));
    let limit = limit(record).unwrap_or(UNKNOWN_LIMIT);
    let case = |(id, name)| CaseFile {
        id,
        name,
        limit,
        committed: None,
        alternatives: Vec::<AlternativeFile>::new(),
        waiting: None,
    };
    usual.into_iter().chain(named).map(case).collect()
}

fn case_id(no: u16) -> String {
    format!("truong-hop-{no}")
}

fn is_of_a_case(paper: &Paper) -> bool {
    matches!(paper.section, Section::Case | Section::Other)
}

fn components(record: &Record) -> Vec<ComponentFile> {
    let headings = record.headings();
    let numbered = record.papers.papers.iter().zip(1_u16..);
    numbered
        .map(|(paper, no)| {
            let place = headings
                .iter()
                .zip(1_u16..)
                .find(|(title, _)| Some(**title) == paper.title.as_deref());
            let (usual, count) = usual(paper);
            ComponentFile {
                no,
                name: plain(&paper.name),
                note: None,
                form: paper.form.clone(),
                group: if paper.section == Section::Present {
                    GroupFile::Present
                } else {
                    GroupFile::Submit
                },
                cases: place
                    .filter(|_| is_of_a_case(paper))
                    .map(|(_, no)| case_id(no))
                    .into_iter()
                    .collect(),
                usual,
                count,
            }
        })
        .collect()
}

fn usual(paper: &Paper) -> (UsualFile, u16) {
    match (paper.section, paper.count) {
        (Section::Present, Some((originals, copies))) => (UsualFile::Presented, originals.max(copies)),
        (_, Some((originals @ 1.., _))) => (UsualFile::Original, originals),
        (_, Some((0, copies @ 1..))) => (UsualFile::Copy, copies),
        (_, Some((0, 0)) | None) => (UsualFile::NotApplicable, 0),
    }
}

fn forms(record: &Record) -> Vec<NamedFile> {
    let mut forms: Vec<NamedFile> = Vec::new();
    for name in record.papers.papers.iter().filter_map(|paper| paper.form.clone()) {
        if !forms.iter().any(|form| form.name == name) {
            forms.push(NamedFile { name, code: None });
        }
    }
    forms
}

fn fees(record: &Record) -> Vec<FeeFile> {
    if record.doubts(About::Fees) {
        return vec![fee(PerFile::Unset, String::new(), Vec::new())];
    }
    let (online, other) = (
        amounts(&record.ways, is_online),
        amounts(&record.ways, |way| !is_online(way)),
    );
    let Some(amount) = other.first().or(online.first()).copied().filter(|amount| *amount > 0) else {
        return Vec::new();
    };
    let less = online.first().copied().filter(|online| *online < amount);
    let reduction = less.map(|online| ReductionFile {
        id: "truc-tuyen".to_owned(),
        name: "Nộp trực tuyến".to_owned(),
        basis: basis(record),
        when: WhenFile::Online,
        change: if online == 0 {
            ChangeFile::Free
        } else {
            ChangeFile::Amount(online)
        },
        valid_from: None,
        valid_to: None,
    });
    let note = record.fee_note();
    vec![fee(per(amount, &note), note, reduction.into_iter().collect())]
}

fn per(amount: i64, note: &str) -> PerFile {
    match (note.contains("/trang"), note.contains("/bản")) {
        (true, false) => PerFile::Page {
            tiers: vec![TierFile { from: 1, amount }],
            cap: None,
        },
        (false, true) => PerFile::Copy(amount),
        (true, true) | (false, false) => PerFile::Case(amount),
    }
}

fn fee(per: PerFile, basis: String, reductions: Vec<ReductionFile>) -> FeeFile {
    FeeFile {
        id: "le-phi".to_owned(),
        name: "Phí, lệ phí".to_owned(),
        basis,
        per,
        cases: Vec::new(),
        valid_from: None,
        valid_to: None,
        reductions,
    }
}

fn agencies(record: &Record) -> Option<RolesFile> {
    record.resolves().map(|resolves| RolesFile {
        helps: None,
        receives: None,
        resolves: Some(resolves),
    })
}

/// Word for word: what nothing is counted from cannot be read wrongly.
fn guidance(record: &Record) -> GuidanceFile {
    let said = |key| Some(text_of(&record.raw, key)).filter(|text| !text.is_empty() && text != UNSAID);
    let mut ways: Vec<String> = Vec::new();
    for way in &record.ways {
        let words = if way.description.is_empty() {
            way.way.to_owned()
        } else {
            format!("{}: {}", way.way, way.description)
        };
        if !ways.contains(&words) {
            ways.push(words);
        }
    }
    GuidanceFile {
        conditions: said("yeu_cau_dieu_kien"),
        applicants: said("doi_tuong_thuc_hien"),
        ways: Some(ways.join("\n")).filter(|ways| !ways.is_empty()),
        level: said("cap_thuc_hien"),
        class: said("loai_thu_tuc"),
    }
}

/// A name without the bullets of its list and the mark that ended its row.
fn plain(name: &str) -> String {
    name.trim_start_matches(['*', '-', '–', '+', ' '])
        .trim_end_matches([';', ',', ' '])
        .to_owned()
}
