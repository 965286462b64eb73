// The rules as data: what the administration, review, fee and cash screens send and get.
import type { CaseFile } from './api/CaseFile'
import type { ComponentFile } from './api/ComponentFile'
import type { FeeFile } from './api/FeeFile'
import type { NamedFile } from './api/NamedFile'
import type { ProcedureFile } from './api/ProcedureFile'
import type { ReductionFile } from './api/ReductionFile'

/** Amounts cross as JSON numbers, whatever width the station keeps them in. */
export type Plain<T> = T extends bigint ? number : T extends (infer U)[] ? Plain<U>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T

export type ProcedureData = Plain<ProcedureFile>
export type CaseData = Plain<CaseFile>
export type PaperData = Plain<ComponentFile>
export type FeeData = Plain<FeeFile>
export type ReductionData = Plain<ReductionFile>
export type NamedData = Plain<NamedFile>
export type { LimitFile as LimitData } from './api/LimitFile'

export type RuleKind = 'procedure' | 'calendar' | 'hours' | 'agency' | 'fees'
export type RuleState = 'draft' | 'approved' | 'retired'
export type RuleSource = 'starter' | 'typed' | 'file' | 'hub' | 'portal'
export type RuleId = { kind: RuleKind; key: string }
export type RuleVersion = RuleId & { version: string }

/** One version of one rule. */
export type RuleLine = RuleVersion & {
  title: string; valid_from?: string | null; valid_to?: string | null; basis: string; state: RuleState; current: boolean
  by?: string | null; at?: string | null; source: RuleSource; signed_by?: string | null
}
export type RuleEntry = RuleLine & { data: unknown }
/** What an agency prints, and who gives its numbers. */
export type AgencyData = { code: string; name: string; parent: string; unit: string; place: string; numbering: 'local' | 'external' }
/** A council's amounts over the rules of procedures. */
export type ResolutionData = { title: string; valid_from?: string; valid_to?: string; amounts: { procedure: string; rule: string; amount: number }[] }
export type Change = { field: string; label: string; before: string | null; after: string | null }

export type DayChange = { date: string; before: string | null; after: string | null; basis: string | null }
export type Touched = { code: string; applicant_name: string; due_at: string; would_be_due_at: string }
export type CalendarChecked = { version: string; changes: DayChange[]; touched: Touched[] }

export type RulesFileEntry = RuleVersion & { status: 'new' | 'changed' | 'same' | 'older' | 'refused'; changes: Change[]; why?: string | null; title?: string }
export type RulesFile = { signed_by: 'hub' | 'this_station' | 'unknown' | null; entries: RulesFileEntry[] }

export type FieldState = 'read' | 'absent' | 'unsure'
export type ReviewField = { field: string; label: string; state: FieldState; raw: string | null; value: string | null }
export type ImportReview = {
  waiting: number; code: string | null; name: string; status: 'full' | 'partial' | 'refused'
  raw: Record<string, string>; parsed: ProcedureData; fields: ReviewField[]; problems: string[]
}
export type CatalogueImported = { total: number; full: number; partial: number; refused: number; waiting: number }

export type FeesRequest = { procedure: string; case?: string; channel?: 'direct' | 'online' | 'post'; copies?: number; pages?: number; claimed?: string[] }
export type FeeAssessed = { rule: string; name: string; amount: number | null; reason: string; basis: string }
export type FeesAnswer = { lines: FeeAssessed[]; total: number; words: string; reductions: { id: string; name: string; basis: string }[] }

export type Method = 'cash' | 'transfer'
export type PaymentRequest = { code: string; amount: number; method: Method; paper?: string }
export type CashPayment = { code: string; applicant_name: string; amount: number; method: Method; at: string }
export type CashOfficer = { officer: string; name: string; payments: CashPayment[]; cash: number; transfer: number; total: number; words: string; closed_at?: string | null }
export type CashDay = { day: string; officers: CashOfficer[] }

/** The commands, what goes in and what comes back. */
export type RuleCommands = {
  rules: [{ kind?: RuleKind }, { rules: RuleLine[] }]
  rule: [RuleId & { version?: string }, RuleEntry]
  'rule-compare': [RuleId & { version?: string; data?: unknown }, { changes: Change[] }]
  'rule-save': [RuleId & { data: unknown; basis: string }, { version: string; changes: Change[] }]
  'rule-approve': [RuleVersion & { basis: string }, { version: string }]
  'rule-discard': [RuleVersion, object]
  'rules-export': [{ path: string; kinds?: RuleKind[] }, { count: number }]
  'rules-import': [{ path: string }, RulesFile]
  'rules-adopt': [{ path: string; entries: RuleId[]; basis: string }, { adopted: number }]
  'calendar-check': [{ path: string } | { text: string }, CalendarChecked]
  'catalogue-import': [{ path: string }, CatalogueImported]
  'catalogue-review': [{ code?: string; after?: string }, ImportReview]
  'catalogue-approve': [{ code: string; data: ProcedureData; basis: string }, { version: string }]
  'catalogue-skip': [{ code: string; reason: string }, object]
  fees: [FeesRequest, FeesAnswer]
  payment: [PaymentRequest, { total_paid: number }]
  'cash-day': [{ day?: string }, CashDay]
  'cash-close': [{ day?: string }, { count: number; total: number; words: string }]
}
