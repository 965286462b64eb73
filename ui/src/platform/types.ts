// The shapes that cross to the station. They are written by `cargo xtask types` from the station's
// own list; this file gives them the screens' names and says which command takes and gives which.

export type { Action } from './api/Action'
export type { Applicant } from './api/Applicant'
export type { Authorised } from './api/Authorised'
export type { Channel } from './api/Channel'
export type { CodeKind } from './api/CodeKind'
export type { ComponentState } from './api/ComponentState'
export type { Day } from './api/Day'
export type { FeeLine } from './api/FeeLine'
export type { HandedIn } from './api/HandedIn'
export type { Limit } from './api/Limit'
export type { NewPromise } from './api/NewPromise'
export type { Officer } from './api/Officer'
export type { Page } from './api/Page'
export type { Registered } from './api/Registered'
export type { RegisterRequest } from './api/RegisterRequest'
export type { ReturnVia } from './api/ReturnVia'
export type { Shown } from './api/Shown'
export type { ShownComponent } from './api/ShownComponent'
export type { Status } from './api/Status'
export type { Summary } from './api/Summary'
export type { Choice } from './api/Choice'
export type { Dispute } from './api/Dispute'
export type { Duplicate } from './api/Duplicate'
export type { Known } from './api/Known'
export type { DisputeSettleRequest } from './api/DisputeSettleRequest'
export type { SyncStatus } from './api/SyncStatus'
export type { Usual } from './api/Usual'
export type { AgencyFacts as Agency } from './api/AgencyFacts'
export type { ComponentFacts as Component } from './api/ComponentFacts'
export type { ProcedureFacts as Procedure } from './api/ProcedureFacts'
export type { ProcedureSummary as ProcedureLine } from './api/ProcedureSummary'
export type { Promised as Promise_ } from './api/Promised'
export type * from './rules'
export type { ShownEvent as DossierEvent } from './api/ShownEvent'
export type { StationFacts as Station } from './api/StationFacts'

import type { RuleCommands } from './rules'
import type { AskSupplementRequest } from './api/AskSupplementRequest'
import type { AttachRequest } from './api/AttachRequest'
import type { Attached } from './api/Attached'
import type { CardFacts } from './api/CardFacts'
import type { CodeRead } from './api/CodeRead'
import type { CodeRequest } from './api/CodeRequest'
import type { EnrolRequest } from './api/EnrolRequest'
import type { Enrolled } from './api/Enrolled'
import type { ExtendRequest } from './api/ExtendRequest'
import type { FavouriteRequest } from './api/FavouriteRequest'
import type { FindRequest } from './api/FindRequest'
import type { Found } from './api/Found'
import type { NewPromise } from './api/NewPromise'
import type { Nothing } from './api/Nothing'
import type { OfficerAddRequest } from './api/OfficerAddRequest'
import type { OfficerAnswer } from './api/OfficerAnswer'
import type { PageImageRequest } from './api/PageImageRequest'
import type { PageRemoveRequest } from './api/PageRemoveRequest'
import type { PageRequest } from './api/PageRequest'
import type { ParseCardRequest } from './api/ParseCardRequest'
import type { ParseCodeRequest } from './api/ParseCodeRequest'
import type { People } from './api/People'
import type { PeopleRequest } from './api/PeopleRequest'
import type { PersonFacts } from './api/PersonFacts'
import type { PersonRequest } from './api/PersonRequest'
import type { Picture } from './api/Picture'
import type { PreferenceRequest } from './api/PreferenceRequest'
import type { Preferences } from './api/Preferences'
import type { PrintRequest } from './api/PrintRequest'
import type { Printed } from './api/Printed'
import type { ProcedureFacts } from './api/ProcedureFacts'
import type { Procedures } from './api/Procedures'
import type { ProceduresRequest } from './api/ProceduresRequest'
import type { Promised } from './api/Promised'
import type { PromiseRequest } from './api/PromiseRequest'
import type { ReceiptImage } from './api/ReceiptImage'
import type { ReceiptImageRequest } from './api/ReceiptImageRequest'
import type { RecentRequest } from './api/RecentRequest'
import type { Registered } from './api/Registered'
import type { RegisterRequest } from './api/RegisterRequest'
import type { ScanRequest } from './api/ScanRequest'
import type { Scanners } from './api/Scanners'
import type { Shown } from './api/Shown'
import type { SignInRequest } from './api/SignInRequest'
import type { StationFacts } from './api/StationFacts'
import type { SupplementAsked } from './api/SupplementAsked'
import type { Synced } from './api/Synced'
import type { Disputes } from './api/Disputes'
import type { DisputeSettleRequest } from './api/DisputeSettleRequest'
import type { Duplicates } from './api/Duplicates'
import type { DuplicatesRequest } from './api/DuplicatesRequest'
import type { SyncStatus } from './api/SyncStatus'
import type { TakeSupplementRequest } from './api/TakeSupplementRequest'
import type { Verified } from './api/Verified'

/** A card as the screens take it: a name that may be mangled is set aside. */
export type Card = Omit<CardFacts, 'name'> & { name: string | null }

/** Every command the screens use: what goes in, what comes back. */
export type Commands = RuleCommands & {
  register: [RegisterRequest, Registered]
  show: [CodeRequest, Shown]
  find: [FindRequest, Found]
  recent: [RecentRequest, Found]
  'receipt-image': [ReceiptImageRequest, ReceiptImage]
  'print-receipt': [PrintRequest, Printed]
  attach: [AttachRequest, Attached]
  scanners: [Nothing, Scanners]
  scan: [ScanRequest, Attached]
  'scan-cancel': [Nothing, Nothing]
  'page-image': [PageImageRequest, Picture]
  'page-remove': [PageRemoveRequest, Nothing]
  'page-restore': [PageRequest, Nothing]
  promise: [PromiseRequest, Promised]
  'ask-supplement': [AskSupplementRequest, SupplementAsked]
  'take-supplement': [TakeSupplementRequest, NewPromise]
  extend: [ExtendRequest, NewPromise]
  'parse-card': [ParseCardRequest, CardFacts]
  'parse-code': [ParseCodeRequest, CodeRead]
  procedures: [ProceduresRequest, Procedures]
  favourite: [FavouriteRequest, Nothing]
  procedure: [CodeRequest, ProcedureFacts]
  person: [PersonRequest, PersonFacts]
  people: [PeopleRequest, People]
  duplicates: [DuplicatesRequest, Duplicates]
  station: [Nothing, StationFacts]
  'sign-in': [SignInRequest, OfficerAnswer]
  'sign-out': [Nothing, Nothing]
  'officer-add': [OfficerAddRequest, OfficerAnswer]
  enrol: [EnrolRequest, Enrolled]
  sync: [Nothing, Synced]
  'sync-status': [Nothing, SyncStatus]
  disputes: [Nothing, Disputes]
  'dispute-settle': [DisputeSettleRequest, Nothing]
  verify: [Nothing, Verified]
  preferences: [Nothing, Preferences]
  'preference-set': [PreferenceRequest, Nothing]
}
export type CommandName = keyof Commands
export type Request<C extends CommandName> = Commands[C][0]
export type Response<C extends CommandName> = Commands[C][1]
