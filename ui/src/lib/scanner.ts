// What an office has set for its scanners: a preference that holds, for each device, the source,
// mode, resolution and further options of its scans. A device's own values are often 50 or 75 dpi.
import { Refusal, type Request } from '../platform'

/** The preference: JSON, device → settings, such as `{"pixma:04A9190E": {"mode": "Gray", "dpi": 300}}`. */
export const SCANNER_SETTINGS = 'scanner_settings'

type Settings = Pick<Request<'scan'>, 'source' | 'mode' | 'dpi' | 'options'>

/** The settings of a device, none where nothing is set; throws `SCANNER_BAD_OPTION` for what cannot be read. */
export function settingsOf(values: Record<string, string>, device: string): Settings {
  try {
    const all = JSON.parse(values[SCANNER_SETTINGS] ?? '{}') as Record<string, Settings | undefined>
    const { source, mode, dpi, options } = all[device] ?? {}
    return { ...(source && { source }), ...(mode && { mode }), ...(dpi && { dpi }), ...(options && { options }) }
  } catch {
    throw new Refusal('SCANNER_BAD_OPTION')
  }
}
