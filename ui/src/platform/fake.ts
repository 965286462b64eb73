// A station in memory, for a browser without the window and for tests. All people are invented,
// identity numbers start with 099. `?scene=first|signed-out|offline|unenrolled` sets the scene.
import { FAKE_PROCEDURES, FAKE_PEOPLE, seedDossiers } from './fake-data'
import { fakeReceipt, fakeSheet } from './fake-paper'
import { fakeRules } from './fake-rules'
import { canOf, fakeSteps } from './fake-steps'
import type { Platform } from './index'
import { Refusal } from './refusal'
import type * as T from './types'

const NOW = Date.parse('2026-11-23T02:42:00Z')
const OFFICERS: T.Officer[] = [
  { id: 'o1', name: 'Ngô Bảo Mẫu', role: 'reception' },
  { id: 'o2', name: 'Hà Thị Ví Dụ', role: 'admin' },
  { id: 'o3', name: 'Y Thử Niê', role: 'reception' },
]
const AGENCY: T.Agency = {
  code: 'H99.128', name: 'UBND Xã Mẫu', parent: 'Tỉnh Mẫu', unit: 'Trung tâm Phục vụ hành chính công Xã Mẫu', place: 'Xã Mẫu',
}

export type Scene = { first?: boolean; signedIn?: boolean; admin?: boolean; sync?: 'offline' | 'idle' | 'slow' | 'unenrolled' | 'refused'; printer?: boolean }

export function sceneOf(query: string): Scene {
  const q = new URLSearchParams(query)
  const s = q.get('scene')
  return {
    first: s === 'first', signedIn: q.get('in') !== '0' && s !== 'first' && s !== 'signed-out',
    admin: q.get('as') === 'admin', sync: s === 'unenrolled' ? 'unenrolled' : s === 'idle' || s === 'refused' ? s : 'offline', printer: s !== 'no-printer',
  }
}

/** The commands by name; a test may look at `registered` or replace a command. */
export type Fake = Platform & { commands: Record<string, (r: never) => unknown>; registered: T.RegisterRequest[]; calls: string[] }

const OPEN = new Set<T.Status>(['received', 'processing', 'supplement_requested', 'awaiting_payment'])
const fold = (t: string) => t.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()
const mask = (id: string | undefined) => (id ? `${id.slice(0, 3)}•••••${id.slice(-3)}` : null)

