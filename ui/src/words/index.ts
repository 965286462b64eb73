// The language of the screens. The station speaks Vietnamese; English stands beside it
// so that a reader of the code can follow, and its type makes both complete.
import { keptLanguage } from '../lib/choices'
import { en } from './en'
import * as vi from './vi'

/** The same tree with any words: strings widen, functions keep their arguments. */
export type Same<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => R extends string ? string : R
    : { [K in keyof T]: Same<T[K]> }

export type Words = Same<typeof vi>

/** Chosen once, when the page begins. */
export const words: Words = keptLanguage() === 'en' ? en : vi
