// Where everything lies: what waits, since when, how fast it goes, and what could not go.
import { NEW_BURST_MS } from '../lib/wedge'
import { describe, expect, it } from 'vitest'
import { app } from '../state/app.svelte'
import { bytesOf } from '../lib/format'
import { $, key, open, station, until } from './rig'

async function look(sync: 'offline' | 'slow' | 'refused') {
  await open({ signedIn: true, sync, printer: true })
  app.go('sync')
  await until(() => expect($('.flow')?.getAttribute('data-state')).toBeTruthy())
}

describe('Đồng bộ', () => {
  it('says since when something waits and how much', async () => {
    await look('offline')
    const waiting = $('.flow .st')?.textContent ?? ''
    expect(waiting).toContain('4,7 MB')
    expect(waiting).toContain('chờ từ 07:18')
    expect($('#speed')).toBeNull()
  })
  it('says how fast it goes and when it is through', async () => {
    await look('slow')
    expect($('#speed')?.textContent).toBe('đang đi 41 kB một giây, còn chừng 2 phút')
  })
  it('says what cannot go and what to do', async () => {
    await look('refused')
    expect($('#damaged')?.textContent).toContain('1 tệp trên máy này không đọc lại được')
  })
  it('does not say that nothing is to be done while a choice waits', async () => {
    await look('slow')
    expect($('.flow')?.textContent).toContain('không phải làm gì')
    const status = station.commands['sync-status'] as (q: object) => object
    station.commands['sync-status'] = (q: object) => ({ ...status(q), refused: 1, newest_refused: 'e1' })
    await app.refreshSync()
    await until(() => expect($('.flow')?.textContent).toContain('chưa nhận 1 việc. Xin anh chị chọn ở dưới'))
    expect($('.flow')?.textContent).not.toContain('không phải làm gì')
  })
  it('writes bytes as people read them', () => {
    expect([0, 900, 150_000, 1_450_000, 2_000_000_000].map(bytesOf)).toEqual(['0 kB', '1 kB', '150 kB', '1,4 MB', '2,0 GB'])
  })
})

describe('what was refused above', () => {
  const shown = () => [...document.querySelectorAll('.dispute')]
  it('shows both sides and why, in words', async () => {
    await look('refused')
    await until(() => expect(shown()).toHaveLength(2))
    const first = shown()[0]?.textContent ?? ''
    expect(first).toContain('gia hạn đến 17:00 27/11/2026')
    expect(first).toContain('gia hạn đến 17:00 25/11/2026')
    expect(first).toContain('chỉ được gia hạn một lần')
    expect(first).not.toContain('EXTENDED_ALREADY')
    expect($<HTMLButtonElement>('[data-choice=again]')?.disabled).toBe(true)
  })
  it('2 does nothing where the law forbids it; 1 follows the other side', async () => {
    await look('refused')
    await until(() => expect(shown()).toHaveLength(2))
    key('F12')
    await until(() => expect(document.activeElement?.id).toBe('dispute-0'))
    key('2')
    await new Promise((passed) => setTimeout(passed, 2 * NEW_BURST_MS))
    expect(shown()).toHaveLength(2)
    key('1')
    await until(() => expect(shown()).toHaveLength(1))
    expect(document.body.textContent).toContain('theo việc cấp trên đã nhận')
  })
  it('arrows choose, 2 does it again', async () => {
    await look('refused')
    await until(() => expect(shown()).toHaveLength(2))
    $('#dispute-0')?.focus()
    key('ArrowDown')
    await until(() => expect(document.activeElement?.id).toBe('dispute-1'))
    key('2')
    await until(() => expect(shown()).toHaveLength(1))
    expect(shown()[0]?.textContent).toContain('27/11/2026')
  })
})
