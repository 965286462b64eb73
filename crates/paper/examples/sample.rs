//! Writes a sample receipt: `cargo run -p paper --example sample -- out.pdf`.
//! With `recovery` as second argument, the recovery sheet.
#![allow(clippy::print_stderr)]

use std::process::ExitCode;

use chrono::{NaiveDate, NaiveDateTime};
use paper::{
    AuthorisedPerson, CodeKind, ComponentLine, FeeLine, Party, Receipt, RecoverySheet, receipt, recovery_sheet,
};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(out) = args.next() else {
        eprintln!("usage: sample OUT.pdf [full|temporary|recovery]");
        return ExitCode::FAILURE;
    };
    let bytes = match args.next().as_deref() {
        Some("recovery") => recovery_sheet(&recovery()),
        kind => receipt(&sample(kind.unwrap_or(""))),
    };
    let written = bytes
        .map_err(|error| error.to_string())
        .and_then(|bytes| std::fs::write(&out, bytes).map_err(|error| error.to_string()));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, day)
        .and_then(|day| day.and_hms_opt(hour, minute, 0))
        .unwrap_or_default()
}

fn recovery() -> RecoverySheet {
    RecoverySheet {
        agency: "UBND XÃ MẪU – TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG".to_owned(),
        device: "Quầy số 1".to_owned(),
        issued: at(19, 0, 0).date(),
        code: "7K3Q-9ZX2-M4TW-0H8C-PD6R-1VNA-J5YE-B2GS".to_owned(),
    }
}

fn sample(kind: &str) -> Receipt {
    let component = |no, name: &str, state: &str, count| ComponentLine {
        no,
        name: name.to_owned(),
        state: state.to_owned(),
        count,
    };
    let mut receipt = Receipt {
        superior: "UBND XÃ MẪU".to_owned(),
        unit: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG".to_owned(),
        place: "Xã Mẫu".to_owned(),
        counter: "Trung tâm Phục vụ hành chính công xã Mẫu".to_owned(),
        code: "H99.128-261119-0007".to_owned(),
        applicant: Party {
            name: "Trần Thị Bích Đào".to_owned(),
            id_number: "099196000002".to_owned(),
            address: "Tổ 2, Phường Ví Dụ, Tỉnh Mẫu".to_owned(),
            phone: "0900 000 126".to_owned(),
            email: String::new(),
        },
        procedure_code: "1.004884".to_owned(),
        procedure_name: "Đăng ký lại khai sinh".to_owned(),
        components: vec![
            component(1, "Tờ khai đăng ký lại khai sinh", "Bản chính", Some(1)),
            component(2, "Giấy tờ có thông tin khai sinh", "Bản chứng thực", Some(2)),
            component(3, "Văn bản ủy quyền", "Bản chính", Some(1)),
            component(4, "Căn cước của người yêu cầu", "Xuất trình", None),
            component(5, "Giấy tờ chứng minh nơi cư trú", "Từ cơ sở dữ liệu", None),
        ],
        sets: 1,
        limit: Some("05 ngày làm việc".to_owned()),
        received: at(19, 10, 5),
        due: Some(at(27, 17, 0)),
        return_via: Some("Trung tâm Phục vụ hành chính công".to_owned()),
        officer: Some("Ngô Bảo Mẫu".to_owned()),
        fees: vec![FeeLine {
            name: "Lệ phí hộ tịch".to_owned(),
            amount: "8.000 đồng, đã thu".to_owned(),
        }],
        chain_head: "3f2a9c0d51e87b64".repeat(4),
        ..Receipt::default()
    };
    if kind == "temporary" {
        receipt.code = "TAM-7K3Q9ZX2".to_owned();
        receipt.code_kind = CodeKind::Temporary;
    }
    if kind == "full" {
        fill(&mut receipt);
    }
    receipt
}

fn fill(receipt: &mut Receipt) {
    receipt.authorised = Some(AuthorisedPerson {
        party: Party {
            name: "Y Blơ\u{306} H'Hen Niê".to_owned(),
            id_number: "099090000011".to_owned(),
            address: "Buôn Ƀuôr, Xã Mẫu, Tỉnh Mẫu".to_owned(),
            phone: "0900 000 127".to_owned(),
            email: "vi.du@example.vn".to_owned(),
        },
        document: "Văn bản ủy quyền ngày 18/11/2026".to_owned(),
    });
    receipt.lookup_url = Some("https://motcua.example/tra-cuu?mahs=H99.128-261119-0007".to_owned());
    receipt.components = (1..=20)
        .map(|no| ComponentLine {
            no,
            name: format!("Giấy tờ số {no} có tên dài để xem dòng chữ xuống hàng như thế nào trong cột"),
            state: "Bản chứng thực".to_owned(),
            count: Some(1),
        })
        .collect();
}
