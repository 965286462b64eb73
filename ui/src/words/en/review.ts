// English beside src/words/vi/review.ts.
export const review = {
  left: (n: string) => `${n} left`, progress: 'Procedures done', raw: 'Text of the portal', fields: 'Read as', field: 'Field',
  state: { read: 'read', absent: 'absent', unsure: 'unsure' }, accepted: 'accepted', edited: 'edited',
  status: { full: 'Read in full', partial: 'Read in part', refused: 'Not readable' }, nothing: 'none', tally: (settled: number, all: number) => `${settled} of ${all} looked at`,
  unsureLeft: (n: number) => `${n} unsure fields left. Please accept or edit each, then approve.`, noUnsure: 'No unsure field is left.', basis: 'Basis',
  basisPlaceholder: 'for example: decision 12 of 05/11/2026', basisNeeded: 'A basis is needed. Please type the decision.', approve: 'Approve this procedure', approving: 'Writing',
  approved: (name: string) => `${name} approved.`, skip: 'Skip', skipWhy: 'Skip this procedure: reason', skipPlaceholder: 'for example: not handled here', skipDo: 'Skip',
  skipped: 'Procedure skipped.', keep: 'Keep', import: 'Import the catalogue', importAsk: 'Import the catalogue of the portal from a file',
  importWhy: 'Every procedure is kept with its raw text. What is not approved is not used.', path: 'File with its path', pathPlaceholder: 'Type the path, or drop the file on the window',
  importDo: 'Import', importing: 'Reading every procedure of the file.',
  imported: (total: string, full: string, partial: string, refused: string) => `${total} read: ${full} in full, ${partial} in part, ${refused} not readable.`,
  empty: 'No procedure is waiting', emptyMore: 'Ctrl O imports the catalogue of the portal from a file.', rawNone: 'The portal says nothing here.', problems: 'Please note',
  editing: 'Edit this field', editDone: 'Done', refused: 'This record cannot be read, so it cannot be approved. Please skip it, or type it in Administration.',
}
