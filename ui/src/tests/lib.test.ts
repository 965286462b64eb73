import { describe, expect, it } from 'vitest'
import { foldDays } from '../lib/days'
import { fold, marked } from '../lib/fold'
import { ageAt, birthWords, codeParts, dateOf, figure, longDateOf, money, spaced, timeOf } from '../lib/format'
import { settingsOf } from '../lib/scanner'
import { applicantOf, authorisedOf, checkPerson, isoDate, type Typed } from '../lib/validate'
import type { Day } from '../platform'
import { nameOf } from '../state/keys'

const person = (p: Partial<Typed>): Typed => ({ kind: 'person', name: 'Lò Văn Pản', id_number: '', birth_date: '', gender: '', address: '', phone: '', email: '', ...p })
const codes = (p: Partial<Typed>) => checkPerson(person(p)).map((x) => x.code)

describe('format', () => {
  it('shows civil time in +07:00 whatever the PC thinks', () => {
    expect(longDateOf('2026-12-01T10:00:00Z')).toBe('Thứ Ba 01/12/2026')
    expect(timeOf('2026-12-01T10:00:00Z')).toBe('17:00')
    expect(dateOf('2026-11-23T23:30:00Z')).toBe('24/11/2026')
  })
  it('writes figures the Vietnamese way', () => {
    expect(figure(200136)).toBe('200.136')
    expect(money(8000)).toBe('8.000 đ')
    expect(spaced('099196000002')).toBe('099 196 000 002')
    expect(codeParts('H99.128-261123-0417')).toEqual(['H99.128-261123-', '0417'])
    expect(birthWords('1996-02-29')).toBe('29/02/1996')
    expect(birthWords('1996')).toBe('1996')
    expect(ageAt('1996-02-29', Date.parse('2026-02-28T00:00:00Z'))).toBe(29)
  })
})

describe('fold', () => {
  it('folds tones and đ', () => expect(fold('Đỗ Thúy')).toBe('do thuy'))
  it('marks words that begin with what was typed', () => {
    expect(marked('Đỗ Thúy Vy', 'do thuy').filter((p) => p.hit).map((p) => p.text)).toEqual(['Đỗ', 'Thúy'])
    expect(marked('Ado', 'do').some((p) => p.hit)).toBe(false)
    expect(marked('Y Khoa', '').map((p) => p.text).join('')).toBe('Y Khoa')
  })
})

describe('validate', () => {
  it('reads typed dates and refuses impossible ones', () => {
    expect(isoDate('29/02/1996')).toBe('1996-02-29')
    expect(isoDate('29021996')).toBe('1996-02-29')
    expect(isoDate('2/1996')).toBe('1996-02')
    expect(isoDate('1996')).toBe('1996')
    for (const bad of ['31/02/1996', '29/02/1995', '00/01/1990', '1/13/1990', 'abc', '1/2/3/4']) expect(isoDate(bad)).toBeUndefined()
  })
  it('says what is wrong at which field', () => {
    expect(codes({})).toEqual([])
    expect(codes({ name: ' ' })).toEqual(['MISSING_NAME'])
    expect(checkPerson(person({ id_number: '0991960000' + '0' }))).toEqual([{ field: 'id_number', code: 'INVALID_ID_NUMBER', detail: { length: 11 } }])
    expect(codes({ id_number: '099 196 000 002', phone: '0900 000 126', birth_date: '31/02/1990' })).toEqual(['INVALID_DATE'])
    expect(codes({ phone: '123', email: 'x@y' })).toEqual(['INVALID_PHONE', 'INVALID_EMAIL'])
    expect(codes({ name: 'A\u0000B' })).toEqual(['CONTROL_CHARACTER'])
    expect(codes({ address: 'x'.repeat(1_000_000) })).toEqual(['TOO_LONG'])
  })
  it('sends names NFC and leaves empty fields out', () => {
    expect(applicantOf(person({ name: 'Trần'.normalize('NFD'), id_number: '099 196 000 002', birth_date: '29/02/1996' }))).toEqual({
      kind: 'person', name: 'Trần', id_number: '099196000002', birth_date: '1996-02-29',
    })
    expect(authorisedOf('Trần Văn Ơn · em ruột')).toEqual({ name: 'Trần Văn Ơn', paper: 'em ruột' })
    expect(authorisedOf(' ')).toBeUndefined()
  })
})

it('a long day strip keeps its start and its end', () => {
  const days = Array.from({ length: 42 }, (_, i): Day => ({ date: `d${i}`, weekday: 'T2', kind: i === 41 ? 'due' : 'counted', count: i, reason: null }))
  const folded = foldDays(days)
  expect(folded).toHaveLength(10)
  expect(folded[0]).toBe(days[0])
  expect(folded.at(-1)).toBe(days[41])
  expect(folded.reduce((n, d) => n + ('fold' in d ? d.fold : 1), 0)).toBe(42)
})

it('keys have one name', () => {
  const key = (k: Partial<KeyboardEvent>) => nameOf({ key: '', code: '', ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...k })
  expect(key({ key: 'F5', shiftKey: true })).toBe('Shift F5')
  expect(key({ key: 'p', code: 'KeyP', ctrlKey: true })).toBe('Ctrl P')
  expect(key({ key: '1', code: 'Digit1', ctrlKey: true })).toBe('Ctrl 1')
  expect(key({ key: '1', code: 'Digit1', altKey: true })).toBe('')
})

describe('settingsOf', () => {
  const values = { scanner_settings: '{"pnm:0":{"mode":"Gray","dpi":300,"options":{"filename":"a.ppm"},"device":"x"}}' }
  it('gives a device its own settings and no other', () => {
    expect(settingsOf(values, 'pnm:0')).toEqual({ mode: 'Gray', dpi: 300, options: { filename: 'a.ppm' } })
    expect(settingsOf(values, 'test:0')).toEqual({})
    expect(settingsOf({}, 'pnm:0')).toEqual({})
  })
  it('refuses what it cannot read', () => {
    for (const bad of ['', 'null', '{"pnm:0"']) expect(() => settingsOf({ scanner_settings: bad }, 'pnm:0')).toThrow('SCANNER_BAD_OPTION')
  })
})
