//! What once passed for certain and was a guess: each kind stays named with its raw text.

use super::*;

fn named(ways: &str, papers: &str, headline: &str, raw: &str) {
    let it = one(ways, papers);
    assert_eq!(it.status, ImportStatus::Partial, "{ways} {papers}");
    let found = it
        .problems
        .iter()
        .any(|problem| problem.starts_with(headline) && problem.contains(raw));
    assert!(found, "{headline} {raw}: {:?}", it.problems);
}

fn sound(ways: &str, papers: &str) -> ImportedRecord {
    let it = one(ways, papers);
    assert_eq!(it.problems, Vec::<String>::new(), "{ways} {papers}");
    it
}

#[test]
fn a_remark_with_a_count_is_no_paper_and_its_count_is_not_lost() {
    for remark in [
        "Số lượng mỗi thành phần hồ sơ tại mục 4.1 là 01 bản được ký số",
        "Số lượng hồ sơ: 01 (bộ).",
        "Lưu ý: nộp trước 15 giờ.",
        "* Chú ý: ký từng trang",
    ] {
        let it = one(SOUND_WAYS, &format!("Đơn1 bản chính{remark}2 bản chính"));
        assert_eq!(it.components, ["Đơn (1 bản chính)"]);
        assert_eq!(it.notes, [remark]);
        assert_eq!(
            it.problems,
            [format!(
                "Lưu ý có ghi số lượng, không rõ là lưu ý hay giấy tờ: “2 bản chính – {remark}”."
            )]
        );
        assert!(sound(SOUND_WAYS, &format!("Đơn1 bản chính{remark}0 bản chính")).notes == [remark]);
    }
}

#[test]
fn a_forms_row_is_no_second_paper() {
    let headline = "Dòng chỉ nêu mẫu đơn, không rõ là giấy tờ riêng";
    for row in [
        "Theo mẫu số 30/ABC Phụ lục VI ban hành kèm theo Thông tư số 39/2018/TT-BTC",
        "Mẫu số 06/TEM ban hành kèm theo Thông tư số 23/2021/TT-BTC",
        "Mẫu 07 Phụ lục II",
        "- Mẫu đơn đề nghị",
        "Mẫu điện tử tương tác (nếu nộp trực tuyến)",
    ] {
        named(
            SOUND_WAYS,
            &format!("Công văn đề nghị1 bản chính{row}1 bản chính"),
            headline,
            row,
        );
    }
    sound(SOUND_WAYS, "Mẫu số 04/HTK – Đơn đề nghị hủy tờ khai1 bản chính");
    sound(SOUND_WAYS, "Mẫu 02/PH-BLG Thông báo phát hành biên lai1 bản chính");
}

#[test]
fn originals_and_copies_of_one_row_are_not_one_of_them() {
    named(
        SOUND_WAYS,
        "Hợp đồng thuê nhà1 bản chính,1 bản sao",
        "Bảng ghi cả bản chính và bản sao, không rõ nộp bản nào",
        "Hợp đồng thuê nhà (1 bản chính, 1 bản sao)",
    );
    let other = "Tên giấy tờ nói về loại bản khác với bảng";
    named(
        SOUND_WAYS,
        "Giấy phép; nếu không có thì nộp bản chụp1 bản chính",
        other,
        "nộp bản chụp",
    );
    named(
        SOUND_WAYS,
        "Bản sao hoặc bản chính biên bản họp0 bản chính,1 bản sao",
        other,
        "Bản sao hoặc",
    );
    sound(SOUND_WAYS, "Bản sao biên bản họp0 bản chính,1 bản sao");
    sound(SOUND_WAYS, "Giấy chứng nhận (bản gốc)1 bản chính");
}

