// The promise of a dossier by keyboard: a supplement asked for and taken, one extension.
import { describe, expect, it } from 'vitest'
import { app } from '../state/app.svelte'
import { $, fill, input, key, open, station, until } from './rig'

const focused = (s: string) => until(() => expect(document.activeElement?.matches(s)).toBe(true))
const RECEIVED = 'H99.128-261123-0415'
const WAITING = 'H99.128-261118-0038'

async function dossier(code: string) {
  await open()
  app.openDossier(code)
  await focused('.paper')
}

describe('a supplement', () => {
  it('F4 asks, F9 writes; Enter never does; the dossier waits and says so', async () => {
    await dossier(RECEIVED)
    expect($('#take_supplement')).toBeNull()
    key('b', { ctrlKey: true })
    await focused('#step-items')
    fill('#step-items', 'Giấy chứng sinh bản chính\n\n  Tờ khai ')
    input('#step-reason').focus()
    key('Enter')
    expect(station.calls).not.toContain('ask-supplement')
    key('F9')
    await until(() => expect($('#step-trouble')?.textContent).toContain('lý do'))
    await focused('#step-reason')
    fill('#step-reason', 'Bản sao không đọc được số')
    key('F9')
    await until(() => expect($('#dossier-notice')?.textContent).toContain('Đã ghi yêu cầu bổ sung'))
    expect($('.tl')?.textContent).toContain('Yêu cầu bổ sung Giấy chứng sinh bản chính; Tờ khai: Bản sao không đọc được số')
    expect($('#step')).toBeNull()
    await focused('.paper')
    expect($('#ask_supplement')).toBeNull()
    expect($('#take_supplement')).toBeTruthy()
  })
  it('nothing asked for is refused at its field', async () => {
    await dossier(RECEIVED)
    key('b', { ctrlKey: true })
    await focused('#step-items')
    key('F9')
    await until(() => expect(input('#step-items').getAttribute('aria-invalid')).toBe('true'))
    await focused('#step-items')
  })
  it('its coming is written paper by paper, and the new promise is shown with its reason', async () => {
    await dossier(WAITING)
    const events = [{ event_id: 'e8', kind: 'supplement_requested', at: '2026-11-19T02:00:00Z', actor: null, words: 'Yêu cầu bổ sung Trích lục bản chính: bị mờ', durable: true }]
    const { show } = station.commands as unknown as { show: (r: { code: string }) => { events: object[] } }
    Object.assign(station.commands, { show: (r: { code: string }) => { const d = show(r); return { ...d, events: [...d.events, ...events] } } })
    app.go('search')
    app.openDossier(WAITING)
    await focused('.paper')
    await until(() => expect($('.tl')?.textContent).toContain('Trích lục'))
    key('b', { ctrlKey: true })
    await focused('#step-papers select')
    expect($('#step-asked')?.textContent).toContain('Trích lục bản chính')
    const paper = document.activeElement as HTMLSelectElement
    paper.value = 'original'
    paper.dispatchEvent(new Event('change', { bubbles: true }))
    key('F9')
    await until(() => expect($('#new-promise')?.dataset['due']).toBe('2026-12-08T10:00:00Z'))
    expect($('#new-promise')?.textContent).toContain('tính lại từ đầu')
    expect($('#new-promise')?.textContent).toContain('Hẹn trước đó 17:00 thứ Năm 03/12/2026')
    await until(() => expect($('.opened .head')?.textContent).toContain('08/12/2026'))
    await focused('.paper')
    expect($('#ask_supplement')).toBeNull()
    key('Escape')
    await until(() => expect($('#new-promise')).toBeNull())
    key('b', { ctrlKey: true })
    expect($('#step')).toBeNull()
  })
})

describe('an extension', () => {
  it('F8 asks for the day and the reason; a wrong day is said at the day, what was typed stays', async () => {
    await dossier(RECEIVED)
    key('g', { ctrlKey: true })
    await focused('#step-date input')
    fill('#step-date input', '05/12/2026')
    fill('#step-reason', 'Chờ cơ quan khác xác minh')
    key('F9')
    await until(() => expect($('#step-trouble')?.textContent).toContain('ngày nghỉ (nghỉ hằng tuần)'))
    await focused('#step-date input')
    key('Escape')
    await until(() => expect($('#step')).toBeNull())
    key('g', { ctrlKey: true })
    await focused('#step-date input')
    expect(input('#step-reason').value).toBe('Chờ cơ quan khác xác minh')
    fill('#step-date input', '08/12/2026')
    key('F9')
    await until(() => expect($('#new-promise')?.textContent).toContain('Gia hạn lần duy nhất'))
    expect($('#extend')).toBeNull()
    expect($('#ask_supplement')).toBeTruthy()
  })
  it('is not offered for a dossier that ended', async () => {
    await open()
    app.openDossier('H99.128-261123-0416')
    await focused('.paper')
    expect($('.steps')).toBeNull()
    key('g', { ctrlKey: true })
    key('b', { ctrlKey: true })
    expect($('#step')).toBeNull()
  })
})

it('a linked group says when all of it is due', async () => {
  await open()
  const { show } = station.commands as unknown as { show: (r: { code: string }) => object }
  const part = { code: RECEIVED, procedure_name: 'Đăng ký khai sinh', due_at: '2026-12-01T10:00:00Z', status: 'received' }
  Object.assign(station.commands, { show: (r: { code: string }) => ({ ...show(r), group: { due_at: '2026-12-04T10:00:00Z', trace: [], parts: [part, part] } }) })
  app.openDossier(RECEIVED)
  await until(() => expect($('#group')?.textContent).toContain('2 hồ sơ, hẹn chung 17:00 thứ Sáu 04/12/2026'))
})
