//! What a row speaks of. A paper's name begins with the kind of paper it is; a row that begins with
//! anything else may be a remark, a condition or a heading that was counted like a paper.

use super::row::{bare, subject};

/// What papers begin with, in small letters, whole words.
const KINDS: &[&str] = &[
    "giấy",
    "bản",
    "tờ",
    "văn bản",
    "đơn",
    "bảng",
    "hợp đồng",
    "hồ sơ",
    "chứng từ",
    "chứng chỉ",
    "chứng nhận",
    "chứng thư",
    "chứng minh",
    "phiếu",
    "danh sách",
    "danh mục",
    "báo cáo",
    "thông báo",
    "biên bản",
    "biên lai",
    "phụ lục",
    "quyết định",
    "hóa đơn",
    "hoá đơn",
    "hộ chiếu",
    "vận đơn",
    "vận tải đơn",
    "dự thảo",
    "dự án",
    "dự toán",
    "phương án",
    "công văn",
    "công hàm",
    "công điện",
    "sơ đồ",
    "sơ họa",
    "sơ yếu",
    "tài liệu",
    "sổ",
    "kế hoạch",
    "trích lục",
    "trích đo",
    "trích sao",
    "ý kiến",
    "kết luận",
    "kết quả",
    "thuyết minh",
    "thư",
    "bằng",
    "ảnh",
    "hình ảnh",
    "lý lịch",
    "cam kết",
    "cam đoan",
    "thẻ",
    "đề án",
    "đề cương",
    "đề nghị",
    "nghị quyết",
    "điều lệ",
    "nội quy",
    "quy chế",
    "quy trình",
    "xác nhận",
    "di chúc",
    "thỏa thuận",
    "thoả thuận",
    "tem",
    "lệnh",
    "nhật ký",
    "học bạ",
    "bệnh án",
    "tóm tắt",
    "mẫu",
    "bộ",
    "biểu mẫu",
    "biểu",
    "các giấy tờ",
    "các tài liệu",
    "các hồ sơ",
    "các văn bản",
    "các chứng từ",
    "một trong các",
    "một trong những",
    "một số giấy tờ",
    "file",
    "tệp",
    "séc",
    "trình",
    "mã số",
    "giao dịch",
    "ủy nhiệm",
    "uỷ nhiệm",
    "ủy quyền",
    "uỷ quyền",
    "cmnd",
    "cccd",
    "căn cước",
    "catalogue",
    "lịch",
    "bìa",
    "kháng nghị",
    "các loại",
    "đĩa",
    "video",
];

/// A sentence about papers, though it begins with one.
const SENTENCES: &[&str] = &[
    "hồ sơ gồm",
    "hồ sơ bao gồm",
    "hồ sơ nộp",
    "hồ sơ phải",
    "hồ sơ được nộp",
    "hồ sơ của",
    "giấy tờ phải",
    "giấy tờ nộp",
    "các giấy tờ phải",
    "bản sao phải",
    "bản chính phải",
    "tài liệu phải",
    "biểu phí",
    "biểu mức",
];

/// Whether a name begins with a kind of paper: `01 đơn …`, `02 bản chính dự thảo …`, `- Tờ khai …`.
pub fn names_a_document(name: &str) -> bool {
    let words = bare(name);
    let words = without_count(subject(&words));
    !SENTENCES.iter().any(|start| begins(words, start)) && KINDS.iter().any(|kind| begins(words, kind))
}

fn begins(words: &str, start: &str) -> bool {
    words
        .strip_prefix(start)
        .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}

/// `01 `, `02 (hai) `: how many stands before some names.
fn without_count(words: &str) -> &str {
    let after = words.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    match after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        Some((_, after)) => after.trim_start(),
        None => after,
    }
}

/// `Theo mẫu số 30/CVNDTT …`, `Mẫu 11/TEM ban hành …`: the form of a paper, which may be the row before.
/// `Mẫu 04/SS-CTĐT Thông báo …` names its paper.
pub fn names_a_form_only(name: &str) -> bool {
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = bare(name);
    if [
        "theo mẫu",
        "mẫu đơn",
        "mẫu tờ khai",
        "tên mẫu",
        "biểu mẫu",
        "link",
        "tải mẫu",
    ]
    .iter()
    .any(|start| begins(&words, start))
    {
        return true;
    }
    let mut rest = name.split_whitespace();
    if rest.next().is_none_or(|first| first.to_lowercase() != "mẫu") {
        return false;
    }
    let mut rest = rest.skip_while(|word| is_number(word));
    // After the number the paper's own name, with a capital; `ban hành kèm theo` is none.
    let (first, second) = (rest.next().unwrap_or_default(), rest.next().unwrap_or_default());
    let law = ["Phụ lục", "Thông tư", "Nghị định"].contains(&format!("{first} {second}").as_str()) || first == "Luật";
    let named = first.starts_with(char::is_uppercase) && !law;
    !named
}

fn is_number(word: &str) -> bool {
    word.to_lowercase() == "số" || word.contains(|c: char| c.is_ascii_digit()) || !word.contains(char::is_alphanumeric)
}
