// English beside src/words/vi/dossier.ts.
export const dossier = {
  facts: 'Facts', procedure: 'Procedure', timeline: 'Course', events: (n: number) => `${n} events`, papers: 'Papers',
  papersLine: (papers: number, pages: number) => `${papers} papers, ${pages} pages`, list: 'Papers and scanned pages', receipt: 'Printed receipt',
  receiptLine: (time: string, n: number) => (n > 0 ? `${time} · printed ${n} times` : `${time} · not printed`),
  receiptAlt: (code: string) => `Receipt of dossier ${code}`, noReceipt: 'This dossier has no receipt yet.', reprint: 'Reprint', scanMore: 'Scan more',
  addFiles: 'Add files', due: (when: string) => `Due ${when}`, overdue: (when: string) => `Overdue since ${when}`, id: 'Identity no.', taxCode: 'Tax code',
  born: 'Born', lives: 'Lives at', seat: 'Seat', phone: 'Phone', email: 'Email', authorised: 'On behalf', returnAt: 'Return at', sets: (n: string) => `${n} sets`,
  fees: 'Fee', money: { nothing_due: 'none', due: 'not collected', paid: 'collected', waived: 'waived' }, limit: 'Limit', otherCodes: 'Other codes',
  sameCode: 'Same code', sameCodeOf: (name: string, when: string) => `${name}, received ${when}, holds a receipt with this code too. Please look at the name on the paper before you go on.`,
  codeVoid: 'void', codeTemporary: 'temporary', durability: 'Kept', pages: (n: number) => `${n} pages`, dpi: (n: number) => `${n} dpi`, noPages: 'No pages yet',
  notScanned: 'Seen and given back, not scanned', nothing: 'Not written', page: (n: number) => `Page ${n}`, pdfPages: (n: number) => `PDF, ${n} pages`,
  pageOf: (paper: number, n: number, all: number) => `Paper ${paper} · page ${n} of ${all}`, close: 'Close', zoom: 'Fit page, fit width', remove: 'Remove page',
  removeWhy: (n: number) => `Remove page ${n}: reason`, removePlaceholder: "for example: another person's paper", removeDo: 'Remove this page', keep: 'Keep',
  removed: (n: number) => `Page ${n} removed.`, restored: 'Page restored.', scanning: (paper: number) => `Scanning into paper ${paper}. Esc stops.`,
  adding: (paper: number, n: number) => `Adding ${n} files to paper ${paper}.`, added: (paper: number, n: number) => `${n} pages added to paper ${paper}.`,
  whichScanner: 'Which scanner', otherScanner: 'Other scanner', choosePaper: 'Choose a paper, then press F7 to scan into it.',
  printed: 'The receipt is with the printer.', disputed: 'Something was not accepted above', drop: 'Drop files on a paper of the list.',
}
