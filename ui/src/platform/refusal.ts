// A command's refusal: a code of the closed list, the field it is about, the figures for its sentence.

export type Detail = Record<string, string | number>

export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly field: string | null = null,
    readonly detail: Detail | string | null = null,
  ) {
    super(code)
    this.name = 'Refusal'
  }

  /** Whatever was thrown, as a refusal; what has no code is INTERNAL, never hidden. */
  static from(thrown: unknown): Refusal {
    if (thrown instanceof Refusal) return thrown
    const value = typeof thrown === 'string' ? parse(thrown) : thrown
    if (value && typeof value === 'object') {
      const outer = value as Record<string, unknown>
      const inner = (outer['error'] && typeof outer['error'] === 'object' ? outer['error'] : outer) as Record<string, unknown>
      if (typeof inner['code'] === 'string') {
        return new Refusal(inner['code'], (inner['field'] as string | undefined) ?? null, (inner['detail'] as Detail | undefined) ?? null)
      }
    }
    return new Refusal('INTERNAL', null, String(thrown))
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { code: 'INTERNAL', detail: text }
  }
}
