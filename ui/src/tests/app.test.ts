// The whole window on the station in memory: what an officer does with keys and a reader.
import { webcrypto } from 'node:crypto'
import { mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.svelte'
import { loadDraft } from '../lib/draft'
import { forgetKey } from '../lib/seal'
import { Refusal, usePlatform } from '../platform'
import { fake, type Fake, type Scene } from '../platform/fake'
import { app } from '../state/app.svelte'
import { reception } from '../state/reception.svelte'
import { forgetScan } from '../state/scan'
import { search } from '../state/search.svelte'

Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })
Element.prototype.scrollIntoView = () => {}

const CARD = '099196000002||Trần Thị Bích Đào|29021996|Nữ|Tổ 2, Phường Ví Dụ, Tỉnh Mẫu|01012022'
let station: Fake
let window_: Record<string, unknown> | undefined

const $ = <E extends HTMLElement = HTMLElement>(s: string) => document.querySelector<E>(s)
const input = (s: string) => $<HTMLInputElement>(s) as HTMLInputElement
const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 })

async function open(scene: Scene = { signedIn: true, sync: 'offline', printer: true }) {
  station = fake(scene)
  usePlatform(station)
  window_ = mount(App, { target: document.body })
  await until(() => expect(document.body.dataset['ready']).toBe('1'))
}

