// A rule being typed: its data, its basis, and what the station found wrong. It outlives the screen.
import { Refusal, type AgencyData, type CalendarChecked, type NamedData, type ProcedureData, type ResolutionData, type RuleKind } from '../platform'
import { call } from '../platform'
import { sentenceOf } from '../lib/errors'
import { newCase, newFee, newPaper, newProcedure, newReduction, tidied, tidyResolution } from '../lib/rules'
import { valueAt } from '../lib/path'
import { words } from '../words'
import { app } from './app.svelte'

export type Wrong = { field: string; why: string }
export type CalendarData = { text: string }
export type Data = { procedure: ProcedureData; calendar: CalendarData; agency: AgencyData; fees: ResolutionData }

/** Anything that holds a procedure to be typed: an edit, or a record under review. */
export interface Holder {
  readonly procedure: ProcedureData
}

export class RuleEdit implements Holder {
  data = $state<Data[RuleKind]>({ text: '' })
  key = $state('')
  basis = $state('')
  wrong = $state<Wrong | null>(null)
  checked = $state<CalendarChecked | null>(null)
  busy = $state<'' | 'save' | 'check'>('')

  constructor(readonly kind: RuleKind, key: string, data: Data[RuleKind], basis: string, readonly fresh: boolean) {
    this.key = key
    this.data = data
    this.basis = basis
  }

  static blank(kind: RuleKind): RuleEdit {
    const data: Record<RuleKind, () => Data[RuleKind]> = {
      procedure: newProcedure, calendar: () => ({ text: '' }), fees: () => ({ number: '', authority: '', amounts: [] }),
      agency: () => ({ code: '', name: '', parent: '', unit: '', place: '', numbering: 'local' }),
    }
    return new RuleEdit(kind, kind === 'calendar' ? 'local' : '', data[kind](), '', true)
  }

  get procedure(): ProcedureData {
    return this.data as ProcedureData
  }
  get calendar(): CalendarData {
    return this.data as CalendarData
  }
  get agency(): AgencyData {
    return this.data as AgencyData
  }
  get resolution(): ResolutionData {
    return this.data as ResolutionData
  }

  /** As it goes to the station; a new procedure or agency is known by its code. */
  get sent(): { key: string; data: unknown } {
    const data = $state.snapshot(this.data) as Data[RuleKind]
    if (this.kind === 'procedure') {
      const p = tidied(data as ProcedureData)
      return { key: p.code, data: { ...p, basis: p.basis || this.basis.trim() } }
    }
    if (this.kind === 'agency') return { key: (data as AgencyData).code.trim(), data }
    if (this.kind === 'fees') return { key: (data as ResolutionData).number.trim(), data: tidyResolution(data as ResolutionData) }
    return { key: this.key, data }
  }

  /** Saves a draft; answers its version, or null when something is wrong. */
  async save(): Promise<string | null> {
    if (this.busy) return null
    this.wrong = this.basis.trim() ? null : { field: 'rule.basis', why: words.rules.basisNeeded }
    if (this.wrong) return null
    this.busy = 'save'
    try {
      const answer = await call('rule-save', { kind: this.kind, ...this.sent, basis: this.basis.trim().normalize('NFC') })
      return answer.version
    } catch (e) {
      this.wrong = wrongOf(e)
      return null
    } finally {
      this.busy = ''
    }
  }

  /** The days that would differ and the dossiers touched; a bad line is a wrong `line:N`. */
  async check(): Promise<boolean> {
    if (this.busy) return false
    this.busy = 'check'
    this.wrong = null
    this.checked = null
    try {
      this.checked = await call('calendar-check', { text: this.calendar.text, key: this.key })
      return true
    } catch (e) {
      this.wrong = wrongOf(e)
      return false
    } finally {
      this.busy = ''
    }
  }
}

