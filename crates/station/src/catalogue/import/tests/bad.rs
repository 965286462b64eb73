//! What is broken, contradicts itself or cannot be true: refused or marked, with the line or the
//! raw text, and never read as if nothing were the matter.

use super::*;

fn problems(ways: &str, papers: &str) -> Vec<String> {
    one(ways, papers).problems
}

fn marked(ways: &str, papers: &str, headline: &str) {
    let it = one(ways, papers);
    assert_eq!(it.status, ImportStatus::Partial, "{ways} {papers}");
    assert!(
        it.problems
            .iter()
            .any(|problem| problem.starts_with(headline) && problem.contains('“')),
        "{headline}: {:?}",
        it.problems
    );
}

#[test]
fn two_times_are_no_promise() {
    for (ways, headline) in [
        (
            "Trực tuyến30 NgàyMiễn phíTrực tuyến40 NgàyMiễn phí",
            "Một hình thức nộp ghi nhiều thời hạn",
        ),
        (
            "Trực tiếp40 NgàyMiễn phíTrực tuyến30 NgàyMiễn phí",
            "Các hình thức nộp ghi thời hạn khác nhau",
        ),
        (
            "Trực tiếp7 NgàyMiễn phí07 ngày làm việc kể từ ngày nhận đủ hồ sơ",
            "Phần mô tả ghi thời hạn khác với bảng",
        ),
        ("Trực tiếp0 NgàyMiễn phí", "Thời gian không phải số nguyên từ 1"),
        ("Trực tiếp1.5 NgàyMiễn phí", "Thời gian không phải số nguyên từ 1"),
        ("Nộp tại quầy", "Cách thức thực hiện có phần không đọc được"),
    ] {
        marked(ways, SOUND_PAPERS, headline);
    }
    assert_eq!(
        problems("", SOUND_PAPERS),
        ["Bảng cách thức thực hiện không có dòng nào."]
    );
    let said = "Trực tiếp5 Ngày làm việcMiễn phíTrong 05 (năm) ngày làm việc; nhận sau 15 giờ thì tính từ ngày sau (TT 61 ngày 23/4/2018).";
    assert!(problems(said, SOUND_PAPERS).is_empty());
}

#[test]
fn fees_that_cannot_be_charged_are_marked() {
    for (ways, headline) in [
        ("Trực tiếp5 Ngày-5,000 VNĐ", "Mức phí âm"),
        ("Trực tiếp5 Ngày0 VNĐ", "Mức phí nhỏ bất thường"),
        (
            "Trực tiếp5 Ngày99,999,999,999,999,999,999 VNĐ",
            "Mức phí nhỏ bất thường",
        ),
        ("Trực tiếp5 Ngày10 USD(/bản)", "Mức phí bằng ngoại tệ"),
        (
            "Trực tiếp5 Ngày5,000 VNĐ(thu 7.000 đồng/lần)",
            "Chú thích ghi mức phí khác với bảng",
        ),
        (
            "Trực tiếp5 Ngày2,000 VNĐTừ trang thứ 3: 1.000 đ/trang",
            "Phần mô tả ghi mức phí khác với bảng",
        ),
        (
            "Trực tiếp5 NgàyMiễn phíLệ phí do Hội đồng nhân dân tỉnh quyết định",
            "Ghi miễn phí nhưng phần mô tả nói về phí",
        ),
        (
            "Trực tiếp5 Ngày5,000 VNĐ6,000 VNĐ",
            "Một hình thức nộp ghi nhiều mức phí",
        ),
        (
            "Trực tiếp5 Ngày5,000 VNĐTrực tuyến5 Ngày6,000 VNĐ",
            "Các hình thức nộp ghi mức phí khác nhau",
        ),
    ] {
        marked(ways, SOUND_PAPERS, headline);
    }
    assert!(one("Trực tiếp5 Ngày-5,000 VNĐ", SOUND_PAPERS).fees.is_empty());
    for sound in [
        "Trực tiếp5 NgàyMiễn phí(Không thu lệ phí theo Điều 22)",
        "Trực tiếp5 Ngày15,000 VNĐTrực tuyến5 Ngày7,000 VNĐ",
        "Trực tiếp5 Ngày100,000 VNĐ(100.000 đồng/lần)",
    ] {
        assert_eq!(problems(sound, SOUND_PAPERS), Vec::<String>::new());
    }
}

