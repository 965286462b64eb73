// The money of one day, officer by officer, and its close.
import { sentenceOf } from '../lib/errors'
import { money } from '../lib/format'
import { call, type CashDay, type CashPayment, type Till } from '../platform'
import { words } from '../words'
import { app } from './app.svelte'

const DAY_MS = 86_400_000
const VN_MS = 7 * 3_600_000

class Cash {
  /** The day shown; empty: today. */
  asked = $state('')
  shown = $state<CashDay | null>(null)
  at = $state(0)
  asking = $state(false)
  busy = $state(false)
  alert = $state('')
  said = $state('')

  readonly own: Till | undefined = $derived(this.shown?.officers.find((o) => o.officer === app.session?.id))
  readonly lines: CashPayment[] = $derived(this.shown?.officers.flatMap((o) => o.payments) ?? [])

  async load(): Promise<void> {
    try {
      this.shown = await call('cash-day', this.asked ? { day: this.asked } : {})
      this.at = Math.min(this.at, Math.max(this.lines.length - 1, 0))
    } catch (e) {
      this.alert = sentenceOf(e)
    }
  }

  get today(): string {
    return new Date(app.now + VN_MS).toISOString().slice(0, 10)
  }

  /** The day before or after; never past today. */
  async turn(by: number): Promise<void> {
    const day = new Date(Date.parse(`${this.shown?.day ?? this.today}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10)
    if (day > this.today) return
    this.asked = day === this.today ? '' : day
    this.asking = false
    this.alert = ''
    this.said = ''
    this.at = 0
    await this.load()
  }

  move(by: number): void {
    this.at = Math.min(Math.max(this.at + by, 0), Math.max(this.lines.length - 1, 0))
  }

  /** F9 asks, F9 again closes. */
  async close(): Promise<void> {
    this.alert = ''
    if (!this.own || this.own.payments.length === 0) this.alert = words.cash.nothingToClose
    else if (this.own.closed_at) this.alert = words.cash.alreadyClosed
    else if (!this.asking) this.asking = true
    else await this.#close()
  }

  async #close(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      const r = await call('cash-close', this.asked ? { day: this.asked } : {})
      this.asking = false
      this.said = words.cash.closed(r.count, money(r.total))
      await this.load()
    } catch (e) {
      this.alert = sentenceOf(e)
    } finally {
      this.busy = false
    }
  }
}

export const cash = new Cash()
