import { describe, expect, it } from 'vitest'
import { shapeOf, startsOf } from '../lib/shape'
import { characterOf } from '../lib/us-keys'
import { Wedge as Machine, type Key, type Place, type Verdict } from '../lib/wedge'

const CARD = '099196000002||Trần Thị Bích Đào|29021996|Nữ|Tổ 2, Phường Ví Dụ, Tỉnh Mẫu|01012022'
const CODE = 'H99.128-261123-0417'
const BODY: Place = { editable: false, digits: false, enterOnly: false }
const NAME: Place = { editable: true, digits: false, enterOnly: false }
const DIGITS: Place = { editable: true, digits: true, enterOnly: false }
const SEARCH: Place = { editable: true, digits: true, enterOnly: true }

const US: Record<string, [string, boolean]> = { '|': ['Backslash', true], ' ': ['Space', false], '-': ['Minus', false], '.': ['Period', false], ',': ['Comma', false], ':': ['Semicolon', true], '/': ['Slash', false], '?': ['Slash', true], '=': ['Equal', false] }

/** A key as a US keyboard sends it; letters outside ASCII come without a code. */
function press(c: string, time: number, extra: Partial<Key> = {}): Key {
  const base = { key: c, repeat: false, composing: false, command: false, time, shift: false, code: '' }
  if (c === 'Enter' || c === 'Tab' || c === 'Backspace') return { ...base, code: c, ...extra }
  if (/[a-z]/i.test(c) && c.length === 1) return { ...base, code: `Key${c.toUpperCase()}`, shift: c !== c.toLowerCase(), ...extra }
  if (/\d/.test(c)) return { ...base, code: `Digit${c}`, ...extra }
  const [code, shift] = US[c] ?? ['', false]
  return { ...base, code, shift, ...extra }
}

/** The machine on one field that takes what passes and goes back where it is told. */
class Wedge extends Machine<string> {
  field = ''
  override key(k: Key, place: Place, mark = () => this.field): Verdict<string> {
    return this.#obey(super.key(k, place, mark), k.key)
  }
  override silence(): Verdict<string> {
    return this.#obey(super.silence(), '')
  }
  #obey(v: Verdict<string>, key: string): Verdict<string> {
    if (v.do === 'pass' && [...key].length === 1) this.field += key
    if (v.do === 'give-back') this.field += v.text
    if ((v.do === 'scan' || v.do === 'swallow') && v.back !== undefined) this.field = v.back
    return v
  }
}

type Run = { passed: string; verdicts: Verdict<string>[]; scan: Extract<Verdict<string>, { do: 'scan' }> | undefined; time: number }
function type(w: Wedge, text: string[], gap: number | ((i: number) => number), place: Place, from = 0): Run {
  let time = from
  let passed = ''
  const verdicts: Verdict<string>[] = []
  text.forEach((c, i) => {
    time += typeof gap === 'number' ? gap : gap(i)
    const v = w.key(press(c, time), place)
    verdicts.push(v)
    if (v.do === 'pass' && c.length === 1) passed += c
  })
  return { passed, verdicts, scan: verdicts.find((v) => v.do === 'scan'), time }
}

describe('characterOf', () => {
  it('reads the physical key as a US layout, whatever the layout or input method made of it', () => {
    expect(characterOf({ code: 'KeyA', key: 'Process', shift: false })).toBe('a')
    expect(characterOf({ code: 'KeyA', key: 'q', shift: true })).toBe('A')
    expect(characterOf({ code: 'Backslash', key: '*', shift: true })).toBe('|')
    expect(characterOf({ code: 'Digit2', key: 'é', shift: false })).toBe('é')
    expect(characterOf({ code: 'Numpad7', key: '7', shift: false })).toBe('7')
  })
  it('believes letters outside ASCII and keys without a code', () => {
    expect(characterOf({ code: '', key: 'ầ', shift: false })).toBe('ầ')
    expect(characterOf({ code: 'KeyX', key: 'Đ', shift: true })).toBe('Đ')
    expect(characterOf({ code: '', key: 'x', shift: false })).toBe('x')
    expect(characterOf({ code: 'ShiftLeft', key: 'Shift', shift: true })).toBeNull()
  })
})

describe('shapeOf', () => {
  it('knows the forms of codes and nothing looser', () => {
    for (const t of [CODE, 'h99.128-261123-12345', '000.00.00.H99-261123-0417', 'TAM-7K2M9QAB', 'https://dvc.example/tra-cuu?mahs=H99.128-261123-0417']) expect(shapeOf(t)).toBe('code')
    for (const t of ['8934563138165', 'Nguyễn Văn A', '099196000002', 'TAM-ILOU0000', 'H99.128-261123', '']) expect(shapeOf(t)).toBeNull()
    expect(shapeOf(CARD)).toBe('card')
  })
})

