// English beside src/words/vi/common.ts.

export const app = 'One Door'
export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const weekdaysInside = weekdays

export const frame = {
  screens: 'Screens', skip: 'To the main content', keysNow: 'Keys that work now', allKeys: 'all keys',
  signOut: 'Sign out', undo: 'Undo', loading: 'Opening',
}
export const screens = {
  'sign-in': 'Sign in', reception: 'Reception', dossier: 'Dossier', search: 'Search', sync: 'Sync', cash: 'Cash', review: 'Review', rules: 'Administration', settings: 'Settings', help: 'Help',
}
export const rail = { review: 'Review' } as Record<string, string>
export const status = {
  received: 'Received', processing: 'In progress', supplement_requested: 'Supplement asked', awaiting_payment: 'Awaiting payment',
  withdrawn: 'Withdrawn', stopped: 'Stopped', refused: 'Refused', resolved: 'Result ready', returned: 'Returned',
}
export const stage = { written: 'written', waiting: 'waiting to be sent', durable: 'safe on the server above' }
export const gender = { male: 'Male', female: 'Female' }
export const via = { counter: 'Counter', post: 'Post', online: 'Online' }
export const columns = {
  original: { long: 'Original', top: 'Orig-', low: 'inal' },
  certified: { long: 'Certified copy', top: 'Certi-', low: 'fied' },
  copy: { long: 'Copy', top: 'Plain', low: 'copy' },
  presented: { long: 'Presented only', top: 'Pre-', low: 'sented' },
  from_database: { long: 'Taken from the database', top: 'From', low: 'DB' },
  missing: { long: 'Missing', top: 'Miss-', low: 'ing' },
}
export const handedIn = {
  original: (n: number) => `Original ${n}`, certified: (n: number) => `Certified ${n}`, copy: (n: number) => `Copy ${n}`,
  presented: () => 'Presented', from_database: () => 'From database', missing: () => 'Missing', not_applicable: () => 'Not needed',
}
export const scan = {
  label: 'Scan or search', placeholder: 'Scan a code or a card, or type to search', reading: 'Reading the scanned code',
  card: (name: string) => `Card read · ${name}`, cardNoName: 'The name is unsure. Please type it and look at the address; the rest is filled in.',
  code: (last: string) => `Receipt read · opening dossier ${last}`,
  slip: (last: string, paper: number) => `Separator read · dossier ${last}, paper ${paper}`, asks: 'What is this?', find: 'Search', into: 'Put into the field', ignore: 'Ignore',
  method: 'The input method mixed up the scanned code. Please switch it off and scan again.',
  signInFirst: 'Please sign in, then scan again.',
}
export const chip = {
  not_enrolled: 'Not enrolled', offline: 'Offline', idle: 'Safe above', sending: 'Sending',
  waiting: (n: string) => `${n} waiting`, refused: (n: string) => `${n} not accepted above`,
}