const CODES: Record<string, [string, boolean]> = { '|': ['Backslash', true], ' ': ['Space', false], '-': ['Minus', false], '.': ['Period', false], ',': ['Comma', false] }
function key(k: string, extra: KeyboardEventInit = {}): boolean {
  const code = /^[a-z]$/i.test(k) ? `Key${k.toUpperCase()}` : /^\d$/.test(k) ? `Digit${k}` : k === ' ' ? 'Space' : (CODES[k]?.[0] ?? (k.length > 1 ? k : ''))
  const shiftKey = /^[A-Z]$/.test(k) || CODES[k]?.[1] === true
  const target = document.activeElement ?? document.body
  const free = target.dispatchEvent(new KeyboardEvent('keydown', { key: k, code, shiftKey, bubbles: true, cancelable: true, ...extra }))
  if (free && [...k].length === 1 && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && !extra.ctrlKey) {
    target.setRangeText(k, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
    target.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return free
}
const type = (text: string) => [...text].forEach((c) => key(c))
function scan(text: string) {
  type(text)
  key('Enter')
}
function fill(s: string, text: string) {
  input(s).focus()
  input(s).value = text
  input(s).dispatchEvent(new Event('input', { bubbles: true }))
  input(s).blur()
}
async function procedure(text: string) {
  input('#proc').focus()
  type(text)
  key('Enter')
  await until(() => expect(document.activeElement?.className).toContain('cell'))
}

beforeEach(() => {
  localStorage.clear()
  forgetKey()
  forgetScan()
  search.text = ''
  app.scanBox = { state: 'ready', text: '', icon: 'bar' }
})
afterEach(async () => {
  if (window_) await unmount(window_)
  reception.next()
  delete document.body.dataset['ready']
  app.session = null
  app.station = null
  app.screen = 'sign-in'
  document.body.replaceChildren()
})

describe('sign-in', () => {
  it('takes keys at once: arrows and letters choose, Enter signs in', async () => {
    await open({ signedIn: false })
    expect(document.activeElement?.id).toBe('pin')
    key('ArrowDown')
    type('2468')
    await until(() => expect($('#officer-list [aria-selected="true"]')?.textContent).toContain('Hà Thị Ví Dụ'))
    key('Enter')
    await until(() => expect($('main')?.dataset['screen']).toBe('reception'))
    expect(app.session?.id).toBe('o2')
  })
  it('a wrong PIN says so and empties the field', async () => {
    await open({ signedIn: false })
    type('0000')
    key('Enter')
    await until(() => expect($('#door-trouble')?.textContent).toContain('Mã PIN chưa đúng'))
    expect(input('#pin').value).toBe('')
  })
  it('the first officer is declared and signed in', async () => {
    await open({ first: true })
    expect(document.activeElement?.id).toBe('first-name')
    fill('#first-name', 'Ngô Bảo Mẫu')
    fill('#first-pin', '1357')
    fill('#first-pin2', '1358')
    input('#first-pin2').focus()
    key('Enter')
    await until(() => expect($('#door-trouble')?.textContent).toContain('chưa giống nhau'))
    fill('#first-pin2', '1357')
    input('#first-pin2').focus()
    key('Enter')
    await until(() => expect($('main')?.dataset['screen']).toBe('reception'))
  })
})

describe('reception', () => {
  it('goes from a typed applicant to a printed receipt by keyboard', async () => {
    await open()
    expect(document.activeElement?.id).toBe('p-name')
    type('Lò Văn Pản')
    await procedure('chung thuc ban sao')
    key('1')
    key('F5')
    await until(() => expect($('#due-date')?.dataset['due']).toBeTruthy())
    key('F9')
    await until(() => expect($('#slip-code')?.dataset['code']).toBe('H99.128-261123-0417'))
    await until(() => expect(station.calls).toContain('print-receipt'))
    expect(station.calls.indexOf('register')).toBeLessThan(station.calls.indexOf('print-receipt'))
    expect(station.registered[0]).toMatchObject({
      procedure: '2.000815', applicant: { kind: 'person', name: 'Lò Văn Pản' }, return_via: 'counter', sets: 1,
      components: [{ no: 1, state: 'original', count: 1 }, { no: 2, state: 'copy', count: 1 }],
    })
    key('F9')
    await until(() => expect(document.activeElement?.id).toBe('p-name'))
    expect(input('#p-name').value).toBe('')
    expect(localStorage.getItem('motcua.draft')).toBeNull()
  })
  it('F9 goes to the first problem and says how many there are', async () => {
    await open()
    fill('#p-id', '09919600000')
    key('F9')
    await until(() => expect(document.activeElement?.id).toBe('p-name'))
    expect($('.slip [role="alert"]')?.textContent).toBe('Còn 3 mục cần xem lại.')
    expect(input('#p-id').getAttribute('aria-invalid')).toBe('true')
    input('#p-id').focus()
    await until(() => expect($('#p-says')?.textContent).toContain('Số định danh có 11 chữ số'))
    expect(station.registered).toHaveLength(0)
  })
  it('Enter never saves, not even on the button', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    $('#save')?.focus()
    expect(key('Enter')).toBe(false)
    expect(station.calls).not.toContain('register')
  })
  it('asks again with the same request id until it is answered', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    const real = station.commands['register'] as (r: object) => unknown
    const ids: string[] = []
    station.commands['register'] = (r: { request_id: string }) => {
      ids.push(r.request_id)
      if (ids.length === 1) throw new Refusal('DISK_FULL')
      return real(r)
    }
    key('F9')
    await until(() => expect($('.slip [role="alert"]')?.textContent).toContain('Ổ đĩa đã đầy'))
    await until(() => expect(reception.saving).toBe(false))
    key('F9')
    await until(() => expect(reception.done).not.toBeNull())
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
  })
  it('a printer that fails is a calm notice; the registration stays', async () => {
    await open({ signedIn: true, printer: false })
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    key('F9')
    await until(() => expect($('.print .note')?.textContent).toContain('Chưa thấy máy in'))
    expect($('#slip-code')?.dataset['code']).toBeTruthy()
  })
  it('keeps the draft sealed on every change and takes it up again', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    await until(() => expect(localStorage.getItem('motcua.draft')).toBeTruthy())
    await until(async () => expect((await loadDraft())?.procedure).toBe('2.000815'))
    expect(localStorage.getItem('motcua.draft')).not.toContain('Pản')
    expect((await loadDraft())?.person.name).toBe('Lò Văn Pản')
  })
  it('Shift F5, Del, Backspace and digits write the matrix', async () => {
    await open()
    await procedure('lai khai sinh')
    key('F5', { shiftKey: true })
    await until(() => expect($('[data-row="1"]')?.className).toContain('lack'))
    key('2')
    expect(reception.draft.rows[1]).toEqual({ original: 2 })
    key('ArrowDown')
    key('Backspace')
    expect(reception.draft.rows[2]).toEqual({ na: true })
    key('Delete')
    expect(reception.draft.rows[2]).toEqual({ missing: 1 })
    key(' ')
    expect(reception.draft.rows[2]).toEqual({ original: 1 })
  })
})