export function fake(scene: Scene = sceneOf(location.search)): Fake {
  const dossiers: T.Shown[] = scene.first ? [] : seedDossiers()
  const officers = scene.first ? [] : [...OFFICERS]
  const answered = new Map<string, T.Registered>()
  const registered: T.RegisterRequest[] = []
  const favourites: string[] = []
  const preferences: Record<string, string> = {}
  let session: T.Officer | null = scene.signedIn ? (officers[scene.admin ? 1 : 0] ?? null) : null
  let enrolled = scene.sync !== 'unenrolled' && !scene.first
  let serial = 417
  let pageSerial = 1000

  const find = (code: string): T.Shown => {
    const d = dossiers.find((x) => x.code === code)
    if (!d) throw new Refusal('UNKNOWN_DOSSIER', 'code')
    return d
  }
  const procedure = (code: string): T.Procedure => {
    const p = FAKE_PROCEDURES.find((x) => x.code === code)
    if (!p) throw new Refusal('UNKNOWN_PROCEDURE', 'procedure')
    return p
  }
  const summary = (d: T.Shown): T.Summary => ({
    dossier_id: d.dossier_id, code: d.code, code_kind: d.code_kind, applicant_name: d.applicant.name, id_masked: mask(d.applicant.id_number),
    phone: d.applicant.phone ?? null, procedure: d.procedure.code, procedure_name: d.procedure.name, received_at: d.received_at,
    due_at: d.due_at, status: d.status, durable: d.durable, pages: d.components.reduce((n, c) => n + c.pages.length, 0),
  })
  const addPages = (code: string, no: number, n: number): { pages: T.Page[] } => {
    const c = find(code).components.find((x) => x.no === no)
    if (!c) throw new Refusal('UNKNOWN_COMPONENT', 'component')
    const pages = Array.from({ length: n }, (_, i) => fakePage(++pageSerial, no, c.pages.length + i + 1))
    c.pages.push(...pages)
    return { pages }
  }

  const register = (r: T.RegisterRequest): T.Registered => {
    const before = answered.get(r.request_id)
    if (before) return before
    const p = procedure(r.procedure)
    if (!r.applicant.name) throw new Refusal('INVALID_NAME', 'applicant.name')
    registered.push(r)
    const promise = promiseOf(r.case, p, r.alternative, r.received_at)
    const code = enrolled ? `H99.128-261123-${String(serial++).padStart(4, '0')}` : `TAM-7K2M9Q${(serial++ % 90) + 10}`
    const answer: T.Registered = {
      dossier_id: crypto.randomUUID(), code, code_kind: enrolled ? 'official' : 'temporary', received_at: promise.received_at,
      due_at: promise.due_at, receipt: { sha256: 'f'.repeat(64) },
    }
    answered.set(r.request_id, answer)
    dossiers.unshift(shownOf(r, p, answer, promise, session?.name ?? ''))
    return answer
  }
  const promiseOf = (chosen: string | undefined, p: T.Procedure, alternative?: string, received?: string): T.Promise_ => ({
    ...fakePromise(p, chosen, alternative), ...(received && { received_at: early(received) }), code_kind: enrolled ? 'official' : 'temporary', code_reason: enrolled ? null : 'NOT_ENROLLED',
  })

  const commands: Fake['commands'] = {
    ...fakeRules(() => session, find),
    ...fakeSteps(find, NOW),
    station: () => ({
      version: '0.1.0', enrolled, device: enrolled ? 'quay-2' : null, agency: AGENCY, hub: enrolled ? 'http://127.0.0.1:8080' : null,
      hub_name: 'Máy chủ cấp trên', officers, session, now: new Date(NOW).toISOString(),
    }),
    'sign-in': ({ officer, pin }: { officer: string; pin: string }) => {
      const who = officers.find((o) => o.id === officer)
      if (!who) throw new Refusal('UNKNOWN_OFFICER', 'officer')
      if (!scene.first && pin !== '2468') throw new Refusal('WRONG_PIN', 'pin')
      session = who
      return { officer: who }
    },
    'sign-out': () => { session = null; return {} },
    'officer-add': ({ name, role }: { name: string; role?: 'reception' | 'admin' }) => {
      const officer = { id: `o${officers.length + 1}`, name, role: role ?? ('admin' as const) }
      officers.push(officer)
      return { officer }
    },
    favourite: ({ procedure: code, on }: { procedure: string; on: boolean }) => {
      const { code: kept } = procedure(code)
      const others = favourites.filter((it) => it !== kept)
      favourites.splice(0, favourites.length, ...others, ...(on ? [kept] : []))
      return {}
    },
    procedures: ({ text = '', limit = 20 }: { text?: string; limit?: number }) => {
      const words = fold(text).split(/\s+/).filter(Boolean)
      const hit = (p: T.Procedure) => words.every((w) => fold(`${p.code} ${p.code.replace('.', '')} ${p.name} ${p.field}`).includes(w))
      return { procedures: top(favourites).filter(hit).slice(0, limit).map((p, i) => procedureLine(p, i, favourites.includes(p.code))) }
    },
    procedure: ({ code }: { code: string }) => procedure(code),
    promise: ({ procedure: p, case: c, alternative, received_at }: { procedure: string; case?: string; alternative?: string; received_at?: string }) => promiseOf(c, procedure(p), alternative, received_at),
    person: ({ id_number }: { id_number: string }) => ({
      applicant: FAKE_PEOPLE.find((a) => a.id_number === id_number) ?? null,
      dossiers: dossiers.filter((d) => d.applicant.id_number === id_number).map(summary),
    }),
    people: ({ name }: { name: string }) => {
      const asked = fold(name).split(/\s+/).filter(Boolean)
      const begun = (d: T.Shown) => asked.length > 0 && asked.every((w) => fold(d.applicant.name).split(/\s+/).some((own) => own.startsWith(w)))
      const newest = new Map([...dossiers].reverse().filter(begun).map((d) => [d.applicant.id_number ?? d.applicant.name, d]))
      return { people: [...newest.values()].reverse().slice(0, 6).map((d) => ({ applicant: d.applicant, last: summary(d) })) }
    },
    duplicates: ({ procedure: p, applicant: a }: { procedure: string; applicant: T.Applicant }) => ({
      duplicates: dossiers
        .filter((d) => d.procedure.code === p && OPEN.has(d.status) && a.id_number !== undefined && d.applicant.id_number === a.id_number)
        .map((d) => ({ dossier: summary(d), by: 'number' as const })),
    }),
    register: (r: T.RegisterRequest) => register(r),
    show: ({ code }: { code: string }) => structuredClone(find(code)),
    recent: ({ limit = 12 }: { limit?: number }) => ({ dossiers: dossiers.slice(0, limit).map(summary) }),
    find: ({ text, limit = 30 }: { text: string; limit?: number }) => {
      const words = fold(text).replace(/(\d)\s+(?=\d)/g, '$1').split(/\s+/).filter(Boolean)
      const line = (d: T.Shown) => fold(`${d.code} ${d.applicant.name} ${d.applicant.id_number ?? ''} ${d.applicant.phone ?? ''} ${d.procedure.name}`)
      return { dossiers: dossiers.filter((d) => words.every((w) => line(d).includes(w))).slice(0, limit).map(summary) }
    },
    'receipt-image': ({ code }: { code: string }) => {
      const d = find(code)
      return { base64: fakeReceipt(d.code), pages: 1, sha256: 'f'.repeat(64), printed: d.receipt?.printed ?? 0 }
    },
    'print-receipt': ({ code }: { code: string }) => {
      if (scene.printer === false) throw new Refusal('PRINTER_NONE')
      const d = find(code)
      if (d.receipt) d.receipt.printed += 1
      return { job: 'may-in-1' }
    },
    attach: ({ code, component, name }: { code: string; component: number; name?: string }) => {
      if (name?.endsWith('.txt')) throw new Refusal('NOT_AN_IMAGE', 'file')
      return addPages(code, component, 1)
    },
    scanners: () => ({ scanners: [{ id: 'test:0', label: 'Máy quét thử (khay nạp)' }, { id: 'pnm:0', label: 'Máy quét ảnh mẫu' }] }),
    scan: ({ code, component }: { code: string; component: number }) => addPages(code, component, 2),
    'scan-cancel': () => ({}),
    'page-image': ({ page }: { page: string }) => ({ media: 'image/png', base64: fakeSheet(page) }),
    'page-remove': ({ code, page, reason }: { code: string; page: string; reason: string }) => {
      if (!reason.trim()) throw new Refusal('REASON_REQUIRED', 'reason')
      setRemoved(find(code), page, true)
      return {}
    },
    'page-restore': ({ code, page }: { code: string; page: string }) => { setRemoved(find(code), page, false); return {} },
    'parse-card': ({ payload }: { payload: string }) => fakeCard(payload),
    'parse-code': ({ text }: { text: string }) => {
      const m = /(H\d\d[.\d]*-\d{6}-\d{4,}|TAM-[0-9A-Z]{8})/i.exec(text)
      if (!m?.[1]) throw new Refusal('NOT_A_CODE', 'text')
      const slip = /^MC1:S:.*:(\d+)$/.exec(text)
      return { code: m[1].toUpperCase(), form: m[1].startsWith('TAM') ? 'temporary' : '2025', ...(slip && { component: Number(slip[1]) }) }
    },
    sync: () => ({ durable: 1288, waiting: enrolled ? 0 : 12, refused: 0 }),
    'sync-status': () => fakeSync(enrolled, scene.sync ?? 'offline', dossiers.length, disputed()),
    disputes: () => ({ disputes: disputed() }),
    'dispute-settle': ({ event_id, choice }: T.DisputeSettleRequest) => {
      const i = disputes.findIndex((d) => d.event_id === event_id)
      if (i < 0) throw new Refusal('UNKNOWN_DISPUTE', 'event_id')
      if (choice === 'again' && !disputes[i]?.can_redo) throw new Refusal('EXTENDED_ALREADY')
      disputes.splice(i, 1)
      return {}
    },
    verify: () => ({ chain: 'ok', dossiers: dossiers.length, blobs: 61, problems: [] }),
    enrol: ({ hub, code }: { hub: string; code: string }) => {
      if (!/^https?:/.test(hub)) throw new Refusal('INVALID_ADDRESS', 'hub')
      if (code.length < 4) throw new Refusal('ENROLMENT_CODE_INVALID', 'code')
      enrolled = true
      scene.sync = 'idle'
      return { device: 'quay-2', agency: AGENCY, recovery_code: '4T7Q-9MZP-2KXW-V8HD-J3RC-6BNF', first_talk: null }
    },
    preferences: () => ({ values: preferences }),
    'preference-set': ({ key, value }: { key: string; value: string }) => { preferences[key] = value; return {} },
  }

  const disputes: T.Dispute[] = seedDisputes()
  const disputed = () => (enrolled && scene.sync === 'refused' ? disputes : [])
  const calls: string[] = []
  return {
    commands, registered, calls,
    async call(command, request) {
      calls.push(command)
      const run = commands[command]
      if (!run) throw new Refusal('UNKNOWN_COMMAND')
      return structuredClone(run(request as never))
    },
    onDrop(listener) {
      const over = (e: DragEvent) => e.preventDefault()
      const drop = (e: DragEvent) => {
        e.preventDefault()
        listener([...(e.dataTransfer?.files ?? [])].map((file) => ({ name: file.name, file })), e.clientX, e.clientY)
      }
      window.addEventListener('dragover', over)
      window.addEventListener('drop', drop)
      return () => { window.removeEventListener('dragover', over); window.removeEventListener('drop', drop) }
    },
  }
}

