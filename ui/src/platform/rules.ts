// The rules as data: what the administration, review, fee and cash screens send and get.
import type { AgencyFile } from './api/AgencyFile'
import type { CashClosed } from './api/CashClosed'
import type { CashDay } from './api/CashDay'
import type { CashDayRequest } from './api/CashDayRequest'
import type { CaseFile } from './api/CaseFile'
import type { ComponentFile } from './api/ComponentFile'
import type { FeeFile } from './api/FeeFile'
import type { FeesCharged } from './api/FeesCharged'
import type { FeesFile } from './api/FeesFile'
import type { FeesRequest } from './api/FeesRequest'
import type { NamedFile } from './api/NamedFile'
import type { PaymentRequest } from './api/PaymentRequest'
import type { PaymentTaken } from './api/PaymentTaken'
import type { ProcedureFile } from './api/ProcedureFile'
import type { RateFile } from './api/RateFile'
import type { ReductionFile } from './api/ReductionFile'
import type { RuleKind } from './api/RuleKind'
import type { RuleSource } from './api/RuleSource'

/** Amounts cross as JSON numbers, whatever width the station keeps them in. */
export type Plain<T> = T extends bigint ? number : T extends (infer U)[] ? Plain<U>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T

export type ProcedureData = Plain<ProcedureFile>
export type CaseData = Plain<CaseFile>
export type PaperData = Plain<ComponentFile>
export type FeeData = Plain<FeeFile>
export type ReductionData = Plain<ReductionFile>
export type NamedData = Plain<NamedFile>
export type ResolutionData = Plain<FeesFile>
export type RateData = Plain<RateFile>
export type AgencyData = AgencyFile
export type { CashDay } from './api/CashDay'
export type { CashPayment } from './api/CashPayment'
export type { FeeCharged } from './api/FeeCharged'
export type { FeesCharged } from './api/FeesCharged'
export type { FeesRequest } from './api/FeesRequest'
export type { LimitFile as LimitData } from './api/LimitFile'
export type { PaymentMethod } from './api/PaymentMethod'
export type { PaymentRequest } from './api/PaymentRequest'
export type { RuleKind } from './api/RuleKind'
export type { RuleSource } from './api/RuleSource'
export type { Till } from './api/Till'

export type RuleState = 'draft' | 'approved' | 'retired'
export type RuleId = { kind: RuleKind; key: string }
export type RuleVersion = RuleId & { version: string }

/** One version of one rule. */
export type RuleLine = RuleVersion & {
  title: string; valid_from?: string | null; valid_to?: string | null; basis: string; state: RuleState; current: boolean
  by?: string | null; at?: string | null; source: RuleSource; signed_by?: string | null
}
export type RuleEntry = RuleLine & { data: unknown }
export type Change = { field: string; label: string; before: string | null; after: string | null }

export type DayChange = { date: string; before: string | null; after: string | null; basis: string | null }
export type Touched = { code: string; applicant_name: string; due_at: string; would_be_due_at: string | null; why?: string | null }
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
  'calendar-check': [{ path?: string; text?: string; key?: string }, CalendarChecked]
  'catalogue-import': [{ path: string }, CatalogueImported]
  'catalogue-review': [{ code?: string; after?: string }, ImportReview]
  'catalogue-approve': [{ code: string; data: ProcedureData; basis: string }, { version: string }]
  'catalogue-skip': [{ code: string; reason: string }, object]
  fees: [FeesRequest, FeesCharged]
  payment: [PaymentRequest, PaymentTaken]
  'cash-day': [CashDayRequest, CashDay]
  'cash-close': [CashDayRequest, CashClosed]
}
