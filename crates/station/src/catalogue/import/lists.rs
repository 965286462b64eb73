//! Lists of the record: results with their codes, legal documents by number, who decides.

use super::super::file::NamedFile;

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

/// The numbers of the legal documents, each once: `23/2015/NĐ-CP`, `60/2014/QH13`.
pub fn documents(text: &str) -> Vec<String> {
    let (mut found, mut rest): (Vec<String>, &str) = (Vec::new(), text);
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(at..).unwrap_or_default();
        let end = from
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(from.len());
        let (number, after) = from.split_at_checked(end).unwrap_or((from, ""));
        rest = after;
        if let Some((document, after)) = document(number, after) {
            rest = after;
            if !found.contains(&document) {
                found.push(document);
            }
        }
    }
    found
}

fn document<'a>(number: &str, after: &'a str) -> Option<(String, &'a str)> {
    let (year, after) = after.strip_prefix('/')?.split_at_checked(4)?;
    let kind = after.strip_prefix('/')?;
    // `66.7/2025/NQ-CP` is one number; `31.12.2025/…` is none.
    let sound = number.len() <= 5
        && number.split('.').count() <= 2
        && number.split('.').all(|part| (1..=4).contains(&part.len()))
        && (year.starts_with("19") || year.starts_with("20"));
    let kind = kind_of(kind).filter(|_| sound && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest = after.strip_prefix('/')?.strip_prefix(kind)?;
    Some((format!("{number}/{year}/{kind}"), rest))
}

/// `QH13` and its two digits, or capitals and dashes; a capital that begins the next word is not of it.
fn kind_of(text: &str) -> Option<&str> {
    if text.starts_with("QH") {
        return text
            .get(..4)
            .filter(|kind| kind.bytes().skip(2).all(|byte| byte.is_ascii_digit()));
    }
    let end = text
        .find(|c: char| !(c.is_uppercase() || c == '-'))
        .unwrap_or(text.len());
    let (kind, after) = text.split_at_checked(end)?;
    let mut kind = kind;
    if after.starts_with(char::is_lowercase) {
        kind = kind.strip_suffix(|_: char| true)?;
    }
    Some(kind.trim_end_matches('-')).filter(|kind| kind.chars().count() >= 2)
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
    fn documents_glued_to_words_and_to_each_other() {
        let text = "Luật 54/2014/QH1354/2014/QH13Thông tư 92/2015/TT-BTC92/2015/TT-BTCNghị định 23/2015/NĐ-CPThông tư số 01/2020/TT-BTPVề66.7/2025/NQ-CP";
        assert_eq!(
            documents(text),
            [
                "54/2014/QH13",
                "92/2015/TT-BTC",
                "23/2015/NĐ-CP",
                "01/2020/TT-BTP",
                "66.7/2025/NQ-CP"
            ]
        );
        assert_eq!(documents("ngày 14/11/2016, 1/2/3, 2016/2017/"), Vec::<String>::new());
    }

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
