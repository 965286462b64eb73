// One record of the portal beside what was read from it, settled field by field.
import { sentenceOf } from '../lib/errors'
import { figure } from '../lib/format'
import { tidied } from '../lib/rules'
import { valueAt } from '../lib/path'
import { call, Refusal, type CatalogueReviewed, type PaperData, type ProcedureData, type ReviewField } from '../platform'
import { words } from '../words'
import type { Holder } from './rule-edit.svelte'

export type Settled = 'accepted' | 'edited'

class Review implements Holder {
  record = $state<CatalogueReviewed | null>(null)
  data = $state<ProcedureData | null>(null)
  settled = $state<Record<string, Settled>>({})
  at = $state(0)
  editing = $state(false)
  /** The whole list of papers is open, not the one that was chosen. */
  whole = $state(false)
  /** Papers that were added by hand: they stand behind the record's own. */
  added = $state<ReviewField[]>([])
  /** Why lines of the last file were refused. */
  refusals = $state<string[]>([])
  basis = $state('')
  skipping = $state(false)
  reason = $state('')
  alert = $state('')
  said = $state('')
  busy = $state(false)
  importing = $state<{ path: string } | null>(null)
  /** How many there were when the screen opened: the measure of the progress bar. */
  most = $state(0)
  #before: string[] = []
  /** The paper of a field, wherever it stands after others were removed or moved. */
  #papers = new Map<string, PaperData>()
  #turn = 0

  get procedure(): ProcedureData {
    return this.data as ProcedureData
  }
  get fields(): ReviewField[] {
    return [...(this.record?.fields ?? []), ...this.added]
  }
  get field(): ReviewField | undefined {
    return this.fields[this.at]
  }
  readonly unsure: number = $derived((this.record?.fields ?? []).filter((f) => f.state === 'unsure' && !this.settled[f.field]).length)

  /** The next record; without `after` the first that waits. */
  async load(asked: { code?: string; after?: string } = {}): Promise<void> {
    const turn = ++this.#turn
    try {
      const record = await call('catalogue-review', asked)
      if (turn !== this.#turn) return
      this.most = Math.max(this.most, record.waiting)
      this.#show(record)
    } catch (e) {
      this.alert = sentenceOf(e)
    }
  }

  #show(record: CatalogueReviewed): void {
    this.settled = {}
    this.editing = false
    this.skipping = false
    this.reason = ''
    this.alert = ''
    this.added = []
    this.whole = false
    this.data = record.parsed
    this.record = record
    this.#papers.clear()
    for (const f of record.fields) {
      const paper = /^components\[(\d+)\]$/.exec(f.field)
      const row = paper && this.data?.components[Number(paper[1])]
      if (row) this.#papers.set(f.field, row)
    }
    const first = record.fields.findIndex((f) => f.state === 'unsure')
    this.at = Math.max(first, 0)
  }

  move(by: number): void {
    this.at = Math.min(Math.max(this.at + by, 0), Math.max(this.fields.length - 1, 0))
  }

  /** Enter: what was read stands; on to the next one. */
  accept(): void {
    const f = this.field
    if (!f) return
    this.settled[f.field] ??= 'accepted'
    this.alert = ''
    this.move(1)
  }

  edit(): void {
    if (!this.field || !this.data) return
    this.#was = JSON.stringify($state.snapshot(this.data))
    this.editing = true
  }
  #was = ''

  /** The typed text stays; a field that was changed is settled by it. */
  leaveEdit(): void {
    const f = this.field
    if (this.editing && f && JSON.stringify($state.snapshot(this.data)) !== this.#was) {
      this.settled[f.field] = 'edited'
      this.#findPapers()
    }
    this.editing = false
    this.whole = false
  }

