import { expect, test, vi } from 'vitest'
import { readFonts } from './fonts'

test('every weight is asked for, with a letter of each subset', async () => {
  const load = vi.fn(async () => [])
  await readFonts({ load })
  expect(load.mock.calls).toEqual([400, 500, 600, 700].map((weight) => [`${weight} 1rem 'Be Vietnam Pro'`, 'aāạ']))
})

test('a face that does not come, or a window without fonts, stops nothing', async () => {
  const load = vi.fn(async () => Promise.reject(new Error('gone')))
  await expect(readFonts({ load })).resolves.toBeUndefined()
  await expect(readFonts(undefined)).resolves.toBeUndefined()
})
