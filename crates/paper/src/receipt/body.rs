//! Lines 2 to 14 of Mẫu 01, in the order of the form.

use crate::PaperError;
use crate::face::Face;
use crate::fields::{Field, field, pair};
use crate::receipt::{AuthorisedPerson, Party, Receipt, ending};
use crate::sheet::{Align, Sheet, WIDTH};
use crate::table::{Head, table};
use crate::text::Span;
use crate::words;

/// Lines between the components and the signatures, when none wraps.
const CLOSING_LINES: f64 = 7.0;
const NO_TIME: &str = "....... giờ ....... phút, ngày ....... tháng ....... năm .............";

/// All lines between the code and the signatures.
pub(super) fn body(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    counter(sheet, receipt)?;
    applicant(sheet, &receipt.applicant)?;
    if let Some(authorised) = &receipt.authorised {
        authorisation(sheet, authorised)?;
    }
    procedure(sheet, receipt)?;
    components(sheet, receipt)?;
    // The promise and the signatures below it go on one page.
    sheet.need(sheet.leading() * CLOSING_LINES + ending::height(sheet, receipt)?)?;
    times(sheet, receipt)?;
    field(
        sheet,
        &Field::new("Đăng ký nhận kết quả tại:", receipt.return_via.as_deref()),
    )?;
    fees(sheet, receipt)?;
    register(sheet, receipt)
}

fn counter(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    if receipt.counter.trim().is_empty() {
        let label = "Trung tâm Phục vụ hành chính công/Bộ phận Tiếp nhận và Trả kết quả";
        return field(sheet, &Field::new(label, None));
    }
    let spans = [Span::new(receipt.counter.trim(), Face::Regular, sheet.size)];
    sheet.paragraph(&spans, Align::Left)
}

fn applicant(sheet: &mut Sheet, party: &Party) -> Result<(), PaperError> {
    let name = Field::new("Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức:", Some(&party.name)).bold();
    pair(
        sheet,
        &name,
        &Field::new("Số định danh cá nhân/tổ chức:", Some(&party.id_number)),
    )?;
    field(sheet, &Field::new("Địa chỉ:", Some(&party.address)))?;
    contact(sheet, party)
}

fn contact(sheet: &mut Sheet, party: &Party) -> Result<(), PaperError> {
    let phone = Field::new("Số điện thoại:", Some(&party.phone));
    pair(sheet, &phone, &Field::new("Email:", Some(&party.email)))
}

fn authorisation(sheet: &mut Sheet, authorised: &AuthorisedPerson) -> Result<(), PaperError> {
    let party = &authorised.party;
    let label = "Trường hợp ủy quyền, họ và tên người được ủy quyền:";
    field(sheet, &Field::new(label, Some(&party.name)).bold())?;
    field(sheet, &Field::new("Địa chỉ:", Some(&party.address)))?;
    let id_number = Field::new("Số định danh cá nhân:", Some(&party.id_number));
    pair(sheet, &id_number, &Field::new("Số điện thoại:", Some(&party.phone)))?;
    let document = Field::new("Giấy tờ ủy quyền:", Some(&authorised.document));
    pair(sheet, &Field::new("Email:", Some(&party.email)), &document)
}

fn procedure(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    let subject = receipt
        .subject
        .as_deref()
        .map(str::trim)
        .filter(|subject| !subject.is_empty());
    let mut name = receipt.procedure_name.trim().to_owned();
    if let Some(subject) = subject {
        name = format!("{name}: {subject}");
    }
    let code = match receipt.procedure_code.trim() {
        "" => String::new(),
        code => format!(" (mã thủ tục {code})"),
    };
    let spans = [
        Span::new("Nội dung yêu cầu giải quyết: ", Face::Regular, sheet.size),
        Span::new(&name, Face::Bold, sheet.size),
        Span::new(&code, Face::Regular, sheet.size),
    ];
    sheet.paragraph(&spans, Align::Left)
}

fn components(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    sheet.need(sheet.leading() * 3.5)?;
    sheet.paragraph(
        &[Span::new("Thành phần hồ sơ nộp gồm:", Face::Regular, sheet.size)],
        Align::Left,
    )?;
    if receipt.components.is_empty() {
        return ["1.", "2.", "3."]
            .iter()
            .try_for_each(|no| field(sheet, &Field::new(no, None)));
    }
    sheet.skip(2.0);
    let rows: Vec<_> = receipt
        .components
        .iter()
        .map(|line| {
            let count = line.count.map_or_else(String::new, |count| format!("{count:02}"));
            vec![line.no.to_string(), line.name.clone(), line.state.clone(), count]
        })
        .collect();
    table(sheet, &heads(), &rows)?;
    sheet.skip(3.0);
    Ok(())
}

fn heads() -> [Head; 4] {
    let (no, state, count) = (24.0, 84.0, 30.0);
    [
        Head {
            title: "TT",
            width: no,
            align: Align::Centre,
        },
        Head {
            title: "Tên giấy tờ",
            width: WIDTH - no - state - count,
            align: Align::Left,
        },
        Head {
            title: "Loại giấy tờ",
            width: state,
            align: Align::Left,
        },
        Head {
            title: "SL",
            width: count,
            align: Align::Centre,
        },
    ]
}

fn times(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    let sets = format!("{:02} (bộ)", receipt.sets);
    field(sheet, &Field::new("Số lượng hồ sơ:", Some(&sets)))?;
    let limit = receipt.limit.as_deref();
    field(
        sheet,
        &Field::new("Thời gian giải quyết hồ sơ theo quy định là:", limit),
    )?;
    let received = words::moment(receipt.received);
    field(sheet, &Field::new("Thời gian nhận hồ sơ:", Some(&received)))?;
    let due = receipt.due.map(words::moment);
    let label = "Thời gian trả kết quả giải quyết hồ sơ:";
    match due {
        Some(due) => promise(sheet, label, &due),
        None => field(sheet, &Field::new(label, Some(NO_TIME))),
    }
}

/// The line the citizen looks for: all of it in bold.
fn promise(sheet: &mut Sheet, label: &str, due: &str) -> Result<(), PaperError> {
    let text = format!("{label} {due}");
    sheet.paragraph(&[Span::new(&text, Face::Bold, sheet.size)], Align::Left)
}

fn fees(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    if receipt.fees.is_empty() {
        return Ok(());
    }
    let fees: Vec<_> = receipt
        .fees
        .iter()
        .map(|fee| format!("{} {}", fee.name.trim(), fee.amount.trim()))
        .collect();
    field(sheet, &Field::new("Phí, lệ phí (nếu có):", Some(&fees.join("; "))))
}

fn register(sheet: &mut Sheet, receipt: &Receipt) -> Result<(), PaperError> {
    let given = |text: &Option<String>| match text.as_deref().map(str::trim) {
        None | Some("") => "............".to_owned(),
        Some(text) => text.to_owned(),
    };
    let text = format!(
        "Vào Sổ theo dõi hồ sơ, Quyển số {} Số thứ tự {}",
        given(&receipt.book),
        given(&receipt.serial)
    );
    sheet.paragraph(&[Span::new(&text, Face::Regular, sheet.size)], Align::Left)
}
