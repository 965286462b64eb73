// The administration: which rules there are, which one is open, and what is being done with it.
import { sentenceOf } from '../lib/errors'
import { fold } from '../lib/fold'
import { call, type CalendarChecked, type Change, type RuleEntry, type RuleKind, type RuleLine } from '../platform'
import { words } from '../words'
import { RuleEdit, type CalendarData, type Data } from './rule-edit.svelte'

export const KINDS: RuleKind[] = ['procedure', 'calendar', 'fees', 'agency']
export type Group = { key: string; title: string; head: RuleLine; lines: RuleLine[] }
export type Notice = { tone: '' | 'good' | 'bad'; text: string }

/** What the versions of one rule are shown as: the one in use, else the newest draft, else the newest. */
const headOf = (lines: RuleLine[]): RuleLine | undefined => lines.find((l) => l.current) ?? lines.find((l) => l.state === 'draft') ?? lines[0]

class Rules {
  kind = $state<RuleKind>('procedure')
  all = $state<RuleLine[]>([])
  filter = $state('')
  at = $state(0)
  entry = $state<RuleEntry | null>(null)
  changes = $state<Change[] | null>(null)
  /** The changes are against the version before, not against the one in use. */
  backwards = $state(false)
  checked = $state<CalendarChecked | null>(null)
  editing = $state<RuleEdit | null>(null)
  asking = $state<'' | 'approve' | 'discard'>('')
  basis = $state('')
  panel = $state<'' | 'export' | 'import'>('')
  notice = $state<Notice>({ tone: '', text: '' })
  busy = $state(false)
  /** Edits left unfinished, by kind and key. */
  #kept = $state<Record<string, RuleEdit>>({})
  #turn = 0

  readonly groups: Group[] = $derived.by(() => {
    const by = new Map<string, RuleLine[]>()
    for (const l of this.all) if (l.kind === this.kind) by.set(l.key, [...(by.get(l.key) ?? []), l])
    const asked = fold(this.filter).split(/\s+/).filter(Boolean)
    return [...by].flatMap(([key, lines]) => {
      const head = headOf(lines)
      const text = fold(`${key} ${key.replace('.', '')} ${head?.title ?? ''}`)
      return head && asked.every((w) => text.includes(w)) ? [{ key, title: head.title, head, lines }] : []
    })
  })
  readonly group: Group | undefined = $derived(this.groups[this.at])
  readonly lines: RuleLine[] = $derived(this.entry ? this.all.filter((l) => l.kind === this.entry?.kind && l.key === this.entry.key) : [])

  /** Whether the open version waits for an approval: a draft, what came with the program, or an older one to be used again. */
  get approvable(): boolean {
    const e = this.entry
    return e !== null && (e.state !== 'approved' || (e.kind === 'procedure' && (e.data as { needs_approval?: boolean }).needs_approval === true))
  }

  async load(): Promise<void> {
    try {
      this.all = (await call('rules', {})).rules
    } catch (e) {
      this.tell('bad', sentenceOf(e))
    }
  }

  tell(tone: Notice['tone'], text: string): void {
    this.notice = { tone, text }
  }

  choose(kind: RuleKind): void {
    if (kind === this.kind) return
    this.kind = kind
    this.filter = ''
    this.at = 0
    this.close()
  }

  move(by: number): void {
    this.at = Math.min(Math.max(this.at + by, 0), Math.max(this.groups.length - 1, 0))
  }

  close(): void {
    this.entry = null
    this.changes = null
    this.checked = null
    this.editing = null
    this.asking = ''
  }

