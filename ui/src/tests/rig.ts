// The whole window on the station in memory, driven by keys: what every walk through the screens needs.
import { webcrypto } from 'node:crypto'
import { mount, unmount } from 'svelte'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import App from '../App.svelte'
import { forgetKey } from '../lib/seal'
import { usePlatform } from '../platform'
import { fake, type Fake, type Scene } from '../platform/fake'
import { app } from '../state/app.svelte'
import { reception } from '../state/reception.svelte'
import { forgetScan } from '../state/scan'
import { search } from '../state/search.svelte'

Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })
Element.prototype.scrollIntoView = () => {}

export let station: Fake
let window_: Record<string, unknown> | undefined

export const $ = <E extends HTMLElement = HTMLElement>(s: string) => document.querySelector<E>(s)
export const input = (s: string) => $<HTMLInputElement>(s) as HTMLInputElement
export const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 })

export async function open(scene: Scene = { signedIn: true, sync: 'offline', printer: true }) {
  station = fake(scene)
  usePlatform(station)
  window_ = mount(App, { target: document.body })
  await until(() => expect(document.body.dataset['ready']).toBe('1'))
}

const CODES: Record<string, [string, boolean]> = { '|': ['Backslash', true], ' ': ['Space', false], '-': ['Minus', false], '.': ['Period', false], ',': ['Comma', false] }
export function key(k: string, extra: KeyboardEventInit = {}): boolean {
  const code = /^[a-z]$/i.test(k) ? `Key${k.toUpperCase()}` : /^\d$/.test(k) ? `Digit${k}` : k === ' ' ? 'Space' : (CODES[k]?.[0] ?? (k.length > 1 ? k : ''))
  const shiftKey = /^[A-Z]$/.test(k) || CODES[k]?.[1] === true
  const target = document.activeElement ?? document.body
  const free = target.dispatchEvent(new KeyboardEvent('keydown', { key: k, code, shiftKey, bubbles: true, cancelable: true, ...extra }))
  if (free && [...k].length === 1 && (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.selectionStart !== null)) && !extra.ctrlKey) {
    target.setRangeText(k, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
    target.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return free
}
export const type = (text: string) => [...text].forEach((c) => key(c))
export function scan(text: string) {
  type(text)
  key('Enter')
}
export function fill(s: string, text: string) {
  input(s).focus()
  input(s).value = text
  input(s).dispatchEvent(new Event('input', { bubbles: true }))
  input(s).blur()
}
export async function procedure(text: string) {
  input('#proc').focus()
  type(text)
  key('Enter')
  await until(() => expect(document.activeElement?.className).toContain('cell'))
}

beforeEach(() => {
  localStorage.clear()
  forgetKey()
  forgetScan()
  search.text = ''
  app.scanBox = { state: 'ready', text: '', icon: 'bar' }
})
afterEach(async () => {
  if (window_) await unmount(window_)
  window_ = undefined
  reception.next()
  reception.parked.forget()
  Object.assign(reception.receipts, { last: null, failed: [] })
  delete document.body.dataset['ready']
  app.session = null
  app.palette = null
  app.station = null
  app.screen = 'sign-in'
  document.body.replaceChildren()
})
