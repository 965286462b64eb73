// A long limit does not fit a strip of ten boxes: the middle is folded into one, start and end stay.
import type { Day } from '../platform'

export type Folded = { fold: number } | Day

export function foldDays(days: Day[], most = 10): Folded[] {
  if (days.length <= most) return days
  const head = Math.ceil((most - 1) / 2)
  const tail = most - 1 - head
  return [...days.slice(0, head), { fold: days.length - head - tail }, ...days.slice(-tail)]
}
