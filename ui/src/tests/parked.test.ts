// A reception half filled waits while the next citizen is served.
import { describe, expect, it } from 'vitest'
import { app } from '../state/app.svelte'
import { reception } from '../state/reception.svelte'
import { $, fill, input, key, open, procedure, scan, station, type, until } from './rig'

const CARD = '099196000002||Trần Thị Bích Đào|29021996|Nữ|Tổ 2, Phường Ví Dụ, Tỉnh Mẫu|01012022'

describe('parking', () => {
  it('F4 sets aside what is half filled, and takes it up again with everything typed', async () => {
    await open()
    type('Lò Văn Pản')
    await procedure('chung thuc ban sao')
    key('2')
    await until(() => expect(reception.draft.rows[1]).toEqual({ original: 2 }))
    const request = reception.draft.request_id
    key('F4')
    await until(() => expect(input('#p-name').value).toBe(''))
    expect($('#parked-chip')?.textContent).toContain('Gác 1')
    expect($('#parked')?.textContent).toContain('Lò Văn Pản')
    key('F4')
    await until(() => expect(input('#p-name').value).toBe('Lò Văn Pản'))
    expect(reception.draft.request_id).toBe(request)
    expect(reception.draft.rows[1]).toEqual({ original: 2 })
    await until(() => expect(reception.procedure?.code).toBe('2.000815'))
    expect($('#parked-chip')).toBeNull()
  })
  it('two people take turns by one key', async () => {
    await open()
    type('Lò Văn Pản')
    key('F4')
    await until(() => expect(input('#p-name').value).toBe(''))
    type('Vừ Thị Dủ')
    key('F4')
    await until(() => expect(input('#p-name').value).toBe(''))
    key('F4')
    await until(() => expect(input('#p-name').value).toBe('Lò Văn Pản'))
    key('F4')
    await until(() => expect(input('#p-name').value).toBe(''))
    key('F4')
    await until(() => expect(input('#p-name').value).toBe('Vừ Thị Dủ'))
  })
  it('is sealed on the disk and comes back after a crash', async () => {
    await open()
    type('Lò Văn Pản')
    key('F4')
    await until(() => expect(localStorage.getItem('motcua.parked')).toBeTruthy())
    expect(localStorage.getItem('motcua.parked')).not.toContain('Pản')
    reception.parked.forget()
    await reception.parked.restore()
    expect(reception.parked.all[0]?.person.name).toBe('Lò Văn Pản')
    key('F4')
    await until(() => expect(localStorage.getItem('motcua.parked')).toBeNull())
  })
  it('a card of somebody else can park whoever is on the screen', async () => {
    await open()
    type('Lò Văn Pản')
    fill('#p-id', '099085000733')
    scan(CARD)
    await until(() => expect($('#other-card')).not.toBeNull())
    await until(() => expect(document.activeElement?.closest('#other-card')).not.toBeNull())
    key('3')
    await until(() => expect(input('#p-name').value).toBe('Trần Thị Bích Đào'))
    expect(reception.parked.all.map((d) => d.person.name)).toEqual(['Lò Văn Pản'])
  })
  it('undo takes it up, and what was begun meanwhile waits instead', async () => {
    await open()
    type('Lò Văn Pản')
    key('F4')
    await until(() => expect(input('#p-name').value).toBe(''))
    type('Vừ Thị Dủ')
    app.undo()
    await until(() => expect(input('#p-name').value).toBe('Lò Văn Pản'))
    expect(reception.parked.all.map((d) => d.person.name)).toEqual(['Vừ Thị Dủ'])
    expect(station.registered).toEqual([])
  })
})
