// The administration by keyboard: choose, compare, edit, approve, discard, files.
import { beforeEach, describe, expect, it } from 'vitest'
import { nearest, valueAt, writeAt } from '../lib/path'
import { idOf, limitOfKind, perOfKind, tidied } from '../lib/rules'
import { fileOf } from '../platform/fake-rules'
import { FAKE_PROCEDURES } from '../platform/fake-data'
import type { Procedure, ProcedureData } from '../platform'
import { app } from '../state/app.svelte'
import { rules } from '../state/rules.svelte'
import { $, fill, input, key, open, station, type, until } from './rig'

const ADMIN = { signedIn: true, admin: true, sync: 'offline', printer: true } as const
const focused = (s: string) => until(() => expect(document.activeElement?.matches(s)).toBe(true))
const rows = (s: string) => document.querySelectorAll(s).length

async function administration() {
  await open(ADMIN)
  key('9', { ctrlKey: true })
  await focused('#rule-filter')
  await until(() => expect(rules.groups.length).toBeGreaterThan(0))
}
async function openRule(text: string) {
  type(text)
  key('Enter')
  await focused('#versions tr')
}
/** What the command got, kept as it was asked. */
function sent(command: string): Record<string, unknown>[] {
  const all: Record<string, unknown>[] = []
  const real = station.commands[command] as (r: object) => unknown
  station.commands[command] = (r: Record<string, unknown>) => {
    all.push(structuredClone(r))
    return real(r)
  }
  return all
}

beforeEach(() => {
  rules.close()
  rules.kind = 'procedure'
  rules.filter = ''
  rules.at = 0
  rules.tell('', '')
})

describe('who may', () => {
  it('an officer at the counter has neither the entries nor the keys', async () => {
    await open()
    key('9', { ctrlKey: true })
    key('8', { ctrlKey: true })
    expect(app.screen).toBe('reception')
    expect($('.rail [href="#rules"]')).toBeNull()
  })
  it('an administrator has both', async () => {
    await administration()
    expect($('.rail [href="#rules"]')?.getAttribute('aria-current')).toBe('page')
    expect($('.rail [href="#review"]')).toBeTruthy()
  })
})

describe('a version', () => {
  it('is found without tones, shown with its state, and compared with the one in use', async () => {
    await administration()
    await openRule('lai khai sinh')
    expect($('#versions [aria-current]')?.textContent).toContain('Bản nháp')
    await until(() => expect($('.changes')?.textContent).toContain('Thời hạn cam kết'))
    expect($('#rule-main')?.textContent).toContain('Duyệt')
  })
  it('arrows go through the versions; the one in use is compared with the one before', async () => {
    await administration()
    await openRule('lai khai sinh')
    key('ArrowDown')
    await until(() => expect($('#versions [aria-current]')?.textContent).toContain('Chưa duyệt'))
    await until(() => expect($('.changes')?.textContent).toContain('Đăng ký lại việc sinh'))
    expect($('.changes s')?.textContent).toBe('Đăng ký lại việc sinh')
  })
  it('a draft is approved with a basis, by F9 twice, and never by Enter', async () => {
    await administration()
    const asked = sent('rule-approve')
    await openRule('lai khai sinh')
    key('F9')
    await focused('#approve-basis')
    expect(key('Enter')).toBe(false)
    expect(asked).toHaveLength(0)
    fill('#approve-basis', '')
    key('F9')
    await until(() => expect(rules.notice.text).toContain('Cần ghi căn cứ'))
    await focused('#approve-basis')
    fill('#approve-basis', 'Quyết định 12/QĐ-UBND')
    key('F9')
    await until(() => expect(asked[0]).toMatchObject({ kind: 'procedure', key: '1.004884', version: '2026-12-01', basis: 'Quyết định 12/QĐ-UBND' }))
    await until(() => expect($('#versions [aria-current]')?.textContent).toContain('Đang dùng'))
  })
  it('what came with the program is approved as it is; F8 edits it instead', async () => {
    await administration()
    const asked = sent('rule-approve')
    await openRule('khai sinh 1.001193')
    expect($('#rule-main')?.textContent).toContain('Duyệt')
    key('F8')
    await focused('#rule-form input')
    key('Escape')
    await focused('#versions tr')
    $('#rule-main')?.click()
    await focused('#rule-form input')
    $('#drop-edit')?.click()
    await until(() => expect($('#rule-main')?.textContent).toContain('Duyệt'))
    key('F9')
    await focused('#approve-basis')
    key('F9')
    await until(() => expect(asked[0]).toMatchObject({ key: '1.001193', version: '2026-11-01' }))
    await until(() => expect($('#rule-main')?.textContent).toContain('Sửa'))
  })
  it('a draft is discarded after a question; Esc keeps it', async () => {
    await administration()
    await openRule('lai khai sinh')
    key('Delete')
    await focused('#discard-do')
    key('Escape')
    await until(() => expect($('#ask-discard')).toBeNull())
    await focused('#versions tr')
    key('Delete')
    await focused('#discard-do')
    key('F9')
    await until(() => expect(station.calls).toContain('rule-discard'))
    await until(() => expect(rows('#versions [data-state="draft"]')).toBe(0))
  })
})

