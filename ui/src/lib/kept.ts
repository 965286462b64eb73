// A place in the window's own storage for what must outlive a crash: sealed, because it holds a citizen's data.
import { seal, unseal } from './seal'

export class Kept<T> {
  #writing: Promise<void> = Promise.resolve()
  #newest = 0

  constructor(readonly key: string) {}

  /** Writes, the last one wins; null leaves nothing behind. */
  save(value: T | null): Promise<void> {
    const mine = ++this.#newest
    this.#writing = this.#writing.then(async () => {
      if (mine !== this.#newest) return
      if (value === null) localStorage.removeItem(this.key)
      else {
        const sealed = await seal(JSON.stringify(value))
        if (mine === this.#newest && sealed) localStorage.setItem(this.key, sealed)
      }
    })
    return this.#writing
  }

  /** What was left behind; null when there is none, or it is not ours. */
  async load(): Promise<unknown> {
    try {
      return JSON.parse((await unseal(localStorage.getItem(this.key) ?? '')) ?? 'null')
    } catch {
      return null
    }
  }

  /** At once, whatever is still being written. */
  clear(): void {
    this.#newest += 1
    localStorage.removeItem(this.key)
  }
}
