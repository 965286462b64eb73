// Money by keyboard: what is charged at reception, what is paid at the dossier, the close of the day.
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../state/app.svelte'
import { cash } from '../state/cash.svelte'
import { reception } from '../state/reception.svelte'
import { $, fill, input, key, open, procedure, station, type, until } from './rig'

const focused = (s: string) => until(() => expect(document.activeElement?.matches(s)).toBe(true))

beforeEach(() => Object.assign(cash, { asked: '', shown: null, at: 0, asking: false, alert: '', said: '' }))

describe('fees at reception', () => {
  it('copies and pages step by arrows; every line says how it came out', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    input('#fee-pages').focus()
    key('ArrowUp')
    key('ArrowUp')
    input('#fee-copies').focus()
    key('ArrowUp')
    await until(() => expect($('.fee')?.textContent).toContain('2 bản × (2 trang × 2.000 đ + 1 trang × 1.000 đ)'))
    expect($('#fees')?.dataset['total']).toBe('10000')
    expect($('#fee-words')?.textContent).toContain('10.000')
    key('F9')
    await until(() => expect(station.registered[0]?.fees).toEqual([{ name: 'Phí chứng thực', amount: 10_000 }]))
  })
  it('a figure typed just before F9 counts', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    input('#fee-copies').focus()
    input('#fee-copies').setSelectionRange(0, 1)
    type('5')
    key('F9')
    await until(() => expect(station.registered[0]?.fees).toEqual([{ name: 'Phí chứng thực', amount: 10_000 }]))
  })
  it('a reduction that was proven lowers the amount and says why', async () => {
    await open()
    await procedure('815')
    await until(() => expect($('[data-claim]')).toBeTruthy())
    $<HTMLInputElement>('[data-claim="ho-ngheo"]')?.click()
    await until(() => expect($('.fee')?.textContent).toContain('hộ nghèo'))
    expect($('#fees')?.dataset['total']).toBe('0')
  })
  it('an amount the council has not set is typed; without it F9 goes there', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('hon nhan')
    await until(() => expect($('[data-unset="true"]')).toBeTruthy())
    key('F9')
    await focused('#fee-0')
    expect(station.registered).toHaveLength(0)
    type('15000')
    key('F9')
    await until(() => expect(station.registered[0]?.fees?.[0]?.amount).toBe(15_000))
  })
  it('another limit of the case changes the promise and goes along', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('lai khai sinh')
    expect($('#not-approved')?.textContent).toContain('Chưa được phê duyệt')
    expect($('#statutory')?.textContent).toContain('7 ngày làm việc')
    const before = reception.promise?.due_at
    const limit = $<HTMLSelectElement>('#limit') as HTMLSelectElement
    limit.value = 'xac-minh'
    limit.dispatchEvent(new Event('change', { bubbles: true }))
    await until(() => expect(reception.promise?.limit_words).toBe('8 ngày làm việc'))
    expect(reception.promise?.due_at).not.toBe(before)
    key('F9')
    await until(() => expect(station.registered[0]?.alternative).toBe('xac-minh'))
  })
})

describe('a payment', () => {
  it('F9 asks, F9 writes; Enter never does', async () => {
    await open()
    app.openDossier('H99.128-261123-0415')
    await focused('.paper')
    key('F9')
    await focused('#pay-amount')
    expect(input('#pay-amount').value).toBe('8.000')
    key('Enter')
    input('#pay-paper').focus()
    key('Enter')
    expect(station.calls).not.toContain('payment')
    key('F9')
    await until(() => expect($('#dossier-notice')?.textContent).toContain('Đã thu 8.000 đ'))
    expect($('#collect')).toBeNull()
  })
  it('more than is owed is refused at the field', async () => {
    await open()
    app.openDossier('H99.128-261123-0415')
    await focused('.paper')
    key('F9')
    await focused('#pay-amount')
    fill('#pay-amount', '9000')
    key('F9')
    await until(() => expect($('#pay-trouble')?.textContent).toContain('8.000 đ'))
    await focused('#pay-amount')
    key('Escape')
    await until(() => expect($('#payment')).toBeNull())
  })
})

describe('the day', () => {
  async function day() {
    await open()
    key('7', { ctrlKey: true })
    await focused('#cash-list tr')
  }
  it('lists every officer with sums, and Enter opens the dossier', async () => {
    await day()
    expect([...document.querySelectorAll<HTMLElement>('[data-officer]')].map((o) => o.dataset['total'])).toEqual(['12000', '100000'])
    key('ArrowDown')
    await until(() => expect(document.activeElement?.textContent).toContain('0415'))
    key('Enter')
    await until(() => expect($('#dossier-code')?.dataset['code']).toBe('H99.128-261123-0415'))
  })
  it('is closed by F9 twice; Esc leaves it open', async () => {
    await day()
    key('F9')
    await focused('#cash-sure')
    key('Enter')
    key('Escape')
    await until(() => expect($('#cash-ask')).toBeNull())
    expect(station.calls).not.toContain('cash-close')
    key('F9')
    await focused('#cash-sure')
    key('F9')
    await until(() => expect($('#cash-says')?.textContent).toContain('Đã chốt 2 khoản'))
    await until(() => expect($('[data-officer="o1"]')?.textContent).toContain('Đã chốt 17:05'))
    key('F9')
    await until(() => expect($('#cash-says')?.textContent).toContain('đã chốt'))
  })
  it('goes back a day and says when there is nothing; never past today', async () => {
    await day()
    key('PageUp')
    await until(() => expect($('.vacant')?.textContent).toContain('chưa thu khoản nào'))
    key('F9')
    await until(() => expect($('#cash-says')?.textContent).toContain('chưa thu'))
    key('PageDown')
    await focused('#cash-list tr')
    key('PageDown')
    expect(cash.shown?.day).toBe('2026-11-23')
  })
})
