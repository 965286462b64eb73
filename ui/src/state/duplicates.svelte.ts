// Whether the same person handed in the same procedure shortly before: asked as soon as both are known, and
// once more before a number is given. The officer answers; nothing is refused here.
import type { Draft } from '../lib/draft'
import { applicantOf } from '../lib/validate'
import { call, type Duplicate } from '../platform'

export class Duplicates {
  /** The newest earlier dossier, with what says that it is the same person. */
  found = $state<Duplicate | null>(null)
  #turn = 0
  #asked: Promise<void> = Promise.resolve()

  /** Asks about what stands in the draft now. Whoever waits, waits for the newest question. */
  async ask(draft: Draft): Promise<void> {
    const mine = ++this.#turn
    this.#asked = this.#answer(draft, mine)
    await this.#asked
    // Another question was asked meanwhile: its answer is the one that counts.
    if (mine !== this.#turn) await this.#asked
  }

  async #answer(draft: Draft, mine: number): Promise<void> {
    const { procedure, person, request_id } = draft
    if (!procedure || !(person.name.trim() || person.id_number.trim())) return this.#is(null)
    try {
      const answer = await call('duplicates', { request_id, procedure, applicant: applicantOf(person) })
      if (mine === this.#turn) this.#is(answer.duplicates[0] ?? null)
    } catch {
      // A warning that cannot be given must not hold the queue up: the dossier is taken in without it.
      if (mine === this.#turn) this.#is(null)
    }
  }

  /** Nobody is on the screen any more. */
  forget(): void {
    this.#turn += 1
    this.#is(null)
  }

  /** The same answer again changes nothing: what stands on the screen keeps its focus. */
  #is(found: Duplicate | null): void {
    if (found?.dossier.code !== this.found?.dossier.code || found?.by !== this.found?.by) this.found = found
  }
}
