// Everything that can be done from here, by its words: the keys of the zone one came from, the screens, the choices of
// this PC, the topics of the help.
import { THEMES } from '../lib/choices'
import { fold } from '../lib/fold'
import { words } from '../words'
import { app, type Screen } from './app.svelte'
import { choices } from './choices.svelte'
import { doKey } from './keys'
import { search } from './search.svelte'

export type Command = { id: string; title: string; group: string; key: string; run: () => void }

const SCREENS: [Screen, string][] = [['reception', 'Ctrl 1'], ['search', 'F3'], ['sync', 'Ctrl 6'], ['cash', 'Ctrl 7'], ['review', 'Ctrl 8'], ['rules', 'Ctrl 9'], ['settings', 'Ctrl 0'], ['help', 'F1']]
const ADMIN = new Set<Screen>(['review', 'rules'])
/** Keys that do something; those that only move, or edit where the caret is, mean nothing from here. */
const DOES = /^((Ctrl|Shift) )?(F\d+|[A-Z])$/
const MOVES = new Set(['F2', 'F3', 'F6', 'F12', 'Ctrl K'])

/** Those whose words begin with every word typed; all of them where nothing is. A search is always offered last. */
export function commandsFor(text: string, zone: string): Command[] {
  const wordsOf = (it: string) => fold(it).split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const asked = wordsOf(text)
  const fits = (it: Command) => {
    const own = wordsOf(`${it.title} ${it.group}`)
    return asked.every((a) => own.some((o) => o.startsWith(a)))
  }
  return [...all(zone).filter(fits), ...(asked.length > 0 ? [lookUp(text.trim())] : [])]
}

function all(zone: string): Command[] {
  return [...here(zone), ...screens(), ...looks(), leave(), ...topics()]
}

function here(zone: string): Command[] {
  const bar = words.keybar[zone]
  const keys = bar?.keys.filter(([key]) => DOES.test(key) && !MOVES.has(key)) ?? []
  return keys.map(([key, title]) => ({ id: `key-${key}`, title, group: bar?.zone ?? '', key, run: () => doKey(key) }))
}

function screens(): Command[] {
  const open = SCREENS.filter(([screen]) => app.isAdmin || !ADMIN.has(screen))
  return open.map(([screen, key]) => ({ id: `screen-${screen}`, title: words.screens[screen], group: words.commands.screens, key, run: () => app.go(screen) }))
}

function looks(): Command[] {
  return THEMES.map((theme) => ({ id: `theme-${theme}`, title: words.settings.themes[theme], group: words.settings.theme, key: '', run: () => void choices.wear(theme) }))
}

const leave = (): Command => ({ id: 'sign-out', title: words.frame.signOut, group: '', key: '', run: () => void app.signOut() })

function topics(): Command[] {
  return words.guide.topics.map(({ id, title }) => ({ id: `topic-${id}`, title, group: words.guide.title, key: '', run: () => app.help(id) }))
}

const lookUp = (text: string): Command => ({
  id: 'look-up', title: words.commands.lookUp(text), group: words.screens.search, key: '',
  run: () => {
    search.text = text
    app.go('search')
  },
})
