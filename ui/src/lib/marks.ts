// Where pieces of text stand in a longer one.

export type Mark = { text: string; hit: boolean }

/** The lines of what a field was read from; what is too short to be found for certain is left out. */
export const piecesOf = (raw: string): string[] => raw.split('\n').map((p) => p.trim()).filter((p) => p.length > 1)

/** The text cut into what is a piece and what is not; the first place of each piece, overlaps once. */
export function marksIn(text: string, pieces: string[]): Mark[] {
  const found = pieces.map((p) => [text.indexOf(p), p.length] as const).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])
  const marks: Mark[] = []
  let end = 0
  for (const [at, length] of found) {
    if (at + length <= end) continue
    const from = Math.max(at, end)
    if (from > end) marks.push({ text: text.slice(end, from), hit: false })
    marks.push({ text: text.slice(from, at + length), hit: true })
    end = at + length
  }
  if (end < text.length) marks.push({ text: text.slice(end), hit: false })
  return marks
}