#[test]
fn free_is_not_free_where_the_text_charges() {
    let free = |text: &str| format!("Trực tiếp5 NgàyMiễn phí{text}");
    for (text, headline) in [
        ("(Thu 30 USD/người)", "Ghi miễn phí nhưng chú thích nói về phí"),
        ("Thu 30 USD/người", "Ghi miễn phí nhưng phần mô tả nói về phí"),
        ("Nộp US$ 25 tại quầy", "Ghi miễn phí nhưng phần mô tả nói về phí"),
        ("Nộp 20 euro tại quầy", "Ghi miễn phí nhưng phần mô tả nói về phí"),
        (
            "Người nước ngoài nộp 500 nhân dân tệ",
            "Ghi miễn phí nhưng phần mô tả nói về phí",
        ),
        ("Thu 50 nghìn mỗi bản", "Ghi miễn phí nhưng phần mô tả nói về phí"),
        ("Nộp 1,5 triệu đồng", "Ghi miễn phí nhưng phần mô tả nói về phí"),
        ("Nộp 30.000/hồ sơ", "Ghi miễn phí nhưng phần mô tả nói về phí"),
        ("Bằng 0,5% giá trị hợp đồng", "Ghi miễn phí nhưng phần mô tả nói về phí"),
        (
            "Được miễn phí đối với hộ nghèo",
            "Ghi miễn phí nhưng phần mô tả nói về phí",
        ),
        (
            "(Không thu lệ phí của hộ nghèo; các trường hợp khác nộp theo quy định)",
            "Ghi miễn phí nhưng chú thích nói về phí",
        ),
    ] {
        named(&free(text), SOUND_PAPERS, headline, text.trim_matches(['(', ')']));
    }
    assert_eq!(
        one(&free("Miễn phí đối với hộ nghèo"), SOUND_PAPERS).status,
        ImportStatus::Partial
    );
    for text in ["(Không)", "Nộp tại quầy số 30, tầng 2", "Theo Nghị định 30/2024/NĐ-CP"] {
        sound(&free(text), SOUND_PAPERS);
    }
    let paid = |text: &str| format!("Trực tiếp5 Ngày20,000 VNĐ{text}");
    for (text, headline) in [
        ("Người nước ngoài thu 5 USD", "Phần mô tả ghi mức phí khác với bảng"),
        (
            "(từ 01/7/2025 bằng 50% mức trên)",
            "Chú thích ghi mức phí khác với bảng",
        ),
        ("Miễn lệ phí cho người có công", "Phần mô tả nói về miễn hoặc giảm phí"),
        ("((Phí thẩm định )", "Chú thích của mức phí chưa đóng ngoặc"),
    ] {
        named(&paid(text), SOUND_PAPERS, headline, text.trim_matches(['(', ')']));
    }
    named(
        SOUND_WAYS,
        "Đơn1 bản chínhBiên lai nộp lệ phí1 bản chính",
        "Ghi miễn phí nhưng mục khác nói về phí",
        "Biên lai nộp lệ phí",
    );
}

#[test]
fn a_time_the_table_cannot_hold_is_named() {
    for (text, headline) in [
        ("Không quá 02 tháng", "Phần mô tả ghi thời hạn khác với bảng"),
        ("Trong 30 phút", "Phần mô tả ghi thời hạn khác với bảng"),
        ("Trả kết quả ngay trong ngày", "Phần mô tả ghi thời hạn khác với bảng"),
        ("Không quá mười lăm ngày", "Phần mô tả ghi thời hạn khác với bảng"),
        ("Trong 2,5 ngày", "Phần mô tả ghi thời hạn khác với bảng"),
        (
            "Cấp xã 05 ngày làm việc; sau đó cấp tỉnh 05 ngày làm việc",
            "Phần mô tả ghi nhiều mốc thời hạn",
        ),
    ] {
        named(
            &format!("Trực tiếp5 Ngày làm việcMiễn phí{text}"),
            SOUND_PAPERS,
            headline,
            text,
        );
    }
    sound(
        "Trực tiếp5 Ngày làm việcMiễn phíTừ ngày 20 tháng 4 năm 2026",
        SOUND_PAPERS,
    );
}

#[test]
fn names_lose_their_joiners_and_nothing_else() {
    for (row, name) in [
        ("Đơn-1 bản chính", "Đơn"),
        ("Đơn –1 bản chính", "Đơn"),
        ("Tờ khai +2 bản chính", "Tờ khai"),
        ("Giấy đề nghị; .1 bản chính", "Giấy đề nghị;"),
        ("- Đơn theo mẫu CT-01;1 bản chính", "- Đơn theo mẫu CT-01;"),
    ] {
        assert_eq!(sound(SOUND_WAYS, row).papers[0].name, name);
    }
    assert_eq!(
        one(SOUND_WAYS, "Đơn1 bản chính-1 bản chính").problems,
        ["Số lượng không có tên giấy tờ: “1 bản chính”."]
    );
}

#[test]
fn names_that_stop_short_or_name_no_paper_are_doubted() {
    let cut = "Tên giấy tờ có vẻ bị cắt ở cuối";
    for row in [
        "Bảng kê ngày chi tiền, người nhận tiề",
        "Đơn đề nghị ghi nợ tiền sử dụng đấ",
        "Giấy chứng nhận của",
    ] {
        named(SOUND_WAYS, &format!("{row}1 bản chính"), cut, row);
    }
    for row in [
        "Đơn theo Quyết định số 24/2021/QĐ-TTg",
        "Giấy đề nghị cấp thuê",
        "Tờ khai thuở ban đầu",
        "Danh sách file scan",
    ] {
        sound(SOUND_WAYS, &format!("{row}1 bản chính"));
    }
    let none = "Dòng có thể không phải tên của một giấy tờ";
    for row in [
        "Người nộp ký tên vào từng trang",
        "Thông tin về khách hàng",
        "ăn bản đề nghị",
        "Hồ sơ gồm đơn và giấy tờ",
    ] {
        named(SOUND_WAYS, &format!("{row}1 bản chính"), none, row);
    }
}

