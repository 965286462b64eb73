//! What other programs make of the files: text in order, fonts embedded as
//! subsets, both symbols read at printer resolutions, a clean file.
//!
//! A missing program fails when CI=true and otherwise skips with its reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use paper::{
    AuthorisedPerson, CodeKind, ComponentLine, FeeLine, Party, Receipt, RecoverySheet, receipt, recovery_sheet,
};

/// Runs a program and gives back its standard output; `None` when it is not installed.
fn run(program: &str, args: &[&str]) -> Option<String> {
    match Command::new(program).args(args).output() {
        Ok(output) => {
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{program} {args:?}: {errors}");
            Some(String::from_utf8(output.stdout).expect("UTF-8"))
        }
        Err(error) => {
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "{program} is missing: {error}"
            );
            eprintln!("skipped: {program} is not installed");
            None
        }
    }
}

fn full() -> Receipt {
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    let party = |name: &str, id_number: &str, email: &str| Party {
        name: name.to_owned(),
        id_number: id_number.to_owned(),
        address: "Tổ 2, Phường Ví Dụ, Tỉnh Mẫu".to_owned(),
        phone: "0900 000 126".to_owned(),
        email: email.to_owned(),
    };
    let component = |no, name: &str| ComponentLine {
        no,
        name: name.to_owned(),
        state: "Bản chính".to_owned(),
        count: Some(no),
    };
    Receipt {
        superior: "UBND XÃ MẪU".to_owned(),
        unit: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG".to_owned(),
        place: "Xã Mẫu".to_owned(),
        counter: "Trung tâm Phục vụ hành chính công xã Mẫu".to_owned(),
        code: "H99.128-261119-0007".to_owned(),
        applicant: party("Trần Thị Bích Đào", "099196000002", "dao@example.vn"),
        authorised: Some(AuthorisedPerson {
            party: party("H'Hen Ƀuôr Niê ƀ ĕ ŏ ŭ", "099090000011", "nie@example.vn"),
            document: "Văn bản ủy quyền".to_owned(),
        }),
        procedure_code: "1.004884".to_owned(),
        procedure_name: "Đăng ký lại khai sinh".to_owned(),
        components: vec![
            component(1, "Tờ khai Ẵ Ẫ Ổ Ỗ Ữ ự ợ ẽ ỹ"),
            component(2, "Giấy khai sinh cũ"),
        ],
        sets: 1,
        limit: Some("05 ngày làm việc".to_owned()),
        received: day(19).and_hms_opt(10, 5, 0).unwrap(),
        due: day(27).and_hms_opt(17, 0, 0),
        return_via: Some("Trung tâm Phục vụ hành chính công".to_owned()),
        book: Some("02".to_owned()),
        serial: Some("1287".to_owned()),
        officer: Some("Ngô Bảo Mẫu".to_owned()),
        fees: vec![FeeLine {
            name: "Lệ phí hộ tịch".to_owned(),
            amount: "8.000 đồng".to_owned(),
        }],
        chain_head: "0123456789abcdef".repeat(4),
        ..Receipt::default()
    }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// `text` contains all `parts`, one after the other.
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let found = rest.split_once(part);
        rest = found
            .unwrap_or_else(|| panic!("{part:?} missing or out of order in\n{text}"))
            .1;
    }
}

#[test]
fn every_line_of_the_form_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "full.pdf", &receipt(&full()).unwrap());
    let Some(text) = run("pdftotext", &["-layout", file.to_str().unwrap(), "-"]) else {
        return;
    };
    assert_in_order(
        &text,
        &[
            "UBND XÃ MẪU",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Xã Mẫu, ngày 19 tháng 11 năm 2026",
            "Số: H99.128-261119-0007",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "Mã hồ sơ: H99.128-261119-0007",
            "Trung tâm Phục vụ hành chính công xã Mẫu",
            "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Trần Thị Bích Đào",
            "Số định danh cá nhân/tổ chức: 099196000002",
            "Địa chỉ: Tổ 2, Phường Ví Dụ, Tỉnh Mẫu",
            "Số điện thoại: 0900 000 126",
            "Email: dao@example.vn",
            "Trường hợp ủy quyền, họ và tên người được ủy quyền: H'Hen Ƀuôr Niê ƀ ĕ ŏ ŭ",
            "Địa chỉ: Tổ 2",
            "Số định danh cá nhân: 099090000011",
            "Số điện thoại: 0900 000 126",
            "Email: nie@example.vn",
            "Giấy tờ ủy quyền: Văn bản ủy quyền",
            "Nội dung yêu cầu giải quyết: Đăng ký lại khai sinh (mã thủ tục 1.004884)",
            "Thành phần hồ sơ nộp gồm:",
            "Tờ khai Ẵ Ẫ Ổ Ỗ Ữ ự ợ ẽ ỹ",
            "Bản chính",
            "01",
            "Giấy khai sinh cũ",
            "Số lượng hồ sơ: 01 (bộ)",
            "Thời gian giải quyết hồ sơ theo quy định là: 05 ngày làm việc",
            "Thời gian nhận hồ sơ: 10 giờ 05 phút, ngày 19 tháng 11 năm 2026",
            "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026",
            "Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công",
            "8.000 đồng",
            "Vào Sổ theo dõi hồ sơ, Quyển số 02 Số thứ tự 1287",
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
            "(Ký và ghi rõ họ tên)",
            "(Ký và ghi rõ họ tên)",
            "Ngô Bảo Mẫu",
            "01234567 89abcdef",
        ],
    );
}

