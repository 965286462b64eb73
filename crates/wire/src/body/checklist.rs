//! The checklist and the pages under it, both ways.

use dossier::catalogue::{Group, PaperState};
use dossier::fact::PageFacts;
use dossier::registration::{ComponentLine, HandedIn};
use serde_json::{Value, json};

use super::BodyError;
use super::json::{name_of, object, text};
use crate::decode::Fields;

const GROUPS: &[(Group, &str)] = &[(Group::Submit, "submit"), (Group::Present, "present")];
const STATES: &[(PaperState, &str)] = &[
    (PaperState::Original, "original"),
    (PaperState::Certified, "certified"),
    (PaperState::Copy, "copy"),
    (PaperState::Presented, "presented"),
    (PaperState::FromDatabase, "from_database"),
    (PaperState::Missing, "missing"),
    (PaperState::NotApplicable, "not_applicable"),
];

pub fn lines(components: &[ComponentLine]) -> Value {
    components
        .iter()
        .map(|line| {
            let handed: Vec<Value> = line
                .handed_in
                .iter()
                .map(|it| json!({"state": name_of(STATES, &it.state), "count": it.count}))
                .collect();
            object([
                ("no", Some(json!(line.no))),
                ("name", Some(json!(line.name))),
                ("note", text(&line.note)),
                ("group", Some(json!(name_of(GROUPS, &line.group)))),
                ("handed_in", Some(json!(handed))),
            ])
        })
        .collect()
}

pub fn read_lines(it: &Fields<'_>) -> Result<Vec<ComponentLine>, BodyError> {
    it.objects("components", |line| {
        Ok(ComponentLine {
            no: line.number("no")?,
            name: line.text("name")?,
            note: line.maybe_text("note")?,
            group: line.one_of("group", GROUPS)?,
            handed_in: line.objects("handed_in", |it| {
                Ok(HandedIn {
                    state: it.one_of("state", STATES)?,
                    count: it.number("count")?,
                })
            })?,
        })
    })
}

pub fn page(it: &PageFacts) -> Value {
    object([
        ("page", Some(json!(it.page.to_string()))),
        ("component", Some(json!(it.component))),
        ("blob", Some(json!(it.blob.to_string()))),
        ("media", Some(json!(it.media))),
        ("width", Some(json!(it.width))),
        ("height", Some(json!(it.height))),
        ("dpi", it.dpi.map(Value::from)),
        ("pdf_pages", Some(json!(it.pdf_pages))),
        ("size", Some(json!(it.size))),
    ])
}

pub fn read_page(it: &Fields<'_>) -> Result<PageFacts, BodyError> {
    Ok(PageFacts {
        page: it.parsed("page")?,
        component: it.number("component")?,
        blob: it.parsed("blob")?,
        media: it.text("media")?,
        width: it.number("width")?,
        height: it.number("height")?,
        dpi: it.maybe_number("dpi")?,
        pdf_pages: it.number("pdf_pages")?,
        size: it.number("size")?,
    })
}