describe('a procedure is edited', () => {
  async function editing() {
    await administration()
    await openRule('815')
    key('F9')
    await focused('#rule-form input')
  }
  it('row by row: Insert, Ctrl Del with Ctrl Z, Ctrl arrows', async () => {
    await editing()
    input('[data-path="components[1].name"]').focus()
    key('Insert')
    await focused('[data-path="components[2].name"]')
    type('Giấy giới thiệu')
    key('ArrowUp', { ctrlKey: true, code: 'ArrowUp' })
    await until(() => expect(input('[data-path="components[1].name"]').value).toBe('Giấy giới thiệu'))
    await focused('[data-list="components"][data-at="1"] input')
    key('Delete', { ctrlKey: true, code: 'Delete' })
    await until(() => expect(rows('[data-list="components"][data-at]')).toBe(2))
    app.undo()
    await until(() => expect(input('[data-path="components[1].name"]').value).toBe('Giấy giới thiệu'))
  })
  it('figures step by arrows, the draft carries what was typed, and the differences follow', async () => {
    await editing()
    const saved = sent('rule-save')
    const cap = input('[data-path="fees[0].per.cap"]')
    cap.focus()
    key('ArrowUp')
    await until(() => expect(cap.value).toBe('210.000'))
    fill('#rule-basis', 'Nghị quyết 9')
    key('F9')
    await until(() => expect(saved).toHaveLength(1))
    expect(valueAt(saved[0], 'data.fees[0].per.page.cap')).toBe(210_000)
    expect(saved[0]).toMatchObject({ kind: 'procedure', key: '2.000815', basis: 'Nghị quyết 9' })
    await until(() => expect($('#rule-notice')?.textContent).toContain('Đã lưu bản nháp'))
    await until(() => expect($('.changes')?.textContent).toContain('210000'))
  })
  it('a field that is wrong is where the focus goes, with the reason beside the button', async () => {
    await editing()
    fill('[data-path="components[1].name"]', '')
    fill('#rule-basis', 'Nghị quyết 9')
    key('F9')
    await focused('[data-path="components[1].name"]')
    expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true')
    expect($('#rule-trouble')?.textContent).toContain('không được để trống')
  })
  it('Esc keeps what was typed, and it can be gone on with', async () => {
    await editing()
    fill('[data-path="name"]', 'Chứng thực bản sao')
    key('Escape')
    await focused('#versions tr')
    expect($('#rule-main')?.textContent).toContain('Sửa tiếp')
    key('F9')
    await until(() => expect(input('[data-path="name"]').value).toBe('Chứng thực bản sao'))
    $('#drop-edit')?.click()
  })
})

describe('calendar', () => {
  async function calendar() {
    await administration()
    $('[data-kind="calendar"]')?.focus()
    $('[data-kind="calendar"]')?.click()
    input('#rule-filter').focus()
    key('Enter')
    await focused('#versions tr')
    key('F9')
    await focused('#calendar-text')
  }
  it('a bad line is named and chosen', async () => {
    await calendar()
    const text = input('#calendar-text').value
    fill('#calendar-text', `${text}dya | 2026-11-27\n`)
    key('F7')
    await until(() => expect($('#rule-trouble')?.textContent).toContain('dòng 8'))
    const area = document.activeElement as HTMLTextAreaElement
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('dya | 2026-11-27')
    $('#drop-edit')?.click()
  })
  it('a file of a year comes in by one step and is checked at once', async () => {
    await calendar()
    const chooser = input('#calendar-file')
    Object.defineProperty(chooser, 'files', { value: [{ text: async () => 'version | 2026-12\nday | 2026-11-27 | holiday | official | Lễ hội | thông báo\n' }] })
    chooser.dispatchEvent(new Event('change', { bubbles: true }))
    await until(() => expect($('#calendar-days')?.textContent).toContain('27/11/2026'))
    expect(input('#calendar-text').value).toContain('version | 2026-12')
    $('#drop-edit')?.click()
  })
  it('shows the days that differ and the dossiers touched before anything is saved', async () => {
    await calendar()
    fill('#calendar-text', `${input('#calendar-text').value}day | 2026-11-27 | holiday | official | Lễ hội | thông báo\n`)
    key('F7')
    await until(() => expect($('#calendar-days')?.textContent).toContain('27/11/2026'))
    expect($('#calendar-touched')?.textContent).toContain('0007')
    expect(station.calls).not.toContain('rule-save')
    $('#drop-edit')?.click()
  })
})

