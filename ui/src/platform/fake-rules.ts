// Rules, review, fees and cash of the station in memory. Every name and number is invented.
import { FAKE_PROCEDURES } from './fake-data'
import { fakeReview } from './fake-review'
import { Refusal } from './refusal'
import type * as T from './types'

const CALENDAR = `# Lịch nghỉ và giờ làm việc của xã
version | 2026-11
years   | 2025 | 2027
weekend | Quyết định 188/1999/QĐ-TTg
hours | 2025-01-01 | 07:00-11:30 | 13:30-17:00 | 15:00 | giờ làm việc của cơ quan
day | 2026-11-24 | holiday | official | Ngày Văn hóa Việt Nam | Nghị quyết 28/2026/QH16
day | 2027-01-01 | holiday | official | Tết Dương lịch | Bộ luật Lao động 2019 Điều 112
`
const KINDS = new Set(['version', 'years', 'weekend', 'hours', 'day'])

/** A procedure of the list as the file that is edited. */
export function fileOf(p: T.Procedure): T.ProcedureData {
  return {
    code: p.code, name: p.name, field: p.field, version: p.version, basis: 'Danh mục mẫu', needs_approval: p.needs_approval,
    cases: p.cases.map((c) => ({ id: c.id, name: c.name, limit: c.limit as T.LimitData, ...(c.alternatives.length > 0 && { alternatives: c.alternatives.map((a) => ({ id: a.id, name: a.name, limit: { kind: 'working_days' as const, amount: 5 } })) }) })),
    components: p.components.map((c) => ({ no: c.no, name: c.name, ...(c.note && { note: c.note }), group: c.group, ...(c.cases.length > 0 && { cases: c.cases }), usual: c.usual.state, count: c.usual.count })),
    fees: p.fees.map((f) => ({ id: 'le-phi', name: f.name, basis: 'Nghị quyết mẫu', per: p.code === '2.000815' ? { page: { tiers: [{ from: 1, amount: 2000 }, { from: 3, amount: 1000 }], cap: 200_000 } } : { copy: f.amount } })),
    results: p.result ? [{ name: p.result }] : [],
  }
}

type Kept = T.RuleLine & { data: unknown }
const approved = (kind: T.RuleKind, key: string, title: string, data: unknown, more: Partial<Kept> = {}): Kept => ({
  kind, key, title, version: '2026-11-01', valid_from: '2026-11-01', valid_to: null, basis: 'Danh mục mẫu', state: 'approved', current: true,
  by: 'Hà Thị Ví Dụ', at: '2026-11-01T02:00:00Z', source: 'starter', signed_by: null, in_force: '2026-11-01', data, ...more,
})

