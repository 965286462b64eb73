// What an officer keeps at the top of the list of procedures.
import { expect, it } from 'vitest'
import { app } from '../state/app.svelte'
import { $, input, key, open, type, until } from './rig'

const listed = () => [...document.querySelectorAll<HTMLElement>('#proc-list [role=option]')].map((it) => it.dataset['code'])
const chosen = () => $('#proc-list [aria-selected="true"]')?.dataset['code']

it('Insert keeps the chosen procedure at the top, and once more lets it go', async () => {
  await open()
  input('#proc').focus()
  await until(() => expect(listed().length).toBeGreaterThan(3))
  const before = listed()
  key('ArrowDown')
  key('ArrowDown')
  await until(() => expect(chosen()).toBe(before[2]))
  key('Insert')
  await until(() => expect(listed()[0]).toBe(before[2]))
  expect(chosen()).toBe(before[2])
  expect($('#proc-list [aria-selected="true"] .vh')?.textContent).toContain('Hay dùng')
  expect(app.toast?.text).toContain('đầu')
  key('Insert')
  await until(() => expect(listed()).toEqual(before))
  expect(chosen()).toBe(before[2])
})

it('takes no letter away, and works on what was searched', async () => {
  await open()
  input('#proc').focus()
  type('ket hon')
  key('Insert')
  await until(() => expect(input('#proc').value).toBe('ket hon'))
})
