// What a scanned text looks like: the forms we know and nothing looser. A scan may follow typing
// so closely that both lie in one text; then the form says where the scan begins.

// A card of 12 figures first (a damaged one of 9 to 12). Searched from the left, 12 figures before
// the bar are all that a card can own: figures in front of them were typed.
const CARD_BEGINS = /\d{9,12}\|/
const CARD = /\d{9,12}\|(?:[^|]*\|){5}/
const URL_BEGINS = /https?:\/\//i
const CODES = [
  /^H\d{2}(?:[.-]\d{1,3}){0,3}-\d{6}-\d{4,6}$/i,
  /^\d{3}(?:\.\d{2,3}){1,4}\.H\d{2}-\d{6}-\d{4,6}$/i,
  /^TAM-[0-9A-HJKMNP-TV-Z]{8}$/i,
  /^https?:\/\/\S+[?&](?:mahs|ma_?ho_?so)=\S+$/i,
  /^MC1:S:\S+:\d+$/,
]

export type Shape = 'card' | 'code' | null

/** What a whole text looks like. */
export function shapeOf(text: string): Shape {
  if (text.search(CARD) === 0) return 'card'
  return CODES.some((c) => c.test(text)) ? 'code' : null
}

/** Where in the text something of a known form may begin, first one first; it reaches to the end. */
export function startsOf(text: string): number[] {
  const card = text.search(CARD)
  if (card >= 0) return [card]
  return Array.from(text, (_, i) => i).flatMap((i) => (CODES.some((c) => c.test(text.slice(i))) ? [i] : []))
}

/** Where a card or an address has surely begun, though its end has not come; -1 when nowhere. */
export function begunAt(text: string): number {
  const card = text.search(CARD_BEGINS)
  return card >= 0 ? card : text.search(URL_BEGINS)
}
