// One open dossier: its papers, which paper and page are chosen, scanning and adding files.
import { sentenceOf } from '../lib/errors'
import { money } from '../lib/format'
import { settingsOf } from '../lib/scanner'
import { call, type Dropped, type Page, type PaymentMethod, type Shown, type ShownComponent } from '../platform'
import { reception } from './reception.svelte'
import { words } from '../words'
import { app } from './app.svelte'

export type Notice = { tone: 'info' | 'bad' | 'good' | ''; text: string }

/** Money about to be written down as paid. */
export type Paying = { amount: number | null; method: PaymentMethod; paper: string; trouble: string; busy: boolean }

export class OpenDossier {
  shown = $state<Shown | null>(null)
  receipt = $state('')
  /** Chosen paper and page (-1: the paper itself). */
  paper = $state(0)
  page = $state(-1)
  viewing = $state(false)
  removing = $state(false)
  reason = $state('')
  notice = $state<Notice>({ tone: '', text: '' })
  busy = $state<'' | 'scan' | 'add'>('')
  paying = $state<Paying | null>(null)
  scanners = $state<{ id: string; label: string }[]>([])

  constructor(readonly code: string, component?: number) {
    this.#wanted = component
  }
  /** The paper a separator slip names, until the papers are there. */
  #wanted: number | undefined

  async load(): Promise<void> {
    try {
      this.shown = await call('show', { code: this.code })
      this.#choose()
      if (this.shown.receipt && !this.receipt) this.receipt = (await call('receipt-image', { code: this.code, width: 720 })).base64
    } catch (e) {
      this.notice = { tone: 'bad', text: sentenceOf(e) }
    }
  }

  #choose(): void {
    const place = this.shown?.components.findIndex((it) => it.no === this.#wanted) ?? -1
    if (place >= 0) this.paper = place
    this.#wanted = undefined
  }

  get component(): ShownComponent | undefined {
    return this.shown?.components[this.paper]
  }

  get pages(): Page[] {
    return livePages(this.component)
  }

  get current(): Page | undefined {
    return this.pages[this.page]
  }

  /** What is still to be collected, in đồng. */
  get owed(): number {
    return this.shown ? Math.max(this.shown.charged - this.shown.paid, 0) : 0
  }

  step(papers: number, pages: number): void {
    const most = (this.shown?.components.length ?? 1) - 1
    if (papers !== 0) {
      this.paper = Math.min(Math.max(this.paper + papers, 0), most)
      this.page = -1
    }
    if (pages !== 0) this.page = Math.min(Math.max(this.page + pages, this.viewing ? 0 : -1), this.pages.length - 1)
  }

  // ---- money ----

  /** F9: asks what was paid; the whole of what is owed, in cash, is what it mostly is. */
  askPayment(): void {
    if (this.owed > 0) this.paying ??= { amount: this.owed, method: 'cash', paper: '', trouble: '', busy: false }
  }

  /** F9 again: written down. False when something is wrong. */
  async pay(): Promise<boolean> {
    const p = this.paying
    if (!p || p.busy) return false
    p.trouble = p.amount ? '' : words.cash.badAmount
    if (!p.amount) return false
    p.busy = true
    try {
      const paper = p.paper.trim().normalize('NFC')
      const taken = await call('payment', { code: this.code, amount: p.amount, method: p.method, ...(paper && { paper }) })
      this.paying = null
      this.notice = { tone: 'good', text: [words.cash.collected(money(p.amount)), taken.notice].filter(Boolean).join(' ') }
      await this.load()
      return true
    } catch (e) {
      p.trouble = sentenceOf(e)
      return false
    } finally {
      p.busy = false
    }
  }

  // ---- scanning ----

  /** F7: the remembered scanner, or the only one; otherwise it is asked once. */
  async scan(ask = false): Promise<void> {
    if (this.busy || !this.component) return
    this.notice = { tone: '', text: '' }
    try {
      const { scanners } = await call('scanners', {})
      const { values } = await call('preferences', {})
      const known = scanners.find((s) => s.id === values['scanner']) ?? (scanners.length === 1 ? scanners[0] : undefined)
      if (known && !ask) await this.#scanWith(known.id)
      else if (scanners.length === 0) this.notice = { tone: 'bad', text: sentenceOf({ code: 'SCANNER_NOT_FOUND' }) }
      else this.scanners = scanners
    } catch (e) {
      this.notice = { tone: 'bad', text: sentenceOf(e) }
    }
  }

  async choose(id: string): Promise<void> {
    this.scanners = []
    await call('preference-set', { key: 'scanner', value: id }).catch(() => {})
    await this.#scanWith(id)
  }

  async #scanWith(device: string): Promise<void> {
    const component = this.component
    if (!component) return
    this.busy = 'scan'
    this.notice = { tone: 'info', text: words.dossier.scanning(component.no) }
    try {
      const { values } = await call('preferences', {})
      const { pages } = await call('scan', { code: this.code, component: component.no, device, ...settingsOf(values, device) })
      this.notice = { tone: 'good', text: words.dossier.added(component.no, pages.length) }
    } catch (e) {
      this.notice = { tone: 'bad', text: sentenceOf(e) }
    } finally {
      this.busy = ''
      await this.load()
    }
  }

  async cancel(): Promise<void> {
    await call('scan-cancel', {}).catch((e) => (this.notice = { tone: 'bad', text: sentenceOf(e) }))
  }

  // ---- files ----

  async add(files: Dropped[], no = this.component?.no): Promise<void> {
    if (no === undefined || files.length === 0 || this.busy) return
    this.busy = 'add'
    this.notice = { tone: 'info', text: words.dossier.adding(no, files.length) }
    let added = 0
    const troubles: string[] = []
    for (const f of files) {
      try {
        added += (await call('attach', { code: this.code, component: no, ...(f.path ? { path: f.path } : { base64: await base64Of(f.file) }) })).pages.length
      } catch (e) {
        troubles.push(`${f.name}: ${sentenceOf(e)}`)
      }
    }
    this.notice = troubles.length > 0 ? { tone: 'bad', text: troubles.join(' ') } : { tone: 'good', text: words.dossier.added(no, added) }
    this.busy = ''
    await this.load()
  }

  // ---- pages ----

  async remove(): Promise<boolean> {
    const page = this.current
    if (!page) return false
    try {
      await call('page-remove', { code: this.code, page: page.page, reason: this.reason.trim() })
    } catch (e) {
      this.notice = { tone: 'bad', text: sentenceOf(e) }
      return false
    }
    const name = words.dossier.removed(this.page + 1)
    this.removing = false
    this.viewing = false
    this.reason = ''
    app.say(name, () => void this.restore(page.page))
    await this.load()
    this.page = Math.min(this.page, this.pages.length - 1)
    return true
  }

  async restore(page: string): Promise<void> {
    try {
      await call('page-restore', { code: this.code, page })
      this.notice = { tone: 'good', text: words.dossier.restored }
    } catch (e) {
      this.notice = { tone: 'bad', text: sentenceOf(e) }
    }
    await this.load()
  }

  async print(): Promise<void> {
    try {
      await call('print-receipt', { code: this.code })
      reception.receipts.printed(this.code)
      this.notice = { tone: 'good', text: words.dossier.printed }
    } catch (e) {
      this.notice = { tone: 'bad', text: sentenceOf(e) }
    }
    await this.load()
  }
}

export const livePages = (c: ShownComponent | undefined): Page[] => (c?.pages ?? []).filter((p) => !p.removed)

async function base64Of(file: File | undefined): Promise<string> {
  const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}
