// English beside src/words/vi/search.ts.
export const search = {
  label: 'Search by name, code, identity number, phone, procedure', placeholder: 'Name without tones, code, identity number, phone', recent: 'Recent dossiers',
  found: (n: string) => `${n} dossiers`, most: (n: string) => `first ${n} dossiers, type more to narrow`,
  none: 'No dossier matches. Please type fewer letters, or scan the receipt.', nothingYet: 'No dossier on this PC yet. The first one is taken in at Reception.',
  results: 'Results', receivedToday: (time: string) => `received ${time} today`, received: (date: string) => `received ${date}`, dueOn: (date: string) => `due ${date}`,
  glance: 'At a glance', glanceOf: 'Dossier at a glance', open: 'Open dossier', temporary: 'Temporary code', receivedAt: 'Received', dueAt: 'Due', pages: 'Papers',
  pagesLine: (papers: number, pages: number) => `${papers} papers, ${pages} scanned pages`,
}
