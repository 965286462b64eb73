// The keys that mean the same on every screen. Physical keys, never while composing.
import { isEditing } from '../lib/wedge-dom'
import { app } from './app.svelte'

/** `Shift F5`, `Ctrl P`, `F9`: the name by which screens answer a key. */
export function nameOf(e: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>): string {
  if (e.altKey || e.metaKey) return ''
  const base = /^F\d+$/.test(e.key) ? e.key : e.code.replace(/^(Key|Digit)/, '') || e.key
  return `${e.ctrlKey ? 'Ctrl ' : ''}${e.shiftKey ? 'Shift ' : ''}${base}`
}

const RESERVED = new Set(['Ctrl 0', 'F1', 'F2', 'F3', 'F4', 'F5', 'Shift F5', 'F6', 'Shift F6', 'F7', 'F8', 'Shift F8', 'F9', 'F12', 'Ctrl B', 'Ctrl G', 'Ctrl P', 'Ctrl O', 'Ctrl 1', 'Ctrl 3', 'Ctrl 6', 'Ctrl 7', 'Ctrl 8', 'Ctrl 9', 'Ctrl E', 'Ctrl K'])

const ALWAYS: Record<string, () => void> = {
  'Ctrl 0': () => app.go('settings'),
  'Ctrl 1': () => app.go('reception'),
  'Ctrl 3': () => search(),
  'Ctrl 6': () => app.go('sync'),
  'Ctrl 7': () => app.go('cash'),
  'Ctrl 8': () => app.go('review'),
  'Ctrl 9': () => app.go('rules'),
  F1: () => app.go('help'),
  F2: () => person(),
  F3: () => search(),
  'Ctrl K': () => app.openPalette(),
  F6: () => zone(1),
  'Shift F6': () => zone(-1),
  F12: () => warning(),
}

function search(): void {
  app.go('search')
  void app.focus('#search').then(() => (document.querySelector('#search') as HTMLInputElement | null)?.select())
}

function person(): void {
  app.go('reception')
  void app.focus('#p-name')
}

/** F12: the first warning or wrong field; of a warning that asks, its first answer. */
function warning(): void {
  const all = [...document.querySelectorAll<HTMLElement>('#scanbox[data-warning], main [data-warning], main [aria-invalid="true"]')]
  const first = all.find((it) => !it.closest('[inert]'))
  ;(first?.querySelector<HTMLElement>(FOCUSABLE) ?? first)?.focus()
}

/** F6: the next zone of the screen, round and round. */
function zone(direction: 1 | -1): void {
  const zones = [...document.querySelectorAll<HTMLElement>('main [data-zone]:not([inert])')].filter((z) => !z.closest('[inert]'))
  const here = zones.findIndex((z) => z.contains(document.activeElement))
  const next = zones[(here + direction + zones.length) % zones.length]
  const target = next?.querySelector<HTMLElement>('[data-enter]:not([tabindex="-1"]), [data-enter]') ?? next?.querySelector<HTMLElement>(FOCUSABLE)
  ;(target ?? next)?.focus()
}
const FOCUSABLE = 'input:not([type=file]), button, a[href], [tabindex="0"]'

/** Does what a key does, for whoever asks by its words. */
export function doKey(name: string): void {
  if (!app.press(name)) ALWAYS[name]?.()
}

/** Handles a key press; true when it was one of ours. */
export function pressed(e: KeyboardEvent): boolean {
  if (e.isComposing || !app.session) return false
  const name = nameOf(e)
  if (e.key === '?' && !isEditing() && !e.ctrlKey) return run(e, ALWAYS['F1'])
  if (name === 'Ctrl Z' && !isEditing() && app.undo()) return stop(e)
  if (name === 'Escape') return app.press('Escape') ? stop(e) : false
  if (app.press(name)) return stop(e)
  if (ALWAYS[name]) return run(e, ALWAYS[name])
  return RESERVED.has(name) ? stop(e) : false
}

function run(e: KeyboardEvent, does: (() => void) | undefined): boolean {
  does?.()
  return stop(e)
}

function stop(e: KeyboardEvent): boolean {
  e.preventDefault()
  e.stopImmediatePropagation()
  return true
}
