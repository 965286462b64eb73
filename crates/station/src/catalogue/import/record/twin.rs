//! Two records of one code that say different things. Neither is the right one: each carries what the
//! other says, so that whoever reviews it sees both, also when the file is gone.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{About, Problem, Record, quoted, text_of};

/// Key of the other record's line and differing fields, beside the portal's own.
pub const TWIN: &str = "ban_ghi_trung_ma";
const LINE: &str = "dong";

impl Record {
    /// Whether another record of the same code says the same.
    pub fn says_the_same(&self, raw: &Map<String, Value>) -> bool {
        differing(&self.raw, raw).is_empty()
    }

    /// The record, with what another one of the same code says otherwise.
    pub fn beside(&self, line: usize, other: &Map<String, Value>) -> Self {
        let mut raw = self.raw.clone();
        let mut twin: Map<String, Value> = differing(&self.raw, other)
            .into_iter()
            .map(|key| (key.clone(), text_of(other, &key).into()))
            .collect();
        twin.insert(LINE.to_owned(), line.to_string().into());
        raw.insert(TWIN.to_owned(), Value::Object(twin));
        Self::of(self.line, self.code.clone(), self.name.clone(), raw)
    }

    /// Names every field another record of the same code fills otherwise.
    pub(super) fn doubt_twins(&mut self) {
        let Some(Value::Object(twin)) = self.raw.get(TWIN) else {
            return;
        };
        let line = text_of(twin, LINE);
        let fields = twin.keys().filter(|key| *key != LINE);
        let doubts = fields.flat_map(|key| {
            let words = quoted(
                &format!("Mã đã có ở dòng {line} với mục “{key}” khác"),
                &text_of(twin, key),
            );
            about(key).iter().map(move |about| Problem::of(*about, &words))
        });
        self.problems.extend(doubts.collect::<Vec<_>>());
        if self.doubts(About::Components) {
            for paper in &mut self.papers.papers {
                paper.certain &= !twin_papers(&self.raw);
            }
        }
    }
}

fn twin_papers(raw: &Map<String, Value>) -> bool {
    raw.get(TWIN).is_some_and(|twin| twin.get("thanh_phan_ho_so").is_some())
}

fn about(key: &str) -> &'static [About] {
    match key {
        "ten_thu_tuc" => &[About::Name],
        "so_quyet_dinh" => &[About::Decision],
        "linh_vuc" => &[About::Field],
        "cach_thuc_thuc_hien" => &[About::Times, About::Fees],
        "thanh_phan_ho_so" => &[About::Components],
        "can_cu_phap_ly" => &[About::Basis],
        "ket_qua_xu_ly" => &[About::Results],
        "co_quan_co_tham_quyen" | "co_quan_thuc_hien" => &[About::Agencies],
        _ => &[About::Besides],
    }
}

/// Keys whose text differs, however it is spaced.
fn differing(one: &Map<String, Value>, other: &Map<String, Value>) -> Vec<String> {
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).filter(|key| *key != TWIN).collect();
    let same = |key: &str| match (one.get(key), other.get(key)) {
        (Some(Value::String(_)), Some(Value::String(_))) => text_of(one, key) == text_of(other, key),
        (one, other) => one == other,
    };
    keys.into_iter().filter(|key| !same(key)).cloned().collect()
}
