// What the rules charge for the dossier on the screen: asked again whenever what it is counted by changes.
import type { Draft } from '../lib/draft'
import { sentenceOf } from '../lib/errors'
import { call, Refusal, type FeesCharged, type FeeLine } from '../platform'

/** The reception it counts for. */
type Host = { draft: Draft; alert: string }

export class Charge {
  /** Null before the answer, and when the station could not say. */
  fees = $state<FeesCharged | null>(null)
  #turn = 0
  #asked: Promise<void> = Promise.resolve()

  constructor(readonly host: Host) {}

  /** Copies, pages or a reduction changed: the rules are asked again. */
  count(change: Partial<{ copies: number; pages: number; claimed: string[] }>): void {
    Object.assign(this.host.draft, change)
    void this.refresh()
  }

  claim(id: string): void {
    const now = this.host.draft.claimed
    this.count({ claimed: now.includes(id) ? now.filter((c) => c !== id) : [...now, id] })
  }

  refresh(): Promise<void> {
    this.#asked = this.#ask(++this.#turn)
    return this.#asked
  }

  /** The answer to the last question is there. */
  settled(): Promise<void> {
    return this.#asked
  }

  /** Another dossier: an answer still on its way is not for it. */
  forget(): void {
    this.#turn += 1
    this.fees = null
  }

  async #ask(turn: number): Promise<void> {
    const { procedure, case: chosen, copies, pages, claimed } = $state.snapshot(this.host.draft)
    if (!procedure) return
    try {
      const fees = await call('fees', { procedure, ...(chosen && { case: chosen }), channel: 'direct', copies, pages, claimed })
      if (turn === this.#turn) this.fees = fees
    } catch (e) {
      if (turn !== this.#turn) return
      // A reduction that is no longer offered is let go, and the rest is asked again.
      if (Refusal.from(e).code === 'UNKNOWN_REDUCTION' && claimed.length > 0) return this.#without(turn)
      this.fees = null
      this.host.alert = sentenceOf(e)
    }
  }

  #without(turn: number): Promise<void> {
    this.host.draft.claimed = []
    return this.#ask(turn)
  }

  /** Every line with its amount, from the rules or typed. */
  get lines(): FeeLine[] | undefined {
    return this.fees?.lines.map((l) => ({ name: l.name, amount: l.amount ?? this.host.draft.amounts[l.rule] ?? 0 }))
  }

  /** What is to be paid in all, with what was typed. */
  get total(): number {
    return (this.lines ?? []).reduce((sum, l) => sum + l.amount, 0)
  }

  /** Rules without an amount, where nothing was typed yet. */
  get unset(): string[] {
    return (this.fees?.lines ?? []).filter((l) => l.amount === null && (this.host.draft.amounts[l.rule] ?? null) === null).map((l) => l.rule)
  }
}
