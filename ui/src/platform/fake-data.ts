// Invented people and a few procedures for the station in memory.
import { canOf } from './fake-steps'
import type { Applicant, Component, HandedIn, Page, Procedure, Shown, Status } from './types'

export const FAKE_PEOPLE: Applicant[] = [
  { kind: 'person', name: 'Trần Thị Bích Đào', id_number: '099196000002', birth_date: '1996-02-29', gender: 'female', address: 'Thôn Giả, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu', phone: '0900000126' },
  { kind: 'person', name: 'Đỗ Thúy Vy', id_number: '099300000411', birth_date: '2000-05-17', gender: 'female', address: 'Thôn Giả, Xã Mẫu, Tỉnh Mẫu', phone: '0900000541' },
  { kind: 'person', name: 'Lò Văn Pản', id_number: '099085000733', birth_date: '1985-03-02', gender: 'male', address: 'Bản Ví Dụ, Xã Mẫu, Tỉnh Mẫu', phone: '0900000733' },
  { kind: 'person', name: 'Vừ Thị Dủ', id_number: '099191000905', birth_date: '1991-08-11', gender: 'female', address: 'Bản Thử, Xã Mẫu, Tỉnh Mẫu' },
  { kind: 'organisation', name: 'Công ty TNHH Ví Dụ Xanh', id_number: '0990000117', address: 'Tổ 2, Phường Ví Dụ, Tỉnh Mẫu', phone: '0900000117' },
  { kind: 'person', name: 'Y Ŏng Ênuôl', id_number: '099092000318', birth_date: '1992-01-20', gender: 'male', address: 'Buôn Ƀuôr Mẫu, Xã Mẫu, Tỉnh Mẫu', phone: '0900000318' },
]

const paper = (no: number, name: string, note = '', group: Component['group'] = 'submit', usual: Component['usual']['state'] = 'original', cases: string[] = []): Component => ({
  no, name, note, group, cases, usual: { state: usual, count: 1 },
})
const days = (amount: number) => ({ kind: 'working_days' as const, amount })
const plain = (limit: Procedure['cases'][0]['limit'], limit_words: string) => [{ id: 'thuong', name: 'Thông thường', limit, limit_words, statutory_words: null, alternatives: [] }]

export const FAKE_PROCEDURES: Procedure[] = [
  {
    code: '1.004884', name: 'Đăng ký lại khai sinh', field: 'Hộ tịch', version: '2026-11-01', needs_approval: true, basis: 'Mẫu',
    cases: [
      { id: 'thuong', name: 'Thông thường', limit: days(5), limit_words: '5 ngày làm việc', statutory_words: '7 ngày làm việc', alternatives: [{ id: 'xac-minh', name: 'Phải xác minh', limit_words: '8 ngày làm việc' }] },
      { id: 'can-bo', name: 'Cán bộ, công chức', limit: days(5), limit_words: '5 ngày làm việc', statutory_words: null, alternatives: [] },
    ],
    components: [
      paper(1, 'Tờ khai đăng ký lại khai sinh', 'có cam đoan'),
      paper(2, 'Giấy tờ có thông tin khai sinh', 'học bạ, hộ chiếu, lý lịch', 'submit', 'copy'),
      paper(3, 'Giấy khai sinh cấp trước đây', 'nếu có', 'submit', 'copy'),
      paper(4, 'Văn bản ủy quyền', 'em ruột: không cần chứng thực'),
      paper(5, 'Xác nhận của thủ trưởng cơ quan', '', 'submit', 'original', ['can-bo']),
      paper(6, 'Căn cước của người yêu cầu', '', 'present', 'presented'),
      paper(7, 'Giấy tờ chứng minh nơi cư trú', '', 'present', 'from_database'),
      paper(8, 'Căn cước của người nộp thay', '', 'present', 'presented'),
    ],
    fees: [{ name: 'Lệ phí', amount: 8000 }], result: 'Giấy khai sinh', notes: [], forms: [],
  },
  {
    code: '2.000815', name: 'Chứng thực bản sao từ bản chính', field: 'Chứng thực', version: '2026-11-01', needs_approval: false, basis: 'Mẫu',
    cases: plain({ kind: 'same_day' }, 'trong ngày'), components: [paper(1, 'Bản chính giấy tờ cần chứng thực'), paper(2, 'Bản sao cần chứng thực', '', 'submit', 'copy')],
    fees: [{ name: 'Phí chứng thực', amount: 2000 }], result: 'Bản sao được chứng thực', notes: [], forms: [],
  },
  {
    code: '1.001193', name: 'Đăng ký khai sinh', field: 'Hộ tịch', version: '2026-11-01', needs_approval: true, basis: 'Mẫu', cases: plain({ kind: 'same_day' }, 'trong ngày'),
    components: [paper(1, 'Tờ khai đăng ký khai sinh'), paper(2, 'Giấy chứng sinh'), paper(3, 'Căn cước của cha hoặc mẹ', '', 'present', 'presented')], fees: [], result: 'Giấy khai sinh', notes: [], forms: [],
  },
  ...([
    ['1.004873', 'Cấp giấy xác nhận tình trạng hôn nhân', 'Hộ tịch', 3], ['2.000635', 'Cấp bản sao trích lục hộ tịch', 'Hộ tịch', 1],
    ['1.014027', 'Trợ cấp hưu trí xã hội', 'Bảo trợ xã hội', 10], ['1.004222', 'Đăng ký thường trú', 'Cư trú', 7], ['2.000884', 'Chứng thực chữ ký', 'Chứng thực', 1],
    ['1.001612', 'Đăng ký thành lập hộ kinh doanh', 'Kinh doanh', 3], ['1.012753', 'Đăng ký đất đai, cấp giấy chứng nhận lần đầu', 'Đất đai', 30],
  ] as const).map(([code, name, field, n]): Procedure => ({
    code, name, field, version: '2026-11-01', needs_approval: true, basis: 'Mẫu', cases: plain(days(n), `${n} ngày làm việc`),
    components: [paper(1, `Tờ khai ${name.toLowerCase()}`), paper(2, 'Căn cước của người yêu cầu', '', 'present', 'presented')], fees: code === '1.004873' ? [{ name: 'Lệ phí xác nhận tình trạng hôn nhân', amount: 0 }] : [], result: null, notes: [], forms: [],
  })),
]

