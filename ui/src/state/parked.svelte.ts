// Receptions half filled that wait while the next citizen is served. The one that waited longest comes back
// first, so that two people can take turns by one key.
import { loadParked, saveParked, type Draft } from '../lib/draft'

export class Parked {
  all = $state<Draft[]>([])
  #loaded = false

  /** Takes up what a crash or a closed window left waiting, once. */
  async restore(): Promise<void> {
    if (this.#loaded) return
    this.#loaded = true
    const left = await loadParked()
    if (left.length > 0) this.all = [...left, ...this.all]
  }

  add(draft: Draft): void {
    this.#set([...this.all, draft])
  }

  /** The one that waited longest, or a given one. */
  take(request_id?: string): Draft | null {
    const found = request_id === undefined ? this.all[0] : this.all.find((d) => d.request_id === request_id)
    if (!found) return null
    this.#set(this.all.filter((d) => d.request_id !== found.request_id))
    return $state.snapshot(found) as Draft
  }

  #set(all: Draft[]): void {
    this.all = all
    void saveParked($state.snapshot(all) as Draft[])
  }

  /** For tests: as in a window just opened. */
  forget(): void {
    this.all = []
    this.#loaded = false
  }
}
