// Colours and language of this PC, and the place where a reader is tried.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { colours, keptLanguage, keptTheme } from '../lib/choices'
import { trialOf, type Sent } from '../lib/trial'
import { app } from '../state/app.svelte'
import { choices } from '../state/choices.svelte'
import { trial } from '../state/trial.svelte'
import { $, input, key, open, scan, station, type, until } from './rig'

const reload = vi.fn()
const press = (s: string) => $<HTMLInputElement>(s)?.click()
const theme = () => document.documentElement.dataset['theme']

beforeEach(() => {
  reload.mockClear()
  Object.assign(choices, { theme: 'light', language: 'vi', trouble: '', reload })
})
afterEach(() => trial.forget())

async function settings() {
  await open()
  key('0', { ctrlKey: true })
  await until(() => expect(document.activeElement?.matches('#theme input')).toBe(true))
}

describe('how the window looks', () => {
  it('is chosen by arrows, put on at once, and kept by the station and for the next first picture', async () => {
    await settings()
    press('#theme input[value="contrast"]')
    await until(() => expect(theme()).toBe('contrast'))
    expect(keptTheme()).toBe('contrast')
    await until(() => expect(station.calls).toContain('preference-set'))
    key('Escape')
    await until(() => expect(app.screen).toBe('reception'))
  })
  it('comes from the station where the window forgot it', async () => {
    await open()
    await station.call('preference-set', { key: 'theme', value: 'dark' })
    localStorage.clear()
    await choices.load()
    expect([theme(), keptTheme()]).toEqual(['dark', 'dark'])
  })
  it('as the PC is asked of the PC', () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('dark') }))
    expect(colours('system')).toBe('dark')
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('more') }))
    expect(colours('system')).toBe('contrast')
    vi.unstubAllGlobals()
    expect(colours('system')).toBe('light')
  })
  it('a choice that cannot be kept says so', async () => {
    await settings()
    station.commands['preference-set'] = () => { throw new Error('no') }
    press('#language input[value="en"]')
    await until(() => expect($('.settings [role="alert"]')?.textContent).not.toBe(''))
    expect(reload).not.toHaveBeenCalled()
  })
})

describe('the language', () => {
  it('is kept first, then the window opens anew', async () => {
    await settings()
    press('#language input[value="en"]')
    await until(() => expect(reload).toHaveBeenCalledOnce())
    expect(keptLanguage()).toBe('en')
  })
})

describe('a reader is tried', () => {
  async function trying() {
    await settings()
    key('F6')
    await until(() => expect(document.activeElement?.id).toBe('trial'))
  }
  it('key by key, and opens no dossier meanwhile', async () => {
    await trying()
    scan('H99.128-261119-0007')
    await until(() => expect($('#trial-text')?.textContent).toBe('H99.128-261119-0007'))
    expect($('#trial-sum')?.textContent).toContain('20 phím')
    expect($('#trial-sum')?.textContent).toContain('Enter')
    expect($('#trial-good')).not.toBeNull()
    expect(document.querySelectorAll('.sent li')).toHaveLength(20)
    expect(station.calls).not.toContain('parse-code')
    expect(app.screen).toBe('settings')
  })
  it('and is a reader again as soon as the focus leaves', async () => {
    await trying()
    input('#theme input').focus()
    scan('H99.128-261119-0007')
    await until(() => expect(app.screen).toBe('dossier'))
  })
  it('shows keys that were no scan too', async () => {
    await trying()
    type('ab')
    await until(() => expect(document.querySelectorAll('.sent li')).toHaveLength(2))
    expect($('[data-oddity="no-end"]')).not.toBeNull()
    expect($('#trial-good')).toBeNull()
  })
})

describe('what is odd about a reader', () => {
  const sent = (text: string, gap: number, change: Partial<Sent> = {}): Sent[] =>
    [...text].map((c, i) => ({ key: c, code: /[a-z]/i.test(c) ? `Key${c.toUpperCase()}` : 'Digit1', shift: c !== c.toLowerCase(), composing: false, time: i * gap, ...change }))
  const enter: Sent = { key: 'Enter', code: 'Enter', shift: false, composing: false, time: 9_000 }
  const odd = (keys: Sent[]) => trialOf(keys, null).oddities

  it('is nothing for a good one', () => expect(odd([...sent('Tam1', 10), enter])).toEqual([]))
  it('is Caps Lock, an input method, another keyboard', () => {
    expect(odd([...sent('tam', 10, { shift: true }), enter])).toEqual(['caps'])
    expect(odd([...sent('tam', 10, { key: 'Process' }), enter])).toEqual(['method'])
    expect(odd([...sent('qwz', 10, { code: 'KeyA' }), enter])).toEqual(['layout'])
  })
  it('is slowness, in two degrees, and a missing end', () => {
    expect(odd([...sent('tam12345', 60), enter])).toEqual(['slow'])
    expect(odd([...sent('tam12345', 130), enter])).toEqual(['too-slow'])
    expect(odd(sent('tam', 10))).toEqual(['no-end'])
  })
  it('is measured between keys, not to the end', () => {
    expect(trialOf([...sent('abc', 10), enter], null)).toMatchObject({ took: 20, mean: 10, longest: 10, end: 'Enter' })
    expect(trialOf([enter, enter], null)).toMatchObject({ took: 0, mean: 0, end: 'Enter Enter' })
  })
})
