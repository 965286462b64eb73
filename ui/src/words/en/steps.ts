// English beside src/words/vi/steps.ts.
export const steps = {
  titles: { ask_supplement: 'Ask for a supplement', take_supplement: 'Take the supplement', extend: 'Extend' },
  what: {
    ask_supplement: 'Once for a dossier. It waits until everything has come.', take_supplement: "The date is counted anew as the procedure's rule says.",
    extend: 'Once for a dossier, with an apology at the latest a day before the promise.',
  },
  items: 'Papers to supply, one a line', itemsPlaceholder: 'for example: original birth notice', reason: 'Reason',
  reasons: { ask_supplement: 'for example: the number cannot be read', extend: 'for example: waiting for another agency' },
  papers: 'Papers that came', notYet: 'Not yet', asItStood: 'As it stood', newDate: 'New date', write: 'Write down', cancel: 'Later',
  asked: 'The request is written down. The dossier waits until everything has come.', newPromise: 'New promise',
  before: (when: string) => `Promised before ${when}`, kept: 'The promise stays', group: 'Linked',
  groupDue: (n: number, when: string) => `${n} dossiers, all due ${when}`,
}
