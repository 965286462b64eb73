// A reader being tried: while the trial box has the focus, what it sends is shown and goes nowhere else.
import { trialOf, type Sent, type Trial } from '../lib/trial'
import type { Scan } from '../lib/wedge-dom'

/** Silence after which the next key begins a new burst, in ms. */
const PAUSE_MS = 700

class ReaderTrial {
  on = $state(false)
  scan = $state<Scan | null>(null)
  shown = $state<Trial | null>(null)
  #sent: Sent[] = []

  /** Every key on its way to the wedge. */
  heard(e: KeyboardEvent): void {
    if (!this.on || ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock'].includes(e.key) || e.ctrlKey || e.altKey || e.metaKey) return
    if (e.timeStamp - (this.#sent.at(-1)?.time ?? -Infinity) > PAUSE_MS) this.forget()
    this.#sent.push({ key: e.key, code: e.code, shift: e.shiftKey, composing: e.isComposing, time: e.timeStamp })
    this.#show()
  }

  /** True where the scan was only a trial. */
  got(scan: Scan): boolean {
    if (!this.on) return false
    this.scan = scan
    this.#show()
    return true
  }

  begin(): void {
    this.on = true
  }

  end(): void {
    this.on = false
  }

  forget(): void {
    this.#sent = []
    this.scan = null
    this.shown = null
  }

  #show(): void {
    this.shown = trialOf([...this.#sent], this.scan)
  }
}

export const trial = new ReaderTrial()
