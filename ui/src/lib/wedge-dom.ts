// The wedge on the document: capture phase, before any screen sees a key. It takes a snapshot
// before every character of a burst, and puts text, caret and registered states back to where the
// scan began when it was one.
import { Wedge, type Key, type Place, type Verdict } from './wedge'

type Hold = () => () => void
const holds = new Set<Hold>()

/** A component with state that keys change (the paper matrix) says how to take it back. */
export function onHold(hold: Hold): () => void {
  holds.add(hold)
  return () => holds.delete(hold)
}

type Text = HTMLInputElement | HTMLTextAreaElement
const isText = (e: Element | null): e is Text =>
  e instanceof HTMLTextAreaElement || (e instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'file'].includes(e.type))

export const isEditing = (): boolean => isText(document.activeElement)

function placeOf(e: Element | null): Place {
  const data = e instanceof HTMLElement ? e.dataset : {}
  return { editable: isText(e), digits: data['wedge'] === 'digits' || data['wedge'] === 'search', enterOnly: data['wedge'] === 'search' }
}

/** Everything a character may disturb, and how to put it back. */
function snapshot(): () => void {
  const e = document.activeElement
  const before = isText(e) ? { value: e.value, from: e.selectionStart, to: e.selectionEnd } : null
  const undo = [...holds].map((h) => h())
  return () => {
    if (before && isText(e) && e.value !== before.value) {
      e.value = before.value
      e.dispatchEvent(new Event('input', { bubbles: true }))
      if (before.from !== null) e.setSelectionRange(before.from, before.to)
    }
    undo.forEach((u) => u())
  }
}

/** WebKitGTK lays out the whole page for every key that meets a placeholder on show (20-30 ms each on
    a busy PC, whether or not the key is stopped); without one a key costs it 1-3 ms. */
function hidePlaceholder(): () => void {
  const e = document.activeElement
  if (!isText(e) || !e.placeholder) return () => {}
  const { placeholder } = e
  e.placeholder = ''
  return () => void (e.placeholder = placeholder)
}

/** Puts a text where the caret is, as if it had been typed. */
export function giveBack(text: string): void {
  const e = document.activeElement
  if (!isText(e)) return
  e.setRangeText(text, e.selectionStart ?? e.value.length, e.selectionEnd ?? e.value.length, 'end')
  e.dispatchEvent(new Event('input', { bubbles: true }))
}

const keyOf = (e: KeyboardEvent): Key => ({
  code: e.code === 'Unidentified' ? '' : e.code, key: e.key, shift: e.shiftKey, repeat: e.repeat, composing: e.isComposing,
  command: e.ctrlKey !== e.altKey || e.metaKey, time: e.timeStamp,
})

export type Scan = { text: string; known: boolean; method: boolean }

/** Starts listening; returns the key handler (true: the key is taken) and how to stop. */
export function wedge(onScan: (scan: Scan) => void): { take(e: KeyboardEvent): boolean; stop(): void } {
  const machine = new Wedge<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let showPlaceholder: (() => void) | undefined

  const obey = (v: Verdict<() => void>): boolean => {
    if (v.do === 'give-back') giveBack(v.text)
    if (v.do === 'swallow') v.back?.()
    if (machine.certain) showPlaceholder ??= hidePlaceholder()
    else {
      showPlaceholder?.()
      showPlaceholder = undefined
    }
    if (v.do === 'scan') {
      v.back()
      onScan({ text: v.text, known: v.known, method: v.method })
    }
    return v.do === 'swallow' || v.do === 'scan'
  }
  return {
    take(e) {
      clearTimeout(timer)
      const taken = obey(machine.key(keyOf(e), placeOf(document.activeElement), snapshot))
      // A page that lags behind its keys waits as much longer: the next key may be in its queue.
      const lag = Math.max(0, performance.now() - e.timeStamp)
      if (machine.wait !== null) timer = setTimeout(() => obey(machine.silence()), machine.wait + lag)
      if (taken) {
        e.preventDefault()
        e.stopImmediatePropagation()
      }
      return taken
    },
    stop: () => clearTimeout(timer),
  }
}
