// English beside src/words/vi/reception.ts.
export const reception = {
  form: 'Reception of a dossier', who: 'Applicant', what: 'Procedure and papers', slip: 'Receipt', fromCard: 'From card',
  name: 'Full name', namePlaceholder: 'Type the full name', id: 'Identity no.', taxCode: 'Tax code', birth: 'Born',
  birthPlaceholder: 'day/month/year', gender: 'Gender', age: (n: number) => `${n} years`, address: 'Address', phone: 'Phone', email: 'Email',
  none: 'None', authorised: 'On behalf', authorisedPlaceholder: 'name · relation', kind: 'Applicant is', person: 'Person',
  organisation: 'Organisation',
  differs: { name: 'Name differs', birth_date: 'Birth date differs', address: 'Address differs' } as Record<string, string>,
  byCard: 'Card', byTyping: 'Typed now', asBefore: 'As before', useWhich: 'Which one to use', typedBefore: 'typed', past: 'Earlier dossiers',
  pastCount: (n: number) => `${n} dossiers`, invite: 'Please put the card on the reader',
  inviteMore: 'At any time, wherever the caret is. Or type the name and identity number.',
  otherCard: (name: string) => `The card is ${name}'s`, otherCardWhy: (name: string) => `On the screen is ${name}.`,
  changePerson: 'Take the person on the card', keepPerson: 'Keep the person on the screen',

  procLabel: 'Procedure: code, name without tones, or a recent one', procPlaceholder: 'Code, or letters without tones',
  procRecent: 'Used often', procFound: 'Matching procedures', procNone: 'No procedure matches. Please type fewer letters, or the code.',
  procColumns: { name: 'Procedure', code: 'Code', limit: 'Limit' }, noProcedure: 'Please choose a procedure.', case: 'Case',
  free: 'No fee', feeIs: (m: string) => `Fee ${m}`, grid: 'Papers of the dossier: arrows move, figures count copies', paperName: 'Paper', no: 'No.',
  submit: 'To hand in', present: 'To present', notNeeded: 'not needed', yes: 'yes', not: 'no',
  tallyReceived: (papers: number, copies: number): [string, string, string, string] => [`${papers}`, ' papers, ', `${copies}`, ' copies'],
  tallySeen: 'compared', tallyMissing: 'missing', tallyUnwritten: 'not written', choosePapers: 'Choose a procedure to see its papers.',

  due: (time: string) => `Due before ${time}`, dueEmpty: 'Due', dueHow: 'Choose a procedure to see the due date and why.',
  dayStrip: 'How the due date is counted', today: 'now', off: 'off', dueDay: 'due', folded: (n: number) => `… ${n} days`, returnAt: 'Return at',
  sets: 'Sets', setsUnit: 'sets', fees: 'Fee', noFees: 'none', feeUnit: 'đ', codeComing: 'The code is given on F9',
  officialCode: 'Official code of the resolving agency', temporary: 'Temporary code',
  temporaryWhy: {
    NOT_ENROLLED: 'This PC is not enrolled. The official code follows; reception works as usual.',
    NO_LEASE: "Today's numbers are used up. The official code follows; reception works as usual.",
    EXTERNAL_NUMBERING: "The province's system gives the official code. Scan it into the dossier when it is there.",
    CLOCK: 'The clock of this PC is doubtful. Please check it; reception works as usual.',
  } as Record<string, string>,
  save: 'Register and print', saving: 'Writing', need: { both: 'Applicant and procedure are missing.', who: 'The applicant is missing.', what: 'The procedure is missing.' },
  problems: (n: number) => `${n} fields to look at.`, draftBack: 'Your unfinished entry is back.',

  done: 'Registered', doneChip: 'Written', dueOn: 'Due', printing: 'Sending the receipt to the printer.', printed: 'The receipt is with the printer.',
  printFailed: 'Receipt not printed', receiptAlt: (code: string) => `Receipt of dossier ${code}`,
  receiptNone: 'This dossier has no receipt yet.', next: 'Next person', openDossier: 'Open dossier', reprint: 'Reprint',
}