/** RULE_INVALID says field and why, CALENDAR_UNREADABLE says line and problem. */
export function wrongOf(thrown: unknown): Wrong {
  const r = Refusal.from(thrown)
  const d = (typeof r.detail === 'object' && r.detail) || {}
  if (r.code === 'CALENDAR_UNREADABLE' && d['line']) return { field: `line:${d['line']}`, why: sentenceOf(r) }
  return { field: r.field ?? '', why: d['why'] ? String(d['why']) : sentenceOf(r) }
}

// ---- rows: lists are known by their path, rows by their place ----

type Row = Record<string, unknown>

/** A new row of the list at this path. */
function rowOf(list: string, rows: Row[], p: ProcedureData): unknown {
  const ids = rows.map((r) => String(r['id'] ?? ''))
  const kind = list.split('.').pop() ?? ''
  const makes: Record<string, () => unknown> = {
    cases: () => newCase(p.cases.map((c) => c.id)), components: () => newPaper(rows.length + 1), fees: () => newFee(ids), reductions: () => newReduction(ids),
    alternatives: () => ({ ...newCase(ids), id: `khac-${rows.length + 1}` }), notes: () => '', forms: (): NamedData => ({ name: '' }), results: (): NamedData => ({ name: '' }),
    tiers: () => ({ from: Number(rows.at(-1)?.['from'] ?? 0) + 1, amount: 0 }), amounts: () => ({ procedure: '', rule: '', per: { copy: 0 } }),
  }
  return makes[kind]?.()
}

function listAt(data: object, path: string): unknown[] {
  const found = valueAt(data, path)
  if (Array.isArray(found)) return found
  const cut = path.lastIndexOf('.')
  const holder = cut < 0 ? (data as Row) : (valueAt(data, path.slice(0, cut)) as Row)
  holder[path.slice(cut + 1)] = []
  return valueAt(data, path) as unknown[]
}

const focusRow = (list: string, at: number) =>
  void app.focus(`[data-list="${list}"][data-at="${Math.max(at, 0)}"] :is(input, select, textarea), [data-list="${list}"] > .add, #edit-done`)

/** Insert: a row behind the one in focus. */
export function addRow(data: object, list: string, at: number): void {
  const rows = listAt(data, list)
  rows.splice(at + 1, 0, rowOf(list, rows as Row[], data as ProcedureData))
  focusRow(list, at + 1)
}

/** Ctrl Del: the row goes, and comes back by Ctrl Z. */
export function removeRow(data: object, list: string, at: number): void {
  const rows = listAt(data, list)
  const [gone] = rows.splice(at, 1)
  app.say(words.rules.rowRemoved, () => void rows.splice(at, 0, gone))
  focusRow(list, Math.min(at, rows.length - 1))
}

/** Ctrl ↑ ↓: the row changes place with its neighbour. */
export function moveRow(data: object, list: string, at: number, by: number): void {
  const rows = listAt(data, list)
  const to = at + by
  if (to < 0 || to >= rows.length) return
  const [row] = rows.splice(at, 1)
  rows.splice(to, 0, row)
  focusRow(list, to)
}

/** The keys of every table of rows, for the row in focus. */
export function rowKeys(data: () => object): Record<string, () => void> {
  const here = (): [string, number] | null => {
    const row = document.activeElement?.closest<HTMLElement>('[data-list]')
    return row ? [row.dataset['list'] ?? '', Number(row.dataset['at'] ?? -1)] : null
  }
  const on = (does: (list: string, at: number) => void, rowOnly = true) => () => {
    const h = here()
    if (h && (!rowOnly || h[1] >= 0)) does(...h)
  }
  return {
    Insert: on((l, at) => addRow(data(), l, at), false), 'Ctrl Delete': on((l, at) => removeRow(data(), l, at)),
    'Ctrl ArrowUp': on((l, at) => moveRow(data(), l, at, -1)), 'Ctrl ArrowDown': on((l, at) => moveRow(data(), l, at, 1)),
  }
}
