// What a scan means, by its content and never by where it came from.
import { sentenceOf } from '../lib/errors'
import { codeParts } from '../lib/format'
import { shapeOf } from '../lib/shape'
import type { Scan } from '../lib/wedge-dom'
import { call } from '../platform'
import { words } from '../words'
import { app } from './app.svelte'
import { reception } from './reception.svelte'

/** The same code held under the reader counts once. */
export const SAME_MS = 500
let last = { text: '', at: -Infinity }

/** For tests: the next scan is a first one. */
export const forgetScan = (): void => void (last = { text: '', at: -Infinity })

export async function scanned(scan: Scan, at: number): Promise<void> {
  const again = scan.text === last.text && at - last.at < SAME_MS
  last = { text: scan.text, at }
  if (again) return
  if (!app.session) return app.unread(words.scan.signInFirst)
  if (shapeOf(scan.text) === 'card' || scan.text.split('|').length > 6) await card(scan)
  else await code(scan)
}

async function card(scan: Scan): Promise<void> {
  try {
    const read = await call('parse-card', { payload: scan.text })
    // A name that may be mangled is not taken at all: a person types it.
    const sure = Boolean(read.name) && !read.warnings.some((w) => w.code.startsWith('NAME'))
    app.go('reception')
    await reception.card(sure ? read : { ...read, name: null })
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
    app.openDossier(read.code)
    app.read(words.scan.code(codeParts(read.code)[1]), 'bar')
  } catch (e) {
    app.unread(scan.method ? words.scan.method : sentenceOf(e))
  }
}