const top = (favourites: string[]) => [...FAKE_PROCEDURES.filter((p) => favourites.includes(p.code)), ...FAKE_PROCEDURES.filter((p) => !favourites.includes(p.code))]
const procedureLine = (p: T.Procedure, i: number, favourite: boolean): T.ProcedureLine => ({
  code: p.code, name: p.name, field: p.field, limit_words: p.cases[0]?.limit_words ?? '', recent: i < 3, favourite,
  fee_words: p.fees.length === 0 ? '' : `${p.fees[0]?.amount} đ`,
})

const fakePage = (id: number, component: number, no: number): T.Page => ({
  page: `p${id}`, component, no, media: 'image/jpeg', width: 1654, height: 2339, dpi: 200, pdf_pages: 1, blake3: 'b'.repeat(64), size: 310_000, removed: false,
})

function setRemoved(d: T.Shown, page: string, removed: boolean): void {
  for (const c of d.components) for (const p of c.pages) if (p.page === page) p.removed = removed
}

function fakeCard(payload: string): T.Card {
  const f = payload.split('|')
  if (f.length < 7 || !/^\d{12}$/.test(f[0] ?? '')) throw new Refusal('NOT_A_CARD', 'payload')
  const date = (t = '') => (t.length === 8 ? `${t.slice(4)}-${t.slice(2, 4)}-${t.slice(0, 2)}` : null)
  const name = f[2] ?? ''
  const damaged = /[?\ufffd]/.test(name)
  return {
    id_number: f[0] ?? '', old_id_number: f[1] || null, name, birth_date: date(f[3]), gender: f[4] === 'Nam' ? 'male' : 'female',
    address: f[5] ?? null, issued_on: date(f[6]), warnings: damaged ? [{ code: 'NAME_DOUBTFUL', message: 'Tên đọc không chắc.' }] : [],
  }
}

