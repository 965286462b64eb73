// Figures, dates and codes as they stand on the screen. Civil time is fixed +07:00;
// the zone of the PC is never read.
import { words } from '../words'

const VN_MS = 7 * 3600_000

export type Civil = { year: number; month: number; day: number; hour: number; minute: number; weekday: number }

/** Civil time of an instant (RFC 3339 or milliseconds). Weekday 0 is Sunday. */
export function civil(instant: string | number): Civil {
  const d = new Date((typeof instant === 'number' ? instant : Date.parse(instant)) + VN_MS)
  return {
    year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(),
    hour: d.getUTCHours(), minute: d.getUTCMinutes(), weekday: d.getUTCDay(),
  }
}

const two = (n: number) => String(n).padStart(2, '0')

export const timeOf = (instant: string | number): string => {
  const c = civil(instant)
  return `${two(c.hour)}:${two(c.minute)}`
}
export const dateOf = (instant: string | number): string => {
  const c = civil(instant)
  return `${two(c.day)}/${two(c.month)}/${c.year}`
}
export const shortDateOf = (instant: string | number): string => {
  const c = civil(instant)
  return `${two(c.day)}/${two(c.month)}`
}
export const weekdayOf = (instant: string | number): string => words.weekdays[civil(instant).weekday] ?? ''
export const longDateOf = (instant: string | number): string => `${weekdayOf(instant)} ${dateOf(instant)}`
export const sameDay = (a: string | number, b: string | number): boolean => dateOf(a) === dateOf(b)

/** 200136 becomes 200.136. */
export const figure = (n: number): string => String(Math.trunc(n)).replace(/\B(?=(\d{3})+$)/g, '.')
/** Bytes as people read them: 900 kB, 1,4 MB. */
export const bytesOf = (n: number): string =>
  n < 1_000_000 ? `${figure(Math.ceil(n / 1000))} kB` : n < 1_000_000_000 ? `${(n / 1e6).toFixed(1).replace('.', ',')} MB` : `${(n / 1e9).toFixed(1).replace('.', ',')} GB`
export const money = (n: number): string => `${figure(n)} đ`

/** An identity number in threes: 099 196 000 002. */
export const spaced = (id: string): string => (/^\d{12}$/.test(id) ? id.replace(/(\d{3})(?=\d)/g, '$1 ') : id)

/** A phone number as people say it: 0900 000 126. */
export const phoneWords = (p: string): string => (/^0\d{9}$/.test(p) ? `${p.slice(0, 4)} ${p.slice(4, 7)} ${p.slice(7)}` : p)

/** A code, and its last figures that are written bold. */
export function codeParts(code: string): [string, string] {
  const cut = code.lastIndexOf('-') + 1
  return cut > 0 ? [code.slice(0, cut), code.slice(cut)] : ['', code]
}

/** 1996-02-29 becomes 29/02/1996; a year, or a year and a month, stay what they are. */
export function birthWords(iso: string): string {
  return iso.split('-').reverse().join('/')
}

/** Age in full years at `now`; null without a full date. */
export function ageAt(iso: string, now: number): number | null {
  const [y, m, d] = iso.split('-').map(Number)
  if (!y || !m || !d) return null
  const c = civil(now)
  return c.year - y - (c.month < m || (c.month === m && c.day < d) ? 1 : 0)
}