describe('scans', () => {
  it('a card fills the applicant and shows what differs from the last visit', async () => {
    await open()
    scan(CARD)
    await until(() => expect(input('#p-name').value).toBe('Trần Thị Bích Đào'))
    expect(input('#p-id').value).toBe('099 196 000 002')
    await until(() => expect($('.diff')?.textContent).toContain('Thôn Giả'))
    expect(input('#p-tel').value).toBe('0900 000 126')
    expect($('#scanbox')?.dataset['state']).toBe('read')
    $<HTMLInputElement>('input[name="diff-address"][value="was"]')?.click()
    await until(() => expect(input('#p-addr').value).toContain('Thôn Giả'))
  })
  it('never replaces another person without asking', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    fill('#p-id', '099085000733')
    scan(CARD)
    await until(() => expect($('#other-card')).toBeTruthy())
    expect(input('#p-name').value).toBe('Lò Văn Pản')
    $('#other-card button')?.focus()
    key('1')
    await until(() => expect(input('#p-name').value).toBe('Trần Thị Bích Đào'))
  })
  it('a typed name that differs from the card is shown, not lost', async () => {
    await open()
    fill('#p-name', 'Trần Thị Đào')
    scan(CARD)
    await until(() => expect($('.diff')?.textContent).toContain('Trần Thị Đào'))
  })
  it('a damaged name keeps the rest and asks for the name', async () => {
    await open()
    scan(CARD.replace('Trần Thị Bích Đào', 'Tr?n Th? B?ch ??o').replace('099196000002', '099196000777'))
    await until(() => expect(input('#p-id').value).toBe('099 196 000 777'))
    await until(() => expect($('#scanbox')?.textContent).toContain('Tên đọc không chắc'))
    expect(input('#p-name').value).toBe('')
    await until(() => expect(document.activeElement?.id).toBe('p-name'))
  })
  it('a damaged name is taken from the earlier visit of the same number', async () => {
    await open()
    scan(CARD.replace('Trần Thị Bích Đào', 'Tr?n Th? B?ch ??o'))
    await until(() => expect(input('#p-name').value).toBe('Trần Thị Bích Đào'))
    await until(() => expect($('#scanbox')?.dataset['state']).toBe('read'))
  })
  it('a receipt opens its dossier from any screen; half-typed text and caret stay', async () => {
    await open()
    fill('#p-addr', 'Thôn ')
    input('#p-addr').focus()
    input('#p-addr').setSelectionRange(2, 4)
    scan('H99.128-261119-0007')
    expect(input('#p-addr').value).toBe('Thôn ')
    expect([input('#p-addr').selectionStart, input('#p-addr').selectionEnd]).toEqual([2, 4])
    await until(() => expect($('#dossier-code')?.dataset['code']).toBe('H99.128-261119-0007'))
    expect($('main')?.dataset['screen']).toBe('dossier')
    key('1', { ctrlKey: true })
    await until(() => expect(input('#p-addr').value).toBe('Thôn '))
  })
  it('a scan right behind typed letters leaves them and the caret where they were', async () => {
    await open()
    fill('#p-addr', 'Thôn Mẫu')
    input('#p-addr').focus()
    input('#p-addr').setSelectionRange(5, 5)
    type('Bí ')
    scan('H99.128-261119-0007')
    expect(input('#p-addr').value).toBe('Thôn Bí Mẫu')
    expect([input('#p-addr').selectionStart, input('#p-addr').selectionEnd]).toEqual([8, 8])
    await until(() => expect($('#dossier-code')?.dataset['code']).toBe('H99.128-261119-0007'))
    expect(reception.draft.person.address).toBe('Thôn Bí Mẫu')
  })
  it('an address has two lines on the screen and none inside', async () => {
    await open()
    fill('#p-addr', 'Thôn Mẫu,\nXã Mẫu')
    expect(reception.draft.person.address).toBe('Thôn Mẫu, Xã Mẫu')
    input('#p-addr').focus()
    expect(key('Enter')).toBe(false)
  })
  it('a card read into an empty field hides its placeholder meanwhile', async () => {
    await open()
    const { placeholder } = input('#p-name')
    expect(placeholder).not.toBe('')
    input('#p-name').focus()
    type(CARD)
    expect([input('#p-name').value, input('#p-name').placeholder]).toEqual(['', ''])
    key('Enter')
    expect(input('#p-name').placeholder).toBe(placeholder)
    await until(() => expect(input('#p-id').value).toBe('099 196 000 002'))
  })
  it('a card read with the chosen procedure in focus does not open its list', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    input('#proc').focus()
    const name = input('#proc').value
    scan(CARD)
    await until(() => expect(input('#p-id').value).toBe('099 196 000 002'))
    expect(input('#proc').value).toBe(name)
    expect($('#proc')?.getAttribute('aria-expanded')).toBe('false')
  })
  it('digits of a scan do not stay in the matrix', async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    key('3')
    scan('H99.128-261119-0007')
    expect(reception.draft.rows[1]).toEqual({ original: 3 })
    await until(() => expect($('main')?.dataset['screen']).toBe('dossier'))
  })
  it('an unknown code is reported with what to do', async () => {
    await open()
    $('#save')?.focus()
    scan('8934563138165')
    await until(() => expect($('#scanbox')?.dataset['state']).toBe('bad'))
    expect($('#scanbox')?.textContent).toContain('Không đọc được mã này')
  })
  it('a receipt of a dossier that is not here leaves the screen as it is', async () => {
    await open()
    scan('H99.128-261119-9999')
    await until(() => expect($('#scanbox')?.textContent).toContain('Chưa tìm thấy hồ sơ'))
    expect($('main')?.dataset['screen']).toBe('reception')
  })
})