#[test]
fn papers_alike_may_be_one() {
    let headline = "Hai giấy tờ gần giống nhau, không rõ nộp cả hai hay một trong hai";
    named(
        SOUND_WAYS,
        "Đơn1 bản chính- Đơn;2 bản chính",
        headline,
        "Đơn (1 bản chính) – - Đơn; (2 bản chính)",
    );
    named(
        SOUND_WAYS,
        "Văn bản đề nghị giao rừng, cho thuê rừng theo Mẫu số 12 (tổ chức)1 bản chínhVăn bản đề nghị giao rừng, cho thuê rừng theo Mẫu số 13 (cá nhân)1 bản chính",
        headline,
        "Mẫu số 13",
    );
    sound(
        SOUND_WAYS,
        "Bản kê khai tài sản1 bản chínhBản kê khai thu nhập1 bản chính",
    );
}

/// The doubts about a sound record in which one field says this.
fn with(key: &str, text: &str) -> Vec<String> {
    with_all(&[(key, text)])
}

fn with_all(fields: &[(&str, &str)]) -> Vec<String> {
    let mut raw: Map<String, Value> = serde_json::from_str(&line("1.000001", SOUND_WAYS, SOUND_PAPERS)).unwrap();
    for (key, text) in fields {
        raw.insert((*key).to_owned(), (*text).into());
    }
    import(&Value::Object(raw).to_string())
        .unwrap()
        .records
        .remove(0)
        .problems
}

#[test]
fn what_stands_beside_the_tables_is_held_too() {
    let several = "Thuế tỉnh, thành phố, Thuế cơ sở";
    assert_eq!(
        with("co_quan_thuc_hien", several),
        [format!(
            "Ghi nhiều cơ quan, không rõ cơ quan nào giải quyết: “{several}”."
        )]
    );
    assert_eq!(
        with("ket_qua_xu_ly", "Quyết địnhMã: dsfas"),
        ["Không tách được tên kết quả với mã: “Quyết địnhMã: dsfas”."]
    );
    assert_eq!(
        with(
            "ket_qua_xu_ly",
            "Giấy mẫuMã: KQ.G15.000021Từ khóaKhông có thông tinMô tảỦy ban nhân dân xã Mẫu."
        ),
        [
            "Mục kết quả còn ghi từ khóa hoặc mô tả: “Giấy mẫuMã: KQ.G15.000021Từ khóaKhông có thông tinMô tảỦy ban nhân dân xã Mẫu.”."
        ]
    );
    assert_eq!(
        with("can_cu_phap_ly", "Luật mẫu"),
        ["Căn cứ pháp lý không có số hiệu văn bản nào đọc được: “Luật mẫu”."]
    );
    for (key, text) in [
        ("yeu_cau_dieu_kien", "Người nộp đủ 18 tuổi."),
        ("co_quan_thuc_hien", "Không có thông tin"),
        ("ket_qua_xu_ly", "Quyết địnhMã: KQ.G15.000021"),
        ("can_cu_phap_ly", "Không có thông tin"),
    ] {
        assert_eq!(with(key, text), Vec::<String>::new());
    }
    named(
        SOUND_WAYS,
        &format!("Đơn1 bản chínhTrường hợp ủy quyền:{PAPERS}Giấy ủy quyền1 bản chính"),
        "Không rõ tiêu đề bảng giấy tờ là trường hợp riêng hay chỉ là tên nhóm",
        "Trường hợp ủy quyền",
    );
}

#[test]
fn what_is_told_twice_or_read_half_is_named() {
    let told_twice = "Thời hạn giải quyết: không quá 10 ngày kể từ ngày nhận đủ hồ sơ.";
    assert_eq!(
        with("yeu_cau_dieu_kien", told_twice),
        [format!("Mục khác cũng ghi thời hạn giải quyết: “{told_twice}”.")]
    );
    let glued = "Tên văn bản pháp lýMã văn bảnHộ tịch23/2015/NĐ-CPLuật Cư trú 202068/2020/QH14";
    assert_eq!(
        with("can_cu_phap_ly", glued),
        [format!(
            "Căn cứ pháp lý có số hiệu không đọc được chắc chắn: “{glued}”."
        )]
    );
    let both = [
        ("co_quan_co_tham_quyen", "Sở Mẫu"),
        ("co_quan_thuc_hien", "Ủy ban nhân dân xã Mẫu"),
    ];
    let words = "Cơ quan có thẩm quyền và cơ quan thực hiện khác nhau: “Sở Mẫu; Ủy ban nhân dân xã Mẫu”.";
    assert_eq!(with_all(&both), [words]);
}

