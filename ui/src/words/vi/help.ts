export const help = {
  title: 'Mọi phím',
  more: 'Mỗi phím có một nghĩa ở mọi màn hình. Nhấn Esc để trở lại.',
  groups: [
    { name: 'Đi lại', keys: [
      ['Ctrl 1', 'Tiếp nhận'], ['Ctrl 3 · F3', 'Tra cứu'], ['Ctrl 6', 'Đồng bộ'], ['F1 · ?', 'Trợ giúp này'],
      ['F2', 'Người nộp'], ['F6 · Shift F6', 'Vùng kế · vùng trước'], ['F12', 'Đến cảnh báo đầu tiên'], ['Esc', 'Lùi một bước, chữ đã gõ vẫn giữ'],
    ] },
    { name: 'Việc', keys: [
      ['F9', 'Việc chính của màn hình'], ['F5 · Shift F5', 'Đủ hết · thiếu hết'], ['F7', 'Quét giấy tờ'],
      ['Ctrl O', 'Thêm tệp vào giấy đang chọn'], ['Ctrl P', 'In, in lại đúng bản đã in'], ['Ctrl Z', 'Hoàn tác'],
    ] },
    { name: 'Trong bảng giấy tờ', keys: [
      ['↑ ↓ ← →', 'Đi trong bảng'], ['0–9', 'Ghi số bản'], ['Space', 'Chọn, bỏ chọn'], ['Del', 'Còn thiếu'], ['Backspace', 'Không cần'],
    ] },
    { name: 'Trong hồ sơ', keys: [
      ['↑ ↓', 'Chọn giấy'], ['← →', 'Chọn trang'], ['Space · Enter', 'Xem trang'], ['Del', 'Bỏ trang, có ghi lý do'],
    ] },
    { name: 'Máy đọc mã', keys: [
      ['Thẻ căn cước', 'Điền người nộp, ở màn hình nào cũng được'], ['Giấy hẹn', 'Mở hồ sơ, ở màn hình nào cũng được'],
    ] },
  ] as { name: string; keys: [string, string][] }[],
}

/** The key bar: what can be pressed in each zone. */
export const keybar = {
  'sign-in': { zone: 'Đăng nhập', keys: [['↑ ↓', 'Chọn tên'], ['Enter', 'Đăng nhập']] },
  first: { zone: 'Cán bộ đầu tiên', keys: [['Tab', 'Ô kế'], ['Enter', 'Khai và đăng nhập']] },
  person: { zone: 'Người nộp', keys: [['Tab', 'Ô kế'], ['F6', 'Vùng kế'], ['F12', 'Cảnh báo'], ['F9', 'Tiếp nhận'], ['F3', 'Tra cứu']] },
  procedure: { zone: 'Thủ tục', keys: [['↑ ↓', 'Chọn'], ['Enter', 'Lấy thủ tục này'], ['F2', 'Người nộp'], ['F6', 'Vùng kế'], ['F9', 'Tiếp nhận']] },
  papers: { zone: 'Giấy tờ', keys: [['F2', 'Người nộp'], ['F5', 'Đủ hết'], ['Shift F5', 'Thiếu hết'], ['← →', 'Chọn cột'], ['1–9', 'Số bản'], ['Del', 'Thiếu'], ['Backspace', 'Không cần'], ['F6', 'Vùng kế']] },
  slip: { zone: 'Giấy hẹn', keys: [['F9', 'Tiếp nhận, in'], ['F2', 'Người nộp'], ['F6', 'Vùng kế'], ['F3', 'Tra cứu']] },
  done: { zone: 'Đã tiếp nhận', keys: [['F9', 'Người kế tiếp'], ['Ctrl P', 'In lại'], ['F3', 'Tra cứu']] },
  facts: { zone: 'Hồ sơ', keys: [['F6', 'Vùng kế'], ['F7', 'Quét thêm'], ['Ctrl P', 'In lại giấy hẹn'], ['Esc', 'Về danh sách']] },
  pages: { zone: 'Giấy tờ', keys: [['F7', 'Quét thêm'], ['Ctrl O', 'Thêm tệp'], ['Ctrl P', 'In lại giấy hẹn'], ['↑ ↓', 'Giấy'], ['← →', 'Trang'], ['Space', 'Xem trang'], ['Del', 'Bỏ trang'], ['Esc', 'Về danh sách']] },
  view: { zone: 'Xem trang', keys: [['← →', 'Trang'], ['Space', 'Phóng to'], ['Del', 'Bỏ trang'], ['Esc', 'Đóng']] },
  search: { zone: 'Tra cứu', keys: [['↑ ↓', 'Chọn'], ['Enter', 'Mở hồ sơ'], ['Esc', 'Lùi, chữ vẫn giữ']] },
  sync: { zone: 'Đồng bộ', keys: [['F9', 'Thử gửi ngay'], ['F6', 'Vùng kế'], ['Ctrl 1', 'Tiếp nhận']] },
  enrol: { zone: 'Nối máy', keys: [['Tab', 'Ô kế'], ['F9', 'Nối máy'], ['Ctrl 1', 'Tiếp nhận']] },
  help: { zone: 'Trợ giúp', keys: [['Esc', 'Trở lại']] },
} as Record<string, { zone: string; keys: [string, string][] }>
