// One reception from an empty form to a printed receipt. The components only show it.
import { clearDraft, emptyDraft, emptyPerson, isUntouched, loadDraft, saveDraft, type Diff, type Draft } from '../lib/draft'
import { sentenceOf } from '../lib/errors'
import { dateOf } from '../lib/format'
import { handedIn } from '../lib/matrix'
import { applicantOf, authorisedOf, checkField, checkPerson, compact, fieldOf, instantOf, type Problem, type Typed } from '../lib/validate'
import { compareWithLast, diffOf, fillFromCard, fillFromVisit, tidy } from '../lib/visit'
import { call, Refusal, type Applicant, type Card, type Procedure, type Promise_, type Registered, type RegisterRequest, type Summary } from '../platform'
import { words } from '../words'
import { Charge } from './charge.svelte'
import { Duplicates } from './duplicates.svelte'
import { Parked } from './parked.svelte'
import { People } from './people.svelte'
import { Receipts, type Print } from './receipts.svelte'

class Reception {
  draft = $state<Draft>(emptyDraft())
  procedure = $state<Procedure | null>(null)
  promise = $state<Promise_ | null>(null)
  readonly charge = new Charge(this)
  past = $state<Summary[]>([])
  problems = $state<Record<string, Problem>>({})
  /** A card of somebody else while a person is on the screen: asked, never decided here. */
  otherCard = $state<Card | null>(null)
  readonly duplicates = new Duplicates()
  readonly people = new People()
  alert = $state('')
  saving = $state(false)
  done = $state<Registered | null>(null)
  doneName = $state('')
  receipt = $state('')
  readonly receipts = new Receipts()
  readonly parked = new Parked()
  /** Counts card readings: the person panel glows when it changes. */
  glow = $state(0)
  #restored = false

  /** Takes up the draft left behind by a crash or a closed window, once; later only asks again what the rules say. */
  async restore(): Promise<boolean> {
    if (this.#restored) {
      await this.refresh()
      return false
    }
    const [left] = await Promise.all([loadDraft(), this.parked.restore()])
    this.#restored = true
    if (!left || !this.untouched) return false
    this.draft = left
    await this.refresh()
    return true
  }

  save(): void {
    if (!this.done && this.#restored) void saveDraft($state.snapshot(this.draft))
  }

  get untouched(): boolean {
    return isUntouched(this.draft)
  }

  /** What F9 still lacks, in words; empty when it can go. */
  get lacking(): string {
    const who = this.draft.person.name.trim() === ''
    const what = this.draft.procedure === null
    return who && what ? words.reception.need.both : who ? words.reception.need.who : what ? words.reception.need.what : ''
  }

  // ---- the person ----

  /** On leaving a field: judge it, and bring its text into its usual form. */
  leave(field: keyof Typed): void {
    if (field === 'name') this.people.close()
    tidy(this.draft.person, field)
    if (this.draft.person[field].trim()) this.#judge(field)
    if (field === 'id_number') void this.lookUp()
    void this.askDuplicates()
  }

  #judge(field: keyof Typed): void {
    const found = checkField($state.snapshot(this.draft.person), field)
    if (found) this.problems[field] = found
    else delete this.problems[field]
  }

  /** Typing clears the complaint; it comes back on leaving. */
  typed(field: string): void {
    delete this.problems[field]
    const diff = this.diff(field)
    if (diff) Object.assign(diff, { use: 'fresh', fresh: this.draft.person[diff.field] })
  }

  /** A name being typed: who came before is offered, while nothing else says who it is. */
  async typedName(): Promise<void> {
    this.typed('name')
    const { name, id_number } = this.draft.person
    if (id_number.trim() === '' && !this.draft.fromCard) await this.people.ask(name)
    else this.people.close()
  }

  /** Somebody who came before: what they said then stands on the screen, and is looked up as ever. */
  async known(applicant: Applicant): Promise<void> {
    this.people.close()
    fillFromVisit(this.draft, applicant)
    this.problems = {}
    this.glow += 1
    await this.lookUp()
  }

