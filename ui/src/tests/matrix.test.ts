import { describe, expect, it } from 'vitest'
import { allMissing, allPresent, handedIn, setCell, step, tally, toggleCell, toggleNotNeeded, markMissing } from '../lib/matrix'
import { FAKE_PROCEDURES } from '../platform/fake-data'

const papers = FAKE_PROCEDURES[0]?.components ?? []

describe('cells', () => {
  it('originals and copies may both have counts; missing and not needed stand alone', () => {
    let row = setCell(setCell({}, 'certified', 2), 'copy', 1)
    expect(row).toEqual({ certified: 2, copy: 1 })
    row = markMissing()
    expect(row).toEqual({ missing: 1 })
    expect(setCell(row, 'original', 1)).toEqual({ original: 1 })
    expect(toggleNotNeeded({ original: 1 })).toEqual({ na: true })
    expect(toggleNotNeeded({ na: true })).toEqual({})
    expect(setCell({ na: true }, 'copy', 3)).toEqual({ copy: 3 })
  })
  it('zero clears, marks know only yes and no, Space takes the usual number', () => {
    expect(setCell({ original: 2 }, 'original', 0)).toEqual({})
    expect(setCell({}, 'presented', 7)).toEqual({ presented: 1 })
    expect(toggleCell({}, 'copy', 3)).toEqual({ copy: 3 })
    expect(toggleCell({ copy: 3 }, 'copy', 3)).toEqual({})
  })
})

describe('whole columns', () => {
  it('F5 fills what is not written or missing in its usual way and leaves the rest', () => {
    const rows = allPresent(papers, { 1: { original: 2 }, 3: { missing: 1 }, 4: { na: true } }, 'thuong')
    expect(rows[1]).toEqual({ original: 2 })
    expect(rows[3]).toEqual({ copy: 1 })
    expect(rows[4]).toEqual({ na: true })
    expect(rows[5]).toBeUndefined()
    expect(rows[6]).toEqual({ presented: 1 })
    expect(rows[7]).toEqual({ from_database: 1 })
  })
  it('Shift F5 marks every paper of the case missing except what is not needed', () => {
    const rows = allMissing(papers, { 2: { na: true } }, 'thuong')
    expect(rows[1]).toEqual({ missing: 1 })
    expect(rows[2]).toEqual({ na: true })
    expect(rows[5]).toBeUndefined()
  })
})

it('hands in one entry a way, leaves untouched rows and papers of other cases out', () => {
  const rows = { 1: { original: 1 }, 2: { certified: 2, copy: 1 }, 3: { missing: 1 } }
  expect(handedIn(papers, rows, 'thuong')).toEqual([
    { no: 1, state: 'original', count: 1 }, { no: 2, state: 'certified', count: 2 }, { no: 2, state: 'copy', count: 1 },
    { no: 3, state: 'missing' },
  ])
  expect(tally(papers, rows, 'thuong')).toEqual({ received: 2, copies: 4, seen: 0, missing: 1, unwritten: 4 })
})

it('arrows stop at the edges', () => {
  expect(step(0, 0, 'ArrowUp', 8)).toEqual([0, 0])
  expect(step(7, 5, 'ArrowDown', 8)).toEqual([7, 5])
  expect(step(2, 5, 'ArrowRight', 8)).toEqual([2, 5])
  expect(step(2, 3, 'Home', 8)).toEqual([2, 0])
})
