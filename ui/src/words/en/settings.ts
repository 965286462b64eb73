export const settings = {
  look: 'Display', theme: 'Colours', themes: { system: 'As the PC', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
  language: 'Language', languages: { vi: 'Tiếng Việt', en: 'English' },
  onThisPc: 'Remembered on this PC. Another language opens the window anew; what was typed stays. Papers are always printed in Vietnamese.',

  reader: 'Try the reader', comeHere: 'Press F6 to come here, then scan a receipt or an identity card.',
  scanNow: 'Please scan a receipt or an identity card. What is scanned here opens no dossier.',
  kinds: { code: 'Dossier code', card: 'Identity card', unknown: 'Another code' },
  sum: (keys: number, took: string, mean: string, longest: string) => `${keys} keys in ${took}, on average ${mean} a key, the longest ${longest}.`,
  ends: (key: string) => `Ends with ${key}.`, endsNot: 'No key at the end.', ms: (n: string) => `${n} ms`, point: '.', keys: 'Every key as it came',
  good: 'The reader sends exactly and fast. Nothing has to be changed.',
  oddities: {
    method: 'The Vietnamese input method is on and meddles with the code. Dossier codes are still read; names on cards may be wrong: please switch it off for cards.',
    caps: 'Caps Lock is on. Dossier codes are still read; names on cards change their case: please switch Caps Lock off.',
    layout: 'The keyboard of this PC is not a US one. Codes are still read, but keyboard and reader should be set alike.',
    'too-slow': 'The reader sends as slowly as a person types, so nobody can tell. Please lower its inter-character delay as its manual says.',
    slow: 'The reader sends slowly. Codes are read; with a lower inter-character delay you would not have to wait.',
    'no-end': 'The reader sends no Enter at the end. Codes are read after a short silence; please switch its Enter (CR) suffix on.',
  },
}
