// Imported records are settled field by field, by keyboard, and nothing unsure is approved.
import { beforeEach, describe, expect, it } from 'vitest'
import { valueAt } from '../lib/path'
import { marksIn, piecesOf } from '../lib/marks'
import { review } from '../state/review.svelte'
import { $, fill, input, key, open, scan, station, type, until } from './rig'

const focused = (s: string) => until(() => expect(document.activeElement?.matches(s)).toBe(true))
const state = (field: string) => $(`[data-field="${field}"]`)?.dataset['state']
let approved: Record<string, unknown>[]

async function reviewing() {
  await open({ signedIn: true, admin: true, sync: 'offline', printer: true })
  approved = []
  const real = station.commands['catalogue-approve'] as (r: object) => unknown
  station.commands['catalogue-approve'] = (r: Record<string, unknown>) => {
    approved.push(structuredClone(r))
    return real(r)
  }
  key('8', { ctrlKey: true })
  await focused('.rf')
}
const ctrlEnter = () => key('Enter', { ctrlKey: true, code: 'Enter' })

beforeEach(() => {
  Object.assign(review, { record: null, data: null, settled: {}, at: 0, editing: false, basis: '', skipping: false, importing: null, alert: '', said: '', most: 0 })
})

describe('fields', () => {
  it('begin at the first unsure one, say their state by word, and mark their raw text', async () => {
    await reviewing()
    expect(document.activeElement?.getAttribute('data-field')).toBe('cases[0].limit')
    expect(document.activeElement?.textContent).toContain('chưa chắc')
    expect($('.raw mark')?.textContent).toBe('Trực tiếp5Lệ phí')
    expect($('#review-left')?.textContent).toBe('còn 3')
    key('ArrowUp')
    await until(() => expect($('.raw mark')?.textContent).toBe('163/QĐ-BTP'))
  })
  it('an unsure field must be settled before Ctrl Enter approves', async () => {
    await reviewing()
    key('ArrowUp')
    ctrlEnter()
    await until(() => expect($('#review-alert')?.textContent).toContain('Còn 2 mục chưa chắc'))
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('cases[0].limit'))
    expect(approved).toHaveLength(0)
  })
  it('Enter accepts, E edits, Enter ends the edit; Ctrl Enter wants a basis and approves', async () => {
    await reviewing()
    key('e')
    await focused('#field-editor select')
    const amount = input('[data-path="cases[0].limit.amount"]')
    amount.focus()
    key('ArrowUp')
    key('Enter')
    await until(() => expect(state('cases[0].limit')).toBe('edited'))
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('fees'))
    key('ArrowDown')
    key('ArrowDown')
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('components[1]'))
    key('Enter')
    await until(() => expect(state('components[1]')).toBe('accepted'))
    ctrlEnter()
    await focused('#review-basis')
    type('Quyết định 12/QĐ-UBND')
    ctrlEnter()
    await until(() => expect(approved).toHaveLength(1))
    expect(approved[0]).toMatchObject({ code: '1.004884', basis: 'Quyết định 12/QĐ-UBND' })
    expect(valueAt(approved[0], 'data.cases[0].limit')).toEqual({ kind: 'working_days', amount: 6 })
    await until(() => expect($('#review-left')?.textContent).toBe('còn 2'))
    expect(review.basis).toBe('Quyết định 12/QĐ-UBND')
  })
  it('Esc closes the editor and keeps the text', async () => {
    await reviewing()
    key('ArrowUp')
    key('ArrowUp')
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('name'))
    key('e')
    await focused('#field-editor textarea')
    fill('#field-editor textarea', 'Đăng ký lại khai sinh cho người lớn')
    key('Escape')
    await until(() => expect(state('name')).toBe('edited'))
    expect($('[data-field="name"]')?.textContent).toContain('cho người lớn')
  })
  it('a list that was absent gets its first row by Insert', async () => {
    await reviewing()
    key('End')
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('notes'))
    key('e')
    await focused('#field-editor button')
    key('Insert')
    await focused('#field-editor textarea')
    fill('#field-editor textarea', 'Nộp trực tiếp')
    key('Escape')
    await until(() => expect(state('notes')).toBe('edited'))
    expect(review.data?.notes).toEqual(['Nộp trực tiếp'])
  })
  it('papers may be removed and added; each field keeps its own paper', async () => {
    await reviewing()
    key('End')
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('notes'))
    for (let i = 0; i < 3; i += 1) key('ArrowUp')
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('components[0]'))
    key('e')
    await focused('[data-path="components[0].name"]')
    key('Delete', { ctrlKey: true, code: 'Delete' })
    await until(() => expect($('#field-editor')?.textContent).toContain('Đã bỏ giấy này'))
    await focused('#edit-done')
    key('Escape')
    await until(() => expect($('[data-field="components[0]"]')?.textContent).toContain('đã bỏ giấy này'))
    await focused('.rf')
    key('ArrowDown')
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('components[1]'))
    key('e')
    await until(() => expect(input('[data-path="components[0].name"]')?.value).toContain('tùy thân'))
    input('[data-path="components[0].name"]').focus()
    key('Insert')
    await focused('[data-path="components[1].name"]')
    type('Giấy giới thiệu')
    key('Escape')
    await until(() => expect($('[data-field="added-1"]')?.textContent).toContain('Giấy giới thiệu'))
    expect(review.data?.components.map((c) => c.name)).toEqual(['Giấy tờ tùy thân của người yêu cầu', 'Giấy giới thiệu'])
  })
  it('what the station refuses is chosen, with its reason', async () => {
    await reviewing()
    review.settled = { 'cases[0].limit': 'accepted', 'components[1]': 'accepted' }
    review.basis = 'x'
    if (review.data?.components[0]) review.data.components[0].name = ''
    ctrlEnter()
    await until(() => expect($('#review-alert')?.textContent).toContain('không được để trống'))
    await until(() => expect(document.activeElement?.getAttribute('data-field')).toBe('components[0]'))
  })
})

