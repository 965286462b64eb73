// The rules as data: the screens' names for what the administration, review, fee and cash commands take and give.
import type { CalendarCheckRequest } from './api/CalendarCheckRequest'
import type { CalendarChecked } from './api/CalendarChecked'
import type { CatalogueApproval } from './api/CatalogueApproval'
import type { CatalogueApproveRequest } from './api/CatalogueApproveRequest'
import type { CatalogueImported } from './api/CatalogueImported'
import type { CatalogueReviewed } from './api/CatalogueReviewed'
import type { CatalogueReviewRequest } from './api/CatalogueReviewRequest'
import type { CatalogueSkipRequest } from './api/CatalogueSkipRequest'
import type { CashClosed } from './api/CashClosed'
import type { CashDay } from './api/CashDay'
import type { CashDayRequest } from './api/CashDayRequest'
import type { FeesCharged } from './api/FeesCharged'
import type { FeesRequest } from './api/FeesRequest'
import type { ImportCatalogueRequest } from './api/ImportCatalogueRequest'
import type { Nothing } from './api/Nothing'
import type { PaymentRequest } from './api/PaymentRequest'
import type { PaymentTaken } from './api/PaymentTaken'
import type { RuleApproved } from './api/RuleApproved'
import type { RuleApproveRequest } from './api/RuleApproveRequest'
import type { RuleChanges } from './api/RuleChanges'
import type { RuleCompareRequest } from './api/RuleCompareRequest'
import type { RuleDiscardRequest } from './api/RuleDiscardRequest'
import type { RuleEntry } from './api/RuleEntry'
import type { RuleLines } from './api/RuleLines'
import type { RuleRequest } from './api/RuleRequest'
import type { RulesAdopted } from './api/RulesAdopted'
import type { RulesAdoptRequest } from './api/RulesAdoptRequest'
import type { RuleSaved } from './api/RuleSaved'
import type { RuleSaveRequest } from './api/RuleSaveRequest'
import type { RulesExported } from './api/RulesExported'
import type { RulesExportRequest } from './api/RulesExportRequest'
import type { RulesFile } from './api/RulesFile'
import type { RulesImportRequest } from './api/RulesImportRequest'
import type { RulesRequest } from './api/RulesRequest'

export type { AgencyFile as AgencyData } from './api/AgencyFile'
export type { CalendarChecked } from './api/CalendarChecked'
export type { CaseFile as CaseData } from './api/CaseFile'
export type { CatalogueReviewed } from './api/CatalogueReviewed'
export type { CashDay } from './api/CashDay'
export type { CashPayment } from './api/CashPayment'
export type { ComponentFile as PaperData } from './api/ComponentFile'
export type { FeeCharged } from './api/FeeCharged'
export type { FeeFile as FeeData } from './api/FeeFile'
export type { FeesCharged } from './api/FeesCharged'
export type { FeesFile as ResolutionData } from './api/FeesFile'
export type { FeesRequest } from './api/FeesRequest'
export type { LimitFile as LimitData } from './api/LimitFile'
export type { NamedFile as NamedData } from './api/NamedFile'
export type { PaymentMethod } from './api/PaymentMethod'
export type { PaymentRequest } from './api/PaymentRequest'
export type { ProcedureFile as ProcedureData } from './api/ProcedureFile'
export type { RateFile as RateData } from './api/RateFile'
export type { ReductionFile as ReductionData } from './api/ReductionFile'
export type { ReviewField } from './api/ReviewField'
export type { RuleChange as Change } from './api/RuleChange'
export type { RuleEntry } from './api/RuleEntry'
export type { RuleKind } from './api/RuleKind'
export type { RuleLine } from './api/RuleLine'
export type { RuleName } from './api/RuleName'
export type { RulesFile } from './api/RulesFile'
export type { RulesFileEntry } from './api/RulesFileEntry'
export type { Till } from './api/Till'

/** The commands, what goes in and what comes back. */
export type RuleCommands = {
  rules: [RulesRequest, RuleLines]
  rule: [RuleRequest, RuleEntry]
  'rule-compare': [RuleCompareRequest, RuleChanges]
  'rule-save': [RuleSaveRequest, RuleSaved]
  'rule-approve': [RuleApproveRequest, RuleApproved]
  'rule-discard': [RuleDiscardRequest, Nothing]
  'rules-export': [RulesExportRequest, RulesExported]
  'rules-import': [RulesImportRequest, RulesFile]
  'rules-adopt': [RulesAdoptRequest, RulesAdopted]
  'calendar-check': [CalendarCheckRequest, CalendarChecked]
  'catalogue-import': [ImportCatalogueRequest, CatalogueImported]
  'catalogue-review': [CatalogueReviewRequest, CatalogueReviewed]
  'catalogue-approve': [CatalogueApproveRequest, CatalogueApproval]
  'catalogue-skip': [CatalogueSkipRequest, Nothing]
  fees: [FeesRequest, FeesCharged]
  payment: [PaymentRequest, PaymentTaken]
  'cash-day': [CashDayRequest, CashDay]
  'cash-close': [CashDayRequest, CashClosed]
}