#[test]
fn bullets_in_one_row_may_be_several_papers() {
    let row = "- Đơn đề nghị theo Mẫu số 01. - Biên bản họp theo Mẫu số 02.";
    let words = "Một dòng có thể ghi nhiều giấy tờ";
    named(
        SOUND_WAYS,
        &format!("{row}1 bản chính"),
        words,
        "Biên bản họp theo Mẫu số 02",
    );
}

#[test]
fn what_stands_under_a_doubtful_row_is_doubtful() {
    let rows = "- Đối với dự án, phải bổ sung:1 bản chính+ Văn bản đồng ý1 bản chính- Đơn đề nghị1 bản chính";
    let raw: Map<String, Value> = serde_json::from_str(&line("1.000001", SOUND_WAYS, rows)).unwrap();
    let record = Record::of(1, "1.000001".to_owned(), "Thủ tục mẫu".to_owned(), raw);
    let certain: Vec<bool> = record.papers.papers.iter().map(|paper| paper.certain).collect();
    assert_eq!(certain, [false, false, true]);
}

#[test]
fn hours_are_the_offices_only_where_it_is_said() {
    let hours = "Ghi giờ, không rõ là giờ làm việc hay giờ đồng hồ";
    named("Trực tiếp8 GiờMiễn phí", SOUND_PAPERS, hours, "Trực tiếp8 GiờMiễn phí");
    sound("Trực tiếp8 Giờ làm việcMiễn phí", SOUND_PAPERS);
}

#[test]
fn two_records_of_one_code_are_both_marked_where_they_differ() {
    let first = line("1.000001", SOUND_WAYS, SOUND_PAPERS);
    let other = line("1.000001", "Trực tiếp9 Ngày làm việcMiễn phí", SOUND_PAPERS);
    let alone = line("1.000002", SOUND_WAYS, SOUND_PAPERS);
    let it = import(&format!("{first}\n{alone}\n{other}\n{first}\n")).unwrap();
    assert_eq!((it.total, it.full, it.partial, it.refused), (4, 1, 2, 1));
    let says = |line: u32, days: u32| {
        format!(
            "Mã đã có ở dòng {line} với mục “cach_thuc_thuc_hien” khác: “{WAYS}Trực tiếp{days} Ngày làm việcMiễn phí”."
        )
    };
    assert_eq!(it.records[0].problems, [says(3, 9)]);
    assert_eq!(it.records[2].problems, [says(1, 5)]);
    assert_eq!(it.records[3].problems, ["Dòng 4: mã đã có ở dòng 1: “1.000001”."]);
    let spaced = first.replace("Thủ tục mẫu", "Thủ tục  mẫu ");
    let it = import(&format!("{first}\n{spaced}\n")).unwrap();
    assert_eq!((it.full, it.partial, it.refused), (1, 0, 1), "spaces say nothing");
}

#[test]
fn a_broken_line_is_named_and_costs_no_other() {
    let good = line("1.000001", SOUND_WAYS, SOUND_PAPERS);
    let next = line("1.000002", SOUND_WAYS, SOUND_PAPERS);
    // The first byte of `ụ` in `Thủ tục` and no more.
    let bytes = good.as_bytes();
    let inside = (0..bytes.len()).rev().find(|at| !good.is_char_boundary(*at)).unwrap();
    let cut = bytes.get(..inside).unwrap();
    let error = lines(cut).unwrap_err();
    assert_eq!(error.code, Code::CatalogueUnreadable);
    assert_eq!(
        error.words(),
        "Không đọc được tệp danh mục: dòng 1 không phải chữ UTF-8 (bị cắt giữa một chữ). Xin tải lại tệp rồi nhập lần nữa."
    );
    let after_blank = [b"\n\n".as_slice(), cut].concat();
    assert_eq!(lines(&after_blank).unwrap_err().detail["line"], "3");
    // The break between two records went missing, with or without the end of the first.
    for glued in [[bytes, next.as_bytes()].concat(), [cut, next.as_bytes()].concat()] {
        let it = answer(&lines(&glued).unwrap());
        assert!(
            it.records
                .iter()
                .any(|record| record.code == "1.000002" && record.problems.is_empty())
        );
        assert_eq!(it.total, 2);
    }
    let twice = good.replacen('{', r#"{"linh_vuc":"Khác","#, 1);
    let it = answer(&lines(format!("{twice}\n{next}").as_bytes()).unwrap());
    assert!(
        it.records[0].problems[0].starts_with("Dòng 1: không đọc được (mục “linh_vuc” ghi hai lần)"),
        "{:?}",
        it.records[0].problems
    );
    assert_eq!((it.full, it.refused), (1, 1));
}
