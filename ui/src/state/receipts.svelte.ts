// Receipts on their way to the printer. The queue goes on meanwhile, so what failed is kept until it was
// printed: nobody's paper is forgotten because the next person came. A restart forgets it.
import { sentenceOf } from '../lib/errors'
import { call } from '../platform'
import { words } from '../words'

export type Print = { state: 'idle' | 'printing' | 'printed' | 'failed'; text: string }
export type Taken = { code: string; name: string }

export class Receipts {
  /** Who was taken in last, and what became of the paper. */
  last = $state<(Taken & Print) | null>(null)
  /** Those whose paper did not come out, the oldest first. */
  failed = $state<(Taken & { text: string })[]>([])

  /** Prints once; the same one is not sent again while it is on its way. */
  async print(taken: Taken): Promise<void> {
    if (this.last?.code === taken.code && this.last.state === 'printing') return
    this.#note(taken, { state: 'printing', text: words.reception.printing })
    try {
      await call('print-receipt', { code: taken.code })
      this.#note(taken, { state: 'printed', text: words.reception.printed })
    } catch (e) {
      this.#note(taken, { state: 'failed', text: sentenceOf(e) })
    }
  }

  /** It came out elsewhere: from the screen of its dossier. */
  printed(code: string): void {
    this.failed = this.failed.filter((it) => it.code !== code)
  }

  #note(taken: Taken, print: Print): void {
    const others = this.failed.filter((it) => it.code !== taken.code)
    this.failed = print.state === 'failed' ? [...others, { ...taken, text: print.text }] : others
    // An older one that comes out late does not speak for the one on the screen.
    if (print.state === 'printing' || this.last?.code === taken.code) this.last = { ...taken, ...print }
  }
}
