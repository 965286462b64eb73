// Numbered answers of a notice: one digit gives one. A reader begins with digits too, so a digit counts only
// when nothing follows it, and not when the wedge takes it back as the beginning of a scan.
import { NEW_BURST_MS } from './wedge'
import { onHold } from './wedge-dom'

export function answers(all: Record<string, () => void>): { keys(e: KeyboardEvent): void; stop(): void } {
  let alone: ReturnType<typeof setTimeout> | undefined
  const forget = () => clearTimeout(alone)
  const off = onHold(() => forget)
  return {
    keys(e) {
      forget()
      const answer = all[e.key]
      if (!answer) return
      e.preventDefault()
      alone = setTimeout(answer, NEW_BURST_MS)
    },
    stop() {
      off()
      forget()
    },
  }
}