  /** Opens a version; without one, what an officer would ask for: the draft if there is one, else the one in use. */
  async open(key: string, version?: string): Promise<void> {
    const lines = this.all.filter((l) => l.kind === this.kind && l.key === key)
    const wanted = version ?? (lines.find((l) => l.state === 'draft') ?? headOf(lines))?.version
    const turn = ++this.#turn
    this.asking = ''
    this.tell('', '')
    try {
      const entry = await call('rule', { kind: this.kind, key, ...(wanted && { version: wanted }) })
      if (turn !== this.#turn) return
      this.editing = null
      this.entry = entry
      this.basis = entry.basis
      await this.#look(entry, turn)
    } catch (e) {
      this.tell('bad', sentenceOf(e))
    }
  }

  async #look(entry: RuleEntry, turn: number): Promise<void> {
    this.changes = null
    this.checked = null
    const before = entry.current ? this.lines.find((l) => l.state === 'retired') : undefined
    this.backwards = entry.current
    const against = entry.current ? before?.version : this.lines.some((l) => l.current) ? entry.version : undefined
    if (against) {
      const { changes } = await call('rule-compare', { kind: entry.kind, key: entry.key, version: against })
      if (turn !== this.#turn) return
      this.changes = entry.current ? changes.map((c) => ({ ...c, before: c.after, after: c.before })) : changes
    }
    if (entry.kind === 'calendar' && entry.state === 'draft') this.checked = await call('calendar-check', { text: (entry.data as CalendarData).text, key: entry.key })
  }

  // ---- editing ----

  kept(kind: RuleKind, key: string): RuleEdit | undefined {
    return this.#kept[`${kind}/${key}`]
  }

  /** Goes on with what was left unfinished, or begins from the version that is open. */
  edit(): void {
    const e = this.entry
    if (!e) return
    const edit = this.kept(e.kind, e.key) ?? new RuleEdit(e.kind, e.key, structuredClone($state.snapshot(e.data)) as Data[RuleKind], e.state === 'draft' ? e.basis : '', false)
    this.#begin(edit, e.key)
  }

  add(): void {
    this.entry = null
    this.changes = null
    this.#begin(this.kept(this.kind, '') ?? RuleEdit.blank(this.kind), '')
  }

  #begin(edit: RuleEdit, key: string): void {
    this.#kept[`${edit.kind}/${key}`] = edit
    this.asking = ''
    this.tell('', '')
    this.editing = edit
  }

  #forget(edit: RuleEdit): void {
    for (const [k, e] of Object.entries(this.#kept)) if (e === edit) delete this.#kept[k]
  }

  /** The edit stays where it is; only the screen goes back. */
  leaveEdit(): void {
    this.editing = null
    this.tell('', words.rules.kept)
  }

  dropEdit(): (() => void) | undefined {
    const edit = this.editing
    if (!edit) return undefined
    const key = edit.fresh ? '' : edit.key
    this.#forget(edit)
    this.editing = null
    return () => this.#begin(edit, key)
  }

  async save(): Promise<boolean> {
    const edit = this.editing
    const version = await edit?.save()
    if (!edit || !version) return false
    const { key } = edit.sent
    this.#forget(edit)
    this.editing = null
    await this.load()
    this.at = Math.max(this.groups.findIndex((g) => g.key === key), 0)
    await this.open(key, version)
    this.tell('good', words.rules.saved(version))
    return true
  }

  // ---- approving and discarding ----

  async approve(): Promise<boolean> {
    const e = this.entry
    if (!e) return false
    if (!this.basis.trim()) {
      this.tell('bad', words.rules.basisNeeded)
      return false
    }
    return this.#change(async () => {
      const { version } = await call('rule-approve', { kind: e.kind, key: e.key, version: e.version, basis: this.basis.trim().normalize('NFC') })
      return [version, words.rules.approved(version)]
    })
  }

  async discard(): Promise<boolean> {
    const e = this.entry
    if (!e) return false
    return this.#change(async () => {
      await call('rule-discard', { kind: e.kind, key: e.key, version: e.version })
      return [undefined, words.rules.discarded]
    })
  }

  async #change(does: () => Promise<[string | undefined, string]>): Promise<boolean> {
    const key = this.entry?.key ?? ''
    if (this.busy) return false
    this.busy = true
    try {
      const [version, said] = await does()
      this.asking = ''
      await this.load()
      if (this.all.some((l) => l.kind === this.kind && l.key === key)) await this.open(key, version)
      else this.close()
      this.tell('good', said)
      return true
    } catch (e) {
      this.tell('bad', sentenceOf(e))
      return false
    } finally {
      this.busy = false
    }
  }
}

export const rules = new Rules()