describe('a burst', () => {
  for (const gap of [1, 10, 40, 80]) {
    it(`is a scan at ${gap} ms a key, with Enter, wherever the focus is`, () => {
      for (const place of [BODY, NAME, DIGITS, SEARCH]) {
        expect(type(new Wedge(), [...CODE, 'Enter'], gap, place).scan).toMatchObject({ text: CODE, known: true })
        expect(type(new Wedge(), [...CARD, 'Enter'], gap, place).scan).toMatchObject({ text: CARD, known: true })
      }
    })
  }
  it('is judged as a whole: single gaps of 100 ms do not break it', () => {
    expect(type(new Wedge(), [...CODE, 'Enter'], (i) => (i % 7 === 0 ? 100 : 12), BODY).scan?.text).toBe(CODE)
  })
  it('once begun as a card, stalls of a loaded PC do not break it', () => {
    const run = type(new Wedge(), [...CARD, 'Enter'], (i) => (i > 20 ? 180 : 12), NAME)
    expect(run.scan?.text).toBe(CARD)
    expect(run.passed).toBe('099196000002')
  })
  it('may end with Tab', () => {
    expect(type(new Wedge(), [...CODE, 'Tab'], 8, NAME).scan?.text).toBe(CODE)
  })
  it('goes on after a silence that was only a stall of the page', () => {
    const w = new Wedge()
    for (const [i, c] of [...CARD].entries()) {
      w.key(press(c, i * 5), NAME)
      if (i < 3) expect(w.silence()).toEqual({ do: 'pass' })
    }
    expect(w.key(press('Enter', CARD.length * 5), NAME)).toMatchObject({ do: 'scan', text: CARD })
  })
  it('ends by silence when its text has a known shape, but not in the search box', () => {
    const w = new Wedge()
    type(w, [...CODE], 10, BODY)
    expect(w.wait).toBe(120)
    expect(w.silence()).toMatchObject({ do: 'scan', text: CODE })
    const s = new Wedge()
    type(s, [...CODE], 10, SEARCH)
    expect(s.silence()).toEqual({ do: 'pass' })
  })
  it('waits longer for a slow reader', () => {
    const w = new Wedge()
    type(w, [...CODE], 80, BODY)
    expect(w.wait).toBe(240)
  })
  it('keeps the rest of a card away from the field once it is certain', () => {
    const run = type(new Wedge(), [...CARD, 'Enter'], 10, NAME)
    expect(run.passed).toBe('099196000002')
    expect(run.verdicts.filter((v) => v.do === 'swallow' && v.back !== undefined)).toHaveLength(1)
  })
  it('gives everything back when it stops half way', () => {
    const w = new Wedge()
    type(w, [...'099196000002||Tr'], 10, NAME)
    expect(w.silence()).toEqual({ do: 'give-back', text: '099196000002||Tr' })
  })
  it('swallows the second Enter of a CR LF pair', () => {
    const w = new Wedge()
    const run = type(w, [...CODE, 'Enter'], 5, BODY)
    expect(w.key(press('Enter', run.time + 5), BODY)).toMatchObject({ do: 'swallow' })
    expect(w.key(press('Enter', run.time + 900), BODY)).toEqual({ do: 'pass' })
  })
  it('is composed: NFD letters come out as NFC', () => {
    const nfd = CARD.replace('Trần', 'Trần'.normalize('NFD'))
    expect(type(new Wedge(), [...nfd, 'Enter'], 10, BODY).scan?.text).toBe(CARD)
  })
  it('is still read while an input method composes, and says so', () => {
    const w = new Wedge()
    let time = 0
    for (const c of CODE) w.key(press(c, (time += 10), /[a-z]/i.test(c) ? { key: 'Process', composing: true } : {}), BODY)
    w.key(press('Backspace', (time += 10)), BODY)
    expect(w.key(press('Enter', time + 10), BODY)).toMatchObject({ do: 'scan', text: CODE, method: true })
  })
})