describe('records', () => {
  it('are skipped with a reason, and not without', async () => {
    await reviewing()
    key('Delete')
    await focused('#skip-reason')
    key('Enter')
    await until(() => expect(review.alert).toContain('Cần ghi lý do'))
    type('xã không làm')
    key('Enter')
    await until(() => expect($('#review-left')?.textContent).toBe('còn 2'))
    expect(review.record?.code).toBe('1.004837')
  })
  it('are leafed through without deciding', async () => {
    await reviewing()
    key('PageDown')
    await until(() => expect(review.record?.code).toBe('1.004837'))
    await focused('.rf')
    key('PageUp')
    await until(() => expect(review.record?.code).toBe('1.004884'))
    expect($('#review-left')?.textContent).toBe('còn 3')
  })
  it('come from a file by Ctrl O, and the screen says what came', async () => {
    await reviewing()
    key('o', { ctrlKey: true })
    await focused('#import-note input')
    type('/tmp/dvcqg.ndjson')
    key('F9')
    await until(() => expect($('#import-refusals')?.textContent).toContain('Dòng 17'))
    expect(review.said).toContain('458')
    await focused('#import-do')
    key('F9')
    await focused('.rf')
  })
  it('a receipt scanned meanwhile opens its dossier and leaves the fields alone', async () => {
    await reviewing()
    scan('H99.128-261119-0007')
    await until(() => expect($('#dossier-code')?.dataset['code']).toBe('H99.128-261119-0007'))
    expect(review.editing).toBe(false)
    expect(Object.keys(review.settled)).toHaveLength(0)
  })
})

it('marks every line a field was read from, once', () => {
  const marks = marksIn('abc def ghi', piecesOf('def\nabc\nbc d\nx'))
  expect(marks.filter((m) => m.hit).map((m) => m.text)).toEqual(['abc', ' d', 'ef'])
  expect(marks.map((m) => m.text).join('')).toBe('abc def ghi')
  expect(marksIn('abc', [])).toEqual([{ text: 'abc', hit: false }])
})
