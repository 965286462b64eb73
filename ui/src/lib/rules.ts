// A procedure as it is typed: new rows, tidy rows, and the words of limits and amounts.
import type { CaseData, ComponentState, FeeData, LimitData, NamedData, PaperData, ProcedureData, RateData, ReductionData, ResolutionData } from '../platform'
import { words } from '../words'
import { money } from './format'
import { fold } from './fold'

export const LIMITS = ['working_days', 'calendar_days', 'hours', 'same_day'] as const
export const WAITING = ['restart', 'pause_shift', 'keep'] as const
export const USUAL: readonly ComponentState[] = ['original', 'certified', 'copy', 'presented', 'from_database', 'missing', 'not_applicable']
export const PER = ['case', 'copy', 'page', 'unset'] as const
export type Per = (typeof PER)[number]

/** A short stable id from a name, apart from those there are: `Cán bộ, công chức` is `can-bo-cong-chuc`. */
export function idOf(name: string, taken: string[]): string {
  const base = fold(name).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40) || 'muc'
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${n}`
    if (!taken.includes(id)) return id
  }
}

export const newLimit = (): LimitData => ({ kind: 'working_days', amount: 5 })
export const newCase = (taken: string[]): CaseData => ({ id: idOf('truong hop', taken), name: '', limit: newLimit() })
export const newPaper = (no: number): PaperData => ({ no, name: '', group: 'submit', usual: 'original', count: 1 })
export const newFee = (taken: string[]): FeeData => ({ id: idOf('le phi', taken), name: '', basis: '', per: { case: 0 } })
export const newReduction = (taken: string[]): ReductionData => ({ id: idOf('giam', taken), name: '', basis: '', when: 'claimed', change: 'free' })
export const newProcedure = (): ProcedureData => ({
  code: '', name: '', field: '', version: '', basis: '', needs_approval: false,
  cases: [{ id: 'thong-thuong', name: words.rules.plainCase, limit: newLimit() }], components: [],
})

/** The limit of another kind, its figure kept where there is one. */
export function limitOfKind(kind: LimitData['kind'], was: LimitData | undefined): LimitData {
  return kind === 'same_day' ? { kind } : { kind, amount: was && 'amount' in was ? was.amount : 1 }
}

type Counted = Pick<FeeData | RateData, 'per'>

export const perOf = (f: Counted): Per => (f.per === 'unset' ? 'unset' : 'case' in f.per ? 'case' : 'copy' in f.per ? 'copy' : 'page')

/** The same fee counted in another way; the first amount goes along. */
export function perOfKind(kind: Per, f: Counted): FeeData['per'] {
  const amount = f.per === 'unset' ? 0 : 'case' in f.per ? f.per.case : 'copy' in f.per ? f.per.copy : (f.per.page.tiers[0]?.amount ?? 0)
  if (kind === 'page') return { page: { tiers: [{ from: 1, amount }] } }
  return kind === 'unset' ? kind : kind === 'case' ? { case: amount } : { copy: amount }
}

export const limitWords = (l: LimitData | undefined): string =>
  !l ? words.rules.none : l.kind === 'same_day' ? words.rules.limits.same_day : `${l.amount} ${words.rules.limits[l.kind].toLowerCase()}`

export function feeWords(f: Counted): string {
  if (f.per === 'unset') return words.rules.per.unset
  if ('page' in f.per) {
    const tiers = f.per.page.tiers.map((t) => words.rules.tierWords(t.from, money(t.amount))).join(', ')
    return f.per.page.cap ? `${tiers}, ${words.rules.capWords(money(f.per.page.cap))}` : tiers
  }
  return 'case' in f.per ? words.rules.perCase(money(f.per.case)) : words.rules.perCopy(money(f.per.copy))
}

const OPTIONAL = new Set(['valid_from', 'valid_to', 'issued', 'note', 'helps', 'receives', 'resolves', 'form', 'conditions', 'applicants', 'ways', 'level', 'class'])

/** Text trimmed and NFC; an optional field without text is absent, never blank. */
function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC').trim()
  if (Array.isArray(value)) return value.map(trimmed)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([k, v]) => [k, trimmed(v)] as const)
  return Object.fromEntries(entries.filter(([k, v]) => v !== undefined && v !== null && !(v === '' && OPTIONAL.has(k))))
}

const named = (all: NamedData[] | undefined): NamedData[] =>
  (all ?? []).filter((n) => n.name !== '').map((n) => (n.code ? { name: n.name, code: n.code } : { name: n.name }))

/** As it is saved: papers numbered from 1, rows without a name left out. */
export function tidied(typed: ProcedureData): ProcedureData {
  const p = trimmed(typed) as ProcedureData
  const { decision, ...rest } = p
  return {
    ...rest, ...(decision && (decision.number || decision.authority) && { decision }), components: p.components.map((c, i) => ({ ...c, no: i + 1 })),
    notes: (p.notes ?? []).filter((n) => n !== ''), forms: named(p.forms), results: named(p.results),
  }
}

export const tidyResolution = (typed: ResolutionData): ResolutionData => trimmed(typed) as ResolutionData
