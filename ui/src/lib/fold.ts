// Letters without tones, for marking matches and for choosing a name by its letter.
// The station's own search keys are richer; this only has to agree where we paint.

/** One character folded: tones off, đ as d, lower case. */
const foldOne = (c: string): string => c.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()

export const fold = (text: string): string => [...text.normalize('NFC')].map(foldOne).join('')

export type Piece = { text: string; hit: boolean }

/** Cuts a text into pieces; those that begin a word with one of the query's words are hits. */
export function marked(text: string, query: string): Piece[] {
  const words = fold(query).split(/\s+/).filter((w) => w.length > 0)
  const chars = [...text.normalize('NFC')]
  const folded = chars.map(foldOne)
  const hit = chars.map(() => false)
  for (const w of words) markWord(folded, w, hit)
  return pieces(chars, hit)
}

function markWord(folded: string[], word: string, hit: boolean[]): void {
  const line = folded.map((c) => (c.length === 1 ? c : ' ')).join('')
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
    const before = line[at - 1]
    if (before !== undefined && /[\p{L}\p{N}]/u.test(before)) continue
    hit.fill(true, at, at + word.length)
  }
}

function pieces(chars: string[], hit: boolean[]): Piece[] {
  const out: Piece[] = []
  chars.forEach((c, i) => {
    const last = out.at(-1)
    if (last && last.hit === hit[i]) last.text += c
    else out.push({ text: c, hit: hit[i] ?? false })
  })
  return out
}
