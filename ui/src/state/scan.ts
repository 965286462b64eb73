// What a scan means, by its content and never by where it came from.
import { sentenceOf } from '../lib/errors'
import { codeParts } from '../lib/format'
import { shapeOf } from '../lib/shape'
import { giveBack, isEditing, type Scan } from '../lib/wedge-dom'
import { call } from '../platform'
import { words } from '../words'
import { app } from './app.svelte'
import { reception } from './reception.svelte'
import { search } from './search.svelte'
import { trial } from './trial.svelte'

/** The same code held under the reader counts once. */
export const SAME_MS = 500
let last = { text: '', at: -Infinity }

/** For tests: the next scan is a first one. */
export const forgetScan = (): void => void (last = { text: '', at: -Infinity })

export async function scanned(scan: Scan, at: number): Promise<void> {
  if (trial.got(scan)) return
  const again = scan.text === last.text && at - last.at < SAME_MS
  last = { text: scan.text, at }
  if (again) return
  if (!app.session) return app.unread(words.scan.signInFirst)
  if (shapeOf(scan.text) === 'card' || scan.text.split('|').length > 6) await card(scan)
  else if (scan.known || scan.method) await code(scan)
  else unknown(scan.text)
}

async function card(scan: Scan): Promise<void> {
  try {
    const read = await call('parse-card', { payload: scan.text })
    // A name or a place that may be mangled is not taken at all: a person types it.
    const sure = Boolean(read.name) && !read.warnings.some((w) => w.code.startsWith('NAME'))
    app.go('reception')
    const placed = !read.warnings.some((w) => w.code.startsWith('ADDRESS'))
    await reception.card({ ...read, name: sure ? read.name : null, address: placed ? read.address : null })
    // An earlier visit may know the name by the identity number.
    const name = sure ? (read.name ?? '') : reception.draft.person.name
    if (name || reception.otherCard) app.read(words.scan.card(name || read.id_number), 'card')
    else app.unread(words.scan.cardNoName)
    if (reception.otherCard) void app.focus('#other-card button')
    else if (!name) void app.focus('#p-name')
  } catch (e) {
    app.unread(scan.method ? words.scan.method : sentenceOf(e))
  }
}

async function code(scan: Scan): Promise<void> {
  try {
    const read = await call('parse-code', { text: scan.text })
    await call('show', { code: read.code })
    app.openDossier(read.code, read.component)
    const last = codeParts(read.code)[1]
    app.read(read.component ? words.scan.slip(last, read.component) : words.scan.code(last), 'bar')
  } catch (e) {
    app.unread(scan.method ? words.scan.method : sentenceOf(e))
  }
}

/** Of no form we know: only a person can say what it is. Nobody's focus is taken while they type. */
function unknown(text: string): void {
  const was = document.activeElement
  const editing = isEditing()
  const back = () => void (was instanceof HTMLElement && was.isConnected && was.focus())
  const into = () => {
    back()
    giveBack(text)
  }
  const find = () => {
    search.text = text
    app.go('search')
    void app.focus('#search')
  }
  app.asks(text, [[words.scan.find, find], ...(editing ? [[words.scan.into, into] as [string, () => void]] : []), [words.scan.ignore, back]])
  if (!editing) void app.focus('#scanbox button')
}
