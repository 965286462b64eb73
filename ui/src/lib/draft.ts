// The unfinished reception, kept on every change so that no crash, sign-out or scan loses a letter.
import { Kept } from './kept'
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
  despite: { dossier: string; reason: string } | null
  fromCard: boolean
  diffs: Diff[]
}


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

const current = new Kept<Draft>('motcua.draft')
const aside = new Kept<Draft[]>('motcua.parked')

/** Writes the draft on the screen. */
export const saveDraft = (d: Draft): Promise<void> => current.save(isUntouched(d) ? null : d)

/** The draft left behind, or null. */
export const loadDraft = async (): Promise<Draft | null> => known(await current.load())

export const clearDraft = (): void => current.clear()

/** Writes those that wait while somebody else is served. */
export const saveParked = (all: Draft[]): Promise<void> => aside.save(all.length > 0 ? all : null)

/** Those left waiting, in their order. */
export async function loadParked(): Promise<Draft[]> {
  const all = await aside.load()
  return Array.isArray(all) ? all.map(known).filter((d) => d !== null) : []
}

/** A draft of another version is not guessed at. */
function known(d: unknown): Draft | null {
  const draft = d as Draft | null
  return draft?.v === 2 && typeof draft.request_id === 'string' ? { ...emptyDraft(), ...draft } : null
}
