// English beside src/words/vi/cash.ts.
export const cash = {
  title: (day: string) => `Cash of ${day}`, today: 'today', dayBefore: 'Day before', dayAfter: 'Day after', officers: 'Officers', none: 'Nothing was collected on this day.',
  noneMore: 'Money is collected on the dossier screen, F9. Each payment shows here.', payments: (n: number) => `${n} payments`, time: 'Time', code: 'Dossier', applicant: 'Applicant',
  method: 'Method', amount: 'Amount', methods: { cash: 'Cash', transfer: 'Transfer' }, total: 'Sum', inWords: 'In words', closedAt: (time: string) => `Closed ${time}`, open: 'Open',
  close: 'Close the day', closeAsk: (n: number, total: string) => `Close ${n} payments, ${total}?`, closeWhy: 'Once closed, the payments of this day cannot be changed.', closeDo: 'Close',
  keep: 'Not yet', closed: (n: number, total: string) => `${n} payments closed, ${total}.`, nothingToClose: 'You collected nothing on this day.',
  alreadyClosed: 'Your day is closed already.', openDossier: 'Open dossier',

  collect: 'Collect', collectAsk: 'Collect for this dossier', due: (m: string) => `Due ${m}`, paper: 'Receipt number', paperPlaceholder: 'if any', collectDo: 'Write as paid',
  collected: (m: string) => `${m} collected.`, badAmount: 'The amount has figures only, from 1 đồng. Please type it again.', cancel: 'Not yet',
}
