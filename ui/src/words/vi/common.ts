// Words of the frame: rail, bar, statuses, stages, keys.

export const app = 'Một Cửa'
export const weekdays = ['Chủ nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy']
export const weekdaysInside = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']

export const frame = {
  screens: 'Màn hình',
  skip: 'Đến nội dung chính',
  keysNow: 'Phím đang dùng được',
  allKeys: 'mọi phím',
  signOut: 'Đăng xuất',
  undo: 'Hoàn tác',
  loading: 'Đang mở',
}

export const screens = {
  'sign-in': 'Đăng nhập',
  reception: 'Tiếp nhận',
  dossier: 'Hồ sơ',
  search: 'Tra cứu',
  sync: 'Đồng bộ',
  cash: 'Thu tiền',
  review: 'Duyệt thủ tục',
  rules: 'Quản trị',
  settings: 'Tùy chọn',
  help: 'Trợ giúp',
}

/** Where the name of a screen is too long for the rail. */
export const rail = { review: 'Duyệt' } as Record<string, string>

export const status = {
  received: 'Đã tiếp nhận',
  processing: 'Đang giải quyết',
  supplement_requested: 'Chờ bổ sung',
  awaiting_payment: 'Chờ nộp tiền',
  withdrawn: 'Đã rút',
  stopped: 'Dừng giải quyết',
  refused: 'Từ chối',
  resolved: 'Có kết quả',
  returned: 'Đã trả',
}

/** Always these words: on this disk, waiting, safe above. */
export const stage = {
  written: 'đã ghi',
  waiting: 'đang chờ gửi',
  durable: 'đã nằm chắc ở cấp trên',
}

export const gender = { male: 'Nam', female: 'Nữ' }
export const via = { counter: 'Quầy', post: 'Bưu chính', online: 'Mạng' }

export const columns = {
  original: { long: 'Bản chính', top: 'Bản', low: 'chính' },
  certified: { long: 'Bản chứng thực', top: 'Chứng', low: 'thực' },
  copy: { long: 'Bản sao', top: 'Bản', low: 'sao' },
  presented: { long: 'Chỉ xuất trình', top: 'Xuất', low: 'trình' },
  from_database: { long: 'Lấy từ cơ sở dữ liệu', top: 'Từ', low: 'CSDL' },
  missing: { long: 'Còn thiếu', top: 'Còn', low: 'thiếu' },
}

export const handedIn = {
  original: (n: number) => `Bản chính ${n}`,
  certified: (n: number) => `Chứng thực ${n}`,
  copy: (n: number) => `Bản sao ${n}`,
  presented: () => 'Đã xuất trình',
  from_database: () => 'Từ CSDL',
  missing: () => 'Còn thiếu',
  not_applicable: () => 'Không cần',
}

export const scan = {
  label: 'Quét hoặc tìm',
  placeholder: 'Quét mã, quét thẻ hoặc gõ để tìm',
  reading: 'Đang đọc mã vừa quét',
  card: (name: string) => `Đã đọc thẻ căn cước · ${name}`,
  cardNoName: 'Tên đọc không chắc. Xin gõ tên và xem lại địa chỉ, các mục khác đã điền.',
  code: (last: string) => `Đã đọc giấy hẹn · mở hồ sơ ${last}`,
  slip: (last: string, paper: number) => `Đã đọc tờ phân cách · hồ sơ ${last}, giấy ${paper}`,
  asks: 'Đây là mã gì?',
  find: 'Tra cứu',
  into: 'Chép vào ô',
  ignore: 'Bỏ qua',
  method: 'Bộ gõ tiếng Việt làm lẫn mã vừa quét. Xin tắt bộ gõ rồi quét lại.',
  signInFirst: 'Xin đăng nhập rồi quét lại.',
}

export const chip = {
  not_enrolled: 'Chưa nối cấp trên',
  offline: 'Ngoại tuyến',
  idle: 'Đã nằm chắc ở cấp trên',
  sending: 'Đang gửi',
  waiting: (n: string) => `${n} chờ gửi`,
  refused: (n: string) => `Cấp trên chưa nhận ${n} việc`,
}
