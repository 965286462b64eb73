// A keyboard-wedge reader types like a very fast person. This pure machine watches every
// keydown, judges the whole burst (never one gap: a loaded PC and a slow reader both have
// single gaps of 50-100 ms) and says when a burst was a scan. It reads no clock and no DOM:
// times are passed in, in milliseconds.
//
// Letters are taken from the physical key as a US layout, because a Vietnamese input method
// rewrites `key`; a reader that sends real Vietnamese letters arrives without a known `code`,
// or with a `key` outside ASCII, and is then believed.

export type Key = {
  code: string
  key: string
  shift: boolean
  /** Ctrl, Alt or Meta held: a command, never part of a scan. */
  command: boolean
  repeat: boolean
  composing: boolean
  time: number
}

/** What has the focus when the burst begins. */
export type Place = {
  editable: boolean
  /** The field expects long numbers (identity number, phone): fast digits there are typing. */
  digits: boolean
  /** Silence must not end a burst here (the search box): only Enter does. */
  enterOnly: boolean
}

export type Verdict =
  /** Let the key through. */
  | { do: 'pass' }
  /** Stop the key: it belongs to a scan. At the first one the field is put back as it was. */
  | { do: 'swallow'; first: boolean }
  /** A scan has ended: stop this key, put the focused field back as it was. */
  | { do: 'scan'; text: string; known: boolean; method: boolean }
  /** It only looked like a scan: put all its characters into the field after all. */
  | { do: 'give-back'; text: string }

/** A new burst begins after this much silence. */
export const NEW_BURST_MS = 150
/** Shaped text may come this slowly (a slow reader: 80 ms a key, peaks of 100). */
export const SHAPED_MEAN_MS = 110
/** Text of no known shape must come this fast. */
export const UNKNOWN_MEAN_MS = 40
/** Silence that ends a burst without Enter or Tab; three mean gaps when those are longer. */
export const SILENCE_MS = 120
/** Once surely a card or an address, a loaded PC may stall this long between two keys. */
export const CERTAIN_MS = 300
export const SHORTEST = 6

const SHIFTED: Record<string, string> = {
  '1': '!', '2': '@', '3': '#', '4': '$', '5': '%', '6': '^', '7': '&', '8': '*', '9': '(', '0': ')',
  '-': '_', '=': '+', '[': '{', ']': '}', '\\': '|', ';': ':', "'": '"', ',': '<', '.': '>', '/': '?', '`': '~',
}
const NAMED: Record<string, string> = {
  Minus: '-', Equal: '=', BracketLeft: '[', BracketRight: ']', Backslash: '\\', Semicolon: ';', Quote: "'",
  Comma: ',', Period: '.', Slash: '/', Backquote: '`', Space: ' ', NumpadAdd: '+', NumpadSubtract: '-',
  NumpadMultiply: '*', NumpadDivide: '/', NumpadDecimal: '.',
}

/** The character a key stands for, or null when it stands for none. */
export function characterOf(k: Pick<Key, 'code' | 'key' | 'shift'>): string | null {
  const single = [...k.key].length === 1 ? k.key : null
  if (single && single > '\u007f') return single
  const plain = usCharacter(k.code)
  if (plain === null) return single
  if (!k.shift || k.code.startsWith('Numpad')) return plain
  return SHIFTED[plain] ?? plain.toUpperCase()
}

function usCharacter(code: string): string | null {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase()
  if (/^(Digit|Numpad)\d$/.test(code)) return code.slice(-1)
  return NAMED[code] ?? null
}

const CARD = /^\d{9,12}\|(?:[^|]*\|){5}/
const CARD_BEGINS = /^\d{9,12}\|/
const CODES = [
  /^H\d{2}(?:[.-]\d{1,3}){0,3}-\d{6}-\d{4,6}$/i,
  /^\d{3}(?:\.\d{2,3}){1,4}\.H\d{2}-\d{6}-\d{4,6}$/i,
  /^TAM-[0-9A-HJKMNP-TV-Z]{8}$/i,
  /^https?:\/\/\S+[?&](?:mahs|ma_?ho_?so)=\S+$/i,
  /^MC1:S:\S+:\d+$/,
]
const URL_BEGINS = /^https?:\/\//i

export type Shape = 'card' | 'code' | null

/** What a whole text looks like; nothing looser than the forms we know. */
export function shapeOf(text: string): Shape {
  if (CARD.test(text)) return 'card'
  return CODES.some((c) => c.test(text)) ? 'code' : null
}

const MODIFIERS = new Set(['Shift', 'CapsLock', 'NumLock', 'Control', 'Alt', 'Meta', 'AltGraph'])

export class Wedge {
  #text = ''
  #first = 0
  #last = 0
  #count = 0
  #swallowing = false
  #method = false
  #ended = -Infinity
  #place: Place = { editable: false, digits: false, enterOnly: false }

  /** True while a burst is open: the glue keeps its snapshot of the field. */
  get open(): boolean {
    return this.#count > 0
  }

