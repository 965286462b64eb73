// The shapes that cross to the station, in ONE place. Written by hand until the
// generated files of ./api take over; then this file only re-exports them.

export type Applicant = {
  kind: 'person' | 'organisation'
  name: string
  id_number?: string
  id_kind?: string
  birth_date?: string
  gender?: 'male' | 'female'
  address?: string
  phone?: string
  email?: string
}
export type Authorised = { name: string; id_number?: string; address?: string; phone?: string; email?: string; paper?: string }
export type ComponentState = 'original' | 'certified' | 'copy' | 'presented' | 'from_database' | 'missing' | 'not_applicable'
export type HandedIn = { no: number; state: ComponentState; count?: number }
export type Limit = { kind: 'working_days' | 'calendar_days' | 'hours' | 'same_day'; amount?: number }
export type FeeLine = { name: string; amount: number }
export type CodeKind = 'official' | 'temporary' | 'external'
export type ReturnVia = 'counter' | 'post' | 'online'
export type Channel = 'direct' | 'online' | 'post'
export type Status =
  | 'received' | 'processing' | 'supplement_requested' | 'awaiting_payment'
  | 'withdrawn' | 'stopped' | 'refused' | 'resolved' | 'returned'

export type Summary = {
  dossier_id: string; code: string; code_kind: CodeKind; applicant_name: string
  id_masked: string | null; phone: string | null; procedure: string; procedure_name: string
  received_at: string; due_at: string; status: Status; durable: boolean; pages: number
}
export type Page = {
  page: string; component: number; no: number; media: string; width: number; height: number
  dpi: number | null; pdf_pages: number; blake3: string; size: number; removed: boolean
}
export type Usual = { state: ComponentState; count: number }
export type Component = { no: number; name: string; note: string | null; group: 'submit' | 'present'; cases: string[]; usual: Usual }
export type ShownComponent = {
  no: number; name: string; note: string | null; group: 'submit' | 'present'; handed_in: HandedIn[]; pages: Page[]
}
export type DossierEvent = { event_id: string; kind: string; at: string; actor: string | null; words: string; durable: boolean }
export type Shown = {
  dossier_id: string; code: string; code_kind: CodeKind
  codes: { code: string; kind: CodeKind; issuer: string | null; void_reason: string | null }[]
  status: Status; money: 'nothing_due' | 'due' | 'paid' | 'waived'
  paper: 'at_counter' | 'handed_over' | 'result_waiting' | 'returned'
  applicant: Applicant; authorised: Authorised | null; channel: Channel
  procedure: { code: string; name: string; field: string; version: string | number }
  case: string | null; components: ShownComponent[]; sets: number; fees: FeeLine[]; return_via: ReturnVia
  received_at: string; due_at: string; limit_words: string; trace: string[]
  receipt: { sha256: string; size: number; printed: number } | null
  durable: boolean; disputed: { event_id: string; kind: string; reason: string }[]; events: DossierEvent[]
}
export type Day = {
  date: string; weekday: string; kind: 'start' | 'off' | 'counted' | 'due'; count: number | null; reason: string | null
}
export type Promise_ = {
  received_at: string; due_at: string; limit: Limit; limit_words: string; trace: string[]; days: Day[]
  code_kind: 'official' | 'temporary'; code_reason: null | 'NOT_ENROLLED' | 'NO_LEASE' | 'CLOCK'
}
export type Card = {
  id_number: string; old_id_number: string | null; name: string | null; birth_date: string | null
  gender: 'male' | 'female' | null; address: string | null; issued_on: string | null
  warnings: { code: string; message: string }[]
}
export type ProcedureLine = { code: string; name: string; field: string; limit_words: string; fee_words: string; recent: boolean }
export type Procedure = {
  code: string; name: string; field: string; version: string | number; needs_approval: boolean; basis: string
  cases: { id: string; name: string; limit: Limit; limit_words: string }[]
  components: Component[]; fees: FeeLine[]; result: string | null
}
export type Officer = { id: string; name: string; role: string }
export type Agency = { code: string; name: string; parent: string; unit: string; place: string }
export type Station = {
  version: string; enrolled: boolean; device: string | null; agency: Agency; hub: string | null; hub_name: string
  officers: Officer[]; session: Officer | null; now: string
}
export type SyncStatus = {
  state: 'not_enrolled' | 'offline' | 'idle' | 'sending'; hub: string | null
  waiting: number; waiting_blobs: number; durable: number; blobs_durable: number
  last_contact_at: string | null; since: string | null; problem: string | null
  refused: { event_id: string; code: string | null; kind: string; reason: string; at: string }[]
  numbers: { date: string; left: number }[]
}
export type RegisterRequest = {
  request_id: string; procedure: string; case?: string; channel?: Channel; applicant: Applicant; authorised?: Authorised
  components?: HandedIn[]; sets?: number; fees?: FeeLine[]; return_via?: ReturnVia
}
export type Registered = {
  dossier_id: string; code: string; code_kind: CodeKind; received_at: string; due_at: string; receipt: { sha256: string } | null
}

type None = Record<string, never>

/** Every command the screens use: what goes in, what comes back. */
export type Commands = {
  register: [RegisterRequest, Registered]
  show: [{ code: string }, Shown]
  find: [{ text: string; limit?: number }, { dossiers: Summary[] }]
  recent: [{ limit?: number }, { dossiers: Summary[] }]
  'receipt-image': [{ code: string; width?: number }, { base64: string; pages: number; sha256: string; printed: number }]
  'print-receipt': [{ code: string; printer?: string }, { job: string }]
  attach: [{ code: string; component: number; path?: string; name?: string; base64?: string }, { pages: Page[] }]
  scanners: [None, { scanners: { id: string; label: string }[] }]
  scan: [
    { code: string; component: number; device?: string; source?: string; mode?: string; dpi?: number; options?: Record<string, string> },
    { pages: Page[] },
  ]
  'scan-cancel': [None, None]
  'page-image': [{ page: string; kind: 'thumb' | 'full'; index?: number }, { media: string; base64: string }]
  'page-remove': [{ code: string; page: string; reason: string }, None]
  'page-restore': [{ code: string; page: string }, None]
  promise: [{ procedure: string; case?: string }, Promise_]
  'parse-card': [{ payload: string }, Card]
  'parse-code': [{ text: string }, { code: string; form: '2025' | '2018' | 'temporary' }]
  procedures: [{ text?: string; limit?: number }, { procedures: ProcedureLine[] }]
  procedure: [{ code: string }, Procedure]
  person: [{ id_number: string }, { applicant: Applicant | null; dossiers: Summary[] }]
  station: [None, Station]
  'sign-in': [{ officer: string; pin: string }, { officer: Officer }]
  'sign-out': [None, None]
  'officer-add': [{ name: string; pin: string; role?: string }, { officer: Officer | string }]
  enrol: [{ hub: string; code: string }, { device: string; agency: Agency | string; recovery_code?: string }]
  sync: [None, { durable: number; waiting: number; refused: number }]
  'sync-status': [None, SyncStatus]
  verify: [None, { chain: 'ok' | 'broken'; dossiers: number; blobs: number; problems: string[] }]
  preferences: [None, { values: Record<string, string> }]
  'preference-set': [{ key: string; value: string }, None]
}
export type CommandName = keyof Commands
export type Request<C extends CommandName> = Commands[C][0]
export type Response<C extends CommandName> = Commands[C][1]
