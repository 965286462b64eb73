// From a code to its sentence. The words live in one file that the headless program reads too.
import english from '../../../data/errors.en.json'
import vietnamese from '../../../data/errors.vi.json'
import { Refusal } from '../platform'
import { keptLanguage } from './choices'

const table: Record<string, string> = keptLanguage() === 'en' ? english : vietnamese

/** The sentence of a code in the language of the window, its {placeholders} filled from `detail`. */
export function sentence(code: string, detail?: Record<string, string | number> | string | null): string {
  const text = table[code] ?? table['INTERNAL'] ?? code
  if (!detail || typeof detail === 'string') return text.replace(/\s*\{\w+\}/g, '')
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(detail[name] ?? ''))
}

/** The sentence of anything that was thrown. */
export function sentenceOf(thrown: unknown): string {
  const r = Refusal.from(thrown)
  return sentence(r.code, r.detail)
}
