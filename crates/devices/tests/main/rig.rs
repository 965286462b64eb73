//! A private SANE configuration with the `test` and `pnm` back ends, a page folder, and stubs.

use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use devices::Program;
use devices::sane::{Next, Outcome, ScanError, ScanLimits, ScanRequest, ScannedPage, scan};
use tempfile::TempDir;

/// Long enough that only a real hang reaches it on a loaded machine.
pub const PATIENT: Duration = Duration::from_secs(60);

pub struct Rig {
    folder: TempDir,
}

/// What arrived: the bytes of each page by its number, and how the scan ended.
pub struct Scanned {
    pub pages: Vec<(u32, Vec<u8>)>,
    pub end: Result<Outcome, ScanError>,
}

impl Rig {
    pub fn new() -> Self {
        let rig = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir_all(rig.path("sane/dll.d")).unwrap();
        std::fs::create_dir(rig.pages()).unwrap();
        rig.write("sane/dll.conf", b"test\npnm\n");
        // The stock limit of 200 x 200 mm would cut an A4 sheet.
        rig.write("sane/test.conf", b"geometry_max 300.0\nbr_x 210.0\nbr_y 297.0\nmode Color\nresolution 75.0\ntest-picture \"Color pattern\"\n");
        rig
    }

    /// A name with a percent sign, because a careless batch pattern would expand it.
    pub fn pages(&self) -> PathBuf {
        self.path("trang 100%d quét")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    /// The real `scanimage`; `None` (with the reason printed) where it is not installed, which is
    /// a failure where CI=true.
    pub fn scanimage(&self) -> Option<Program> {
        let program = Program::new("scanimage").with_env("SANE_CONFIG_DIR", self.path("sane"));
        let found = std::process::Command::new("scanimage")
            .arg("--version")
            .output()
            .is_ok();
        let required = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(found || !required, "scanimage (sane-utils) is required where CI=true");
        if !found {
            eprintln!("skipped: scanimage (sane-utils) is not installed");
        }
        found.then_some(program)
    }

    /// A shell script standing in for a program. Another process writes it: a file that this one
    /// has open for writing while another test thread forks cannot be started ("text file busy").
    pub fn stub(&self, name: &str, script: &str) -> Program {
        let path = self.path(name);
        let mut writer = std::process::Command::new("sh");
        writer.args(["-c", r#"printf '#!/bin/sh\n%s\n' "$2" > "$1" && chmod +x "$1""#, "sh"]);
        assert!(writer.arg(&path).arg(script).status().unwrap().success());
        Program::new(path)
    }

    pub fn scan(&self, program: &Program, request: &ScanRequest) -> Scanned {
        self.scan_within(program, request, PATIENT)
    }

    pub fn scan_within(&self, program: &Program, request: &ScanRequest, page_deadline: Duration) -> Scanned {
        let cancel = AtomicBool::new(false);
        let limits = ScanLimits {
            page_deadline,
            cancel: &cancel,
        };
        let mut pages = Vec::new();
        let end = scan(
            program,
            request,
            &self.pages(),
            &mut |page| keep(&page, &mut pages),
            limits,
        );
        Scanned { pages, end }
    }

    /// Names of the files left in the page folder.
    pub fn left_over(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.pages()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

pub fn keep(page: &ScannedPage, pages: &mut Vec<(u32, Vec<u8>)>) -> Result<Next, Box<dyn Error + Send + Sync>> {
    pages.push((page.number, std::fs::read(&page.path)?));
    Ok(Next::Continue)
}

pub fn code(end: &Result<Outcome, ScanError>) -> &'static str {
    end.as_ref().map_or_else(ScanError::code, |_| "OK")
}