  /** Papers that came by Insert are shown like those of the record; what is gone is settled too. */
  #findPapers(): void {
    const known = new Set(this.#papers.values())
    for (const c of this.data?.components ?? []) {
      if (known.has(c)) continue
      const field = `added-${this.added.length + 1}`
      this.#papers.set(field, c)
      this.added.push({ field, label: words.review.addedPaper, state: 'read', raw: '', value: c.name })
      this.settled[field] = 'edited'
    }
    for (const [field] of this.#papers) if (this.pathOf(field) === null) this.settled[field] = 'edited'
  }

  /** Where a field stands now; null when its paper was removed. */
  pathOf(field: string): string | null {
    const paper = this.#papers.get(field)
    if (!paper) return field
    const at = this.data?.components.indexOf(paper) ?? -1
    return at < 0 ? null : `components[${at}]`
  }

  /** A scan that began with a letter opened the editor: it is closed again as if nothing had been. */
  hold(): () => void {
    const was = this.editing
    return () => void (was || (this.editing = false))
  }

  value(f: ReviewField): unknown {
    const path = this.pathOf(f.field)
    return this.data && path !== null ? valueAt(this.data, path) : undefined
  }

  /** The field that keeps the record from being approved, or null when it was. */
  async approve(): Promise<'field' | 'basis' | null | 'busy'> {
    this.leaveEdit()
    const { record, data } = this
    if (!record?.code || !data || this.busy) return 'busy'
    if (this.unsure > 0) {
      this.at = record.fields.findIndex((f) => f.state === 'unsure' && !this.settled[f.field])
      return this.#stay(words.review.unsureLeft(this.unsure), 'field')
    }
    if (!this.basis.trim()) return this.#stay(words.review.basisNeeded, 'basis')
    return (await this.#decide(() => call('catalogue-approve', { code: record.code ?? '', data: tidied($state.snapshot(data) as ProcedureData), basis: this.basis.trim().normalize('NFC') }), words.review.approved(data.name))) ? null : 'field'
  }

  #stay(why: string, where: 'field' | 'basis'): typeof where {
    this.alert = why
    return where
  }

  async skip(): Promise<boolean> {
    const code = this.record?.code
    if (!code) return false
    return this.#decide(() => call('catalogue-skip', { code, reason: this.reason.trim().normalize('NFC') }), words.review.skipped)
  }

  async #decide(does: () => Promise<unknown>, said: string): Promise<boolean> {
    const after = this.record?.code
    this.busy = true
    this.alert = ''
    try {
      await does()
      this.#before = this.#before.filter((c) => c !== after)
      this.said = said
      await this.load(after ? { after } : {})
      return true
    } catch (e) {
      this.#refused(Refusal.from(e))
      return false
    } finally {
      this.busy = false
    }
  }

  /** The field that the station found wrong is chosen; its reason is said. */
  #refused(r: Refusal): void {
    const why = typeof r.detail === 'object' ? r.detail?.['why'] : undefined
    this.alert = why ? String(why) : sentenceOf(r)
    const holds = (f: ReviewField) => { const p = this.pathOf(f.field); return p !== null && (r.field === p || ['.', '['].some((c) => r.field?.startsWith(p + c))) }
    const at = r.field ? this.fields.findIndex(holds) : -1
    if (at >= 0) this.at = at
  }

  /** Page down and up: records are looked at without deciding. */
  async leaf(by: 1 | -1): Promise<void> {
    const here = this.record?.code
    if (!here) return
    this.said = ''
    if (by > 0) {
      this.#before.push(here)
      return this.load({ after: here })
    }
    const code = this.#before.pop()
    if (code) await this.load({ code })
  }

  async import(): Promise<boolean> {
    if (!this.importing || this.busy) return false
    this.busy = true
    this.alert = ''
    try {
      const r = await call('catalogue-import', { path: this.importing.path.trim() })
      this.said = words.review.imported(figure(r.total), figure(r.full), figure(r.partial), figure(r.refused))
      this.refusals = r.refusals
      if (r.refusals.length === 0) this.importing = null
      this.most = r.waiting
      await this.load()
      return true
    } catch (e) {
      this.alert = sentenceOf(e)
      return false
    } finally {
      this.busy = false
    }
  }
}

export const review = new Review()