  /** When silence should be judged, in ms after the last key; null when nothing is open. */
  get wait(): number | null {
    if (!this.open) return null
    return this.#swallowing ? this.#patience() : Math.max(SILENCE_MS, 3 * this.#mean())
  }

  /** Whether this key would begin a new burst: then the glue takes its snapshot first. */
  begins(k: Key): boolean {
    return this.#plain(k) !== null && (!this.open || k.time - this.#last > this.#patience())
  }

  key(k: Key, place: Place): Verdict {
    if (MODIFIERS.has(k.key)) return { do: 'pass' }
    if (k.command || k.repeat) return this.#close({ do: 'pass' })
    if (k.key === 'Enter' || k.key === 'Tab') return this.#terminator(k)
    if (k.key === 'Backspace' && this.open && k.time - this.#last <= NEW_BURST_MS) return this.#inputMethod()
    const c = this.#plain(k)
    if (c === null) return this.#close({ do: 'pass' })
    return this.#character(c, k, place)
  }

  /** Called when `wait` has passed without a key. */
  silence(): Verdict {
    const text = this.#text
    if (this.#known() && !this.#place.enterOnly) return this.#scan(text, true, this.#last)
    if (!this.#place.editable && this.#count >= SHORTEST && this.#fast(UNKNOWN_MEAN_MS)) return this.#scan(text, false, this.#last)
    // A timer may run before keys that wait in the queue of a stalled page, so silence alone forgets
    // nothing: whether the next key goes on is decided by the times of the keys themselves.
    if (!this.#swallowing) return { do: 'pass' }
    this.#reset()
    return { do: 'give-back', text }
  }

  #plain(k: Key): string | null {
    return k.command || k.repeat ? null : characterOf(k)
  }

  #character(c: string, k: Key, place: Place): Verdict {
    if (!this.open || k.time - this.#last > this.#patience()) {
      this.#reset()
      this.#place = place
      this.#first = k.time
    }
    this.#text += c
    this.#count += 1
    this.#last = k.time
    this.#method ||= k.composing || k.key === 'Process'
    if (!this.#certain()) return { do: 'pass' }
    const first = !this.#swallowing
    this.#swallowing = true
    return { do: 'swallow', first }
  }

  /** A reader's Enter or Tab: the second of a CR LF pair is stopped as well. */
  #terminator(k: Key): Verdict {
    if (!this.open) return k.time - this.#ended <= SILENCE_MS && k.key === 'Enter' ? { do: 'swallow', first: false } : { do: 'pass' }
    const text = this.#text
    const prompt = k.time - this.#last <= Math.max(this.#patience(), 3 * this.#mean())
    if (prompt && this.#known()) return this.#scan(text, true, k.time)
    if (prompt && this.#unknown(text, k.key)) return this.#scan(text, false, k.time)
    const back = this.#swallowing ? this.#text : ''
    this.#reset()
    return back ? { do: 'give-back', text: back } : { do: 'pass' }
  }

  /** A burst of no known shape: a scan outside fields; inside one only when it cannot be typing. */
  #unknown(text: string, terminator: string): boolean {
    if (this.#count < SHORTEST || !this.#fast(UNKNOWN_MEAN_MS)) return false
    if (!this.#place.editable) return true
    const digits = text.replace(/\D/g, '').length
    return terminator === 'Enter' && !this.#place.digits && !/\s/.test(text) && digits >= SHORTEST && this.#count >= 8
  }

  /** Input methods swallow the key and send Backspace and new letters instead. */
  #inputMethod(): Verdict {
    this.#method = true
    return { do: 'pass' }
  }

  /** Of a known shape and fast enough; nobody types what has begun as a card, so stalls count no more. */
  #known(): boolean {
    return (this.#swallowing || this.#fast(SHAPED_MEAN_MS)) && shapeOf(this.#text) !== null
  }

  /** So sure that the rest need not reach the field at all. */
  #certain(): boolean {
    return this.#swallowing || (this.#fast(UNKNOWN_MEAN_MS * 2) && (CARD_BEGINS.test(this.#text) || URL_BEGINS.test(this.#text)))
  }

  #patience(): number {
    return this.#swallowing ? Math.max(CERTAIN_MS, 4 * this.#mean()) : NEW_BURST_MS
  }

  #mean(): number {
    return this.#count > 1 ? (this.#last - this.#first) / (this.#count - 1) : 0
  }

  #fast(limit: number): boolean {
    return this.#count >= 2 && this.#mean() <= limit
  }

  #scan(text: string, known: boolean, at: number): Verdict {
    const method = this.#method
    this.#reset()
    this.#ended = at
    return { do: 'scan', text: text.trim().normalize('NFC'), known, method }
  }

  #close(verdict: Verdict): Verdict {
    const back = this.#swallowing ? this.#text : ''
    this.#reset()
    return back ? { do: 'give-back', text: back } : verdict
  }

  #reset(): void {
    this.#text = ''
    this.#count = 0
    this.#swallowing = false
    this.#method = false
  }
}
