//! Lists of the record: results with their codes, who decides.

use super::super::file::NamedFile;
use super::record::UNSAID;

/// What follows the results on the page: a search form.
const END: &[&str] = &["Từ khóa", "Chọn cơ quan thực hiện"];

/// The results, and whether every one was read for certain.
pub fn results(text: &str) -> (Vec<NamedFile>, bool) {
    let end = END.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    let list = text.get(..end).unwrap_or(text).trim();
    let (mut results, mut certain) = (Vec::new(), true);
    let mut pieces = list.split("Mã:");
    let mut name = pieces.next().unwrap_or_default().trim();
    for piece in pieces {
        let (code, rest) = code(piece.trim_start());
        certain &= code.is_some() && !name.is_empty();
        results.push(NamedFile {
            name: name.to_owned(),
            code: code.map(str::to_owned),
        });
        name = rest.trim();
    }
    if !name.is_empty() {
        certain = false;
        results.push(NamedFile {
            name: name.to_owned(),
            code: None,
        });
    }
    results.retain(|result| !result.name.is_empty());
    (results, certain)
}

/// Whether keywords or a description stand behind the results: the catalogue has no place for them.
pub fn say_more(text: &str) -> bool {
    let end = END.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    let rest = text.get(end..).unwrap_or_default();
    let said = rest
        .split("Mô tả")
        .flat_map(|part| part.split("Từ khóa"))
        .map(str::trim);
    said.filter(|text| !text.is_empty() && !text.starts_with("Chọn cơ quan thực hiện"))
        .any(|text| !text.starts_with(UNSAID))
}

/// `KQ.G15.000021`, `000.00.00.G12-KQ0012` and what follows; the number ends it.
fn code(text: &str) -> (Option<&str>, &str) {
    let run = text
        .find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-')))
        .unwrap_or(text.len());
    let code = text
        .get(..run)
        .unwrap_or_default()
        .trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = code.bytes().rev().take_while(u8::is_ascii_digit).count();
    if code.contains("KQ") && (4..=6).contains(&digits) {
        (Some(code), text.strip_prefix(code).unwrap_or_default())
    } else {
        (None, text)
    }
}

/// The authority a decision's number names, where it names one for certain.
pub fn authority(number: &str) -> Option<&'static str> {
    let (_, letters) = number.split_once("/QĐ-")?;
    let first = letters.split('-').next()?;
    Some(match first {
        "BTP" => "Bộ Tư pháp",
        "BTC" => "Bộ Tài chính",
        "BCA" => "Bộ Công an",
        "BXD" => "Bộ Xây dựng",
        "BNNMT" => "Bộ Nông nghiệp và Môi trường",
        "BNV" => "Bộ Nội vụ",
        "BYT" => "Bộ Y tế",
        "TTG" => "Thủ tướng Chính phủ",
        "TCHQ" => "Tổng cục Hải quan",
        "TANDTC" => "Tòa án nhân dân tối cao",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_with_codes_glued_to_the_next_name() {
        let (results, certain) =
            results("Giấy phépMã: KQ.G12.000251Quyết định (Mẫu 01)Mã: KQ.G12.000548Từ khóaKhông có thông tinMô tả");
        assert!(certain);
        assert_eq!(results[1].name, "Quyết định (Mẫu 01)");
        assert_eq!(results[1].code.as_deref(), Some("KQ.G12.000548"));
        assert!(!super::results("Văn bản tố tụngMã: VBTT").1);
        assert_eq!(super::results(""), (Vec::new(), true));
    }
}
