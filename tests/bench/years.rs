//! A counter PC after years of work: invented people, every procedure in turn, working days back to
//! back. Made once for a count and a seed, then copied, because measuring changes it.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc, Weekday};
use serde_json::{Value, json};
use station::Reception;
use wire::protocol::Block;

use crate::counter::{Counter, Folders};
use crate::json::Part as _;
use crate::requests;
use crate::stop::{Outcome, Stop, While as _};

/// Raised when what is made here changes.
const SHAPE: u32 = 2;
/// Dossiers of a day of a busy commune.
const A_DAY: usize = 430;
/// The newest ones keep their receipts; older ones would be in the archive.
const RECEIPTS: usize = 5_000;
/// Dossiers of one transaction while filling.
const BATCH: usize = 2_000;

/// The officer who signs in at the window.
pub const OFFICER: &str = "Nguyễn Thị Mẫu";
/// Their PIN.
pub const PIN: &str = "24680";

/// Folders of a copy that may be changed.
pub fn folders(dossiers: usize, seed: u64) -> Outcome<Folders> {
    let root = bench_folder()?;
    let made = root.join(format!("years-{SHAPE}-{dossiers}-{seed}"));
    if !made.join("whole").is_file() {
        make(&made, dossiers, seed)?;
    }
    let copy = root.join("now");
    remove(&copy)?;
    copy_tree(&made, &copy)?;
    Ok(inside(&copy))
}

pub fn bench_folder() -> Outcome<PathBuf> {
    let program = std::env::current_exe().doing("finding this program")?;
    let target = program.ancestors().nth(2).map(Path::to_path_buf);
    target
        .map(|target| target.join("bench"))
        .ok_or_else(|| Stop::Failed("this program lies in no build folder".to_owned()))
}

fn inside(root: &Path) -> Folders {
    Folders {
        data: root.join("data"),
        keys: root.join("keys"),
    }
}

fn make(root: &Path, dossiers: usize, seed: u64) -> Outcome {
    remove(root)?;
    let counter = Counter::open(&inside(root), seed)?;
    counter.call("officer-add", &json!({"name": OFFICER, "pin": PIN}))?;
    fill(&counter, dossiers, RECEIPTS)?;
    drop(counter);
    std::fs::write(root.join("whole"), b"").doing("marking the folder as whole")
}

/// Takes so many people in, on the days before the Monday of the measurement; the newest `receipts`
/// of them get their paper.
pub fn fill(counter: &Counter, dossiers: usize, receipts: usize) -> Outcome {
    let procedures = procedures(counter)?;
    let days = days(dossiers)?;
    for day in &days {
        lease(counter, *day)?;
    }
    let papers_from = dossiers.saturating_sub(receipts);
    let batches: Vec<usize> = (0..dossiers).step_by(BATCH).collect();
    for start in batches {
        let end = start.saturating_add(BATCH).min(dossiers);
        let receptions: Outcome<Vec<Reception>> = (start..end)
            .map(|number| {
                let mut one = reception(number, &days, &procedures)?;
                one.receipt = number >= papers_from;
                Ok(one)
            })
            .collect();
        counter.station.fill(&receptions?).doing("filling")?;
        progress(end, dossiers);
    }
    Ok(())
}

/// Long work says where it is.
fn progress(done: usize, of: usize) {
    use std::io::Write as _;
    // Progress nobody can see is no reason to stop.
    let _ = write!(std::io::stderr(), "\rfilling: {done} of {of}");
    if done == of {
        let _ = writeln!(std::io::stderr());
    }
}

/// What the station knows of every procedure.
pub fn procedures(counter: &Counter) -> Outcome<Vec<Value>> {
    let list = counter.call("procedures", &json!({}))?;
    let codes = list.part("procedures").as_array().cloned().unwrap_or_default();
    codes
        .iter()
        .map(|one| counter.call("procedure", &json!({"code": one.part("code")})))
        .collect()
}

/// The last working days before the Monday of the measurement, oldest first. Holidays count as
/// worked here: nothing measured depends on them. The limits stay inside the known calendar.
fn days(dossiers: usize) -> Outcome<Vec<NaiveDate>> {
    let needed = dossiers.div_ceil(A_DAY);
    let last = NaiveDate::from_ymd_opt(2026, 11, 20).ok_or_else(|| Stop::Failed("no such day".to_owned()))?;
    let mut days: Vec<NaiveDate> = std::iter::successors(Some(last), NaiveDate::pred_opt)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .take(needed)
        .collect();
    days.reverse();
    Ok(days)
}

/// The day of a dossier, and its place in that day's series.
pub fn place(number: usize, dossiers: usize) -> Outcome<(NaiveDate, u64)> {
    let nowhere = || Stop::Failed(format!("no day for dossier {number}"));
    let day = days(dossiers)?.get(number / A_DAY).copied().ok_or_else(nowhere)?;
    let place = u64::try_from(number % A_DAY).doing("a place")?.saturating_add(1);
    Ok((day, place))
}

/// The numbers of a day; the series is that of the sample commune.
fn lease(counter: &Counter, day: NaiveDate) -> Outcome {
    let facts = counter.call("station", &json!({}))?;
    let series = facts
        .part("agency")
        .part("code")
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let block = Block {
        series,
        day: day.to_string(),
        from: 1,
        to: u32::try_from(A_DAY).doing("numbers of a day")?,
    };
    counter.station.fill_numbers(&block).doing("leasing")
}

/// The dossier of this number: a minute after the one before.
fn reception(number: usize, days: &[NaiveDate], procedures: &[Value]) -> Outcome<Reception> {
    let nowhere = || Stop::Failed(format!("no day for dossier {number}"));
    let day = days.get(number / A_DAY).copied().ok_or_else(nowhere)?;
    let morning = day.and_hms_opt(0, 30, 0).ok_or_else(nowhere)?.and_utc();
    let seconds = i64::try_from(number % A_DAY).unwrap_or(0).saturating_mul(60);
    let at: DateTime<Utc> = morning
        .checked_add_signed(Duration::seconds(seconds))
        .ok_or_else(nowhere)?;
    let asked = requests::numbered(number, procedures)?;
    Ok(Reception {
        request: serde_json::from_value(asked).doing(format!("request {number}"))?,
        at,
        receipt: false,
    })
}

fn remove(folder: &Path) -> Outcome {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Stop::Failed(format!("removing {}: {error}", folder.display())))
        }
        _ => Ok(()),
    }
}

fn copy_tree(from: &Path, to: &Path) -> Outcome {
    std::fs::create_dir_all(to).doing(format!("making {}", to.display()))?;
    for entry in std::fs::read_dir(from).doing(format!("reading {}", from.display()))? {
        let path = entry.doing("reading a folder")?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_tree(&path, &target)?;
        } else {
            std::fs::copy(&path, &target).doing(format!("copying {}", path.display()))?;
        }
    }
    Ok(())
}
