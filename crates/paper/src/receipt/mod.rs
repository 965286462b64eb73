//! Mẫu 01, GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ (Thông tư 03/2025/TT-VPCP,
//! Phụ lục I), on A5 upright: what the citizen carries home.

mod body;
mod ending;
mod head;

use chrono::NaiveDateTime;

use crate::mark::Mark;
use crate::pdf::{About, write};
use crate::sheet::Sheet;
use crate::{PaperError, words};

/// Sizes of running text in points, with the distance between baselines in sizes:
/// the largest that needs the fewest pages is taken.
const SIZES: [(f64, f64); 5] = [(11.0, 1.3), (10.5, 1.28), (10.0, 1.26), (9.5, 1.22), (9.5, 1.15)];

/// Whether the printed code is the dossier's official number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CodeKind {
    /// A number of the resolving agency's series.
    #[default]
    Official,
    /// `TAM-…`, given while no number could be leased: the paper says so.
    Temporary,
}

/// A person or organisation as the form asks for them. Empty means not given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Full name, exactly as given.
    pub name: String,
    /// Identity number of the person or organisation.
    pub id_number: String,
    /// Address.
    pub address: String,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

/// The authorisation block of Mẫu 01 (line 6).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuthorisedPerson {
    /// Who is named in it.
    pub party: Party,
    /// The paper the authorisation rests on.
    pub document: String,
}

/// One paper of the dossier as handed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ComponentLine {
    /// Number in the procedure's list, from 1.
    pub no: u32,
    /// Name of the paper.
    pub name: String,
    /// State in words: `Bản chính`, `Bản chứng thực`, `Thiếu` …
    pub state: String,
    /// How many sheets or copies; `None` prints nothing.
    pub count: Option<u32>,
}

/// One fee in words; the receipt is no fiscal document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeeLine {
    /// Name of the fee.
    pub name: String,
    /// Amount and state in words: `8.000 đồng, đã thu`.
    pub amount: String,
}

/// Everything Mẫu 01 prints. Times are civil times at +07:00. What is `None` or
/// empty is left as a dotted line to be filled in by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// Superior agency, first line of the head: `UBND XÃ MẪU`.
    pub superior: String,
    /// Unit, in bold below: `TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG`.
    pub unit: String,
    /// Place before the date: `Xã Mẫu`.
    pub place: String,
    /// After `Số:`; `None` prints the code.
    pub form_number: Option<String>,
    /// Line 2, the receiving counter in full: `Trung tâm Phục vụ hành chính công xã Mẫu`.
    pub counter: String,
    /// The dossier code, printable ASCII.
    pub code: String,
    /// Whether the code is official.
    pub code_kind: CodeKind,
    /// The applicant.
    pub applicant: Party,
    /// Line 6, only where somebody acts for the applicant.
    pub authorised: Option<AuthorisedPerson>,
    /// Code of the procedure: `2.000815`; may be empty.
    pub procedure_code: String,
    /// Name of the procedure.
    pub procedure_name: String,
    /// What this dossier is about in particular; `None` when the name says it all.
    pub subject: Option<String>,
    /// The papers handed in.
    pub components: Vec<ComponentLine>,
    /// Number of sets handed in.
    pub sets: u32,
    /// The limit in words: `05 ngày làm việc`.
    pub limit: Option<String>,
    /// When the dossier was received; also the date of the file.
    pub received: NaiveDateTime,
    /// When the result is promised.
    pub due: Option<NaiveDateTime>,
    /// Where the result is collected, in words.
    pub return_via: Option<String>,
    /// Number of the register book.
    pub book: Option<String>,
    /// Serial number in the register book.
    pub serial: Option<String>,
    /// Name of the receiving officer, printed below the place to sign.
    pub officer: Option<String>,
    /// Fees; nothing is printed when there are none.
    pub fees: Vec<FeeLine>,
    /// Address a citizen's telephone opens from the QR; `None` puts the bare code
    /// into it.
    pub lookup_url: Option<String>,
    /// Head of the log's chain before this receipt, hexadecimal.
    pub chain_head: String,
    /// Further sentences set in a frame below the code.
    pub notices: Vec<String>,
}

/// The receipt as PDF bytes; the same receipt gives the same bytes for ever.
///
/// # Errors
/// [`PaperError::MissingGlyph`], [`PaperError::BadCode`],
/// [`PaperError::CodeTooLong`], [`PaperError::TooManyPages`],
/// [`PaperError::Writer`], [`PaperError::Fonts`].
pub fn receipt(receipt: &Receipt) -> Result<Vec<u8>, PaperError> {
    write(&pages(receipt)?, about(receipt))
}

pub(crate) fn pages(receipt: &Receipt) -> Result<Vec<Vec<Mark>>, PaperError> {
    let symbols = head::Symbols::of(receipt)?;
    let mut best: Option<Vec<Vec<Mark>>> = None;
    for setting in SIZES {
        let pages = set(receipt, &symbols, setting)?;
        if pages.len() == 1 {
            return Ok(pages);
        }
        if best.as_ref().is_none_or(|best| pages.len() < best.len()) {
            best = Some(pages);
        }
    }
    Ok(best.unwrap_or_default())
}

fn set(receipt: &Receipt, symbols: &head::Symbols, setting: (f64, f64)) -> Result<Vec<Vec<Mark>>, PaperError> {
    let running_head = format!("Mã hồ sơ: {} (tiếp theo)", receipt.code);
    let foot = format!("Dấu chuỗi nhật ký: {}", words::grouped(&receipt.chain_head));
    let mut sheet = Sheet::new(setting, &running_head, &foot)?;
    head::head(&mut sheet, receipt)?;
    head::code_block(&mut sheet, receipt, symbols)?;
    body::body(&mut sheet, receipt)?;
    ending::ending(&mut sheet, receipt)?;
    sheet.finish()
}

fn about(receipt: &Receipt) -> About {
    About {
        title: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        subject: receipt.code.clone(),
        author: crate::text::clean(&receipt.unit),
        keywords: vec![format!("chain-head:{}", receipt.chain_head)],
        written: receipt.received,
    }
}

#[cfg(test)]
mod tests;
