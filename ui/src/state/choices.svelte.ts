// The choices of this PC: kept by the station, on the page at once.
import { dress, keepLanguage, keepTheme, keptLanguage, keptTheme, languageOf, themeOf, type Language, type Theme } from '../lib/choices'
import { sentenceOf } from '../lib/errors'
import { call } from '../platform'

class Choices {
  theme = $state<Theme>(keptTheme())
  language = $state<Language>(keptLanguage())
  trouble = $state('')
  /** Words are chosen when the page begins: another language begins it anew. What was typed is kept. */
  reload = (): void => location.reload()

  /** Asks the station what was chosen; the window's own storage may have been emptied. */
  async load(): Promise<void> {
    try {
      const { values } = await call('preferences', {})
      this.#wear(themeOf(values['theme'] ?? this.theme))
      const language = languageOf(values['language'] ?? this.language)
      if (language !== this.language) this.#speak(language)
    } catch {
      // What the page wears already will do.
    }
  }

  async wear(theme: Theme): Promise<void> {
    this.#wear(theme)
    await this.#remember('theme', theme)
  }

  async speak(language: Language): Promise<void> {
    if (await this.#remember('language', language)) this.#speak(language)
  }

  #wear(theme: Theme): void {
    this.theme = theme
    keepTheme(theme)
    dress(theme, this.language)
  }

  #speak(language: Language): void {
    this.language = language
    keepLanguage(language)
    this.reload()
  }

  async #remember(key: string, value: string): Promise<boolean> {
    try {
      await call('preference-set', { key, value })
      this.trouble = ''
      return true
    } catch (e) {
      this.trouble = sentenceOf(e)
      return false
    }
  }
}

export const choices = new Choices()
