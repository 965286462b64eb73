// The one door to the station. No other folder names Tauri or knows what is behind it.
import { Refusal } from './refusal'
import type { CommandName, Request, Response } from './types'

export { Refusal } from './refusal'
export type * from './types'

/** What a platform can do; `path` is set in the real window, `file` in a browser. */
export type Dropped = { name: string; path?: string; file?: File }
export interface Platform {
  call(command: string, request: object): Promise<unknown>
  /** Files dropped on the window, with the point in CSS pixels. Returns how to stop. */
  onDrop(listener: (files: Dropped[], x: number, y: number) => void): () => void
}

let platform: Promise<Platform> | undefined

function open(): Promise<Platform> {
  if ('__TAURI_INTERNALS__' in window) return import('./tauri').then((m) => m.tauri)
  // The invented station is for developing screens in a browser; a released page does not carry it.
  if (import.meta.env.PROD) return Promise.reject(new Refusal('INTERNAL'))
  return import('./fake').then((m) => m.fake())
}

/** Tests put their own platform here before mounting anything. */
export function usePlatform(p: Platform): void {
  platform = Promise.resolve(p)
}

function current(): Promise<Platform> {
  platform ??= open()
  return platform
}

/** Calls a command; throws a `Refusal` with a closed code, never anything else. */
export async function call<C extends CommandName>(command: C, request: Request<C>): Promise<Response<C>> {
  const p = await current()
  try {
    return (await p.call(command, request)) as Response<C>
  } catch (thrown) {
    throw Refusal.from(thrown)
  }
}

export function onDrop(listener: (files: Dropped[], x: number, y: number) => void): () => void {
  let stop = () => {}
  let stopped = false
  void current().then((p) => {
    if (!stopped) stop = p.onDrop(listener)
  })
  return () => {
    stopped = true
    stop()
  }
}
