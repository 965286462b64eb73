//! The timeline in Vietnamese: one line for each thing that can happen.

use chrono::NaiveDate;
use dossier::calendar::civil;
use dossier::fact::{self, Fact, Settlement};
use dossier::money::Dong;
use dossier::registration;

const fn given_words(kind: fact::CodeKind) -> &'static str {
    match kind {
        fact::CodeKind::Official => "Cấp mã",
        fact::CodeKind::Temporary => "Cấp mã tạm",
        fact::CodeKind::External => "Ghi mã của hệ thống tỉnh",
    }
}

/// `Đã thu 20.000 đ tiền mặt, biên lai số 0000128, tính vào quỹ ngày 24/11/2026`.
fn payment_words(amount: Dong, method: &str, paper: Option<&str>, till: Option<NaiveDate>) -> String {
    let way = match method {
        "cash" => "tiền mặt",
        "transfer" => "chuyển khoản",
        other => other,
    };
    let mut words = format!("Đã thu {amount} {way}");
    if let Some(paper) = paper {
        words.push_str(&format!(", biên lai số {paper}"));
    }
    if let Some(till) = till {
        words.push_str(&format!(", tính vào quỹ ngày {}", till.format("%d/%m/%Y")));
    }
    words
}

const fn settled_words(choice: Settlement) -> &'static str {
    match choice {
        Settlement::Above => "Theo việc cấp trên đã ghi",
        Settlement::Again => "Làm lại việc cấp trên chưa nhận",
    }
}

/// `17:00 01/12/2026`.
fn due_words(promise: &registration::Promise) -> String {
    civil(promise.due_at).format("%H:%M %d/%m/%Y").to_string()
}

/// Both instants where it was entered after the fact.
fn registered_words(it: &registration::Registration) -> String {
    let received = civil(it.received_at).format("%H:%M %d/%m/%Y");
    match &it.late {
        None => "Tiếp nhận hồ sơ".to_owned(),
        Some(late) => format!("Tiếp nhận hồ sơ lúc {received}, nhập bù: {}", late.reason),
    }
}

/// One line of the timeline.
pub fn words(fact: &Fact) -> String {
    match fact {
        Fact::Registered(it) => registered_words(it),
        Fact::CodeAssigned { code, kind, .. } => format!("{} {code}", given_words(*kind)),
        Fact::CodeVoided { code, reason } => format!("Bỏ mã {code}: {reason}"),
        Fact::FormIssued(form) if form.form == "01" => "Lập giấy tiếp nhận và hẹn trả".to_owned(),
        Fact::FormIssued(form) => format!("Lập Mẫu {}", form.form),
        Fact::FormPrinted { copy: 1, .. } => "In giấy hẹn".to_owned(),
        Fact::FormPrinted { copy, .. } => format!("In lại giấy hẹn, lần {copy}"),
        Fact::Corrected(it) => format!("Sửa thông tin: {}", it.reason),
        Fact::ComponentsCompared { .. } => "Đối chiếu bản sao với bản chính".to_owned(),
        Fact::PageAttached(page) => format!("Thêm trang vào giấy số {}", page.component),
        Fact::PageRemoved { reason, .. } => format!("Bỏ một trang: {reason}"),
        Fact::PageRestored { .. } => "Lấy lại trang đã bỏ".to_owned(),
        Fact::PageMoved { component, .. } => format!("Chuyển một trang sang giấy số {component}"),
        Fact::HandedOver { to, .. } => format!("Chuyển hồ sơ đến {to}"),
        Fact::HandOverAccepted => "Nhận bàn giao hồ sơ".to_owned(),
        Fact::ProcessingStarted => "Bắt đầu giải quyết".to_owned(),
        Fact::SupplementRequested { items, reason } => format!("Yêu cầu bổ sung {}: {reason}", items.join("; ")),
        Fact::SupplementReceived { promise, .. } => format!("Nhận giấy tờ bổ sung, hẹn trả {}", due_words(promise)),
        Fact::PaymentRequired { amount, what } => format!("Yêu cầu nộp {amount}: {what}"),
        Fact::PaymentReceived {
            amount,
            method,
            paper,
            till,
        } => payment_words(*amount, method, paper.as_deref(), *till),
        Fact::PaymentWaived { basis } => format!("Miễn thu: {basis}"),
        Fact::PaymentRefunded { amount, reason } => format!("Trả lại {amount}: {reason}"),
        Fact::PromiseChanged { reason, .. } => format!("Đổi ngày hẹn: {reason}"),
        Fact::Extended { promise, reason } => format!("Xin lỗi và gia hạn đến {}: {reason}", due_words(promise)),
        Fact::IntakeRefused { reason } => format!("Từ chối tiếp nhận: {reason}"),
        Fact::Withdrawn { reason } => format!("Công dân rút hồ sơ: {reason}"),
        Fact::Stopped { reason } => format!("Dừng giải quyết: {reason}"),
        Fact::Resolved { .. } => "Đã giải quyết xong".to_owned(),
        Fact::ResultArrived => "Kết quả đã về quầy".to_owned(),
        Fact::ResultReturned(it) => format!("Trả kết quả cho {}", it.to),
        Fact::PapersReturned { .. } => "Trả lại giấy tờ gốc".to_owned(),
        Fact::NoteAdded { text } => text.clone(),
        Fact::Linked { .. } => "Nối vào nhóm hồ sơ liên thông".to_owned(),
        Fact::Rated { level, .. } => format!("Công dân đánh giá mức {level}"),
        Fact::Erased { basis, .. } => format!("Xóa nội dung theo {basis}"),
        Fact::DisputeSettled { choice, .. } => settled_words(*choice).to_owned(),
        Fact::BodyErased { .. } => "Nội dung đã xóa theo luật".to_owned(),
        Fact::DeviceEnrolled { .. }
        | Fact::EpochOpened { .. }
        | Fact::OfficerAdded(_)
        | Fact::OfficerChanged { .. }
        | Fact::NumbersClosed(_)
        | Fact::DayClosed { .. }
        | Fact::ClockConfirmed { .. }
        | Fact::SealBroken { .. }
        | Fact::CatalogueApproved { .. }
        | Fact::CashClosed(_)
        | Fact::Unknown { .. } => "Việc do phần mềm bản mới ghi".to_owned(),
    }
}
