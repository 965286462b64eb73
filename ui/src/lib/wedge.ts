// A keyboard-wedge reader types like a very fast person. This pure machine watches every
// keydown, judges the whole burst (never one gap: a loaded PC and a slow reader both have
// single gaps of 50-100 ms) and says when a burst was a scan. It reads no clock and no DOM:
// times are passed in, in milliseconds.
//
// A scan may come while a person is still typing; then the burst is cut where the scan begins,
// and what was typed before stays as it is. Every character carries a mark, the state of the
// screen before it: a verdict hands back the mark of the scan's first character.
import { begunAt, startsOf } from './shape'
import { characterOf } from './us-keys'

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

/** What has the focus when a character comes. */
export type Place = {
  editable: boolean
  /** The field expects long numbers (identity number, phone): fast digits there are typing. */
  digits: boolean
  /** Silence must not end a burst here (the search box): only Enter does. */
  enterOnly: boolean
}

export type Verdict<Mark> =
  /** Let the key through. */
  | { do: 'pass' }
  /** Stop the key: it belongs to a scan. The first one has the mark to go back to. */
  | { do: 'swallow'; back?: Mark }
  /** A scan has ended: stop this key, go back to the mark. */
  | { do: 'scan'; text: string; known: boolean; method: boolean; back: Mark }
  /** It only looked like a scan: put all its characters into the field after all. */
  | { do: 'give-back'; text: string }

/** A new burst begins after this much silence. */
export const NEW_BURST_MS = 150
/** Shaped text may come this slowly (a slow reader: 80 ms a key, peaks of 100). */
export const SHAPED_MEAN_MS = 110
/** Text of no known shape must come this fast. */
export const UNKNOWN_MEAN_MS = 40
/** Shaped text behind other text must come faster than people write, or as evenly as only readers do. */
export const BEHIND_MEAN_MS = 50
/** Silence that ends a burst without Enter or Tab; three mean gaps when those are longer. */
export const SILENCE_MS = 120
/** Once surely a card or an address, a loaded PC may stall this long between two keys. */
export const CERTAIN_MS = 300
export const SHORTEST = 6
/** The longest code read is about 300 characters; of longer typing only the end is looked at. */
const LONGEST = 512
/** A gap this much above the pace of the burst's end was made by a person, if it is no tremor. */
const SLOWER = 1.8
const TREMOR_MS = 15
/** Behind a single character the gap must be a person's in any case: a reader may stall once. */
const PERSON_MS = 40

const MODIFIERS = new Set(['Shift', 'CapsLock', 'NumLock', 'Control', 'Alt', 'Meta', 'AltGraph'])

type Stroke<Mark> = { c: string; time: number; method: boolean; place: Place; back: Mark }

export class Wedge<Mark> {
  #strokes: Stroke<Mark>[] = []
  #swallowing = false
  #ended = -Infinity

  /** True while keys are stopped because a card or an address has surely begun. */
  get certain(): boolean {
    return this.#swallowing
  }