describe('files', () => {
  it('a signed file is looked through, chosen by Space, and taken with a basis', async () => {
    await administration()
    const adopted = sent('rules-adopt')
    key('o', { ctrlKey: true })
    await focused('#exchange input')
    type('/tmp/a.motcua')
    key('F9')
    await focused('#file-entries li')
    expect(rows('#file-entries [aria-checked="true"]')).toBe(2)
    key(' ')
    await until(() => expect(rows('#file-entries [aria-checked="true"]')).toBe(1))
    fill('#adopt-basis', 'Công văn 3')
    key('F9')
    await until(() => expect(adopted[0]).toMatchObject({ entries: [{ kind: 'procedure', key: '1.000656' }], basis: 'Công văn 3' }))
    await until(() => expect($('#exchange-says')?.textContent).toContain('Đã nhận 1 mục'))
  })
  it('a file that nobody signed offers nothing', async () => {
    await administration()
    key('o', { ctrlKey: true })
    await focused('#exchange input')
    type('/tmp/chua-ky')
    key('F9')
    await until(() => expect($('#signed-by')?.textContent).toContain('không có chữ ký'))
    expect(rows('#file-entries [aria-checked="true"]')).toBe(0)
    key('F9')
    await until(() => expect($('#exchange-says')?.textContent).toContain('Không có mục nào'))
    expect(station.calls).not.toContain('rules-adopt')
  })
  it('exports by Ctrl E and F9', async () => {
    await administration()
    key('e', { ctrlKey: true })
    await focused('#exchange input')
    type('/tmp/b')
    key('F9')
    await until(() => expect($('#exchange-says')?.textContent).toContain('Đã xuất'))
  })
})

describe('paths and rows', () => {
  it('reads and writes where the station says', () => {
    const data: Record<string, unknown> = { cases: [{ limit: { kind: 'same_day' } }] }
    writeAt(data, 'cases[1].limit', { kind: 'hours', amount: 8 })
    writeAt(data, 'decision.number', '1')
    expect(valueAt(data, 'cases[1].limit.amount')).toBe(8)
    expect(valueAt(data, 'cases[7].limit')).toBeUndefined()
    expect(data['decision']).toEqual({ number: '1' })
  })
  it('finds the nearest field on the screen', () => {
    const root = document.createElement('div')
    root.innerHTML = '<input data-path="cases[0].limit"><input data-path="cases[0].name">'
    expect(nearest(root, 'cases[0].limit.amount')?.dataset['path']).toBe('cases[0].limit')
    expect(nearest(root, 'cases[0].alternatives')?.dataset['path']).toBe('cases[0].limit')
    expect(nearest(root, 'fees[0]')).toBeNull()
  })
  it('numbers papers, leaves out what is empty, and keeps what is there', () => {
    const p: ProcedureData = { ...fileOf(FAKE_PROCEDURES[0] as Procedure), valid_from: '', decision: { number: '', authority: '' }, notes: ['', ' x '], forms: [{ name: '' }, { name: 'Tờ khai', code: '' }] }
    p.components.reverse()
    const t = tidied(p)
    expect(t.components.map((c) => c.no)).toEqual(t.components.map((_, i) => i + 1))
    expect(t).not.toHaveProperty('valid_from')
    expect(t).not.toHaveProperty('decision')
    expect([t.notes, t.forms]).toEqual([['x'], [{ name: 'Tờ khai' }]])
  })
  it('names rows apart and carries figures over', () => {
    expect(idOf('Cán bộ, công chức', ['can-bo-cong-chuc'])).toBe('can-bo-cong-chuc-2')
    expect(limitOfKind('hours', { kind: 'working_days', amount: 3 })).toEqual({ kind: 'hours', amount: 3 })
    expect(perOfKind('page', { per: { case: 2000 } })).toEqual({ page: { tiers: [{ from: 1, amount: 2000 }] } })
    expect(perOfKind('copy', { per: 'unset' })).toEqual({ copy: 0 })
  })
})
