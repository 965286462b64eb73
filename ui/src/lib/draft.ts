// The unfinished reception, kept on every change so that no crash, sign-out or scan loses a letter.
import { seal, unseal } from './seal'
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

/** A receipt written by hand while the power was out: its hour and day as typed, and why it is entered only now. */
export type Late = { time: string; date: string; reason: string }

export type Draft = {
  v: 2
  /** One per registration; kept until the station has answered, so that a retry is the same request. */
  request_id: string
  person: Typed
  authorised: string
  procedure: string | null
  case: string | null
  /** Another limit of the case, when the officer says it applies. */
  alternative: string | null
  rows: Rows
  sets: string
  /** What fees are counted by, and the amounts typed where the council's is not on this PC, by rule. */
  copies: number
  pages: number
  claimed: string[]
  amounts: Record<string, number | null>
  via: ReturnVia
  /** Null: received now. */
  late: Late | null
  /** The earlier dossier the officer was shown, and why this is another one; null while not answered. */
  despite: { code: string; reason: string } | null
  fromCard: boolean
  diffs: Diff[]
}

const KEY = 'motcua.draft'

/** A random UUID (version 4), also where the page is no secure context. */
export function uuid(): string {
  const b = crypto.getRandomValues(new Uint8Array(16))
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80
  const hex = [...b].map((x) => x.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const emptyPerson = (): Typed => ({ kind: 'person', name: '', id_number: '', birth_date: '', gender: '', address: '', phone: '', email: '' })

export const emptyDraft = (): Draft => ({
  v: 2, request_id: uuid(), person: emptyPerson(), authorised: '', procedure: null, case: null, alternative: null, rows: {}, sets: '1', copies: 1, pages: 1, claimed: [], amounts: {},
  via: 'counter', late: null, despite: null, fromCard: false, diffs: [],
})

/** Whether there is anything in it that would be missed. */
export function isUntouched(d: Draft): boolean {
  const p = d.person
  return !p.name && !p.id_number && !p.birth_date && !p.address && !p.phone && !p.email && !d.authorised && !d.procedure
}

let writing: Promise<void> = Promise.resolve()
let newest = 0

/** Writes the draft, the last one wins; sealed, because it holds a citizen's data. */
export function saveDraft(d: Draft): Promise<void> {
  const mine = ++newest
  writing = writing.then(async () => {
    if (mine !== newest) return
    if (isUntouched(d)) localStorage.removeItem(KEY)
    else {
      const sealed = await seal(JSON.stringify(d))
      if (mine === newest && sealed) localStorage.setItem(KEY, sealed)
    }
  })
  return writing
}

/** The draft left behind, or null; a draft of another version is not guessed at. */
export async function loadDraft(): Promise<Draft | null> {
  try {
    const text = await unseal(localStorage.getItem(KEY) ?? '')
    const d = JSON.parse(text ?? 'null') as Draft | null
    return d?.v === 2 && typeof d.request_id === 'string' ? { ...emptyDraft(), ...d } : null
  } catch {
    return null
  }
}

export function clearDraft(): void {
  newest += 1
  localStorage.removeItem(KEY)
}
