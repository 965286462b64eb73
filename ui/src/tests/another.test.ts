// One person with two things, two people with one thing, and papers that did not come out meanwhile.
import { describe, expect, it } from 'vitest'
import { Refusal } from '../platform'
import { reception } from '../state/reception.svelte'
import { $, fill, input, key, open, procedure, station, type, until } from './rig'

async function filled() {
  type('Lò Văn Pản')
  fill('#p-id', '099085000733')
  await procedure('chung thuc ban sao')
  key('F5')
  await until(() => expect($('#due-date')?.dataset['due']).toBeTruthy())
}

describe('save and go on', () => {
  it('F8 saves, and the same person stays for another procedure', async () => {
    await open()
    await filled()
    key('F8')
    await until(() => expect(document.activeElement?.id).toBe('proc'))
    expect(station.registered).toHaveLength(1)
    expect(input('#p-name').value).toBe('Lò Văn Pản')
    expect(reception.procedure).toBeNull()
    await procedure('trich luc')
    key('F5')
    key('F9')
    await until(() => expect(station.registered).toHaveLength(2))
    const [one, two] = station.registered
    expect(two?.applicant).toEqual(one?.applicant)
    expect(two?.request_id).not.toBe(one?.request_id)
  })
  it('Shift F8 saves, and the same procedure waits for the next person', async () => {
    await open()
    await filled()
    key('F8', { shiftKey: true })
    await until(() => expect(document.activeElement?.id).toBe('p-name'))
    expect(input('#p-name').value).toBe('')
    await until(() => expect(reception.procedure?.code).toBe('2.000815'))
    expect(reception.draft.rows).toEqual({})
    await until(() => expect($('#due-date')?.dataset['due']).toBeTruthy())
  })
  it('goes nowhere while something is missing', async () => {
    await open()
    type('Lò Văn Pản')
    key('F8')
    await until(() => expect(document.activeElement?.id).toBe('proc'))
    expect(station.registered).toEqual([])
    expect(input('#p-name').value).toBe('Lò Văn Pản')
  })
  it('goes on from a dossier that is saved already', async () => {
    await open()
    await filled()
    key('F9')
    await until(() => expect($('#slip-code')).not.toBeNull())
    key('F8')
    await until(() => expect(document.activeElement?.id).toBe('proc'))
    expect(station.registered).toHaveLength(1)
  })
})

describe('a paper that did not come out', () => {
  it('is told to whoever takes in the next person, and printed by one key', async () => {
    await open()
    await filled()
    const print = station.commands['print-receipt'] as (r: never) => unknown
    let refuse: () => void = () => {}
    const said = new Promise<void>((done) => { refuse = done })
    const call = station.call.bind(station)
    station.call = (async (command: never, request: never) => {
      if (command === 'print-receipt' && slow) await said
      return call(command, request)
    }) as typeof station.call
    let slow = true
    Object.assign(station.commands, { 'print-receipt': () => { throw new Refusal('PRINTER_NONE') } })
    key('F9')
    await until(() => expect($('#slip-code')).not.toBeNull())
    key('F9')
    await until(() => expect(input('#p-name').value).toBe(''))
    refuse()
    await until(() => expect($('#stub')?.textContent).toContain('Giấy hẹn chưa in'))
    expect($('#stub')?.textContent).toContain('Lò Văn Pản')
    type('Vừ Thị Dủ')
    expect($('#stub')?.textContent).toContain('Giấy hẹn chưa in')
    slow = false
    Object.assign(station.commands, { 'print-receipt': print })
    key('p', { ctrlKey: true })
    await until(() => expect($('#stub')?.textContent).not.toContain('Giấy hẹn chưa in'))
    expect(reception.receipts.failed).toEqual([])
  })
  it('Ctrl P prints nobody else while a person is half typed', async () => {
    await open()
    await filled()
    key('F8')
    await until(() => expect(document.activeElement?.id).toBe('proc'))
    await until(() => expect(reception.receipts.last?.state).toBe('printed'))
    const before = station.calls.filter((c) => c === 'print-receipt').length
    key('p', { ctrlKey: true })
    await new Promise((settled) => setTimeout(settled))
    expect(station.calls.filter((c) => c === 'print-receipt')).toHaveLength(before)
  })
  it('two of them are both remembered', async () => {
    await open({ signedIn: true, sync: 'offline', printer: false })
    await filled()
    key('F8')
    await until(() => expect(document.activeElement?.id).toBe('proc'))
    await procedure('trich luc')
    key('F5')
    key('F8')
    await until(() => expect(station.registered).toHaveLength(2))
    await until(() => expect($('#stub')?.textContent).toContain('2 giấy hẹn chưa in'))
  })
})