function seed(): Kept[] {
  const first = FAKE_PROCEDURES[0] as T.Procedure
  const older = { ...fileOf(first), name: 'Đăng ký lại việc sinh', version: '2025-07-01' }
  const draft = structuredClone(fileOf(first))
  draft.version = '2026-12-01'
  if (draft.cases[0]) draft.cases[0].committed = { kind: 'working_days', amount: 3 }
  return [
    approved('procedure', first.code, first.name, draft, { version: '2026-12-01', state: 'draft', current: false, by: null, at: null, basis: 'Quyết định 12/QĐ-UBND', valid_from: '2026-12-01', source: 'typed' }),
    ...FAKE_PROCEDURES.map((p) => approved('procedure', p.code, p.name, fileOf(p), p.needs_approval ? { by: null, at: null } : {})),
    approved('procedure', first.code, older.name, older, { version: '2025-07-01', state: 'retired', current: false, valid_from: '2025-07-01', valid_to: '2026-10-31' }),
    approved('calendar', 'national', 'Lịch nghỉ toàn quốc', { text: CALENDAR }, { source: 'hub', signed_by: 'hub' }),
    approved('agency', 'H99.128', 'UBND Xã Mẫu', { code: 'H99.128', name: 'UBND Xã Mẫu', parent: 'UBND XÃ MẪU', unit: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', place: 'Xã Mẫu', numbering: 'local' }, { source: 'typed' }),
    approved('fees', '07/2026/NQ-HĐND', 'Lệ phí hộ tịch', { number: '07/2026/NQ-HĐND', authority: 'Hội đồng nhân dân Tỉnh Mẫu', valid_from: '2026-08-01', amounts: [{ procedure: '1.004873', rule: 'le-phi', per: { copy: 15_000 } }] }, { source: 'typed' }),
  ]
}

const LABELS: Record<string, string> = { name: 'Tên', field: 'Lĩnh vực', version: 'Tên bản', basis: 'Căn cứ', limit: 'Thời hạn', committed: 'Thời hạn cam kết', text: 'Lịch', numbering: 'Đánh số', amount: 'Mức thu' }
const textOf = (v: unknown): string | null =>
  v === undefined || v === null ? null : typeof v !== 'object' ? String(v) : 'kind' in v ? `${(v as { amount?: number }).amount ?? ''} ${String((v as { kind: string }).kind) === 'working_days' ? 'ngày làm việc' : 'khác'}`.trim() : JSON.stringify(v)

/** Where two values differ, leaf by leaf. */
export function differences(a: unknown, b: unknown, path = ''): T.Change[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return []
  const deep = (v: unknown): v is Record<string, unknown> => v !== null && typeof v === 'object' && !('kind' in v)
  if (deep(a) && deep(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((k) => differences(a[k], b[k], Array.isArray(a) ? `${path}[${k}]` : path ? `${path}.${k}` : k))
  const last = path.split('.').pop() ?? path
  return [{ field: path, label: `${LABELS[last.replace(/\[\d+\]/, '')] ?? last}${/\[(\d+)\]/.test(path) ? ` (${Number(/\[(\d+)\]/.exec(path)?.[1]) + 1})` : ''}`, before: textOf(a), after: textOf(b) }]
}

function checkCalendar(text: string): T.CalendarChecked {
  text.split('\n').forEach((line, i) => {
    const word = line.split('|')[0]?.trim() ?? ''
    if (word && !word.startsWith('#') && !KINDS.has(word)) throw new Refusal('CALENDAR_UNREADABLE', 'text', { line: i + 1, problem: `Tệp ngày nghỉ sai ở dòng ${i + 1}: không biết mục “${word}”.` })
  })
  const has = (date: string) => text.includes(`day | ${date}`)
  const changes = ['2026-11-27', '2026-12-31'].filter(has).map((date) => ({ date, before: 'ngày làm việc', after: 'nghỉ', basis: 'thông báo của xã' }))
  return { version: '2026-12', changes, touched: has('2026-11-27') ? [{ code: 'H99.128-261119-0007', applicant_name: 'Trần Thị Bích Đào', due_at: '2026-11-27T10:00:00Z', would_be_due_at: '2026-11-30T10:00:00Z', why: null }] : [] }
}

/** The commands; `who` is asked for the officer signed in. */
export function fakeRules(who: () => T.Officer | null, dossier: (code: string) => T.Shown): Record<string, (r: never) => unknown> {
  const kept = seed()
  let drafts = 0
  const review = fakeReview(kept.length > 0)
  const admin = () => { if (who()?.role !== 'admin') throw new Refusal('NOT_ALLOWED') }
  const find = ({ kind, key, version }: T.RuleName & { version?: string }) => {
    const r = kept.find((k) => k.kind === kind && k.key === key && (version ? k.version === version : k.current))
    if (!r) throw new Refusal('UNKNOWN_RULE', 'key')
    return r
  }
  const now = (id: T.RuleName) => kept.find((k) => k.kind === id.kind && k.key === id.key && k.current)
  const check = (kind: T.RuleKind, data: never) => {
    const p = data as T.ProcedureData
    const bad = (field: string, why: string) => { throw new Refusal('RULE_INVALID', field, { why }) }
    if (kind !== 'procedure') return
    if (!/^\d\.\d{6}$/.test(p.code)) bad('code', 'Mã thủ tục phải có dạng 1.234567. Xin xem lại mã.')
    if (!p.name) bad('name', 'Mục này không được để trống. Xin điền vào.')
    p.components.forEach((c, i) => { if (!c.name) bad(`components[${i}].name`, 'Mục này không được để trống. Xin điền vào.') })
  }
  const titleOf = (data: Record<string, unknown>, key: string) => String(data['name'] ?? data['number'] ?? (key === 'local' ? 'Lịch của địa phương' : key))

  const file = ([
    { kind: 'procedure', key: '1.004873', version: '2026-12-01', title: 'Cấp giấy xác nhận tình trạng hôn nhân', status: 'changed', changes: [{ field: 'cases[0].limit', label: 'Thời hạn', before: '3 ngày làm việc', after: '2 ngày làm việc' }] },
    { kind: 'procedure', key: '1.000656', version: '2026-12-01', title: 'Đăng ký khai tử', status: 'new', changes: [] },
    { kind: 'agency', key: 'H99.128', version: '2026-11-01', title: 'UBND Xã Mẫu', status: 'same', changes: [] },
    { kind: 'fees', key: '03/2024/NQ-HĐND', version: '2024-01-01', title: 'Lệ phí cũ', status: 'older', changes: [] },
    { kind: 'procedure', key: '9.999', version: '2026-12-01', title: 'Thủ tục sai mã', status: 'refused', changes: [], why: 'Mã thủ tục phải có dạng 1.234567. Xin xem lại mã.' },
  ] as const).map((e): T.RulesFileEntry => ({ basis: 'Quyết định mẫu', why: null, ...e, changes: [...e.changes] }))

  return {
    ...review.commands,
    rules: ({ kind }: { kind?: T.RuleKind }) => ({ rules: kept.filter((k) => !kind || k.kind === kind).map(({ data: _, ...line }) => line) }),
    rule: (id: T.RuleName & { version?: string }) => find(id),
    'rule-compare': (r: T.RuleName & { version?: string; data?: unknown }) => ({ changes: differences(now(r)?.data, r.data ?? find(r).data) }),
    'rule-save': ({ kind, key, data, basis }: T.RuleName & { data: never; basis: string }) => {
      admin()
      check(kind, data)
      const version = `nháp-${++drafts}`
      kept.unshift(approved(kind, key, titleOf(data, key), data, { version, state: 'draft', current: false, by: null, at: null, basis, source: 'typed', valid_from: null }))
      return { version, changes: differences(now({ kind, key })?.data, data) }
    },
    'rule-approve': (id: T.RuleName & { version: string; basis: string }) => {
      admin()
      const r = find(id)
      const was = now(id)
      if (was && was !== r) Object.assign(was, { current: false, state: 'retired' })
      Object.assign(r.data as object, r.kind === 'procedure' ? { needs_approval: false } : {})
      Object.assign(r, { state: 'approved', current: true, basis: id.basis, by: who()?.name, at: '2026-11-23T02:42:00Z' })
      return { version: r.version }
    },
    'rule-discard': (id: T.RuleName & { version: string }) => { admin(); kept.splice(kept.indexOf(find(id) as Kept), 1); return {} },
    'rules-export': ({ path }: { path: string }) => { if (!path) throw new Refusal('FILE_NOT_WRITABLE', 'path'); return { count: kept.filter((k) => k.current).length } },
    'rules-import': ({ path }: { path: string }) => {
      if (!path) throw new Refusal('FILE_NOT_FOUND', 'path')
      return { signed_by: path.includes('chua-ky') ? null : path.includes('la') ? 'unknown' : 'hub', by: 'Máy chủ cấp trên', made_at: '2026-11-22T02:00:00Z', entries: file }
    },
    'rules-adopt': ({ path, entries }: { path: string; entries: T.RuleName[] }) => {
      if (path.includes('chua-ky')) throw new Refusal('RULES_UNSIGNED')
      return path.includes('la') ? { adopted: 0, drafts: entries.length } : { adopted: entries.length, drafts: 0 }
    },
    'calendar-check': ({ text = '' }: { text?: string }) => checkCalendar(text),
    ...fakeMoney(who, dossier),
  }
}

const figure = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, '.')

function fakeMoney(who: () => T.Officer | null, dossier: (code: string) => T.Shown): Record<string, (r: never) => unknown> {
  const paid: (T.CashPayment & { officer: string; name: string; day: string })[] = [
    ['H99.128-261123-0416', 'Đỗ Thúy Vy', 4000, 'cash', '2026-11-23T02:36:00Z', 'o1', 'Ngô Bảo Mẫu'], ['H99.128-261123-0415', 'Lò Văn Pản', 8000, 'transfer', '2026-11-23T02:31:00Z', 'o1', 'Ngô Bảo Mẫu'],
    ['H99.128-261123-0412', 'Công ty TNHH Ví Dụ Xanh', 100_000, 'transfer', '2026-11-23T01:57:00Z', 'o2', 'Hà Thị Ví Dụ'],
  ].map(([code, applicant_name, amount, method, at, officer, name]) => ({ code, applicant_name, amount, method, at, officer, name, day: '2026-11-23' }) as never)
  const closed: Record<string, string> = {}
  const wordsOf = (n: number) => `(${figure(n)} đồng bằng chữ)`
  const dayOf = (day: string): T.CashDay => {
    const ids = [...new Set(paid.filter((p) => p.day === day).map((p) => p.officer))]
    const officers = ids.map((officer): T.Till => {
      const own = paid.filter((p) => p.day === day && p.officer === officer)
      const sum = (m?: T.PaymentMethod) => own.filter((p) => !m || p.method === m).reduce((n, p) => n + p.amount, 0)
      return { officer, name: own[0]?.name ?? '', payments: own.map(({ code, applicant_name, amount, method, at }) => ({ code, applicant_name, amount, method, at })), cash: sum('cash'), transfer: sum('transfer'), total: sum(), words: wordsOf(sum()), closed_at: closed[`${day}/${officer}`] ?? null }
    })
    return { day, officers }
  }
  return {
    payment: ({ code, amount, method }: T.PaymentRequest) => {
      const d = dossier(code)
      const me = who()
      if (amount > d.charged - d.paid) throw new Refusal('OVERPAID', 'amount', { due: `${figure(d.charged - d.paid)} đ` })
      d.paid += amount
      if (d.paid === d.charged) d.money = 'paid'
      paid.unshift({ code, applicant_name: d.applicant.name, amount, method, at: '2026-11-23T02:42:00Z', officer: me?.id ?? '', name: me?.name ?? '', day: '2026-11-23' })
      return { total_paid: d.paid, remaining: d.charged - d.paid, till: '2026-11-23', notice: null }
    },
    'cash-day': ({ day = '2026-11-23' }: { day?: string }) => dayOf(day),
    'cash-close': ({ day = '2026-11-23' }: { day?: string }) => {
      const own = dayOf(day).officers.find((o) => o.officer === who()?.id)
      if (!own) throw new Refusal('NOTHING_TO_CLOSE')
      closed[`${day}/${own.officer}`] = '2026-11-23T10:05:00Z'
      return { count: own.payments.length, total: own.total, words: own.words }
    },
    fees: ({ procedure, copies = 1, pages = 1, claimed = [] }: T.FeesRequest): T.FeesCharged => {
      const p = FAKE_PROCEDURES.find((x) => x.code === procedure)
      const reductions = (p?.fees.length ?? 0) > 0 ? [{ id: 'ho-ngheo', name: 'Người thuộc hộ nghèo', basis: 'Nghị quyết mẫu' }] : []
      const lines = (p?.fees ?? []).map((f): T.FeeCharged => {
        if (p?.code === '1.004873') return { rule: 'le-phi', name: f.name, amount: null, reason: 'Mức thu do Hội đồng nhân dân cấp tỉnh quyết định, chưa có trên máy', basis: '' }
        if (claimed.includes('ho-ngheo')) return { rule: 'le-phi', name: f.name, amount: 0, reason: 'Người thuộc hộ nghèo', basis: 'Nghị quyết mẫu' }
        const one = p?.code === '2.000815' ? Math.min(Math.min(pages, 2) * 2000 + Math.max(pages - 2, 0) * 1000, 200_000) : f.amount
        const tiers = `${Math.min(pages, 2)} trang × 2.000 đ${pages > 2 ? ` + ${pages - 2} trang × 1.000 đ` : ''}`
        return { rule: 'le-phi', name: f.name, amount: one * copies, reason: p?.code === '2.000815' ? (copies > 1 ? `${copies} bản × (${tiers})` : tiers) : `${copies} bản × ${figure(f.amount)} đ`, basis: 'Thông tư 226/2016/TT-BTC' }
      })
      const total = lines.reduce((n, l) => n + (l.amount ?? 0), 0)
      return { lines, total, words: wordsOf(total), reductions }
    },
  }
}