const seedDisputes = (): T.Dispute[] => [
  { event_id: 'e9', code: 'H99.128-261119-0014', applicant: 'Lò Thị Mẫu', reason: 'EXTENDED_ALREADY', can_redo: false, status: 'received',
    ours: { words: 'Xin lỗi và gia hạn đến 17:00 27/11/2026: Chờ xác minh', at: '2026-11-20T09:45:00Z', actor: 'Nguyễn Văn Mẫu' },
    above: [{ words: 'Tiếp nhận hồ sơ', at: '2026-11-19T01:10:00Z', actor: null }, { words: 'Xin lỗi và gia hạn đến 17:00 25/11/2026: Chờ trích lục', at: '2026-11-20T09:20:00Z', actor: null }] },
  { event_id: 'e10', code: 'H99.128-261120-0021', applicant: 'Trần Văn Thử', reason: 'NOT_REGISTERED', can_redo: true, status: 'received',
    ours: { words: 'Yêu cầu bổ sung Giấy chứng sinh: Bản sao mờ', at: '2026-11-20T09:50:00Z', actor: 'Nguyễn Văn Mẫu' },
    above: [{ words: 'Tiếp nhận hồ sơ', at: '2026-11-20T08:10:00Z', actor: null }] },
]

function fakeSync(enrolled: boolean, kind: string, waiting: number, left: readonly T.Dispute[]): T.SyncStatus {
  const offline = kind === 'offline' || kind === 'refused'
  return {
    state: !enrolled ? 'not_enrolled' : offline ? 'offline' : 'idle', hub: enrolled ? 'http://127.0.0.1:8080' : null,
    waiting: enrolled && !offline ? 0 : waiting, waiting_blobs: enrolled && !offline ? 0 : 31, durable: enrolled ? 200_136 : 0, blobs_damaged: kind === 'refused' ? 1 : 0,
    bytes_waiting: enrolled && !offline && kind !== 'slow' ? 0 : 4_650_000, bytes_per_second: kind === 'slow' ? 41_000 : null, oldest_waiting_at: waiting > 0 && (!enrolled || offline) ? '2026-11-23T00:18:20Z' : null,
    last_contact_at: enrolled ? '2026-11-23T00:16:00Z' : null, since: offline ? '2026-11-23T00:18:00Z' : null, problem: offline ? 'HUB_UNREACHABLE' : null,
    refused: left.length, newest_refused: left[0]?.event_id ?? null,
    rules: enrolled ? [{ number: 3, at: '2026-11-22T02:00:00Z', by: 'Sở Tư pháp tỉnh Mẫu', installed: 84, refused: kind === 'refused' ? ['Thủ tục 9.999999: Thủ tục phải có ít nhất một trường hợp với thời hạn. Xin thêm vào.'] : [] }] : [],
    numbers: enrolled ? [['2026-11-23', 83], ['2026-11-25', 100], ['2026-11-26', 100], ['2026-11-27', 100], ['2026-11-30', 100]].map(([date, left]) => ({ date: String(date), left: Number(left) })) : [],
  }
}

