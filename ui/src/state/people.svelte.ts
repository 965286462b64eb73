// Who came before, by the letters typed into the name: offered below the field, taken only when chosen.
import { call, type Known } from '../platform'

/** The fewest letters that ask; one less than names a third of the commune. */
const FEWEST = 3

export class People {
  found = $state<Known[]>([])
  /** The chosen line; none until an arrow chose one, so that Enter behind a typed name takes nobody. */
  at = $state(-1)
  #turn = 0

  get open(): boolean {
    return this.found.length > 0
  }

  get chosen(): Known | undefined {
    return this.found[this.at]
  }

  /** A later question makes an earlier answer worthless. */
  async ask(name: string): Promise<void> {
    const mine = ++this.#turn
    if ((name.match(/[\p{L}\p{M}]/gu) ?? []).length < FEWEST) return this.#is([])
    try {
      const { people } = await call('people', { name })
      if (mine === this.#turn) this.#is(people)
    } catch {
      // Without the offer the name is typed out as ever.
      if (mine === this.#turn) this.#is([])
    }
  }

  move(by: number): void {
    this.at = Math.min(Math.max(this.at + by, -1), this.found.length - 1)
  }

  /** Nobody is offered any more, whatever is still being asked. */
  close(): void {
    this.#turn += 1
    this.#is([])
  }

  /** Whoever was chosen stays chosen while letters are added. */
  #is(found: Known[]): void {
    const code = this.chosen?.last.code
    this.at = code === undefined ? -1 : found.findIndex((it) => it.last.code === code)
    this.found = found
  }
}
