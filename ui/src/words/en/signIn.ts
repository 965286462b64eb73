// English beside src/words/vi/signIn.ts.
export const signIn = {
  hello: 'Welcome', choose: 'Choose your name, type the PIN and press Enter.', officers: 'Officers', pin: 'PIN', enter: 'Sign in',
  how: 'Arrow keys or the first letter of a name choose.', firstTitle: 'The first officer',
  firstWhy: 'Nobody is on this PC yet. The first one is the administrator of the counter.', name: 'Full name',
  newPin: 'New PIN, at least 4 digits', again: 'PIN again', create: 'Create and sign in',
  notSame: 'The two PINs are not the same. Please type it again.',
  role: { reception: 'Reception', admin: 'Administrator' } as Record<string, string>,
  agencyNone: 'Reception counter', local: 'Every dossier is written on this PC at once, network or not.', version: (v: string) => `Version ${v}`,
}
