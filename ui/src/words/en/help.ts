// English beside src/words/vi/help.ts.
export const help = {
  title: 'All keys',
  more: 'A key means the same on every screen. Esc goes back.',
  groups: [
    { name: 'Moving', keys: [['Ctrl 1', 'Reception'], ['Ctrl 3 · F3', 'Search'], ['Ctrl 6', 'Sync'], ['F1 · ?', 'This help'], ['F2', 'Applicant'],
      ['F6 · Shift F6', 'Next · previous zone'], ['F12', 'First warning'], ['Esc', 'One step back, text is kept']] },
    { name: 'Doing', keys: [['F9', 'Main action'], ['F5 · Shift F5', 'All present · all missing'], ['F7', 'Scan papers'], ['Ctrl O', 'Add files'],
      ['Ctrl P', 'Print the same receipt again'], ['Ctrl Z', 'Undo']] },
    { name: 'In the paper table', keys: [['↑ ↓ ← →', 'Move'], ['0–9', 'Copies'], ['Space', 'On, off'], ['Del', 'Missing'], ['Backspace', 'Not needed']] },
    { name: 'In a dossier', keys: [['↑ ↓', 'Paper'], ['← →', 'Page'], ['Space · Enter', 'View page'], ['Del', 'Remove page with a reason']] },
    { name: 'Code reader', keys: [['Identity card', 'Fills the applicant, on any screen'], ['Receipt', 'Opens the dossier, on any screen']] },
  ] as { name: string; keys: [string, string][] }[],
}

export const keybar = {
  'sign-in': { zone: 'Sign in', keys: [['↑ ↓', 'Name'], ['Enter', 'Sign in']] },
  first: { zone: 'First officer', keys: [['Tab', 'Next field'], ['Enter', 'Create and sign in']] },
  person: { zone: 'Applicant', keys: [['Tab', 'Next field'], ['F6', 'Next zone'], ['F12', 'Warning'], ['F9', 'Register'], ['F3', 'Search']] },
  procedure: { zone: 'Procedure', keys: [['↑ ↓', 'Choose'], ['Enter', 'Take it'], ['F2', 'Applicant'], ['F6', 'Next zone'], ['F9', 'Register']] },
  papers: { zone: 'Papers', keys: [['F2', 'Applicant'], ['F5', 'All present'], ['Shift F5', 'All missing'], ['← →', 'Column'], ['1–9', 'Copies'], ['Del', 'Missing'], ['Backspace', 'Not needed'], ['F6', 'Next zone']] },
  slip: { zone: 'Receipt', keys: [['F9', 'Register, print'], ['F2', 'Applicant'], ['F6', 'Next zone'], ['F3', 'Search']] },
  done: { zone: 'Registered', keys: [['F9', 'Next person'], ['Ctrl P', 'Reprint'], ['F3', 'Search']] },
  facts: { zone: 'Dossier', keys: [['F6', 'Next zone'], ['F7', 'Scan more'], ['Ctrl P', 'Reprint'], ['Esc', 'Back']] },
  pages: { zone: 'Papers', keys: [['F7', 'Scan more'], ['Ctrl O', 'Add files'], ['Ctrl P', 'Reprint'], ['↑ ↓', 'Paper'], ['← →', 'Page'], ['Space', 'View'], ['Del', 'Remove'], ['Esc', 'Back']] },
  view: { zone: 'Page', keys: [['← →', 'Page'], ['Space', 'Zoom'], ['Del', 'Remove'], ['Esc', 'Close']] },
  search: { zone: 'Search', keys: [['↑ ↓', 'Choose'], ['Enter', 'Open'], ['Esc', 'Back, text is kept']] },
  sync: { zone: 'Sync', keys: [['F9', 'Try now'], ['F6', 'Next zone'], ['Ctrl 1', 'Reception']] },
  enrol: { zone: 'Enrol', keys: [['Tab', 'Next field'], ['F9', 'Enrol'], ['Ctrl 1', 'Reception']] },
  help: { zone: 'Help', keys: [['Esc', 'Back']] },
} as Record<string, { zone: string; keys: [string, string][] }>