  diff(field: string): Diff | undefined {
    return diffOf(this.draft, field)
  }

  choose(diff: Diff, use: Diff['use']): void {
    diff.use = use
    this.draft.person[diff.field] = use === 'fresh' ? diff.fresh : diff.was
    this.#judge(diff.field)
  }

  /** A scanned card. Another person on the screen is never replaced without a word. */
  async card(card: Card): Promise<void> {
    if (this.done) this.next()
    const own = compact(this.draft.person.id_number)
    if (/^\d{12}$/.test(own) && own !== card.id_number) {
      this.otherCard = card
      return
    }
    this.#fill(card)
    await this.lookUp()
  }

  async answerCard(change: boolean): Promise<void> {
    const card = this.otherCard
    this.otherCard = null
    if (!card || !change) return
    this.draft.person = emptyPerson()
    this.draft.diffs = []
    this.draft.authorised = ''
    this.problems = {}
    this.past = []
    this.#fill(card)
    await this.lookUp()
  }

  #fill(card: Card): void {
    this.people.close()
    fillFromCard(this.draft, card)
    for (const f of ['name', 'id_number', 'birth_date', 'address']) delete this.problems[f]
    this.glow += 1
  }

  // ---- the same person, the same procedure, shortly before ----

  askDuplicates(): Promise<void> {
    return this.done ? Promise.resolve() : this.duplicates.ask($state.snapshot(this.draft))
  }

  /** The officer's answer, where it is about the dossier that is shown now. */
  get despite(): Draft['despite'] {
    const { despite } = this.draft
    // By its identity: a temporary code becomes official while the reason is typed.
    return despite && despite.dossier === this.duplicates.found?.dossier.dossier_id ? despite : null
  }

  takeAnew(): void {
    const dossier = this.duplicates.found?.dossier.dossier_id
    if (dossier) this.draft.despite = { dossier, reason: this.draft.despite?.reason ?? '' }
    delete this.problems['duplicate']
  }

  /** Somebody else is served meanwhile. Returns what waits now. */
  park(): Draft {
    const draft = $state.snapshot(this.draft) as Draft
    this.next()
    this.parked.add(draft)
    return draft
  }

  /** What waited comes back; what stands on the screen waits instead. */
  takeUp(request_id?: string): boolean {
    const draft = this.parked.take(request_id)
    if (!draft) return false
    if (!this.done && !this.untouched) this.park()
    this.#takeUp(draft)
    return true
  }

  #takeUp(draft: Draft): void {
    this.next()
    this.draft = draft
    void this.lookUp()
    void this.refresh()
  }

  /** What the station knows about this identity number from earlier visits. */
  async lookUp(): Promise<void> {
    const id = compact(this.draft.person.id_number)
    if (!/^\d{10,13}$/.test(id)) {
      this.past = []
      return
    }
    try {
      const known = await call('person', { id_number: id })
      if (compact(this.draft.person.id_number) !== id) return
      this.past = known.dossiers
      if (known.applicant) compareWithLast(this.draft, known.applicant, known.dossiers[0]?.received_at ?? null)
    } catch {
      this.past = []
    }
    await this.askDuplicates()
  }

  // ---- the procedure and its papers ----

  async chooseProcedure(code: string): Promise<void> {
    if (this.draft.procedure === code && this.procedure) return
    Object.assign(this.draft, { rows: {}, alternative: null, copies: 1, pages: 1, claimed: [], amounts: {} })
    this.charge.forget()
    await this.#load(code)
    this.draft.case = this.procedure?.cases[0]?.id ?? null
    await Promise.all([this.refreshPromise(), this.charge.refresh(), this.askDuplicates()])
  }

  /** The rules may have changed while another screen was open: asked again, what was chosen stays where it still can be. */
  async refresh(): Promise<void> {
    const code = this.draft.procedure
    if (!code || this.done) return
    await this.#load(code)
    if (this.draft.procedure !== code || this.done) return
    const cases = this.procedure?.cases ?? []
    const chosen = cases.find((c) => c.id === this.draft.case) ?? cases[0]
    this.draft.case = chosen?.id ?? null
    if (!chosen?.alternatives.some((a) => a.id === this.draft.alternative)) this.draft.alternative = null
    await Promise.all([this.refreshPromise(), this.charge.refresh(), this.askDuplicates()])
  }

  async #load(code: string): Promise<void> {
    try {
      this.procedure = await call('procedure', { code })
      this.draft.procedure = code
      delete this.problems['procedure']
    } catch (e) {
      this.alert = sentenceOf(e)
    }
  }

  async chooseCase(id: string): Promise<void> {
    this.draft.case = id
    this.draft.alternative = null
    await Promise.all([this.refreshPromise(), this.charge.refresh()])
  }

  async chooseAlternative(id: string | null): Promise<void> {
    this.draft.alternative = id
    await this.refreshPromise()
  }

  // ---- the promise ----

  /** Asks again what would be promised now; also once a minute, because cut-offs pass. */
  async refreshPromise(): Promise<void> {
    const { procedure, case: chosen, alternative } = this.draft
    const received_at = this.receivedAt
    if (!procedure) return
    try {
      const promise = await call('promise', { procedure, ...(chosen && { case: chosen }), ...(alternative && { alternative }), ...(received_at && { received_at }) })
      if (this.draft.procedure === procedure && this.draft.case === chosen && this.draft.alternative === alternative && this.receivedAt === received_at) this.promise = promise
    } catch (e) {
      if (this.#refusedInstant(Refusal.from(e))) return
      this.promise = null
      this.alert = sentenceOf(e)
    }
  }

  // ---- entered after the fact ----

  /** The earlier instant of reception, where one is typed and there is such a minute. */
  get receivedAt(): string | undefined {
    const late = this.draft.late
    return late ? instantOf(late.time, late.date) : undefined
  }

  /** Opens the two fields, or takes them away: then the dossier is received now. */
  toggleLate(now: string): void {
    this.draft.late = this.draft.late ? null : { time: '', date: dateOf(now), reason: '' }
    delete this.problems['received_at']
    delete this.problems['late_reason']
    void this.refreshPromise()
  }

  /** An instant that cannot be is said at its field; the promise of now stays on the screen. */
  #refusedInstant(r: Refusal): boolean {
    if (r.field !== 'received_at') return false
    this.#refused(r)
    return true
  }

  // ---- F9 ----

  /** Every problem, first one first; the matrix and the slip have theirs after the person's. */
  check(): Problem[] {
    const d = $state.snapshot(this.draft)
    const found = checkPerson(d.person)
    if (this.duplicates.found && !this.despite) found.push({ field: 'duplicate', code: 'REASON_REQUIRED' })
    if (this.despite?.reason.trim() === '') found.push({ field: 'reason', code: 'REASON_REQUIRED' })
    if (!d.procedure) found.push({ field: 'procedure', code: 'UNKNOWN_PROCEDURE' })
    if (!/^[1-9]\d?$/.test(d.sets.trim())) found.push({ field: 'sets', code: 'INVALID_COUNT' })
    if (this.charge.unset.length > 0) found.push({ field: 'fees', code: 'INVALID_AMOUNT' })
    if (d.late && !this.receivedAt) found.push({ field: 'received_at', code: 'INVALID_TIME' })
    if (d.late && !d.late.reason.trim()) found.push({ field: 'late_reason', code: 'REASON_REQUIRED' })
    this.problems = Object.fromEntries(found.map((p) => [p.field, p]))
    return found
  }

  request(): RegisterRequest {
    const d = $state.snapshot(this.draft)
    const authorised = authorisedOf(d.authorised)
    const earlier = this.duplicates.found?.dossier.code
    const received_at = this.receivedAt
    const fees = this.charge.lines
    return {
      request_id: d.request_id, procedure: d.procedure ?? '', ...(d.case && { case: d.case }), ...(d.alternative && { alternative: d.alternative }), channel: 'direct', applicant: applicantOf(d.person),
      ...(authorised && { authorised }), components: handedIn(this.procedure?.components ?? [], d.rows, d.case), sets: Number(d.sets),
      ...(earlier && this.despite && { despite: { code: earlier, reason: this.despite.reason.trim().normalize('NFC') } }),
      ...(fees && { fees }), return_via: d.via, ...(d.late && received_at && { received_at, late_reason: d.late.reason.trim().normalize('NFC') }),
    }
  }

  /** Registers once. Returns the field of the first problem, or null when it is written. */
  async register(): Promise<string | null> {
    if (this.saving || this.done) return null
    this.alert = ''
    this.saving = true
    // What was typed just before F9 counts: its answers are waited for.
    await Promise.all([this.charge.settled(), this.askDuplicates()])
    this.saving = false
    const found = this.check()
    const first = found[0]
    if (first) {
      this.alert = words.reception.problems(found.length)
      return first.field
    }
    return this.#send(this.request())
  }

  async #send(request: RegisterRequest): Promise<string | null> {
    this.saving = true
    try {
      const answer = await call('register', request)
      clearDraft()
      this.doneName = request.applicant.name
      this.done = answer
      this.duplicates.forget()
      void this.printReceipt()
      return null
    } catch (e) {
      return this.#refused(Refusal.from(e))
    } finally {
      this.saving = false
    }
  }

  #refused(r: Refusal): string | null {
    const field = fieldOf(r)
    const detail = typeof r.detail === 'object' && r.detail ? { detail: r.detail } : {}
    if (field) this.problems[field] = { field, code: r.code, ...detail }
    this.alert = sentenceOf(r)
    return field
  }

  /** What became of the paper of the dossier on the screen. */
  get print(): Print {
    const { last } = this.receipts
    return last && last.code === this.done?.code ? last : { state: 'idle', text: '' }
  }

  /** After COMMIT only: the registration stands whatever the printer says. Between two people the paper that
   *  did not come out is tried again, else the last one. */
  async printReceipt(): Promise<void> {
    const between = this.receipts.failed[0] ?? (this.untouched ? this.receipts.last : null)
    const taken = this.done ? { code: this.done.code, name: this.doneName } : between
    if (!taken) return
    if (this.done) void this.#picture(this.done.code)
    await this.receipts.print(taken)
  }

  async #picture(code: string): Promise<void> {
    if (this.receipt) return
    try {
      const image = await call('receipt-image', { code, width: 640 })
      if (this.done?.code === code) this.receipt = image.base64
    } catch {
      this.receipt = ''
    }
  }

  /** The next dossier: a new draft with a new request id. The person may stay for another thing, or the thing
   *  for the next person. */
  next(keep?: 'person' | 'procedure'): void {
    const { person, authorised, fromCard, procedure, case: chosen, alternative, via } = $state.snapshot(this.draft)
    this.#clear()
    if (keep === 'person') Object.assign(this.draft, { person, authorised, fromCard })
    if (keep === 'procedure') Object.assign(this.draft, { procedure, case: chosen, alternative, via })
    if (keep === 'person') void this.lookUp()
    if (keep === 'procedure') void this.refresh()
  }

  #clear(): void {
    this.draft = emptyDraft()
    this.procedure = null
    this.promise = null
    this.charge.forget()
    this.past = []
    this.duplicates.forget()
    this.people.close()
    this.problems = {}
    this.otherCard = null
    this.alert = ''
    this.done = null
    this.doneName = ''
    this.receipt = ''
    clearDraft()
  }
}

export const reception = new Reception()
