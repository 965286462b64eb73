// Every screen × every control that can have the focus × every kind of code: what was scanned goes where it
// belongs, once, and not a letter of it stays where the focus was. Generated, so that a new screen or a new
// control is tried as soon as it is there.
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../state/app.svelte'
import { cash } from '../state/cash.svelte'
import { reception } from '../state/reception.svelte'
import { review } from '../state/review.svelte'
import { rules } from '../state/rules.svelte'
import { forgetScan } from '../state/scan'
import { $, fill, input, key, open, procedure, station, type, until } from './rig'

type Kind = { what: string; text: string; asks: 'parse-code' | 'parse-card' | null }
const KINDS: Kind[] = [
  { what: 'receipt', text: 'H99.128-261119-0007', asks: 'parse-code' },
  { what: 'receipt of the older form', text: '000.00.00.H99-261119-0007', asks: 'parse-code' },
  // With the letters that are keys of some screen.
  { what: 'temporary receipt', text: 'TAM-7E2M9QAB', asks: 'parse-code' },
  { what: 'address', text: 'https://dvc.example/tra-cuu?mahs=H99.128-261119-0007', asks: 'parse-code' },
  { what: 'separator slip', text: 'MC1:S:H99.128-261119-0007:2', asks: 'parse-code' },
  { what: 'card', text: '099196000002||Trần Thị Bích Đào|29021996|Nữ|Tổ 2, Phường Ví Dụ, Tỉnh Mẫu|01012022', asks: 'parse-card' },
  { what: 'unknown code', text: '8934563138165', asks: null },
]
const ENDS: Record<string, string[]> = { Enter: ['Enter'], Tab: ['Tab'], 'Enter twice': ['Enter', 'Enter'] }

const ADMIN = { signedIn: true, admin: true, sync: 'offline', printer: true } as const
const there = (s: string) => until(() => expect($(s)).not.toBeNull())
const ctrl = (k: string) => key(k, { ctrlKey: true })

/** Every screen, and what lies open on it. */
const SCREENS: Record<string, () => Promise<void>> = {
  reception: () => open(),
  'reception with papers and fees': async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    $<HTMLButtonElement>('#late')?.click()
    await there('#late-time')
  },
  'reception with a duplicate': async () => {
    await open()
    fill('#p-id', '099196000002')
    await until(() => expect(reception.past.length).toBeGreaterThan(0))
    await reception.chooseProcedure(reception.past[0]?.procedure ?? '')
    await there('#duplicate')
  },
  'reception with another card': async () => {
    await open()
    fill('#p-id', '099085000733')
    await reception.card({ id_number: '099196000002', name: 'Trần Thị Bích Đào' } as never)
    await there('#other-card')
  },
  'reception with people offered': async () => {
    await open()
    type('dao')
    await there('#known-0')
  },
  'reception with somebody waiting': async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    key('F4')
    await there('#parked')
  },
  'reception, written': async () => {
    await open()
    fill('#p-name', 'Lò Văn Pản')
    await procedure('815')
    key('F9')
    await there('#slip-code')
  },
  search: async () => {
    await open()
    key('F3')
    await there('#results [role=option]')
  },
  dossier: async () => {
    await open()
    app.openDossier('H99.128-261123-0415')
    await there('.paper')
  },
  'dossier with a payment': async () => {
    await open()
    app.openDossier('H99.128-261119-0007')
    await there('.paper')
    key('F9')
  },
  'dossier with a supplement': async () => {
    await open()
    app.openDossier('H99.128-261123-0415')
    await there('.paper')
    ctrl('b')
    await there('#step-items')
  },
  sync: async () => {
    await open()
    app.go('sync')
    await there('.flow')
  },
  'sync with refusals': async () => {
    await open({ signedIn: true, sync: 'refused', printer: true })
    app.go('sync')
    await there('#disputes')
  },
  'sync, not enrolled': async () => {
    await open({ signedIn: true, admin: true, sync: 'unenrolled', printer: true })
    app.go('sync')
    await there('main input')
  },
  cash: async () => {
    await open()
    app.go('cash')
    await there('main [data-zone]')
  },
  review: async () => {
    await open(ADMIN)
    ctrl('8')
    await there('.rf')
  },
  rules: async () => {
    await open(ADMIN)
    ctrl('9')
    await until(() => expect(rules.groups.length).toBeGreaterThan(0))
  },
  'rules, editing': async () => {
    await open(ADMIN)
    ctrl('9')
    await until(() => expect(document.activeElement?.id).toBe('rule-filter'))
    await until(() => expect(rules.groups.length).toBeGreaterThan(0))
    type('815')
    key('Enter')
    await there('#versions tr')
    await until(() => expect(document.activeElement?.matches('#versions tr')).toBe(true))
    key('F9')
    await there('#rule-form input')
  },
  settings: async () => {
    await open()
    ctrl('0')
    await there('#theme')
  },
  help: async () => {
    await open()
    key('F1')
    await there('#help')
  },
}

