// Steps that move the promise of an open dossier: a supplement asked for and taken, one extension.
// The station says which are allowed and counts; this keeps what is typed until it is written down.
import { sentenceOf } from '../lib/errors'
import { Refusal, call, type Action, type ComponentState, type NewPromise } from '../platform'
import { words } from '../words'
import type { OpenDossier } from './dossier.svelte'

/** The field a refusal speaks of, by the name the screen gives it. */
const FIELDS: Record<string, string> = { items: '#step-items', reason: '#step-reason', new_date: '#step-date', components: '#step-papers select' }

export class Steps {
  asking = $state<Action | null>(null)
  items = $state('')
  reason = $state('')
  date = $state<string | undefined>(undefined)
  /** How each paper came, by its number; nothing for those that stay as they stood. */
  came = $state<Record<number, ComponentState | ''>>({})
  trouble = $state('')
  /** Where the trouble is. */
  at = $state('')
  busy = $state(false)
  /** The promise as it was moved last. */
  told = $state<NewPromise | null>(null)

  constructor(readonly dossier: OpenDossier) {}

  can(action: Action): boolean {
    return this.dossier.shown?.can.includes(action) ?? false
  }

  /** F4: what is asked for, or what came of it. */
  get supplement(): Action | null {
    return this.can('ask_supplement') ? 'ask_supplement' : this.can('take_supplement') ? 'take_supplement' : null
  }

  /** What was asked for, as the timeline has it. */
  get asked(): string {
    return this.dossier.shown?.events.findLast((e) => e.kind === 'supplement_requested')?.words ?? ''
  }

  open(action: Action | null): boolean {
    if (!action || !this.can(action)) return false
    this.asking = action
    this.told = null
    this.#say('', '')
    return true
  }

  /** Esc: what was typed is kept. */
  close(): void {
    this.asking = null
    this.told = null
  }

  /** F9: written down. False when something is wrong; `at` says where. */
  async write(): Promise<boolean> {
    if (!this.asking || this.busy) return false
    this.busy = true
    this.#say('', '')
    try {
      await this.#call(this.asking)
      this.asking = null
      this.items = this.reason = ''
      this.date = undefined
      this.came = {}
      await this.dossier.load()
      return true
    } catch (e) {
      this.#say(sentenceOf(e), FIELDS[Refusal.from(e).field ?? ''] ?? '')
      return false
    } finally {
      this.busy = false
    }
  }

  async #call(action: Action): Promise<void> {
    const { code } = this.dossier
    this.dossier.notice = { tone: '', text: '' }
    const reason = this.reason.trim().normalize('NFC')
    if (action === 'ask_supplement') {
      const items = this.items.split('\n').map((line) => line.trim().normalize('NFC')).filter(Boolean)
      await call('ask-supplement', { code, items, reason })
      this.dossier.notice = { tone: 'good', text: words.steps.asked }
    } else if (action === 'take_supplement') {
      const papers = Object.entries(this.came).filter((pair): pair is [string, ComponentState] => pair[1] !== '')
      this.told = await call('take-supplement', { code, components: papers.map(([no, state]) => ({ no: Number(no), state })) })
    } else {
      this.told = await call('extend', { code, new_date: this.date ?? '', reason })
    }
  }

  #say(trouble: string, at: string): void {
    this.trouble = trouble
    this.at = at
  }
}
