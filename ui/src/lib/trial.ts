// What a reader sends, key by key, and what is odd about it: for the page where one is tried and set up.
import type { Scan } from './wedge-dom'
import { characterOf } from './us-keys'

/** One key as it came. */
export type Sent = { key: string; code: string; shift: boolean; composing: boolean; time: number }

/** What would keep codes or names from being read, or slow the counter down. */
export type Oddity = 'method' | 'caps' | 'layout' | 'slow' | 'no-end' | 'too-slow'

export type Trial = {
  sent: Sent[]
  /** Milliseconds from the first to the last key, and the mean and the longest of the gaps between them. */
  took: number; mean: number; longest: number
  end: 'Enter' | 'Tab' | 'Enter Enter' | null
  oddities: Oddity[]
}

/** Slower than this a code is still read, but the officer waits for it. */
const SLOW_MS = 50
/** Slower than this it cannot be told from a person. */
const TOO_SLOW_MS = 110

const isEnd = (k: Sent): boolean => k.key === 'Enter' || k.key === 'Tab'
const isLetter = (k: Sent): boolean => /^Key[A-Z]$/.test(k.code)

/** All keys of one burst. */
export function trialOf(sent: Sent[], scan: Scan | null): Trial {
  const body = sent.filter((k) => !isEnd(k))
  const gaps = body.slice(1).map((k, i) => k.time - (body[i]?.time ?? k.time))
  const took = (body.at(-1)?.time ?? 0) - (body[0]?.time ?? 0)
  const mean = gaps.length > 0 ? took / gaps.length : 0
  const ends = sent.filter(isEnd).map((k) => k.key)
  const end = ends.length > 1 ? 'Enter Enter' : ((ends[0] ?? null) as Trial['end'])
  return { sent, took, mean, longest: Math.max(0, ...gaps), end, oddities: odd(body, mean, end, scan) }
}

function odd(body: Sent[], mean: number, end: Trial['end'], scan: Scan | null): Oddity[] {
  const method = body.some((k) => k.composing || k.key === 'Process') || scan?.method === true
  const plain = body.filter((k) => !method && isLetter(k) && /^[a-z]$/i.test(k.key))
  const found: [Oddity, boolean][] = [
    ['method', method],
    ['caps', plain.some((k) => (k.key === k.key.toUpperCase()) !== k.shift)],
    ['layout', plain.some((k) => characterOf({ ...k, shift: k.shift })?.toLowerCase() !== k.key.toLowerCase())],
    ['too-slow', mean > TOO_SLOW_MS],
    ['slow', mean > SLOW_MS && mean <= TOO_SLOW_MS],
    ['no-end', end === null],
  ]
  return found.filter(([, is]) => is).map(([oddity]) => oddity)
}
