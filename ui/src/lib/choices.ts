// How the window looks and speaks on this PC. The station keeps the choice; the window's own storage repeats it, so
// that the first picture is right before the station has answered.
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof THEMES)[number]
export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const among = <T extends string>(all: readonly T[], text: string | null | undefined): T | null => all.find((it) => it === text) ?? null
const kept = (key: string): string | null => (typeof localStorage === 'undefined' ? null : localStorage.getItem(`motcua.${key}`))
const keep = (key: string, value: string): void => localStorage.setItem(`motcua.${key}`, value)

/** What is not known is as it was before there was a choice. */
export const themeOf = (text: string | null | undefined): Theme => among(THEMES, text) ?? 'light'
export const languageOf = (text: string | null | undefined): Language => among(LANGUAGES, text) ?? 'vi'

export const keptTheme = (): Theme => themeOf(kept('theme'))
export const keptLanguage = (): Language => languageOf(kept('language'))
export const keepTheme = (theme: Theme): void => keep('theme', theme)
export const keepLanguage = (language: Language): void => keep('language', language)

const asks = (query: string): boolean => typeof matchMedia === 'function' && matchMedia(query).matches

/** The colours of a theme; that of the PC follows what its owner chose there. */
export function colours(theme: Theme): Exclude<Theme, 'system'> {
  if (theme !== 'system') return theme
  if (asks('(prefers-contrast: more)')) return 'contrast'
  return asks('(prefers-color-scheme: dark)') ? 'dark' : 'light'
}

/** Puts theme and language on the page. */
export function dress(theme: Theme, language: Language): void {
  document.documentElement.dataset['theme'] = colours(theme)
  document.documentElement.lang = language
}
