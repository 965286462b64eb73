//! Hands the window's configuration, icons and pages to the compiler.
//!
//! The pages are built by npm into `ui/dist`, which is not in the repository. So that
//! `cargo check` and editors work before npm has ever run, an absent folder is filled with one
//! plain page that says what to run; `npm run build` replaces the folder.

use std::{fs, io, path::Path};

const PAGES: &str = "../ui/dist";

const NOT_BUILT: &str = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Một Cửa</title></head>
<body data-not-built><p>Giao diện chưa được dựng. Hãy chạy: cargo xtask run</p></body></html>
"#;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={PAGES}");
    let page = Path::new(PAGES).join("index.html");
    if !page.exists() {
        println!(
            "cargo::warning=ui/dist is not built: the window gets a placeholder page until `npm run build` has run"
        );
        fs::create_dir_all(PAGES)?;
        fs::write(page, NOT_BUILT)?;
    }
    tauri_build::try_build(tauri_build::Attributes::new()).map_err(io::Error::other)
}
