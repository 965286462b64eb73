// A receipt written by hand during a power cut, entered by keyboard when the power is back.
import { describe, expect, it } from 'vitest'
import { instantOf } from '../lib/validate'
import { reception } from '../state/reception.svelte'
import { $, fill, key, open, procedure, station, until } from './rig'

const focused = (s: string) => until(() => expect(document.activeElement?.matches(s)).toBe(true))
const press = (s: string) => $<HTMLButtonElement>(s)?.click()

describe('late entry', () => {
  it('an hour is read as people write it', () => {
    expect(instantOf('9:10', '23/11/2026')).toBe('2026-11-23T09:10:00+07:00')
    expect(instantOf('0910', '23112026')).toBe('2026-11-23T09:10:00+07:00')
    expect(instantOf('9h10', '1/2/2026')).toBe('2026-02-01T09:10:00+07:00')
    for (const [time, date] of [['24:00', '23/11/2026'], ['9:60', '23/11/2026'], ['9', '23/11/2026'], ['9:10', '31/02/2026'], ['9:10', '2026'], ['', '']]) {
      expect(instantOf(time ?? '', date ?? '')).toBeUndefined()
    }
  })
  it('is one quiet button, opened and closed by keyboard, and nothing goes along while it is closed', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    expect($('#late')?.textContent).toBe('Nhập bù sau mất điện')
    press('#late')
    await focused('#late-time')
    expect($('#late')?.getAttribute('aria-expanded')).toBe('true')
    press('#late')
    await focused('#late')
    key('F9')
    await until(() => expect(station.registered).toHaveLength(1))
    expect(station.registered[0]).not.toHaveProperty('received_at')
  })
  it('the hour and the reason go along, the promise is asked from that hour', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    press('#late')
    await focused('#late-time')
    expect(reception.draft.late?.date).toBe('23/11/2026')
    fill('#late-time', '8h05')
    fill('#late-reason', ' Mất điện cả buổi sáng ')
    await until(() => expect(reception.promise?.received_at).toBe('2026-11-23T08:05:00+07:00'))
    key('F9')
    await until(() => expect(station.registered).toHaveLength(1))
    expect(station.registered[0]).toMatchObject({ received_at: '2026-11-23T08:05:00+07:00', late_reason: 'Mất điện cả buổi sáng' })
    key('F9')
    await until(() => expect($('#late-time')).toBeNull())
  })
  it('without an hour or a reason F9 goes there and says what to do', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    press('#late')
    await focused('#late-time')
    key('F9')
    await focused('#late-time')
    await until(() => expect($('#late-help')?.textContent).toContain('09:10'))
    fill('#late-time', '08:05')
    key('F9')
    await focused('#late-reason')
    await until(() => expect($('#late-help')?.textContent).toContain('Cần ghi lý do'))
    expect(station.registered).toHaveLength(0)
  })
  it('an hour that is yet to come is refused at its field', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    press('#late')
    await focused('#late-time')
    fill('#late-time', '23:50')
    await until(() => expect($('#late-help')?.textContent).toContain('muộn hơn giờ hiện tại'))
  })
})
