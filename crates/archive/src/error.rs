//! Why a file is not taken, as a closed list: a code for programs and a sentence for the officer
//! that says what to do.

/// The refusal of a file, or of a page of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum PageError {
    /// The file has no bytes.
    #[error("the file is empty")]
    EmptyFile,
    /// More than [`crate::MAX_BYTES`].
    #[error("the file is too large")]
    FileTooLarge,
    /// More than [`crate::MAX_PIXELS`], found in the header before anything is decoded.
    #[error("the image has too many pixels")]
    ImageTooLarge,
    /// None of the kinds in [`crate::Media`].
    #[error("neither an image nor a PDF of a known kind")]
    NotAnImage,
    /// The file ends too early.
    #[error("the file is cut off")]
    Truncated,
    /// The image cannot be decoded to its last pixel.
    #[error("the image is damaged")]
    ImageDamaged,
    /// More than one page in a TIFF file.
    #[error("a TIFF file of several pages")]
    TiffManyPages,
    /// The PDF opens with a password only.
    #[error("the PDF is encrypted")]
    PdfEncrypted,
    /// The PDF cannot be read.
    #[error("the PDF is damaged")]
    PdfDamaged,
    /// The PDF has no page.
    #[error("the PDF has no pages")]
    PdfWithoutPages,
    /// A page index beyond the last page.
    #[error("no such page")]
    NoSuchPage,
    /// The decoder itself broke down, or the picture could not be encoded.
    #[error("the decoder failed")]
    DecoderFailed,
}

/// All codes of [`PageError::code`], in the order of its arms.
pub const PAGE_ERROR_CODES: [&str; 12] = [
    "EMPTY_FILE",
    "FILE_TOO_LARGE",
    "IMAGE_TOO_LARGE",
    "NOT_AN_IMAGE",
    "FILE_TRUNCATED",
    "IMAGE_DAMAGED",
    "TIFF_MANY_PAGES",
    "PDF_ENCRYPTED",
    "PDF_DAMAGED",
    "PDF_WITHOUT_PAGES",
    "NO_SUCH_PAGE",
    "PAGE_DECODER_FAILED",
];

impl PageError {
    /// The code of this error; one of [`PAGE_ERROR_CODES`].
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::EmptyFile => "EMPTY_FILE",
            Self::FileTooLarge => "FILE_TOO_LARGE",
            Self::ImageTooLarge => "IMAGE_TOO_LARGE",
            Self::NotAnImage => "NOT_AN_IMAGE",
            Self::Truncated => "FILE_TRUNCATED",
            Self::ImageDamaged => "IMAGE_DAMAGED",
            Self::TiffManyPages => "TIFF_MANY_PAGES",
            Self::PdfEncrypted => "PDF_ENCRYPTED",
            Self::PdfDamaged => "PDF_DAMAGED",
            Self::PdfWithoutPages => "PDF_WITHOUT_PAGES",
            Self::NoSuchPage => "NO_SUCH_PAGE",
            Self::DecoderFailed => "PAGE_DECODER_FAILED",
        }
    }

    /// What the officer reads: what is wrong and what to do.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::EmptyFile => "Tệp này trống, không có nội dung. Hãy chọn tệp khác hoặc quét lại.",
            Self::FileTooLarge => {
                "Tệp lớn hơn 64 MB. Hãy quét lại với độ phân giải thấp hơn hoặc chia tệp thành nhiều phần."
            }
            Self::ImageTooLarge => "Ảnh có quá nhiều điểm ảnh. Hãy quét lại với độ phân giải thấp hơn, 300 dpi là đủ.",
            Self::NotAnImage => "Tệp này không phải ảnh hoặc PDF đọc được. Hãy chọn tệp JPEG, PNG, TIFF, BMP hoặc PDF.",
            Self::Truncated => "Tệp bị cắt ngang, thiếu phần cuối. Hãy sao chép lại tệp từ nơi gốc hoặc quét lại.",
            Self::ImageDamaged => "Ảnh bị hỏng, không mở được hết. Hãy sao chép lại tệp từ nơi gốc hoặc quét lại.",
            Self::TiffManyPages => {
                "Tệp TIFF này có nhiều trang. Hãy lưu thành PDF hoặc tách thành từng trang rồi chọn lại."
            }
            Self::PdfEncrypted => "Tệp PDF có mật khẩu. Hãy đề nghị người nộp bỏ mật khẩu, hoặc in ra rồi quét.",
            Self::PdfDamaged => "Tệp PDF bị hỏng, không mở được. Hãy xin lại tệp khác, hoặc in ra rồi quét.",
            Self::PdfWithoutPages => "Tệp PDF không có trang nào. Hãy chọn tệp khác.",
            Self::NoSuchPage => "Tệp không có trang này. Hãy mở lại hồ sơ để xem đúng số trang.",
            Self::DecoderFailed => "Không đọc được tệp này. Hãy in ra rồi quét; nếu vẫn lỗi, báo cán bộ kỹ thuật.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PAGE_ERROR_CODES, PageError};

    #[test]
    fn the_list_of_codes_is_the_list_of_arms() {
        let all = [
            PageError::EmptyFile,
            PageError::FileTooLarge,
            PageError::ImageTooLarge,
            PageError::NotAnImage,
            PageError::Truncated,
            PageError::ImageDamaged,
            PageError::TiffManyPages,
            PageError::PdfEncrypted,
            PageError::PdfDamaged,
            PageError::PdfWithoutPages,
            PageError::NoSuchPage,
            PageError::DecoderFailed,
        ];
        assert_eq!(all.map(PageError::code), PAGE_ERROR_CODES);
        let messages: std::collections::BTreeSet<_> = all.map(PageError::message).into();
        assert_eq!(messages.len(), all.len());
        assert!(messages.iter().all(|message| message.ends_with('.')));
    }
}
