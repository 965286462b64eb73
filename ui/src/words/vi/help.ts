export const help = {
  title: 'Mọi phím',
  more: 'Mỗi phím có một nghĩa ở mọi màn hình. Nhấn Esc để trở lại.',
  groups: [
    { name: 'Đi lại', keys: [
      ['Ctrl 1', 'Tiếp nhận'], ['Ctrl 3 · F3', 'Tra cứu'], ['Ctrl 6', 'Đồng bộ'], ['Ctrl 7', 'Thu tiền'], ['Ctrl 8 · Ctrl 9', 'Duyệt thủ tục · quản trị'], ['Ctrl 0', 'Tùy chọn, thử máy đọc'], ['Ctrl K', 'Mọi lệnh, gõ để tìm'], ['F1 · ?', 'Trợ giúp này'],
      ['F2', 'Người nộp'], ['F6 · Shift F6', 'Vùng kế · vùng trước'], ['F12', 'Đến cảnh báo đầu tiên'], ['Esc', 'Lùi một bước, chữ đã gõ vẫn giữ'],
    ] },
    { name: 'Việc', keys: [
      ['F9', 'Việc chính của màn hình'], ['F4', 'Gác lại, lấy lại hồ sơ'], ['F8 · Shift F8', 'Lưu, rồi cùng người · cùng việc'], ['F5 · Shift F5', 'Đủ hết · thiếu hết'], ['F7', 'Quét giấy tờ'],
      ['Ctrl O', 'Thêm tệp vào giấy đang chọn'], ['Ctrl P', 'In, in lại đúng bản đã in'], ['Ctrl Z', 'Hoàn tác'],
    ] },
    { name: 'Trong bảng giấy tờ', keys: [
      ['↑ ↓ ← →', 'Đi trong bảng'], ['0–9', 'Ghi số bản'], ['Space', 'Chọn, bỏ chọn'], ['Del', 'Còn thiếu'], ['Backspace', 'Không cần'],
    ] },
    { name: 'Trong hồ sơ', keys: [
      ['↑ ↓', 'Chọn giấy'], ['← →', 'Chọn trang'], ['Space · Enter', 'Xem trang'], ['Del', 'Bỏ trang, có ghi lý do'],
      ['Ctrl B', 'Yêu cầu bổ sung, nhận bổ sung'], ['Ctrl G', 'Gia hạn'],
    ] },
    { name: 'Trong bảng sửa', keys: [
      ['Insert', 'Thêm dòng'], ['Ctrl Del', 'Bỏ dòng'], ['Ctrl ↑ ↓', 'Dời dòng'], ['Ctrl Enter', 'Duyệt thủ tục đang xem'], ['Ctrl E · Ctrl O', 'Xuất tệp · nhập tệp'],
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
  person: { zone: 'Người nộp', keys: [['Tab', 'Ô kế'], ['F6', 'Vùng kế'], ['F12', 'Cảnh báo'], ['F4', 'Gác lại'], ['F9', 'Tiếp nhận'], ['F3', 'Tra cứu']] },
  procedure: { zone: 'Thủ tục', keys: [['↑ ↓', 'Chọn'], ['Enter', 'Lấy thủ tục này'], ['Insert', 'Hay dùng'], ['F2', 'Người nộp'], ['F6', 'Vùng kế'], ['F9', 'Tiếp nhận']] },
  papers: { zone: 'Giấy tờ', keys: [['F2', 'Người nộp'], ['F5', 'Đủ hết'], ['Shift F5', 'Thiếu hết'], ['← →', 'Chọn cột'], ['1–9', 'Số bản'], ['Del', 'Thiếu'], ['Backspace', 'Không cần'], ['F6', 'Vùng kế']] },
  slip: { zone: 'Giấy hẹn', keys: [['F9', 'Tiếp nhận, in'], ['F8', 'Lưu, cùng người'], ['Shift F8', 'Lưu, cùng việc'], ['F2', 'Người nộp'], ['F6', 'Vùng kế'], ['F3', 'Tra cứu']] },
  late: { zone: 'Nhập bù', keys: [['Tab', 'Ô kế'], ['F9', 'Tiếp nhận, in'], ['F2', 'Người nộp'], ['F6', 'Vùng kế']] },
  done: { zone: 'Đã tiếp nhận', keys: [['F9', 'Người kế tiếp'], ['F8', 'Cùng người'], ['Shift F8', 'Cùng việc'], ['Ctrl P', 'In lại'], ['F3', 'Tra cứu']] },
  facts: { zone: 'Hồ sơ', keys: [['F6', 'Vùng kế'], ['F7', 'Quét thêm'], ['Ctrl P', 'In lại giấy hẹn'], ['Ctrl B', 'Bổ sung'], ['Ctrl G', 'Gia hạn'], ['Esc', 'Về danh sách'], ['F9', 'Thu tiền']] },
  pages: { zone: 'Giấy tờ', keys: [['F7', 'Quét thêm'], ['Ctrl O', 'Thêm tệp'], ['Ctrl P', 'In lại giấy hẹn'], ['↑ ↓', 'Giấy'], ['← →', 'Trang'], ['Space', 'Xem trang'], ['Del', 'Bỏ trang'], ['Esc', 'Về danh sách'], ['F9', 'Thu tiền']] },
  view: { zone: 'Xem trang', keys: [['← →', 'Trang'], ['Space', 'Phóng to'], ['Del', 'Bỏ trang'], ['Esc', 'Đóng']] },
  step: { zone: 'Ngày hẹn', keys: [['F9', 'Ghi lại'], ['Tab', 'Ô kế'], ['Esc', 'Đóng, chữ vẫn giữ']] },
  search: { zone: 'Tra cứu', keys: [['↑ ↓', 'Chọn'], ['Enter', 'Mở hồ sơ'], ['Esc', 'Lùi, chữ vẫn giữ']] },
  sync: { zone: 'Đồng bộ', keys: [['F9', 'Thử gửi ngay'], ['F12', 'Việc chưa nhận'], ['F6', 'Vùng kế'], ['Ctrl 1', 'Tiếp nhận']] },
  disputes: { zone: 'Việc chưa nhận', keys: [['↑ ↓', 'Chọn việc'], ['1', 'Theo cấp trên'], ['2', 'Làm lại'], ['Enter', 'Mở hồ sơ'], ['F6', 'Vùng kế'], ['F9', 'Thử gửi ngay']] },
  enrol: { zone: 'Nối máy', keys: [['Tab', 'Ô kế'], ['F9', 'Nối máy'], ['Ctrl 1', 'Tiếp nhận']] },
  recovery: { zone: 'Mã khôi phục', keys: [['Enter', 'Đã cất mã'], ['F9', 'Thử gửi ngay'], ['Ctrl 1', 'Tiếp nhận']] },
  cash: { zone: 'Thu tiền', keys: [['F9', 'Chốt sổ thu'], ['↑ ↓', 'Chọn khoản'], ['Enter', 'Mở hồ sơ'], ['PgUp', 'Ngày trước'], ['PgDn', 'Ngày sau']] },
  payment: { zone: 'Thu tiền', keys: [['F9', 'Ghi đã thu'], ['Tab', 'Ô kế'], ['↑ ↓', 'Thêm bớt'], ['Esc', 'Chưa thu']] },
  parked: { zone: 'Đang gác lại', keys: [['F4', 'Lấy lại người chờ lâu nhất'], ['Tab', 'Người kế'], ['Enter', 'Lấy lại'], ['F2', 'Người nộp']] },
  duplicate: { zone: 'Có thể đã nộp rồi', keys: [['1', 'Mở hồ sơ cũ'], ['2', 'Nộp thêm vào đó'], ['3', 'Vẫn nhận mới'], ['F2', 'Người nộp'], ['F9', 'Tiếp nhận']] },
  fees: { zone: 'Lệ phí', keys: [['↑ ↓', 'Thêm bớt'], ['Tab', 'Ô kế'], ['Space', 'Chọn miễn, giảm'], ['F9', 'Tiếp nhận'], ['F6', 'Vùng kế']] },
  rules: { zone: 'Quản trị', keys: [['↑ ↓', 'Chọn mục'], ['Enter', 'Mở'], ['F6', 'Vùng kế'], ['Insert', 'Thêm mục'], ['Ctrl E', 'Xuất tệp'], ['Ctrl O', 'Nhập tệp']] },
  kinds: { zone: 'Loại quy định', keys: [['↑ ↓', 'Chọn loại'], ['F6', 'Vùng kế'], ['Ctrl E', 'Xuất tệp'], ['Ctrl O', 'Nhập tệp']] },
  entry: { zone: 'Một quy định', keys: [['F9', 'Việc chính'], ['F8', 'Sửa bản nháp'], ['↑ ↓', 'Chọn bản'], ['Del', 'Bỏ bản nháp'], ['F6', 'Vùng kế'], ['Esc', 'Về danh sách']] },
  editing: { zone: 'Đang sửa', keys: [['F9', 'Lưu bản nháp'], ['F6', 'Phần kế'], ['Insert', 'Thêm dòng'], ['Ctrl Del', 'Bỏ dòng'], ['Ctrl ↑', 'Dời lên'], ['Ctrl ↓', 'Dời xuống'], ['Esc', 'Về danh sách']] },
  calendar: { zone: 'Lịch', keys: [['F7', 'Kiểm tra lịch'], ['Ctrl O', 'Lấy từ tệp'], ['F9', 'Lưu bản nháp'], ['F12', 'Dòng cần xem'], ['Esc', 'Về danh sách']] },
  exchange: { zone: 'Tệp quy định', keys: [['F9', 'Làm tiếp'], ['↑ ↓', 'Chọn mục'], ['Space', 'Nhận, không nhận'], ['Esc', 'Đóng']] },
  review: { zone: 'Duyệt thủ tục', keys: [['↑ ↓', 'Mục'], ['Enter', 'Nhận'], ['E', 'Sửa'], ['Ctrl Enter', 'Duyệt'], ['Del', 'Bỏ qua'], ['PgDn', 'Thủ tục sau'], ['Ctrl O', 'Nhập danh mục']] },
  'review-edit': { zone: 'Sửa mục', keys: [['Enter', 'Xong'], ['Tab', 'Ô kế'], ['Insert', 'Thêm dòng'], ['Ctrl Del', 'Bỏ dòng'], ['Esc', 'Đóng, chữ vẫn giữ']] },
  'review-import': { zone: 'Nhập danh mục', keys: [['F9', 'Nhập'], ['Esc', 'Đóng']] },
  guide: { zone: 'Hướng dẫn', keys: [['↑ ↓', 'Chọn mục'], ['Esc', 'Trở lại']] },
  commands: { zone: 'Mọi lệnh', keys: [['↑ ↓', 'Chọn'], ['Enter', 'Làm'], ['Esc', 'Trở lại']] },
  settings: { zone: 'Tùy chọn', keys: [['← →', 'Đổi'], ['Tab', 'Vùng kế'], ['F6', 'Vùng kế'], ['Esc', 'Trở lại']] },
  reader: { zone: 'Thử máy đọc', keys: [['F6', 'Vùng kế'], ['Esc', 'Trở lại']] },
  scan: { zone: 'Mã vừa quét', keys: [['1–3', 'Trả lời'], ['Esc', 'Bỏ qua']] },
  help: { zone: 'Trợ giúp', keys: [['Esc', 'Trở lại']] },
} as Record<string, { zone: string; keys: [string, string][] }>
