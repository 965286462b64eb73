import { describe, expect, it } from 'vitest'
import english from '../../../data/errors.en.json'
import sentences from '../../../data/errors.vi.json'
import { sentence, sentenceOf } from '../lib/errors'
import { Refusal } from '../platform'
import { words } from '../words'
import { en } from '../words/en'

function paths(value: unknown, at = ''): string[] {
  if (typeof value === 'string' || typeof value === 'function') return [at]
  return Object.entries(value as object).flatMap(([k, v]) => paths(v, `${at}.${k}`))
}
const texts = (value: unknown): string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(texts) : [])

it('English has every word that Vietnamese has', () => {
  expect(paths(en).sort()).toEqual(paths(words).sort())
})

it('words are NFC, without exclamation marks', () => {
  for (const t of texts(words)) {
    expect(t).toBe(t.normalize('NFC'))
    expect(t).not.toContain('!')
  }
})

describe('error sentences', () => {
  it('are NFC, two sentences at most, without codes or exclamation marks', () => {
    for (const [code, text] of [...Object.entries(sentences), ...Object.entries(english)]) {
      expect(code).toMatch(/^[A-Z][A-Z_0-9]+$/)
      expect(text).toBe(text.normalize('NFC'))
      expect(text).not.toMatch(/!|[A-Z]{3,}_/)
      expect(text.match(/[.?](\s|$)/g)?.length ?? 0).toBeLessThanOrEqual(2)
    }
  })
  it('say the same in English, with the same figures', () => {
    const figures = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()
    expect(Object.keys(english)).toEqual(Object.keys(sentences))
    for (const [code, text] of Object.entries(sentences)) expect([code, ...figures((english as Record<string, string>)[code] ?? '')]).toEqual([code, ...figures(text)])
  })
  it('fill their figures, and never show a brace', () => {
    expect(sentence('INVALID_ID_NUMBER', { length: 11 })).toBe('Số định danh có 11 chữ số, cần 12. Xin xem lại trên thẻ.')
    expect(sentence('INVALID_ID_NUMBER')).not.toContain('{')
    expect(sentenceOf(new Refusal('DISK_FULL'))).toContain('Ổ đĩa')
    expect(sentenceOf('{"error":{"code":"NOT_A_CARD"}}')).toContain('thẻ')
    expect(sentenceOf(new Error('boom'))).toBe(sentences.INTERNAL)
  })
})
