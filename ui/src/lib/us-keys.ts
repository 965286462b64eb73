// Letters are taken from the physical key as a US layout, because a Vietnamese input method
// rewrites `key`; a reader that sends real Vietnamese letters arrives without a known `code`,
// or with a `key` outside ASCII, and is then believed.

const SHIFTED: Record<string, string> = {
  '1': '!', '2': '@', '3': '#', '4': '$', '5': '%', '6': '^', '7': '&', '8': '*', '9': '(', '0': ')',
  '-': '_', '=': '+', '[': '{', ']': '}', '\\': '|', ';': ':', "'": '"', ',': '<', '.': '>', '/': '?', '`': '~',
}
const NAMED: Record<string, string> = {
  Minus: '-', Equal: '=', BracketLeft: '[', BracketRight: ']', Backslash: '\\', Semicolon: ';', Quote: "'",
  Comma: ',', Period: '.', Slash: '/', Backquote: '`', Space: ' ', NumpadAdd: '+', NumpadSubtract: '-',
  NumpadMultiply: '*', NumpadDivide: '/', NumpadDecimal: '.',
}

/** The character a key stands for, or null when it stands for none. */
export function characterOf(k: { code: string; key: string; shift: boolean }): string | null {
  const single = [...k.key].length === 1 ? k.key : null
  if (single && single > '\u007f') return single
  const plain = usCharacter(k.code)
  if (plain === null) return single
  if (!k.shift || k.code.startsWith('Numpad')) return plain
  return SHIFTED[plain] ?? plain.toUpperCase()
}

function usCharacter(code: string): string | null {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase()
  if (/^(Digit|Numpad)\d$/.test(code)) return code.slice(-1)
  return NAMED[code] ?? null
}
