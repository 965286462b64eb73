// A field of a rule by its path, as the station names it: `cases[1].limit`, `decision.number`.

type Step = string | number

/** `cases[1].limit` as steps. */
export function stepsOf(path: string): Step[] {
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map((m) => (m[2] === undefined ? (m[1] ?? '') : Number(m[2])))
}

/** What stands at the path; undefined when something on the way is missing. */
export function valueAt(data: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>((at, step) => (at === null || typeof at !== 'object' ? undefined : (at as Record<Step, unknown>)[step]), data)
}

/** Writes at the path; objects and lists on the way are made. Undefined takes the field away. */
export function writeAt(data: unknown, path: string, value: unknown): void {
  const steps = stepsOf(path)
  const last = steps.pop()
  if (last === undefined) return
  let at = data as Record<Step, unknown>
  steps.forEach((step, i) => {
    if (at[step] === null || typeof at[step] !== 'object') at[step] = typeof (steps[i + 1] ?? last) === 'number' ? [] : {}
    at = at[step] as Record<Step, unknown>
  })
  if (value === undefined) delete at[last]
  else at[last] = value
}

/** The element of the screen that shows the field, or what holds it: `cases[1].limit.amount`, then `cases[1].limit`… */
export function nearest(root: ParentNode, path: string): HTMLElement | null {
  const all = [...root.querySelectorAll<HTMLElement>('[data-path]')]
  for (let p = path; p; p = p.replace(/(\.?[^.[\]]+|\[\d+\])$/, '')) {
    const hit = all.find((e) => e.dataset['path'] === p) ?? all.find((e) => (e.dataset['path'] ?? '').startsWith(`${p}.`) || (e.dataset['path'] ?? '').startsWith(`${p}[`))
    if (hit) return hit
  }
  return null
}
