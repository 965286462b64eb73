// Where everything lies: what waits, since when, how fast it goes, and what could not go.
import { describe, expect, it } from 'vitest'
import { app } from '../state/app.svelte'
import { bytesOf } from '../lib/format'
import { $, open, until } from './rig'

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
  it('writes bytes as people read them', () => {
    expect([0, 900, 150_000, 1_450_000, 2_000_000_000].map(bytesOf)).toEqual(['0 kB', '1 kB', '150 kB', '1,4 MB', '2,0 GB'])
  })
})