  /** When silence should be judged, in ms after the last key; null when nothing is open. */
  get wait(): number | null {
    if (this.#strokes.length === 0) return null
    return this.#swallowing ? this.#patience() : Math.max(SILENCE_MS, 3 * this.#mean())
  }

  /** `mark` is asked for the state of the screen when it may be needed later. */
  key(k: Key, place: Place, mark: () => Mark): Verdict<Mark> {
    if (MODIFIERS.has(k.key)) return { do: 'pass' }
    if (k.command || k.repeat) return this.#close()
    if (k.key === 'Enter' || k.key === 'Tab') return this.#terminator(k)
    if (k.key === 'Backspace' && k.time - this.#last <= NEW_BURST_MS) return this.#inputMethod()
    const c = characterOf(k)
    if (c === null) return this.#close()
    return this.#character(c, k, place, mark)
  }

  /** Called when `wait` has passed without a key. */
  silence(): Verdict<Mark> {
    const known = this.#known()
    if (known && !known[0]?.place.enterOnly) return this.#scan(known, true, this.#last)
    const whole = this.#strokes
    if (whole[0] && !whole[0].place.editable && whole.length >= SHORTEST && mean(whole) <= UNKNOWN_MEAN_MS) return this.#scan(whole, false, this.#last)
    // A timer may run before keys that wait in the queue of a stalled page, so silence alone forgets
    // nothing: whether the next key goes on is decided by the times of the keys themselves.
    return this.#swallowing ? this.#close() : { do: 'pass' }
  }

  #character(c: string, k: Key, place: Place, mark: () => Mark): Verdict<Mark> {
    if (k.time - this.#last > this.#patience()) this.#reset()
    const back = this.#swallowing ? this.#strokes[0]?.back : undefined
    this.#strokes.push({ c, time: k.time, method: k.composing || k.key === 'Process', place, back: back ?? mark() })
    if (this.#strokes.length > LONGEST && !this.#swallowing) this.#strokes.shift()
    if (this.#swallowing) return { do: 'swallow' }
    const begun = this.#from(begunAt(formOf(this.#strokes)))
    if (!begun?.[0] || !quick(begun, this.#strokes, UNKNOWN_MEAN_MS * 2)) return { do: 'pass' }
    this.#strokes = begun
    this.#swallowing = true
    return { do: 'swallow', back: begun[0].back }
  }

  /** A reader's Enter or Tab: the second of a CR LF pair is stopped as well. */
  #terminator(k: Key): Verdict<Mark> {
    if (this.#strokes.length === 0) return k.time - this.#ended <= SILENCE_MS && k.key === 'Enter' ? { do: 'swallow' } : { do: 'pass' }
    const prompt = k.time - this.#last <= Math.max(this.#patience(), 3 * this.#mean())
    const known = prompt && this.#known()
    if (known) return this.#scan(known, true, k.time)
    const unknown = prompt && this.#unknown(k.key)
    if (unknown) return this.#scan(unknown, false, k.time)
    return this.#close()
  }

  /** Of a known shape and fast enough; nobody types what has begun as a card, so stalls count no more. */
  #known(): Stroke<Mark>[] | null {
    const starts = startsOf(formOf(this.#strokes))
    const led = this.#swallowing ? 0 : this.#led()
    const [start] = starts.toSorted((a, b) => Math.abs(a - led) - Math.abs(b - led))
    const tail = this.#from(start ?? -1)
    return tail && (this.#swallowing || quick(tail, this.#strokes, SHAPED_MEAN_MS)) ? tail : null
  }

  /** A burst of no known shape: a scan outside fields; inside one only when it cannot be typing. */
  #unknown(terminator: string): Stroke<Mark>[] | null {
    const tail = this.#from(this.#led())
    if (!tail?.[0] || tail.length < SHORTEST || mean(tail) > UNKNOWN_MEAN_MS) return null
    if (!tail[0].place.editable) return tail
    const text = textOf(tail)
    const certain = !tail[0].place.digits && !/\s/.test(text) && text.replace(/\D/g, '').length >= SHORTEST && tail.length >= 8
    return terminator === 'Enter' && certain ? tail : null
  }

  /** How many characters a person had typed when the reader began: the gaps behind them are wide. */
  #led(): number {
    const all = gaps(this.#strokes)
    const pace = median(all.slice(-SHORTEST))
    const typed = all.findIndex((g) => g <= Math.max(TREMOR_MS, SLOWER * pace))
    return typed === 1 && (all[0] ?? 0) <= PERSON_MS ? 0 : Math.max(typed, 0)
  }

  #from(start: number): Stroke<Mark>[] | null {
    return start < 0 ? null : this.#strokes.slice(start)
  }

  /** Input methods swallow the key and send Backspace and new letters instead. */
  #inputMethod(): Verdict<Mark> {
    const last = this.#strokes.at(-1)
    if (last) last.method = true
    return { do: 'pass' }
  }

  get #last(): number {
    return this.#strokes.at(-1)?.time ?? -Infinity
  }

  #patience(): number {
    return this.#swallowing ? Math.max(CERTAIN_MS, 4 * this.#mean()) : NEW_BURST_MS
  }

  #mean(): number {
    return this.#strokes.length > 1 ? mean(this.#strokes) : 0
  }

  #scan(strokes: Stroke<Mark>[], known: boolean, at: number): Verdict<Mark> {
    const back = strokes[0]?.back as Mark
    const method = strokes.some((s) => s.method)
    this.#reset()
    this.#ended = at
    return { do: 'scan', text: textOf(strokes).trim().normalize('NFC'), known, method, back }
  }

  #close(): Verdict<Mark> {
    const text = this.#swallowing ? textOf(this.#strokes) : ''
    this.#reset()
    return text ? { do: 'give-back', text } : { do: 'pass' }
  }

  #reset(): void {
    this.#strokes = []
    this.#swallowing = false
  }
}

type Timed = { time: number }
const textOf = (strokes: { c: string }[]): string => strokes.map((s) => s.c).join('')
/** One unit a character, so that places in it are places among the strokes. */
const formOf = (strokes: { c: string }[]): string => strokes.map((s) => (s.c.length === 1 ? s.c : '\ufffd')).join('')
const gaps = (strokes: Timed[]): number[] => strokes.slice(1).map((s, i) => s.time - (strokes[i]?.time ?? s.time))
const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** The mean gap; no pace at all for fewer than two characters. */
function mean(strokes: Timed[]): number {
  const [first, last] = [strokes[0], strokes.at(-1)]
  return first && last && strokes.length > 1 ? (last.time - first.time) / (strokes.length - 1) : Infinity
}

/** Fast enough for a reader; behind other text also faster, or more even, than a person writes. */
function quick(tail: Timed[], whole: Timed[], limit: number): boolean {
  if (mean(tail) > limit) return false
  if (tail.length === whole.length || mean(tail) <= BEHIND_MEAN_MS) return true
  const all = gaps(tail)
  return Math.max(...all) <= 1.6 * Math.min(...all)
}
