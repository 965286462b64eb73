// The same person with the same procedure: told before a number is given, answered with one key.
import { describe, expect, it } from 'vitest'
import { NEW_BURST_MS } from '../lib/wedge'
import { app } from '../state/app.svelte'
import { reception } from '../state/reception.svelte'
import { $, fill, input, key, open, procedure, scan, station, type, until } from './rig'

/** A person who has an open dossier of the procedure on the screen. */
async function again(): Promise<string> {
  await open()
  const before = { request_id: 'one', procedure: '2.000815', applicant: { kind: 'person', name: 'Lò Văn Pản', id_number: '099085000733' }, channel: 'direct', components: [], sets: 1, return_via: 'counter' }
  const { code } = (station.commands as unknown as { register: (r: object) => { code: string } }).register(before)
  station.registered.length = 0
  type('Lò Văn Pản')
  fill('#p-id', '099085000733')
  await procedure('chung thuc ban sao')
  await until(() => expect($('#duplicate')).not.toBeNull())
  return code
}

describe('an earlier dossier of the same person', () => {
  it('stands beside the person with its code, its days and what says so', async () => {
    const code = await again()
    expect($('#duplicate')?.textContent).toContain(code.slice(-4))
    expect($('#duplicate')?.textContent).toContain('Cùng số, cùng thủ tục.')
  })
  it('F9 goes to the question, and no number is given before it is answered', async () => {
    await again()
    key('F5')
    key('F9')
    await until(() => expect(document.activeElement?.closest('#duplicate')).not.toBeNull())
    expect($('#dup-says')?.textContent).toBe('Xin chọn 1, 2 hoặc 3.')
    expect(station.registered).toEqual([])
  })
  it('3 takes it in anew, with a reason that goes along', async () => {
    const code = await again()
    key('F12')
    await until(() => expect(document.activeElement?.closest('#duplicate')).not.toBeNull())
    key('3')
    await until(() => expect(document.activeElement?.id).toBe('despite'))
    key('F9')
    await until(() => expect($('#dup-says')?.textContent).not.toBe(''))
    expect(document.activeElement?.id).toBe('despite')
    type('Xin thêm bản cho con')
    key('F9')
    await until(() => expect(station.registered).toHaveLength(1))
    expect(station.registered[0]).toMatchObject({ despite: { code, reason: 'Xin thêm bản cho con' } })
  })
  it('1 opens the earlier one and keeps what was typed', async () => {
    const code = await again()
    key('F12')
    await until(() => expect(document.activeElement?.closest('#duplicate')).not.toBeNull())
    key('1')
    await until(() => expect($('main')?.dataset['screen']).toBe('dossier'))
    expect(app.dossier?.code).toBe(code)
    key('1', { ctrlKey: true })
    await until(() => expect(input('#p-name').value).toBe('Lò Văn Pản'))
    await until(() => expect($('#duplicate')).not.toBeNull())
  })
  it('2 opens it too, sets aside what was typed and gives it back', async () => {
    await again()
    key('F12')
    await until(() => expect(document.activeElement?.closest('#duplicate')).not.toBeNull())
    key('2')
    await until(() => expect($('main')?.dataset['screen']).toBe('dossier'))
    expect(reception.untouched).toBe(true)
    app.undo()
    await until(() => expect(input('#p-name').value).toBe('Lò Văn Pản'))
    expect(reception.procedure?.code).toBe('2.000815')
  })
  it('Escape goes back to the three answers and keeps the reason', async () => {
    await again()
    key('F12')
    await until(() => expect(document.activeElement?.closest('#duplicate')).not.toBeNull())
    key('3')
    await until(() => expect(document.activeElement?.id).toBe('despite'))
    type('Viec khac')
    key('Escape')
    await until(() => expect($('#duplicate .choices')).not.toBeNull())
    await until(() => expect(document.activeElement?.closest('#duplicate')).not.toBeNull())
    key('3')
    await until(() => expect(input('#despite').value).toBe('Viec khac'))
  })
  it('a card read while the question waits answers nothing', async () => {
    await again()
    key('F12')
    await until(() => expect(document.activeElement?.closest('#duplicate')).not.toBeNull())
    // Its digits would be answers, were they typed one by one.
    scan('099231000002||Trần Thị Bích Đào|29021996|Nữ|Tổ 2, Phường Ví Dụ, Tỉnh Mẫu|01012022')
    await until(() => expect($('#other-card')).not.toBeNull())
    expect($('#duplicate .choices')).not.toBeNull()
    // Longer than a digit that stands alone takes to count.
    await new Promise((passed) => setTimeout(passed, 2 * NEW_BURST_MS))
    expect(reception.draft.despite).toBeNull()
    expect($('main')?.dataset['screen']).toBe('reception')
    expect(reception.parked.all).toEqual([])
  })
  it('an answer holds when the temporary code of the earlier one becomes official', async () => {
    await again()
    key('F12')
    await until(() => expect(document.activeElement?.closest('#duplicate')).not.toBeNull())
    key('3')
    await until(() => expect(document.activeElement?.id).toBe('despite'))
    type('Viec khac')
    const real = station.commands['duplicates'] as unknown as (r: object) => { duplicates: { dossier: { code: string } }[] }
    Object.assign(station.commands, { duplicates: (r: object) => {
      const { duplicates } = real(r)
      return { duplicates: duplicates.map((it) => ({ ...it, dossier: { ...it.dossier, code: 'H99.128-261123-0999' } })) }
    } })
    key('F9')
    await until(() => expect(station.registered).toHaveLength(1))
    expect(station.registered[0]?.despite).toEqual({ code: 'H99.128-261123-0999', reason: 'Viec khac' })
  })
  it('another person makes it go away', async () => {
    await again()
    fill('#p-id', '099191000905')
    await until(() => expect($('#duplicate')).toBeNull())
  })
  it('a warning that cannot be given holds nobody up', async () => {
    await open()
    Object.assign(station.commands, { duplicates: () => { throw new Error('broken') } })
    type('Lò Văn Pản')
    await procedure('chung thuc ban sao')
    key('F5')
    key('F9')
    await until(() => expect(station.registered).toHaveLength(1))
  })
})
