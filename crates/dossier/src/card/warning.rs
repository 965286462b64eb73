//! What an officer should compare with the card in their hand.

/// A doubt about a card that was read. None of them blocks the reception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardWarning {
    /// The birth date is empty or not a day of the calendar.
    BirthDateImpossible,
    /// The birth field holds a year only.
    BirthDateYearOnly,
    /// The gender field is neither Nam nor Nữ.
    GenderUnreadable,
    /// The date of issue is empty or not a day of the calendar.
    IssueDateImpossible,
    /// The fourth digit of the number says the other gender.
    GenderMismatch,
    /// The fourth digit of the number says another century.
    CenturyMismatch,
    /// The fifth and sixth digits of the number say another birth year.
    BirthYearMismatch,
    /// Issued before the holder was born.
    IssuedBeforeBirth,
    /// The name is empty, or name or address hold foreign marks or have lost their Vietnamese ones.
    NameDoubtful,
    /// The address holds foreign marks or has lost its Vietnamese ones, or the name has.
    AddressDoubtful,
}

impl CardWarning {
    /// Every warning there is.
    pub const ALL: [Self; 10] = [
        Self::BirthDateImpossible,
        Self::BirthDateYearOnly,
        Self::GenderUnreadable,
        Self::IssueDateImpossible,
        Self::GenderMismatch,
        Self::CenturyMismatch,
        Self::BirthYearMismatch,
        Self::IssuedBeforeBirth,
        Self::NameDoubtful,
        Self::AddressDoubtful,
    ];

    /// Stable name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::BirthDateImpossible => "BIRTH_DATE_IMPOSSIBLE",
            Self::BirthDateYearOnly => "BIRTH_DATE_YEAR_ONLY",
            Self::GenderUnreadable => "GENDER_UNREADABLE",
            Self::IssueDateImpossible => "ISSUE_DATE_IMPOSSIBLE",
            Self::GenderMismatch => "GENDER_MISMATCH",
            Self::CenturyMismatch => "CENTURY_MISMATCH",
            Self::BirthYearMismatch => "BIRTH_YEAR_MISMATCH",
            Self::IssuedBeforeBirth => "ISSUED_BEFORE_BIRTH",
            Self::NameDoubtful => "NAME_DOUBTFUL",
            Self::AddressDoubtful => "ADDRESS_DOUBTFUL",
        }
    }

    /// A sentence for the officer.
    pub fn message(self) -> &'static str {
        match self {
            Self::BirthDateImpossible => "Ngày sinh trên mã không có trong lịch. Xin gõ ngày sinh theo thẻ.",
            Self::BirthDateYearOnly => "Mã chỉ có năm sinh. Xin gõ ngày sinh theo thẻ.",
            Self::GenderUnreadable => "Không đọc được giới tính. Xin chọn theo thẻ.",
            Self::IssueDateImpossible => "Ngày cấp trên mã không có trong lịch. Xin xem lại trên thẻ.",
            Self::GenderMismatch => "Giới tính và số định danh không khớp. Xin xem lại thẻ.",
            Self::CenturyMismatch => "Thế kỷ sinh và số định danh không khớp. Xin xem lại thẻ.",
            Self::BirthYearMismatch => "Năm sinh và số định danh không khớp. Xin xem lại thẻ.",
            Self::IssuedBeforeBirth => "Ngày cấp trước ngày sinh. Xin xem lại thẻ.",
            Self::NameDoubtful => "Họ tên có thể bị mất dấu khi quét. Xin so với thẻ và sửa nếu cần.",
            Self::AddressDoubtful => "Địa chỉ có thể bị mất chữ khi quét. Xin so với thẻ và sửa nếu cần.",
        }
    }
}