let serial = 0
const pages = (component: number, n: number, from: number): Page[] =>
  Array.from({ length: n }, (_, i) => ({
    page: `s${++serial}`, component, no: from + i, media: 'image/jpeg', width: 1654, height: 2339, dpi: 300, pdf_pages: 1, blake3: 'a'.repeat(64), size: 320_000, removed: false,
  }))

type Seed = [code: string, person: number, procedure: number, received: string, due: string, status: Status, durable: boolean]
const SEEDS: Seed[] = [
  ['H99.128-261123-0416', 1, 1, '2026-11-23T02:35:00Z', '2026-11-23T10:00:00Z', 'returned', false],
  ['H99.128-261123-0415', 2, 0, '2026-11-23T02:31:00Z', '2026-12-01T10:00:00Z', 'received', false],
  ['H99.128-261123-0412', 4, 8, '2026-11-23T01:57:00Z', '2026-11-27T10:00:00Z', 'received', false],
  ['H99.128-261120-0019', 5, 3, '2026-11-20T03:10:00Z', '2026-11-26T10:00:00Z', 'processing', true],
  ['H99.128-261119-0007', 0, 0, '2026-11-19T03:05:00Z', '2026-11-27T10:00:00Z', 'processing', true],
  ['H99.128-261118-0038', 3, 5, '2026-11-18T02:20:00Z', '2026-12-03T10:00:00Z', 'supplement_requested', true],
  ['H99.128-261109-0022', 1, 6, '2026-11-09T08:02:00Z', '2026-11-18T10:00:00Z', 'resolved', true],
]

/** A few dossiers in several states, newest first. */
export const seedDossiers = (): Shown[] => SEEDS.map(seed)

function seed([code, person, procedure, received_at, due_at, status, durable]: Seed): Shown {
  const p = FAKE_PROCEDURES[procedure] as Procedure
  const who = FAKE_PEOPLE[person] as Applicant
  let n = 1
  const charged = p.fees.reduce((sum, f) => sum + f.amount, 0)
  const components = p.components.map((c, i) => {
    const own = i < 2 ? pages(c.no, i === 0 ? 2 : 5, n) : i === 3 ? pages(c.no, 2, n) : []
    n += own.length
    const handed_in: HandedIn[] = i === 2 ? [{ no: c.no, state: 'missing' }] : [{ no: c.no, state: c.usual.state, count: i === 1 ? 2 : 1 }]
    return { no: c.no, name: c.name, note: c.note, group: c.group, handed_in, pages: own }
  })
  return {
    dossier_id: code, code, code_kind: 'official', codes: [{ code, kind: 'official', issuer: 'H99.128', void_reason: null }], status,
    money: charged === 0 ? 'nothing_due' : status === 'received' ? 'due' : 'paid', charged, paid: status === 'received' ? 0 : charged, paper: 'at_counter', applicant: { ...who, ...(person === 0 && { address: 'Tổ 2, Phường Ví Dụ, Tỉnh Mẫu' }) },
    authorised: person === 0 ? { name: 'Trần Văn Ơn', paper: 'em ruột' } : null, channel: 'direct',
    procedure: { code: p.code, name: p.name, field: p.field, version: p.version, needs_approval: p.needs_approval }, case: 'thuong', components, sets: 1, fees: p.fees, return_via: 'counter',
    received_at, due_at, limit_words: p.cases[0]?.limit_words ?? '', trace: ['Nhận 10:05; ngày nhận không tính.', 'Trừ 24/11: Ngày Văn hóa Việt Nam.'],
    receipt: { sha256: 'f'.repeat(64), size: 34_500, printed: 1 }, durable, disputed: [], can: canOf(status), group: null, same_code: [],
    events: [
      { event_id: `${code}-1`, kind: 'registered', at: received_at, actor: 'Ngô Bảo Mẫu', words: 'Tiếp nhận, lập giấy hẹn', durable },
      { event_id: `${code}-2`, kind: 'pages', at: received_at, actor: 'Ngô Bảo Mẫu', words: `Quét ${n - 1} trang, đối chiếu bản chính`, durable },
      ...(status === 'received' ? [] : [{ event_id: `${code}-3`, kind: 'moved', at: due_at > received_at ? received_at : due_at, actor: 'Hà Thị Ví Dụ', words: 'Chuyển bộ phận chuyên môn', durable }]),
    ],
  }
}