describe('a person', () => {
  it('types names, numbers and dates at any speed without losing a letter', () => {
    const name = [...'Tran Thi Bich Dao', 'Tab']
    for (const gap of [1, 5, 30, 120, 400]) {
      expect(type(new Wedge(), name, gap, NAME).scan).toBeUndefined()
      expect(type(new Wedge(), [...'Tổ 2, Phường Ví Dụ', 'Enter'], gap, NAME).scan).toBeUndefined()
      expect(type(new Wedge(), [...'099196000002', 'Tab'], gap, DIGITS).scan).toBeUndefined()
      expect(type(new Wedge(), [...'0900000126', 'Enter'], gap, DIGITS).scan).toBeUndefined()
      expect(type(new Wedge(), [...'2.000815', 'Enter'], gap, DIGITS).passed).toBe('2.000815')
    }
  })
  it('who types slowly is never taken for a reader', () => {
    expect(type(new Wedge(), [...'12345678', 'Enter'], 130, BODY).scan).toBeUndefined()
    expect(type(new Wedge(), [...CODE, 'Enter'], 200, NAME).scan).toBeUndefined()
  })
  it('may hold a key, use commands and shift without opening a burst', () => {
    const w = new Wedge()
    expect(w.key(press('a', 0, { command: true }), BODY)).toEqual({ do: 'pass' })
    expect(w.key(press('a', 5, { repeat: true }), BODY)).toEqual({ do: 'pass' })
    expect(w.key({ ...press('a', 9), key: 'Shift', code: 'ShiftLeft' }, BODY)).toEqual({ do: 'pass' })
    expect(w.wait).toBeNull()
  })
})

describe('an unknown code', () => {
  it('is reported outside fields, with Enter or by silence', () => {
    expect(type(new Wedge(), [...'8934563138165', 'Enter'], 5, BODY).scan).toMatchObject({ known: false, text: '8934563138165' })
    const w = new Wedge()
    type(w, [...'8934563138165'], 5, BODY)
    expect(w.silence()).toMatchObject({ do: 'scan', known: false })
  })
  it('is taken out of a name field, where it cannot be typing, but left in a number field', () => {
    expect(type(new Wedge(), [...'8934563138165', 'Enter'], 5, NAME).scan).toMatchObject({ known: false })
    expect(type(new Wedge(), [...'8934563138165', 'Enter'], 5, DIGITS).scan).toBeUndefined()
  })
  it('must be long enough', () => {
    expect(type(new Wedge(), [...'12345', 'Enter'], 5, BODY).scan).toBeUndefined()
  })
})

it('a scan that follows typing after a pause is clean of what was typed before', () => {
  const w = new Wedge()
  const before = type(w, [...'ab'], 90, NAME)
  expect(type(w, [...CODE, 'Enter'], (i) => (i === 0 ? 300 : 10), NAME, before.time).scan?.text).toBe(CODE)
})

describe('a scan into half-typed text', () => {
  const CODES = [CODE, CARD, 'TAM-7K2M9QAB', '123.00.00.H99-261123-0417', 'https://dvc.example/tra-cuu?mahs=H99.128-261123-0417', 'MC1:S:H99.128-261123-0417:3']
  const TYPED = ['', 'T', 'Tra', 'Tran Thi Bi', '0990', '0', 'Thôn Mẫu, số 12', '2.0008', '123.', 'http', 'H99.128-2611', 'a|b|']
  const MANNERS = { even: () => 1, loose: (random: () => number) => 0.7 + 0.6 * random() }

  for (const pace of [1, 5, 10, 30]) {
    it(`at ${pace} ms a key is cut off from it, and nothing leaks`, () => {
      for (const manner of Object.values(MANNERS)) {
        for (let seed = 1; seed <= 15; seed += 1) {
          const random = seeded(seed * 100 + pace)
          for (const code of CODES) for (const text of TYPED) for (const place of [NAME, DIGITS, SEARCH]) {
            // Together they are one code of the old form; only a clear difference of pace tells them apart.
            if (pace === 30 && text === '123.' && code.startsWith('123.')) continue
            const w = new Wedge()
            const typed = type(w, [...text], () => 60 + 85 * random(), place)
            const between = 20 + 380 * random()
            const run = type(w, [...code, 'Enter'], (i) => (i === 0 ? between : pace * manner(random)), place, typed.time)
            const scans = run.verdicts.filter((v) => v.do === 'scan')
            expect({ text, between, seed, field: w.field, scans: scans.length, scan: run.scan?.text }).toEqual({ text, between, seed, field: text, scans: 1, scan: code })
          }
        }
      }
    })
  }
  it('by a slow but even reader is cut off as well', () => {
    const w = new Wedge()
    const typed = type(w, [...'Tran'], 100, NAME)
    expect(type(w, [...CODE, 'Enter'], (i) => (i === 0 ? 140 : 80), NAME, typed.time).scan?.text).toBe(CODE)
    expect(w.field).toBe('Tran')
  })
  it('without Enter is cut off by the silence behind it', () => {
    const w = new Wedge()
    type(w, [...CODE], (i) => (i === 0 ? 60 : 5), NAME, type(w, [...'Tran Thi'], 90, NAME).time)
    expect(w.silence()).toMatchObject({ do: 'scan', text: CODE })
    expect(w.field).toBe('Tran Thi')
  })
  it('of no known form is cut off by its pace, not by one stall', () => {
    for (const [text, stall] of [['Tran Thi Bi', -1], ['B', -1], ['Tran', 6], ['', 6]] as const) {
      const w = new Wedge()
      const typed = type(w, [...text], 90, NAME)
      const run = type(w, [...'8934563138165', 'Enter'], (i) => (i === 0 ? 110 : i === stall ? 70 : 5), NAME, typed.time)
      expect([run.scan?.text, w.field]).toEqual(['8934563138165', text])
    }
  })
  it('goes on when the text before was composed or corrected, and does not blame the input method for it', () => {
    const w = new Wedge()
    const typed = type(w, [...'Tran'], 90, NAME)
    w.key(press('a', typed.time + 90, { key: 'Process', composing: true }), NAME)
    w.key(press('Backspace', typed.time + 170), NAME)
    expect(type(w, [...CODE, 'Enter'], (i) => (i === 0 ? 80 : 8), NAME, typed.time + 170).scan).toMatchObject({ text: CODE, method: false })
  })
  it('leaves the field to a person who writes a code behind other words', () => {
    const random = seeded(7)
    for (let seed = 0; seed < 50; seed += 1) {
      const w = new Wedge()
      const text = 'xem H99.128-261123-0417'
      expect(type(w, [...text, 'Enter'], () => 60 + 80 * random(), NAME).scan).toBeUndefined()
      expect(w.field).toBe(text)
    }
  })
})

