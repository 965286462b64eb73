// The unfinished reception, kept on every change so that no crash, sign-out or scan loses a letter.
import type { Typed } from './validate'
import type { Rows } from './matrix'
import type { ReturnVia } from '../platform'

export type Diff = {
  field: 'name' | 'birth_date' | 'address'
  fresh: string
  was: string
  /** Where the old value comes from: a day of the last visit, or null for what was typed just now. */
  since: string | null
  use: 'fresh' | 'was'
}

export type Draft = {
  v: 1
  /** One per registration; kept until the station has answered, so that a retry is the same request. */
  request_id: string
  person: Typed
  authorised: string
  procedure: string | null
  case: string | null
  rows: Rows
  sets: string
  fees: { name: string; amount: string }[]
  via: ReturnVia
  fromCard: boolean
  diffs: Diff[]
}

const KEY = 'motcua.draft'

export const emptyPerson = (): Typed => ({ kind: 'person', name: '', id_number: '', birth_date: '', gender: '', address: '', phone: '', email: '' })

export const emptyDraft = (): Draft => ({
  v: 1, request_id: crypto.randomUUID(), person: emptyPerson(), authorised: '', procedure: null, case: null, rows: {}, sets: '1', fees: [],
  via: 'counter', fromCard: false, diffs: [],
})

/** Whether there is anything in it that would be missed. */
export function isUntouched(d: Draft): boolean {
  const p = d.person
  return !p.name && !p.id_number && !p.birth_date && !p.address && !p.phone && !p.email && !d.authorised && !d.procedure
}

export function saveDraft(d: Draft): void {
  if (isUntouched(d)) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, JSON.stringify(d))
}

/** The draft left behind, or null; a draft of another version is not guessed at. */
export function loadDraft(): Draft | null {
  try {
    const d = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Draft | null
    return d?.v === 1 && typeof d.request_id === 'string' ? { ...emptyDraft(), ...d } : null
  } catch {
    return null
  }
}

export const clearDraft = (): void => localStorage.removeItem(KEY)
