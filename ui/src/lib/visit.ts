// What a card or an earlier visit says of the person in a draft: what is empty is filled, what differs is shown
// beside what stands there and never replaced without a word.
import type { Applicant, Card } from '../platform'
import { emptyPerson, type Diff, type Draft } from './draft'
import { birthWords, phoneWords, shortDateOf, spaced } from './format'
import { fold } from './fold'
import { compact, isoDate, type Typed } from './validate'

const DIFFERS = ['name', 'birth_date', 'address'] as const

export const diffOf = (draft: Draft, field: string): Diff | undefined => draft.diffs.find((d) => d.field === field)

/** The card counts; what it replaces is kept beside it. */
export function fillFromCard(draft: Draft, card: Card): void {
  const p = draft.person
  const fresh = { name: card.name ?? '', birth_date: card.birth_date ? birthWords(card.birth_date) : '', address: card.address ?? '' }
  draft.diffs = DIFFERS.filter((f) => p[f].trim() && fresh[f] && fold(p[f]) !== fold(fresh[f])).map((f) => ({
    field: f, fresh: fresh[f], was: p[f].trim(), since: null, use: 'fresh',
  }))
  for (const f of DIFFERS) if (fresh[f]) p[f] = fresh[f].normalize('NFC')
  p.kind = 'person'
  p.id_number = spaced(card.id_number)
  if (card.gender) p.gender = card.gender
  draft.fromCard = true
}

/** All of what was said at the last visit, in place of what was typed to find it. */
export function fillFromVisit(draft: Draft, last: Applicant): void {
  draft.person = { ...emptyPerson(), kind: last.kind ?? 'person', id_number: spaced(last.id_number ?? '') }
  draft.diffs = []
  compareWithLast(draft, last, null)
}

/** What stands on the screen counts; what was written at the last visit (`seen`) fills the gaps. */
export function compareWithLast(draft: Draft, last: Applicant, seen: string | null): void {
  const p = draft.person
  const was = { name: last.name, birth_date: last.birth_date ? birthWords(last.birth_date) : '', address: last.address ?? '' }
  for (const f of DIFFERS) {
    if (!p[f].trim()) p[f] = was[f]
    else if (was[f] && fold(was[f]) !== fold(p[f]) && !diffOf(draft, f)) {
      draft.diffs.push({ field: f, fresh: p[f], was: was[f], since: seen && shortDateOf(seen), use: 'fresh' })
    }
  }
  p.phone ||= last.phone ? phoneWords(last.phone) : ''
  p.email ||= last.email ?? ''
  p.gender ||= last.gender ?? ''
}

/** A field as it is usually written. */
export function tidy(p: Typed, field: keyof Typed): void {
  if (field === 'id_number') p.id_number = spaced(compact(p.id_number))
  if (field === 'phone') p.phone = phoneWords(compact(p.phone))
  if (field === 'birth_date') p.birth_date = tidyDate(p.birth_date)
}

function tidyDate(text: string): string {
  const iso = isoDate(text)
  return iso ? birthWords(iso) : text
}
