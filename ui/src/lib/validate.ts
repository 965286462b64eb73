// What can be judged at the field, before the station is asked. The station judges again.
import { Refusal, type Applicant, type Authorised } from '../platform'

export type Problem = { field: string; code: string; detail?: Record<string, string | number> }

/** The typed text of the person panel. */
export type Typed = {
  kind: 'person' | 'organisation'
  name: string; id_number: string; birth_date: string; gender: '' | 'male' | 'female'
  address: string; phone: string; email: string
}

export const compact = (text: string): string => text.replace(/[\s.]/g, '')

/** Typed date as ISO: 29/02/1996, 29021996, 02/1996, 1996. Undefined when no such day exists. */
export function isoDate(typed: string): string | undefined {
  const t = typed.trim()
  const run = /^(\d{2})(\d{2})(\d{4})$/.exec(t)
  const parts = run ? run.slice(1) : t.split(/[/.\- ]+/)
  const [y, m, d] = [...parts].reverse().map((p) => (/^\d+$/.test(p) ? Number(p) : NaN))
  if (parts.length > 3 || !y || y < 1850 || y > 2200) return undefined
  if (parts.length === 1) return String(y)
  if (!m || m > 12) return undefined
  if (parts.length === 2) return `${y}-${two(m)}`
  const days = new Date(Date.UTC(y, m, 0)).getUTCDate()
  return d && d <= days ? `${y}-${two(m)}-${two(d)}` : undefined
}
const two = (n: number) => String(n).padStart(2, '0')

/** A typed hour and day at +07:00 as an instant: 9:10, 0910, 9h10. Undefined when there is no such minute. */
export function instantOf(time: string, date: string): string | undefined {
  const day = isoDate(date)
  const [, h, m] = /^(\d{1,2})\s*[:hg.]?\s*(\d{2})$/i.exec(time.trim()) ?? []
  if (!h || !m || Number(h) > 23 || Number(m) > 59 || day?.length !== 10) return undefined
  return `${day}T${h.padStart(2, '0')}:${m}:00+07:00`
}

const LONGEST = 500
type Check = (t: Typed) => Omit<Problem, 'field'> | null

const CHECKS: [keyof Typed, Check][] = [
  ['name', (t) => (/\p{L}/u.test(t.name) ? null : { code: t.name.trim() ? 'INVALID_NAME' : 'MISSING_NAME' })],
  ['id_number', (t) => (t.kind === 'person' ? personId(compact(t.id_number)) : taxCode(compact(t.id_number)))],
  ['birth_date', (t) => (t.kind === 'person' && t.birth_date.trim() && !isoDate(t.birth_date) ? { code: 'INVALID_DATE' } : null)],
  ['address', () => null],
  ['phone', (t) => (!t.phone.trim() || /^0\d{9,10}$/.test(localPhone(t.phone)) ? null : { code: 'INVALID_PHONE' })],
  ['email', (t) => (!t.email.trim() || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(t.email.trim()) ? null : { code: 'INVALID_EMAIL' })],
]

function personId(id: string): Omit<Problem, 'field'> | null {
  if (id === '' || /^\d{12}$/.test(id) || /^[A-Z]{1,2}\d{6,8}$/i.test(id)) return null
  return { code: 'INVALID_ID_NUMBER', detail: { length: id.length } }
}
const taxCode = (id: string) => (id === '' || /^(\d{10}(-?\d{3})?|\d{12})$/.test(id) ? null : { code: 'INVALID_TAX_CODE' })
const localPhone = (p: string): string => compact(p).replace(/^\+?84/, '0').replace(/-/g, '')

/** The problem of one field, or null. */
export function checkField(t: Typed, field: keyof Typed): Problem | null {
  const text = t[field]
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(text)) return { field, code: 'CONTROL_CHARACTER' }
  if (text.length > LONGEST) return { field, code: 'TOO_LONG' }
  const found = CHECKS.find(([f]) => f === field)?.[1](t) ?? null
  return found && { field, ...found }
}

/** All problems of the person, in the order of the fields. */
export const checkPerson = (t: Typed): Problem[] => CHECKS.map(([f]) => checkField(t, f)).filter((p) => p !== null)

/** The typed person as the station wants it; empty fields are left out. */
export function applicantOf(t: Typed): Applicant {
  const id = compact(t.id_number)
  const born = t.kind === 'person' ? isoDate(t.birth_date) : undefined
  return {
    kind: t.kind, name: t.name.trim().normalize('NFC'),
    ...(id && { id_number: id }), ...(born && { birth_date: born }),
    ...(t.kind === 'person' && t.gender && { gender: t.gender }),
    ...(t.address.trim() && { address: t.address.trim().normalize('NFC') }),
    ...(t.phone.trim() && { phone: localPhone(t.phone) }), ...(t.email.trim() && { email: t.email.trim() }),
  }
}

/** One line, `Trần Văn Ơn · em ruột`: the name, then the paper or the kinship; 12 digits are an identity number. */
export function authorisedOf(line: string): Authorised | undefined {
  const id = /\b\d{12}\b/.exec(line)?.[0]
  const [name, ...rest] = line.replace(id ?? '\u0000', '').split(/[·,;]/).map((p) => p.trim()).filter((p) => p !== '')
  if (!name) return undefined
  return { name: name.normalize('NFC'), ...(id && { id_number: id }), ...(rest.length > 0 && { paper: rest.join(', ') }) }
}

/** Where the station's refusal belongs on the screen: `applicant.name` and `name` are the same field. */
export const fieldOf = (r: Refusal): string | null => r.field?.split('.').pop() ?? null
