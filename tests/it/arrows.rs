//! The shape of the house, held by a test: who may name whom, and which outside library lives where.
//! An arrow that is drawn wrongly once is never drawn back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What each member may name. An arrow always points inwards; `it` stands outside and may name all
/// but the tools. Station and hub are missing from each other's line on purpose.
const ARROWS: &[(&str, &[&str])] = &[
    ("dossier", &[]),
    ("vault", &[]),
    ("line", &[]),
    ("wire", &["dossier"]),
    ("paper", &["dossier"]),
    ("archive", &["dossier"]),
    ("devices", &["dossier"]),
    (
        "station",
        &["archive", "devices", "dossier", "line", "paper", "vault", "wire"],
    ),
    ("rig", &[]),
    ("hub", &["dossier", "line", "rig", "vault", "wire"]),
    ("motcua-desktop", &["station"]),
    (
        "it",
        &[
            "archive",
            "devices",
            "dossier",
            "hub",
            "line",
            "motcua-desktop",
            "paper",
            "rig",
            "station",
            "vault",
            "wire",
        ],
    ),
    (
        "torture",
        &["dossier", "hub", "line", "rig", "station", "vault", "wire"],
    ),
    ("xtask", &[]),
];

/// Libraries that only these members may name.
const HOMES: &[(&str, &[&str])] = &[
    ("rusqlite", &["hub", "it", "station", "torture", "vault"]),
    ("printpdf", &["paper"]),
    ("barcoders", &["paper"]),
    ("axum", &["hub", "torture"]),
    ("rustls", &["line"]),
    ("rcgen", &["line"]),
    ("tokio-rustls", &["hub"]),
];

/// Libraries that the pure crate never names: no format, no thread of its own, no disk.
const NOT_IN_DOSSIER: &[&str] = &[
    "serde",
    "serde_json",
    "tokio",
    "rusqlite",
    "rustls",
    "ureq",
    "axum",
    "tempfile",
    "getrandom",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every member with the names of what it depends on, in whatever way (normal, build, tests).
/// `--no-deps` reads the manifests alone: no network, no lock file, no download.
fn members() -> BTreeMap<String, Vec<(String, Option<String>)>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let depends = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap();
        all.iter()
            .map(|one| (text(&one["name"]).unwrap(), text(&one["kind"])))
            .collect()
    };
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|one| (text(&one["name"]).unwrap(), depends(one)))
        .collect()
}

#[test]
fn every_member_names_only_what_its_arrow_allows() {
    let members = members();
    let allowed: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    for (name, depends) in &members {
        let allowed = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("no arrow is drawn for {name}"));
        for (other, _) in depends.iter().filter(|(other, _)| members.contains_key(other)) {
            assert!(allowed.contains(&other.as_str()), "{name} names {other}");
        }
    }
    for (name, _) in ARROWS {
        assert!(
            members.contains_key(*name),
            "an arrow is drawn for {name}, which is no member"
        );
    }
}

/// What tests stand on is no part of any program.
#[test]
fn the_rig_is_named_for_tests_alone() {
    for (name, depends) in members() {
        for (_, kind) in depends.iter().filter(|(other, _)| other == "rig") {
            let is_test = name == "it" || name == "torture" || kind.as_deref() == Some("dev");
            assert!(is_test, "{name} names rig");
        }
    }
}

#[test]
fn libraries_stay_in_their_homes() {
    for (name, depends) in members() {
        for (library, _) in depends {
            if let Some((_, homes)) = HOMES.iter().find(|(other, _)| *other == library) {
                assert!(homes.contains(&name.as_str()), "{name} names {library}");
            }
            let window = library == "tauri" || library.starts_with("tauri-");
            assert!(!window || name == "motcua-desktop", "{name} names {library}");
        }
    }
}

#[test]
fn the_dossier_is_pure() {
    let members = members();
    for (library, kind) in &members["dossier"] {
        let named = NOT_IN_DOSSIER.contains(&library.as_str());
        assert!(!named || kind.as_deref() == Some("dev"), "dossier names {library}");
    }
}

#[test]
fn the_tools_run_before_anything_else_is_there() {
    let members = members();
    let normal: Vec<_> = members["xtask"].iter().map(|(library, _)| library.as_str()).collect();
    assert_eq!(normal, ["serde_json"], "xtask must compile on a bare machine");
}

#[test]
fn every_member_takes_the_shared_lints() {
    for manifest in manifests() {
        let text = std::fs::read_to_string(&manifest).unwrap();
        let compact: String = text.split_whitespace().collect();
        assert!(compact.contains("[lints]workspace=true"), "{}", manifest.display());
    }
}

fn manifests() -> Vec<PathBuf> {
    let crates = std::fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let others = ["src-tauri", "tests", "tests/rig", "xtask"].map(|folder| root().join(folder));
    crates
        .chain(others)
        .map(|folder| folder.join("Cargo.toml"))
        .filter(|file| file.is_file())
        .collect()
}

#[test]
fn only_the_platform_folder_of_ui_names_tauri() {
    let sources = root().join("ui/src");
    let files = rig::files(&sources).unwrap();
    assert!(!files.is_empty(), "no sources in {}", sources.display());
    for file in files.iter().filter(|file| !file.starts_with(sources.join("platform"))) {
        let text = String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
        for name in ["@tauri-apps", "__TAURI"] {
            assert!(!text.contains(name), "{} names {name}", file.display());
        }
    }
}

#[test]
fn no_lock_file_names_a_registry_host() {
    let npm = std::fs::read_to_string(root().join("ui/package-lock.json")).unwrap();
    assert!(
        !npm.contains("\"resolved\":"),
        "ui/package-lock.json names hosts: see .npmrc"
    );
    let cargo = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let sources: BTreeSet<_> = cargo.lines().filter(|line| line.starts_with("source = ")).collect();
    let standard = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    assert_eq!(sources, BTreeSet::from([standard]));
}

/// A test file that no `mod` names never runs, and nobody notices.
#[test]
fn every_test_file_is_listed() {
    for folder in ["tests/it", "tests/window"] {
        let folder = root().join(folder);
        let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let module = path.join("mod.rs").is_file() || path.extension().is_some_and(|end| end == "rs");
            if module && name != "main" {
                let listed = main.lines().any(|line| line.trim().ends_with(&format!("mod {name};")));
                assert!(listed, "{} is not listed in main.rs", path.display());
            }
        }
    }
}