function early(received: string): string {
  if (Date.parse(received) > NOW) throw new Refusal('RECEIVED_LATER_THAN_NOW', 'received_at')
  return received
}

function fakePromise(p: T.Procedure, chosen: string | undefined, alternative?: string): Omit<T.Promise_, 'code_kind' | 'code_reason'> {
  const c = p.cases.find((x) => x.id === chosen) ?? p.cases[0]
  const other = c?.alternatives.find((a) => a.id === alternative)
  const limit: T.Limit = other ? { kind: 'working_days', amount: Number.parseInt(other.limit_words) } : (c?.limit ?? { kind: 'working_days', amount: 5 })
  const received_at = new Date(NOW).toISOString()
  if (limit.kind === 'same_day') {
    return { received_at, due_at: '2026-11-23T10:00:00Z', limit, limit_words: 'trong ngày', trace: ['Nhận 09:42, trước 15:00 nên trả trong ngày.'],
      days: [{ date: '2026-11-23', weekday: 'T2', kind: 'due', count: null, reason: null }] }
  }
  const days: T.Day[] = []
  const names = ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']
  let count = 0
  for (let i = 0; count < (limit.amount ?? 5); i += 1) {
    const d = new Date(Date.UTC(2026, 10, 23 + i))
    const date = d.toISOString().slice(0, 10)
    const off = d.getUTCDay() % 6 === 0 || date === '2026-11-24'
    const kind = i === 0 ? 'start' : off ? 'off' : ++count === limit.amount ? 'due' : 'counted'
    days.push({ date, weekday: names[d.getUTCDay()] ?? '', kind, count: kind === 'counted' || kind === 'due' ? count : null, reason: off ? 'nghỉ' : null })
  }
  return { received_at, due_at: `${days.at(-1)?.date}T10:00:00Z`, limit, limit_words: other?.limit_words ?? c?.limit_words ?? '', days,
    trace: ['Nhận 09:42; ngày nhận không tính.', 'Trừ 24/11: Ngày Văn hóa Việt Nam.', 'Trừ thứ Bảy, Chủ nhật.'] }
}

function shownOf(r: T.RegisterRequest, p: T.Procedure, a: T.Registered, promise: T.Promise_, actor: string): T.Shown {
  return {
    dossier_id: a.dossier_id, code: a.code, code_kind: a.code_kind, codes: [{ code: a.code, kind: a.code_kind, issuer: 'H99.128', void_reason: null }],
    status: 'received', money: (r.fees ?? []).some((f) => f.amount > 0) ? 'due' : 'nothing_due', charged: (r.fees ?? []).reduce((sum, f) => sum + f.amount, 0), paid: 0, paper: 'at_counter', applicant: r.applicant,
    authorised: r.authorised ?? null, channel: r.channel ?? 'direct', procedure: { code: p.code, name: p.name, field: p.field, version: p.version, needs_approval: p.needs_approval },
    case: r.case ?? null, sets: r.sets ?? 1, fees: r.fees ?? [], return_via: r.return_via ?? 'counter', received_at: a.received_at, due_at: a.due_at,
    components: p.components.map((c) => ({ no: c.no, name: c.name, note: c.note, group: c.group, handed_in: (r.components ?? []).filter((h) => h.no === c.no), pages: [] })),
    limit_words: promise.limit_words, trace: promise.trace, receipt: { sha256: 'f'.repeat(64), size: 34_500, printed: 0 }, durable: false, disputed: [], can: canOf('received'), group: null, same_code: [],
    events: [{ event_id: 'e1', kind: 'registered', at: a.received_at, actor, words: 'Tiếp nhận, lập giấy hẹn', durable: false }],
  }
}
