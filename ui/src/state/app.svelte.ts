// What every screen shares: who is signed in, which screen is open, the sync state,
// the scan box, the toast, and which keys the open screen answers.
import { tick } from 'svelte'
import { sentenceOf } from '../lib/errors'
import { call, type Officer, type Station, type SyncStatus } from '../platform'
import type { IconName } from '../parts/icons'

export type Screen = 'sign-in' | 'reception' | 'dossier' | 'search' | 'sync' | 'cash' | 'review' | 'rules' | 'settings' | 'help'
/** `asks`: what a scanned text is nobody can tell; the answers are numbered. */
export type ScanBox = { state: 'ready' | 'read' | 'bad' | 'asks'; text: string; icon: IconName; answers?: [string, () => void][] }
export type Toast = { text: string; undo: (() => void) | null }
export type Handlers = Partial<Record<string, () => void>>

const READ_MS = 1200
const BAD_MS = 6000
const TOAST_MS = 8000
const SYNC_MS = 2000

class App {
  screen = $state<Screen>('sign-in')
  before: Screen = 'reception'
  station = $state<Station | null>(null)
  session = $state<Officer | null>(null)
  sync = $state<SyncStatus | null>(null)
  scanBox = $state<ScanBox>({ state: 'ready', text: '', icon: 'bar' })
  toast = $state<Toast | null>(null)
  /** The code of the dossier that is open, and a counter that makes the same code open again. */
  dossier = $state<{ code: string; turn: number; component: number | undefined } | null>(null)
  zone = $state('')
  now = $state(0)
  failure = $state('')
  /** All commands are on the screen: where one came from, and where the caret stood. */
  palette = $state<{ zone: string; was: Element | null } | null>(null)
  /** The topic of the help that is asked for. */
  topic = $state('')
  /** The recovery code of an enrolment: kept until an officer says it is put away, whatever screen opens. */
  recovery = $state('')
  #clock: { station: number; here: number } = { station: 0, here: 0 }
  #handlers: Handlers[] = []
  #scanTimer: ReturnType<typeof setTimeout> | undefined
  #toastTimer: ReturnType<typeof setTimeout> | undefined

  /** The first look at the station; decides between sign-in and work. */
  async start(): Promise<void> {
    try {
      await this.refreshStation()
      if (this.session) this.screen = 'reception'
      this.failure = ''
    } catch (e) {
      this.failure = sentenceOf(e)
    }
  }

  async refreshStation(): Promise<void> {
    const s = await call('station', {})
    this.station = s
    this.session = s.session
    this.#clock = { station: Date.parse(s.now), here: performance.now() }
    this.tickClock()
  }

  /** The station's clock, carried on by this window's own. */
  tickClock(): void {
    this.now = this.#clock.station + (performance.now() - this.#clock.here)
  }

  /** Polls the sync state and moves the clock; returns how to stop. */
  watch(): () => void {
    const look = () => {
      this.tickClock()
      void this.refreshSync()
    }
    look()
    const timer = setInterval(look, SYNC_MS)
    return () => clearInterval(timer)
  }

  async refreshSync(): Promise<void> {
    try {
      const next = await call('sync-status', {})
      if (JSON.stringify(next) !== JSON.stringify(this.sync)) this.sync = next
    } catch {
      // The chip keeps its last truth; a station that is gone shows itself at the next real command.
    }
  }

  get isAdmin(): boolean {
    return this.session?.role === 'admin'
  }

  openPalette(): void {
    this.palette ??= { zone: this.zone, was: document.activeElement }
  }

  /** Back to where one was: the screen waited as it was left, and so does the caret. */
  closePalette(): void {
    const { was, zone } = this.palette ?? { was: null, zone: this.zone }
    this.palette = null
    this.zone = zone
    void tick().then(() => was instanceof HTMLElement && was.isConnected && was.focus())
  }

  help(topic: string): void {
    this.topic = topic
    this.go('help')
  }

  go(screen: Screen): void {
    this.palette = null
    if (screen === this.screen || ((screen === 'review' || screen === 'rules') && !this.isAdmin)) return
    if (this.screen !== 'help' && this.screen !== 'settings' && this.screen !== 'sign-in') this.before = this.screen
    this.screen = screen
  }

  back(): void {
    const to = this.before
    this.before = 'reception'
    this.screen = to === this.screen ? 'reception' : to
  }

  openDossier(code: string, component?: number): void {
    this.dossier = { code, turn: (this.dossier?.turn ?? 0) + 1, component }
    this.go('dossier')
  }

  signedIn(officer: Officer): void {
    this.session = officer
    this.screen = 'reception'
  }

  async signOut(): Promise<void> {
    try {
      await call('sign-out', {})
    } finally {
      this.session = null
      this.screen = 'sign-in'
      await this.refreshStation().catch(() => {})
    }
  }

  read(text: string, icon: IconName): void {
    this.#box({ state: 'read', text, icon }, READ_MS)
  }

  unread(text: string): void {
    this.#box({ state: 'bad', text, icon: 'alert' }, BAD_MS)
  }

  /** Stays until it is answered or something else is scanned; an answer makes the box ready again. */
  asks(text: string, answers: [string, () => void][]): void {
    clearTimeout(this.#scanTimer)
    const does = (run: () => void) => () => {
      this.readyToScan()
      run()
    }
    this.scanBox = { state: 'asks', text, icon: 'alert', answers: answers.map(([label, run]) => [label, does(run)]) }
  }

  readyToScan(): void {
    this.scanBox = { state: 'ready', text: '', icon: 'bar' }
  }

  #box(box: ScanBox, ms: number): void {
    clearTimeout(this.#scanTimer)
    this.scanBox = box
    this.#scanTimer = setTimeout(() => this.readyToScan(), ms)
  }

  say(text: string, undo: (() => void) | null = null): void {
    clearTimeout(this.#toastTimer)
    this.toast = { text, undo }
    this.#toastTimer = setTimeout(() => (this.toast = null), TOAST_MS)
  }

  undo(): boolean {
    const undo = this.toast?.undo
    if (!undo) return false
    this.toast = null
    undo()
    return true
  }

  /** A screen says which keys it answers; the last one to come answers first. */
  answer(handlers: Handlers): () => void {
    this.#handlers.unshift(handlers)
    return () => (this.#handlers = this.#handlers.filter((h) => h !== handlers))
  }

  /** Runs the screen's handler for a key; false when nobody answers it. */
  press(name: string): boolean {
    // Behind the commands the screen waits: its keys do too.
    const own = this.palette ? this.#handlers.slice(0, 1) : this.#handlers
    const run = own.find((h) => h[name])?.[name]
    run?.()
    return run !== undefined
  }

  /** Puts the focus on an element once the screen is drawn. */
  async focus(selector: string): Promise<void> {
    await tick()
    document.querySelector<HTMLElement>(selector)?.focus()
  }
}

export const app = new App()
