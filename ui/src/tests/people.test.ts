// Somebody who came before, by a few letters of the name.
import { describe, expect, it } from 'vitest'
import { reception } from '../state/reception.svelte'
import { $, fill, input, key, open, procedure, scan, station, type, until } from './rig'

const offered = () => [...document.querySelectorAll('#known [role=option] .nm')].map((it) => it.textContent)
const asked = () => station.calls.filter((c) => c === 'people').length

describe('three letters of a name', () => {
  it('offer who came before, and two keys take one with all that is known', async () => {
    await open()
    type('dao')
    await until(() => expect(offered()).toEqual(['Trần Thị Bích Đào']))
    expect(input('#p-name').getAttribute('aria-expanded')).toBe('true')
    key('ArrowDown')
    await until(() => expect(input('#p-name').getAttribute('aria-activedescendant')).toBe('known-0'))
    key('Enter')
    await until(() => expect(document.activeElement?.id).toBe('proc'))
    expect(input('#p-name').value).toBe('Trần Thị Bích Đào')
    expect(input('#p-id').value.replace(/\s/g, '')).toBe('099196000002')
    expect(input('#p-birth').value).toBe('29/02/1996')
    expect(input('#p-addr').value).toContain('Tỉnh Mẫu')
    expect(offered()).toEqual([])
    await until(() => expect(reception.past.length).toBeGreaterThan(0))
    await procedure('chung thuc ban sao')
    key('F5')
    key('F9')
    await until(() => expect(station.registered).toHaveLength(1))
    expect(station.registered[0]?.applicant).toMatchObject({ name: 'Trần Thị Bích Đào', id_number: '099196000002', phone: '0900000126' })
  })
  it('take nobody by Enter alone, and a name typed to its end stays what it is', async () => {
    await open()
    type('dao')
    await until(() => expect(offered()).toHaveLength(1))
    key('Enter')
    expect(input('#p-name').value).toBe('dao')
    type('n mau')
    await until(() => expect(offered()).toEqual([]))
    expect(input('#p-name').value).toBe('daon mau')
  })
  it('are asked about, fewer are not', async () => {
    await open()
    type('da')
    expect(asked()).toBe(0)
  })
  it('Esc takes the offer away and keeps the letters; the arrows come back to none', async () => {
    await open()
    type('dao')
    await until(() => expect(offered()).toHaveLength(1))
    key('ArrowDown')
    key('ArrowUp')
    await until(() => expect(input('#p-name').getAttribute('aria-activedescendant')).toBeNull())
    key('Escape')
    await until(() => expect(offered()).toEqual([]))
    expect(input('#p-name').value).toBe('dao')
  })
})

describe('nobody is offered', () => {
  it('where a number says already who it is', async () => {
    await open()
    fill('#p-id', '099085000733')
    await until(() => expect(input('#p-name').value).toBe('Lò Văn Pản'))
    const before = asked()
    input('#p-name').focus()
    type(' dao')
    expect(asked()).toBe(before)
    expect(offered()).toEqual([])
  })
  it('once a card was scanned or the field was left, however late the answer comes', async () => {
    await open()
    type('dao')
    scan('099300000411||Đỗ Thúy Vy|17052000|Nữ|Thôn Giả, Xã Mẫu, Tỉnh Mẫu|01012022')
    await until(() => expect(input('#p-id').value.replace(/\s/g, '')).toBe('099300000411'))
    await until(() => expect(offered()).toEqual([]))
    let answer: (people: unknown) => void = () => {}
    reception.next()
    station.commands['people'] = () => new Promise((said) => { answer = said })
    input('#p-name').focus()
    type('lan')
    await until(() => expect(asked()).toBeGreaterThan(1))
    input('#p-name').blur()
    answer({ people: [] })
    await until(() => expect($('#known')?.hidden).toBe(true))
  })
})