#[test]
fn fonts_are_embedded_subsets_with_unicode() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "full.pdf", &receipt(&full()).unwrap());
    let Some(table) = run("pdffonts", &[file.to_str().unwrap()]) else {
        return;
    };
    let fonts: Vec<_> = table.lines().skip(2).collect();
    assert_eq!(fonts.len(), 3, "{table}");
    for font in fonts {
        assert!(font.contains("+Tinos-") && font.contains("yes yes yes"), "{font}");
    }
}

#[test]
fn the_file_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let many = Receipt {
        components: vec![full().components.remove(0); 60],
        ..full()
    };
    let recovery = recovery_sheet(&RecoverySheet {
        code: "7K3Q-9ZX2".to_owned(),
        ..RecoverySheet::default()
    });
    for (name, bytes) in [
        ("a.pdf", receipt(&full())),
        ("b.pdf", receipt(&many)),
        ("c.pdf", recovery),
    ] {
        let file = write(folder.path(), name, &bytes.unwrap());
        let Some(said) = run("qpdf", &["--check", file.to_str().unwrap()]) else {
            return;
        };
        assert!(said.contains("No syntax or stream encoding errors"), "{said}");
    }
}

/// What zbarimg reads from the first page at a resolution, as `TYPE:text` lines.
fn read_symbols(folder: &Path, bytes: &[u8], resolution: &str, colour: &str) -> Option<String> {
    let file = write(folder, "symbols.pdf", bytes);
    let image = folder.join("page");
    let image = image.to_str().unwrap();
    run(
        "pdftoppm",
        &["-r", resolution, colour, "-singlefile", file.to_str().unwrap(), image],
    )?;
    let suffix = if colour == "-mono" { "pbm" } else { "pgm" };
    let flags = ["-q", "--nodbus", "-Sdisable", "-Scode128.enable", "-Sqrcode.enable"];
    run("zbarimg", &[&flags[..], &[&format!("{image}.{suffix}")]].concat())
}

#[test]
fn both_symbols_are_read_at_printer_resolutions() {
    let folder = tempfile::tempdir().unwrap();
    let url = "https://motcua.example/tra-cuu?mahs=H99.128-261119-0007";
    let with_url = Receipt {
        lookup_url: Some(url.to_owned()),
        ..full()
    };
    let code = |code: &str| Receipt {
        code: code.to_owned(),
        code_kind: CodeKind::Temporary,
        ..full()
    };
    let cases = [
        (full(), "H99.128-261119-0007", "H99.128-261119-0007"),
        (with_url, "H99.128-261119-0007", url),
        (code("TAM-7K3Q9ZX2"), "TAM-7K3Q9ZX2", "TAM-7K3Q9ZX2"),
        (
            code("000.17.22.H56-210531-0001"),
            "000.17.22.H56-210531-0001",
            "000.17.22.H56-210531-0001",
        ),
    ];
    for (form, bars, square) in cases {
        let bytes = receipt(&form).unwrap();
        for (resolution, colour) in [("203", "-gray"), ("203", "-mono"), ("300", "-gray"), ("300", "-mono")] {
            let Some(read) = read_symbols(folder.path(), &bytes, resolution, colour) else {
                return;
            };
            let both = read.contains(&format!("CODE-128:{bars}\n")) && read.contains(&format!("QR-Code:{square}\n"));
            assert!(both, "{resolution} {colour}: {read}");
        }
    }
}

#[test]
fn the_recovery_sheet_shows_its_code_twice() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = RecoverySheet {
        agency: "UBND XÃ MẪU".to_owned(),
        device: "Quầy số 1".to_owned(),
        issued: NaiveDate::from_ymd_opt(2026, 11, 19).unwrap(),
        code: "7K3Q-9ZX2-M4TW-0H8C".to_owned(),
    };
    let bytes = recovery_sheet(&sheet).unwrap();
    let file = write(folder.path(), "recovery.pdf", &bytes);
    let Some(text) = run("pdftotext", &["-layout", file.to_str().unwrap(), "-"]) else {
        return;
    };
    assert_in_order(
        &text,
        &[
            "UBND XÃ MẪU",
            "MÃ KHÔI PHỤC",
            "Quầy số 1",
            "19 tháng 11",
            "7K3Q-9ZX2-M4TW-0H8C",
            "két sắt",
        ],
    );
    let Some(read) = read_symbols(folder.path(), &bytes, "203", "-mono") else {
        return;
    };
    assert!(read.contains("QR-Code:7K3Q-9ZX2-M4TW-0H8C\n"), "{read}");
}