describe('search and dossier', () => {
  it('finds a name without tones as it is typed and opens it with Enter', async () => {
    await open()
    key('F3')
    await until(() => expect(document.activeElement?.id).toBe('search'))
    type('do thuy')
    key('Enter')
    await until(() => expect($('main')?.dataset['screen']).toBe('dossier'))
    await until(() => expect($('.head .who')?.textContent).toBe('Đỗ Thúy Vy'))
  })
  it('scans into the chosen paper, then removes a page with a reason and takes it back', async () => {
    await open()
    app.openDossier('H99.128-261123-0412')
    await until(() => expect($('.paper')).toBeTruthy())
    await until(() => expect(document.activeElement?.className).toContain('paper'))
    const before = Number($('.paper')?.dataset['pages'])
    key('F7')
    await until(() => expect($('#scanners button')).toBeTruthy())
    await until(() => expect(document.activeElement?.tagName).toBe('BUTTON'))
    key('1')
    await until(() => expect($('.paper')?.dataset['pages']).toBe(String(before + 2)))
    $('.paper')?.focus()
    key('ArrowRight')
    await until(() => expect(document.activeElement?.className).toContain('page'))
    key('Delete')
    await until(() => expect(document.activeElement?.id).toBe('remove-reason'))
    key('Enter')
    await until(() => expect($('.paper')?.dataset['pages']).toBe(String(before + 2)))
    type('quét nhầm')
    key('Enter')
    await until(() => expect($('.paper')?.dataset['pages']).toBe(String(before + 1)))
    app.undo()
    await until(() => expect($('.paper')?.dataset['pages']).toBe(String(before + 2)))
  })
})

describe('sync', () => {
  it('enrols a PC and shows the recovery code once', async () => {
    await open({ signedIn: true, sync: 'unenrolled' })
    await until(() => expect($('#sync-chip')?.dataset['state']).toBe('not_enrolled'))
    $('#sync-chip')?.click()
    await until(() => expect(document.activeElement?.id).toBe('enrol-hub'))
    fill('#enrol-hub', 'http://127.0.0.1:8080')
    fill('#enrol-code', 'ABCD-1234')
    key('F9')
    await until(() => expect($('#recovery-code')?.textContent).toContain('4T7Q'))
    await until(() => expect($('#sync-chip')?.dataset['state']).toBe('idle'))
  })
})
