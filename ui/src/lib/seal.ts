// Text kept in the window's own storage is sealed (AES-256-GCM): that storage lies on the disk
// in the clear, while the key is a preference inside the station's encrypted database.
import { call } from '../platform'

const PREFERENCE = 'draft_key'
let key: Promise<CryptoKey | null> | undefined

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}

async function open(): Promise<CryptoKey | null> {
  if (!crypto.subtle) return null
  const { values } = await call('preferences', {})
  const kept = values[PREFERENCE] ?? (await fresh())
  return crypto.subtle.importKey('raw', bytesOf(kept), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

async function fresh(): Promise<string> {
  const value = base64Of(crypto.getRandomValues(new Uint8Array(32)))
  await call('preference-set', { key: PREFERENCE, value })
  return value
}

/** The key, asked for once; a failed question is asked again next time. */
async function theKey(): Promise<CryptoKey | null> {
  key ??= open()
  try {
    return await key
  } catch {
    key = undefined
    return null
  }
}

/** Sealed text, or null when there is no key: then nothing may be written down. */
export async function seal(text: string): Promise<string | null> {
  const k = await theKey()
  if (!k) return null
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, k, new TextEncoder().encode(text)))
  return `${base64Of(iv)}.${base64Of(body)}`
}

/** What was sealed, or null when it is not ours or was changed. */
export async function unseal(sealed: string): Promise<string | null> {
  const [iv, body] = sealed.split('.')
  const k = iv && body ? await theKey() : null
  if (!k || !iv || !body) return null
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(iv) }, k, bytesOf(body))
  return new TextDecoder().decode(text)
}

/** For tests: forget the key of the last station. */
export const forgetKey = (): void => (key = undefined)