describe('startsOf', () => {
  it('gives a card twelve figures and no more', () => {
    expect(startsOf(`0990${CARD}`)).toEqual([4])
    expect(startsOf('Trần Thị Bí')).toEqual([])
    expect(startsOf(`xx${CODE}`)).toEqual([2])
  })
})

it('one snapshot is asked for every character, none once it is certain', () => {
  const w = new Wedge()
  let snapshots = 0
  for (const [i, c] of [...CARD].entries()) w.key(press(c, i * 10), NAME, () => String((snapshots += 1)))
  expect(snapshots).toBe('099196000002|'.length)
})

/** Invented cards: names of one word and of five, of several peoples, places of two and of three levels. */
function cards(count: number): string[] {
  const names = ['Trần Thị Bích Đào', 'Hà', 'Y Ŏng Ênuôl', 'H’Hen Niê', 'Nguyễn Tôn Nữ Hoàng Anh', 'Lò Văn Pản', 'Vừ Thị Dủ', 'Rơ Chăm Mẫu', 'Đinh Thị Ƀưm', 'Y Khoa', 'Lê Đức Ơn', 'Giàng A Mẫu']
  const places = ['Tổ 2, Phường Ví Dụ, Tỉnh Mẫu', 'Số 1, Thôn Mẫu, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu', 'Buôn Ƀuôr Mẫu, Xã Ea Thử, Tỉnh Mẫu', 'Số 12/3 ngõ 45, Phường Mẫu, Thành phố Giả']
  const random = seeded(99)
  const one = <T>(all: T[]): T => all[Math.floor(random() * all.length)] as T
  const digits = (n: number) => Array.from({ length: n }, () => Math.floor(random() * 10)).join('')
  return Array.from({ length: count }, () => `099${digits(9)}|${one(['', digits(9)])}|${one(names)}|${one(['29021996', '01011990'])}|${one(['Nam', 'Nữ'])}|${one(places)}|15042023${one(['', '||Cha Mẫu|Mẹ Mẫu|'])}`)
}

describe('five hundred cards', () => {
  const CARDS = cards(500)
  for (const pace of [2, 5, 10, 20, 40, 80, 100]) for (const end of ['Enter', 'Tab', null]) {
    it(`at ${pace} ms a key with ${end ?? 'no key'} at the end come out exact, and nothing stays in the field`, () => {
      const random = seeded(pace)
      for (const text of CARDS) for (const place of [BODY, NAME, DIGITS]) {
        const w = new Wedge()
        const run = type(w, [...text, ...(end ? [end] : [])], () => pace * (0.8 + 0.4 * random()), place)
        const scan = run.scan ?? w.silence()
        expect({ scan, field: w.field }).toMatchObject({ scan: { do: 'scan', text, known: true }, field: '' })
      }
    })
  }
})

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