const FOCUSABLE = 'input:not([type=file]):not(:disabled), textarea, select, button:not(:disabled), a[href], [tabindex]'
/** Everything that can have the focus now; the page itself first. */
function controls(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)]
  return [document.body, ...all.filter((it) => !it.closest('[inert], [hidden], [data-trial]'))]
}
/** Alike controls (rows of a list, cells of a table) behave alike: three of each are tried. */
function fewAlike(all: HTMLElement[]): HTMLElement[] {
  const seen = new Map<string, number>()
  return all.filter((it) => {
    const like = `${it.tagName} ${it.className} ${it.getAttribute('role')} ${it.dataset['wedge']} ${it.getAttribute('type')} ${it.closest('[data-zone]')?.getAttribute('data-zone')} ${it.id.replace(/\d+/g, '')}`
    seen.set(like, (seen.get(like) ?? 0) + 1)
    return (seen.get(like) ?? 0) <= 3
  })
}
const isText = (it: Element): it is HTMLInputElement => (it as HTMLInputElement).selectionStart !== null && 'selectionStart' in it
const nameOf = (it: HTMLElement) => `${it.tagName.toLowerCase()}#${it.id}.${it.className} ${it.getAttribute('aria-label') ?? it.textContent?.trim().slice(0, 20) ?? ''}`

/** The question has reached the station. */
const heard = async () => {
  for (let n = 0; n < 6; n += 1) await Promise.resolve()
}
let asked: [string, string][]
/** From now on the station only listens: what a scan leads to is another test's. */
function listen() {
  asked = []
  const only = (command: string, field: string) => {
    station.commands[command] = (r: Record<string, string>) => {
      asked.push([command, r[field] ?? ''])
      return new Promise(() => {})
    }
  }
  only('parse-code', 'text')
  only('parse-card', 'payload')
}
/** Commands that change nothing; any other behind a scan would be a key that a letter of it pressed. */
const READS = new Set(['parse-code', 'parse-card', 'sync-status', 'find', 'recent', 'show', 'procedures', 'procedure', 'people', 'person', 'duplicates', 'promise', 'fees', 'preferences', 'receipt-image', 'rule'])
/** What a leaking letter would change. */
const picture = (it: HTMLElement) => ({
  text: isText(it) ? it.value : null, caret: isText(it) ? [it.selectionStart, it.selectionEnd] : null,
  draft: JSON.stringify(reception.draft), screen: app.screen, editing: review.editing, picked: review.at, wrote: station.calls.filter((c) => !READS.has(c)).length,
})

function differing(a: Record<string, unknown>, b: Record<string, unknown>): unknown[] {
  return Object.keys(a).filter((k) => JSON.stringify(a[k]) !== JSON.stringify(b[k])).map((k) => `${k}: ${JSON.stringify(a[k])} -> ${JSON.stringify(b[k])}`)
}

beforeEach(() => {
  rules.close()
  Object.assign(rules, { kind: 'procedure', filter: '', at: 0 })
  Object.assign(review, { record: null, data: null, settled: {}, at: 0, editing: false, basis: '', skipping: false, importing: null, alert: '', said: '', most: 0 })
  Object.assign(cash, { asked: '', shown: null, at: 0, asking: false, alert: '', said: '' })
})

let tried = 0
describe('a scan', () => {
  for (const [screen, come] of Object.entries(SCREENS)) {
    it(`goes where it belongs from everywhere: ${screen}`, async () => {
      await come()
      await new Promise((drawn) => setTimeout(drawn, 20))
      listen()
      const wrong: unknown[] = []
      for (const it of fewAlike(controls())) {
        for (const [end, keys] of Object.entries(ENDS)) for (const kind of KINDS) {
          if (!it.isConnected) continue
          // Fast digits in a field for numbers, or Tab behind digits in any, are what people type there.
          const typing = kind.asks === null && isText(it) && (it.dataset['wedge'] !== undefined || end === 'Tab')
          if (typing) continue
          forgetScan()
          app.readyToScan()
          if (it === document.body) (document.activeElement as HTMLElement | null)?.blur()
          else it.focus()
          asked = []
          const before = picture(it)
          type(kind.text)
          for (const k of keys) key(k)
          await heard()
          const after = picture(it)
          const routed = kind.asks === null ? app.scanBox.state === 'asks' && app.scanBox.text === kind.text : JSON.stringify(asked) === JSON.stringify([[kind.asks, kind.text]])
          tried += 1
          if (!routed || JSON.stringify(before) !== JSON.stringify(after)) wrong.push([nameOf(it), kind.what, end, ...asked.flat(), app.scanBox.state, ...differing(before, after)])
        }
      }
      expect(wrong.slice(0, 3)).toEqual([])
    }, 60_000)
  }
  it('was tried often enough to mean something', () => {
    console.log(`${tried} scans`)
    expect(tried).toBeGreaterThan(3_000)
  })
})

describe('held under the reader', () => {
  it('the same code counts once, another one counts', async () => {
    await open()
    listen()
    for (let n = 0; n < 3; n += 1) {
      type('H99.128-261119-0007')
      key('Enter')
    }
    await heard()
    expect(asked).toHaveLength(1)
    type('H99.128-261119-0008')
    key('Enter')
    await heard()
    expect(asked).toHaveLength(2)
  })
})

describe('before anybody signed in', () => {
  it('a scan opens nothing, says so, and leaves the PIN alone', async () => {
    await open({ signedIn: false, sync: 'offline', printer: true })
    listen()
    const pin = input('input')
    pin.focus()
    type('24')
    await new Promise((pause) => setTimeout(pause, 200))
    for (const { text } of KINDS.filter((it) => it.asks)) {
      forgetScan()
      type(text)
      key('Enter')
    }
    expect(pin.value).toBe('24')
    expect(asked).toEqual([])
  })
})
