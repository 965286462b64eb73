// One signed file of rules: written here, or read, looked through and taken.
import { sentenceOf } from '../lib/errors'
import { call, type RulesFile, type RulesFileEntry } from '../platform'
import { words } from '../words'

const takeable = (e: RulesFileEntry): boolean => e.status === 'new' || e.status === 'changed' || e.status === 'older'
export const entryId = (e: RulesFileEntry): string => `${e.kind}/${e.key}`

export class Exchange {
  path = $state('')
  basis = $state('')
  file = $state<RulesFile | null>(null)
  /** Entries to be taken; what is new or differs is chosen at first, older ones are not. */
  taken = $state<string[]>([])
  at = $state(0)
  busy = $state(false)
  trouble = $state('')
  done = $state('')

  constructor(readonly what: 'export' | 'import') {}

  can(e: RulesFileEntry): boolean {
    return takeable(e)
  }

  /** The file was read, and all of it is in use here already or cannot be used. */
  get nothing(): boolean {
    return this.file !== null && !this.file.entries.some(takeable)
  }

  toggle(e: RulesFileEntry | undefined): void {
    if (!e || !takeable(e)) return
    const id = entryId(e)
    this.taken = this.taken.includes(id) ? this.taken.filter((t) => t !== id) : [...this.taken, id]
  }

  /** F9: export; or read the file; or take what was chosen from it. */
  async go(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.trouble = ''
    try {
      if (this.what === 'export') this.done = words.rules.exported((await call('rules-export', { path: this.path.trim() })).count)
      else if (!this.file) await this.#read()
      else await this.#take(this.file)
    } catch (e) {
      this.trouble = sentenceOf(e)
    } finally {
      this.busy = false
    }
  }

  async #read(): Promise<void> {
    const file = await call('rules-import', { path: this.path.trim() })
    this.taken = file.signed_by === null ? [] : file.entries.filter((e) => e.status === 'new' || e.status === 'changed').map(entryId)
    this.at = 0
    this.file = file
  }

  async #take(file: RulesFile): Promise<void> {
    const entries = file.entries.filter((e) => this.taken.includes(entryId(e))).map(({ kind, key }) => ({ kind, key }))
    if (entries.length === 0) this.trouble = words.rules.nothingToTake
    else if (!this.basis.trim()) this.trouble = words.rules.basisNeeded
    else {
      const { adopted, drafts } = await call('rules-adopt', { path: this.path.trim(), entries, basis: this.basis.trim().normalize('NFC') })
      this.done = drafts > 0 ? words.rules.adoptedDrafts(drafts) : words.rules.adopted(adopted)
    }
  }
}
