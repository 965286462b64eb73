// The paper matrix without its table: one row a paper, one column a way of handing it in.
// Originals and copies may both have counts; missing and not needed stand alone.
import type { Component, HandedIn } from '../platform'

export const COLUMNS = ['original', 'certified', 'copy', 'presented', 'from_database', 'missing'] as const
export type Column = (typeof COLUMNS)[number]
const COUNTED: readonly Column[] = ['original', 'certified', 'copy']

/** A row: counts for counted columns, 1 for marks; `na` when the officer says it is not needed. */
export type Row = Partial<Record<Column, number>> & { na?: boolean }
export type Rows = Record<number, Row>

export const isCounted = (c: Column): boolean => COUNTED.includes(c)
export const isEmpty = (row: Row | undefined): boolean => !row || (!row.na && COLUMNS.every((c) => !row[c]))

/** Whether a paper belongs to the chosen case; an empty list means every case. */
export const belongs = (component: Component, chosen: string | null): boolean =>
  component.cases.length === 0 || chosen === null || component.cases.includes(chosen)

/** Sets a cell to a figure; marks know only 0 and 1. Zero clears. */
export function setCell(row: Row | undefined, column: Column, figure: number): Row {
  const value = isCounted(column) ? Math.min(Math.max(figure, 0), 99) : figure > 0 ? 1 : 0
  if (value > 0 && column === 'missing') return { missing: 1 }
  const next: Row = { ...row }
  delete next.na
  if (value > 0) delete next.missing
  if (value > 0) next[column] = value
  else delete next[column]
  return next
}

/** Space: on and off; a counted cell gets the usual number of copies. */
export function toggleCell(row: Row | undefined, column: Column, usual: number): Row {
  return setCell(row, column, row?.[column] ? 0 : isCounted(column) ? Math.max(usual, 1) : 1)
}

export const markMissing = (): Row => ({ missing: 1 })
export const toggleNotNeeded = (row: Row | undefined): Row => (row?.na ? {} : { na: true })

/** F5: what is not written yet, or was missing, comes in its usual way. */
export function allPresent(components: Component[], rows: Rows, chosen: string | null): Rows {
  return each(components, rows, chosen, (c, row) => (isEmpty(row) || row?.missing ? usualRow(c) : { ...row }))
}

/** Shift F5: every paper of this case is missing, except what is not needed. */
export function allMissing(components: Component[], rows: Rows, chosen: string | null): Rows {
  return each(components, rows, chosen, (_, row) => (row?.na ? { ...row } : markMissing()))
}

function usualRow(c: Component): Row {
  const { state, count } = c.usual
  if (state === 'not_applicable') return { na: true }
  return setCell({}, state, Math.max(count, 1))
}

function each(cs: Component[], rows: Rows, chosen: string | null, change: (c: Component, row: Row | undefined) => Row): Rows {
  const next: Rows = { ...rows }
  for (const c of cs) if (belongs(c, chosen)) next[c.no] = change(c, rows[c.no])
  return next
}

/** The rows as the station wants them; untouched rows, and papers of other cases, which it does not know in this one,
 *  are left out. */
export function handedIn(components: Component[], rows: Rows, chosen: string | null): HandedIn[] {
  return components.flatMap((c) => (belongs(c, chosen) ? entries(c.no, rows[c.no]) : []))
}

function entries(no: number, row: Row | undefined): HandedIn[] {
  if (!row || isEmpty(row)) return []
  if (row.na) return [{ no, state: 'not_applicable' }]
  return COLUMNS.filter((c) => row[c]).map((c) => (isCounted(c) ? { no, state: c, count: row[c] ?? 1 } : { no, state: c }))
}

export type Tally = { received: number; copies: number; seen: number; missing: number; unwritten: number }

/** The line below the matrix. */
export function tally(components: Component[], rows: Rows, chosen: string | null): Tally {
  const sum: Tally = { received: 0, copies: 0, seen: 0, missing: 0, unwritten: 0 }
  for (const c of components) if (belongs(c, chosen)) addRow(sum, rows[c.no])
  return sum
}

function addRow(sum: Tally, row: Row | undefined): void {
  if (!row || isEmpty(row)) sum.unwritten += 1
  else {
    const copies = COUNTED.reduce((n, c) => n + (row[c] ?? 0), 0)
    sum.copies += copies
    if (copies > 0) sum.received += 1
    if (row.presented || row.from_database) sum.seen += 1
    if (row.missing) sum.missing += 1
  }
}

/** Where an arrow key leads from a cell; rows that are not of this case are skipped by the caller. */
export function step(row: number, column: number, key: string, rows: number): [number, number] {
  if (key === 'ArrowUp') return [Math.max(row - 1, 0), column]
  if (key === 'ArrowDown') return [Math.min(row + 1, rows - 1), column]
  if (key === 'ArrowLeft') return [row, Math.max(column - 1, 0)]
  if (key === 'ArrowRight') return [row, Math.min(column + 1, COLUMNS.length - 1)]
  if (key === 'Home') return [row, 0]
  if (key === 'End') return [row, COLUMNS.length - 1]
  return [row, column]
}