#[test]
fn notes_are_no_papers_and_papers_no_notes() {
    let it = one(
        SOUND_WAYS,
        &format!(
            "Đơn1 bản chính* Lưu ý:{PAPERS}- Bản chụp phải rõ nét.0 bản chính--{PAPERS}Lưu ý: nộp sớm.0 bản chínhSố lượng hồ sơ: 01 bộ.0 bản chính"
        ),
    );
    assert_eq!(it.components, ["Đơn (1 bản chính)"]);
    assert_eq!(
        it.notes,
        ["- Bản chụp phải rõ nét.", "Lưu ý: nộp sớm.", "Số lượng hồ sơ: 01 bộ."]
    );
    assert_eq!(it.status, ImportStatus::Full, "{:?}", it.problems);
    let none = one(SOUND_WAYS, "Không quy định0 bản chính");
    assert!(none.components.is_empty() && none.status == ImportStatus::Full);
    for (papers, headline) in [
        (
            "Giấy xác nhận0 bản chính",
            "Số lượng là 0, không rõ là giấy tờ hay ghi chú",
        ),
        (
            "Hóa đơn: 01 bản chụp0 bản chính",
            "Số lượng trong bảng khác với số lượng trong tên giấy tờ",
        ),
        (
            "Đơn: 02 bản chính1 bản chính",
            "Số lượng trong bảng khác với số lượng trong tên giấy tờ",
        ),
        (
            "Bản sao hợp đồng1 bản chính",
            "Số lượng trong bảng khác với số lượng trong tên giấy tờ",
        ),
        (
            "Nộp hoặc xuất trình thẻ1 bản chính",
            "Không rõ phải nộp hay chỉ xuất trình",
        ),
        ("Đơn1 bản chínhĐơn1 bản chính", "Giấy tờ ghi hai lần trong một bảng"),
        ("Đơn1 bản chính1 bản chính", "Số lượng không có tên giấy tờ"),
        (
            "Trường hợp ủy quyền thì nộp giấy ủy quyền1 bản chính",
            "Dòng có thể không phải tên của một giấy tờ",
        ),
        (
            "Đơn; Giấy xác nhận1 bản chính",
            "Dòng có thể không phải tên của một giấy tờ",
        ),
        ("Giấy xác nhận (nếu có1 bản chính", "Tên giấy tờ có vẻ bị cắt"),
        (
            "Đơn theo quy địnhvăn bản.docx1 bản chính",
            "Tên giấy tờ dính với tên tệp mẫu đơn",
        ),
        ("", "Thành phần hồ sơ không có giấy tờ nào"),
    ] {
        marked(SOUND_WAYS, papers, headline);
    }
}

#[test]
fn names_glued_to_the_paper_before_are_told_apart() {
    let it = one(
        SOUND_WAYS,
        "a) Đơn;1 bản chínhb) Thẻ;0 bản chính,1 bản saođ) Ảnh2 bản chính",
    );
    assert_eq!(
        it.components,
        [
            "a) Đơn; (1 bản chính)",
            "b) Thẻ; (0 bản chính, 1 bản sao)",
            "đ) Ảnh (2 bản chính)"
        ]
    );
    let it = one(
        SOUND_WAYS,
        "Đơn (mẫu 01);Mau don 01.docx1 bản chínhTờ khai số 42/NĐ-CPMẫu 2.doc1 bản chính",
    );
    let forms: Vec<_> = it.papers.iter().map(|paper| paper.form.as_deref()).collect();
    assert_eq!(forms, [Some("Mau don 01.docx"), Some("Mẫu 2.doc")]);
    assert_eq!(it.status, ImportStatus::Full, "{:?}", it.problems);
}

#[test]
fn a_name_or_a_decision_that_is_none_is_marked() {
    let raw = line("1.000001", SOUND_WAYS, SOUND_PAPERS);
    for (from, to, headline) in [
        (
            "Thủ tục mẫu",
            "Công bố Danh mục thủ tục",
            "Tên là tên quyết định công bố",
        ),
        ("1/QĐ-MẪU", "Demo/QĐ-BCA", "Số quyết định không đúng dạng"),
        ("1/QĐ-MẪU", "1681", "Số quyết định không đúng dạng"),
    ] {
        let it = import(&raw.replace(from, to)).unwrap();
        assert!(
            it.records[0].problems[0].starts_with(headline),
            "{:?}",
            it.records[0].problems
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_by_their_line() {
    let mut bytes = line("1.000001", SOUND_WAYS, SOUND_PAPERS).into_bytes();
    bytes.extend(b"\n{\"ma_thu_tuc\": \"1.0000\xff2\"}\n{}\n");
    let it = answer(&lines(&bytes).unwrap());
    assert_eq!((it.total, it.full, it.refused), (3, 1, 2));
    assert!(it.records[1].problems[0].starts_with("Dòng 2: không phải chữ UTF-8"));
    assert!(it.records[2].problems[0].starts_with("Dòng 3: mã thủ tục không đúng dạng"));
    let refused = |bytes: &[u8]| lines(bytes).unwrap_err().code;
    assert_eq!(refused(b"\xff\xfe\x00"), Code::CatalogueUnreadable);
    assert_eq!(refused(b""), Code::NoRecord);
    assert_eq!(refused("\u{feff}\n".as_bytes()), Code::NoRecord);
}
