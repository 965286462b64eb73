// The search that stays as it was left, whatever screen was opened in between.
import { sentenceOf } from '../lib/errors'
import { call, type Shown, type Summary } from '../platform'

const MOST = 50

class Search {
  text = $state('')
  hits = $state<Summary[]>([])
  at = $state(0)
  /** The question the hits answer; null before the first answer. */
  answered = $state<string | null>(null)
  trouble = $state('')
  glance = $state<Shown | null>(null)
  #turn = 0

  get more(): boolean {
    return this.hits.length >= MOST
  }

  get selected(): Summary | undefined {
    return this.hits[this.at]
  }

  /** Asks the station; a later question makes an earlier answer worthless. */
  async ask(): Promise<void> {
    const turn = ++this.#turn
    const text = this.text.trim()
    try {
      const { dossiers } = text === '' ? await call('recent', { limit: MOST }) : await call('find', { text, limit: MOST })
      if (turn !== this.#turn) return
      this.hits = dossiers
      this.at = text === this.answered ? Math.min(this.at, Math.max(dossiers.length - 1, 0)) : 0
      this.answered = text
      this.trouble = ''
    } catch (e) {
      if (turn === this.#turn) this.trouble = sentenceOf(e)
    }
    await this.look()
  }

  move(by: number): void {
    this.at = Math.min(Math.max(this.at + by, 0), Math.max(this.hits.length - 1, 0))
    void this.look()
  }

  /** The quick look beside the list. */
  async look(): Promise<void> {
    const code = this.selected?.code
    if (!code) {
      this.glance = null
      return
    }
    try {
      const shown = await call('show', { code })
      if (this.selected?.code === code) this.glance = shown
    } catch {
      this.glance = null
    }
  }
}

export const search = new Search()
