//! One reception after another: register, receipt, pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use super::folders::Folders;
use crate::json::Part as _;
use crate::picture;
use crate::programs::Station;
use crate::stop::{Outcome, While, failed};
use crate::tools::{capture, program};

/// One dossier of the demo.
pub struct Taken {
    /// The request as asked.
    pub request: Value,
    /// Its identity, which no code changes.
    pub id: String,
    /// The code on its receipt.
    pub code: String,
    /// `dossiers[]` of the report.
    pub line: Value,
}

/// What has been taken in so far.
pub struct Intake<'a> {
    station: &'a Station,
    folders: &'a Folders,
    glass: &'a Path,
    /// One entry per request, in input order.
    pub lines: Vec<Value>,
    /// Different dossiers by their id: a request asked twice is one dossier.
    pub dossiers: BTreeMap<String, Taken>,
    /// Hashes of what the hub must hold.
    pub blobs: BTreeSet<String>,
    /// What did not work, one sentence each.
    pub problems: Vec<String>,
}

impl<'a> Intake<'a> {
    /// Pages are drawn into the folder `glass`, receipts written below `folders`.
    pub fn new(station: &'a Station, folders: &'a Folders, glass: &'a Path) -> Self {
        let (lines, problems) = (Vec::new(), Vec::new());
        Self {
            station,
            folders,
            glass,
            lines,
            dossiers: BTreeMap::new(),
            blobs: BTreeSet::new(),
            problems,
        }
    }

    /// How many different dossiers there are.
    pub fn unique(&self) -> usize {
        self.dossiers.len()
    }

    /// The different dossiers.
    pub fn known(&self) -> Vec<&Taken> {
        self.dossiers.values().collect()
    }

    /// Takes in request number `at` (from 1). What fails is noted and the next one has its turn.
    pub fn take(&mut self, at: usize, request: &Value) {
        let name = request
            .part("request_id")
            .as_str()
            .unwrap_or("no request_id")
            .to_owned();
        let line = match self.reception(at, request) {
            Ok(line) => line,
            Err(stop) => {
                self.problems.push(format!("request {at} ({name}): {stop}"));
                json!({"request_id": name, "code": null, "due_at": null, "receipt_pdf": null,
                       "receipt_sha256": null, "pages": 0, "error": stop.to_string()})
            }
        };
        self.lines.push(line);
    }

    fn reception(&mut self, at: usize, request: &Value) -> Outcome<Value> {
        let answer = self.station.call("register", request)?;
        let (id, code) = (text(&answer, "dossier_id")?, text(&answer, "code")?);
        let (pdf, sha256) = self.receipt(at, &answer, &code)?;
        let pages = match self.dossiers.get(&id) {
            Some(known) if known.code == code => known.line.part("pages").clone(),
            Some(known) => return failed(format!("asked twice, {} became {code}", known.code)),
            None => json!(self.pages(at, &code)?),
        };
        let line = json!({"request_id": request.part("request_id"), "code": code, "due_at": answer.part("due_at"),
                          "receipt_pdf": pdf, "receipt_sha256": sha256, "pages": pages});
        println!("{at:>4}  {code}  due {}", answer.part("due_at").as_str().unwrap_or("?"));
        self.dossiers.entry(id.clone()).or_insert(Taken {
            request: request.clone(),
            id,
            code,
            line: line.clone(),
        });
        Ok(line)
    }

    /// Writes the receipt out; three parties must name the same hash: the registration, the command
    /// and the file itself.
    fn receipt(&mut self, at: usize, registered: &Value, code: &str) -> Outcome<(String, String)> {
        let path = self.folders.receipt(at, code);
        let answer = self.station.call("receipt", &json!({"code": code, "out": path}))?;
        let sha256 = text(&answer, "sha256")?;
        let file = capture(program("sha256sum", &[])?.arg(&path))?;
        if !file.starts_with(&sha256) || *registered.part("receipt").part("sha256") != json!(sha256) {
            return failed(format!("the receipt of {code} is not the one that was registered"));
        }
        self.blobs.insert(format!("sha256:{sha256}"));
        Ok((self.folders.relative(&path), sha256))
    }

    /// Scans one page (every fifth dossier: two) to the first component that was handed in.
    fn pages(&mut self, at: usize, code: &str) -> Outcome<usize> {
        let component = self.component(code)?;
        let wanted: usize = if at.is_multiple_of(5) { 2 } else { 1 };
        let mut count = 0_usize;
        for sheet in 0..wanted {
            count = count.saturating_add(self.scan(at, sheet, code, &component)?);
        }
        if count < wanted {
            failed(format!("only {count} of {wanted} pages of {code} came in"))
        } else {
            Ok(count)
        }
    }

    /// What the dossier itself says belongs to it: the request may have left its case out.
    fn component(&self, code: &str) -> Outcome<Value> {
        let answer = self.station.call("show", &json!({"code": code}))?;
        let all = answer.part("components").as_array().cloned().unwrap_or_default();
        let given = |one: &&Value| one.pointer("/handed_in/0").is_some();
        let chosen = all.iter().find(given).or_else(|| all.first());
        match chosen.map(|one| one.part("no")) {
            Some(no) => Ok(no.clone()),
            None => failed("the procedure has no component to scan"),
        }
    }

    fn scan(&mut self, at: usize, sheet: usize, code: &str, component: &Value) -> Outcome<usize> {
        let page = self.glass.join("page.ppm");
        let seed = at.saturating_mul(16).saturating_add(sheet);
        picture::write(&page, u64::try_from(seed).unwrap_or(u64::MAX))?;
        let request = json!({"code": code, "component": component, "device": "pnm:0", "options": {"filename": page}});
        let answer = self.station.call("scan", &request)?;
        std::fs::remove_file(&page).doing("taking the page off the glass")?;
        let pages = answer.part("pages").as_array().cloned().unwrap_or_default();
        for page in &pages {
            self.blobs.insert(format!("blake3:{}", text(page, "blake3")?));
        }
        Ok(pages.len())
    }
}

fn text(answer: &Value, name: &str) -> Outcome<String> {
    match answer[name].as_str() {
        Some(text) => Ok(text.to_owned()),
        None => failed(format!("no {name} in {answer}")),
    }
}
