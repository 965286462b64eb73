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
  empty: 'No procedure is waiting', emptyMore: 'Ctrl O imports the catalogue of the portal from a file.', rawKey: {
    ten_thu_tuc: 'Name', so_quyet_dinh: 'Decision', linh_vuc: 'Field', cach_thuc_thuc_hien: 'Ways, limits, fees', thanh_phan_ho_so: 'Papers', ket_qua_xu_ly: 'Result', co_quan_co_tham_quyen: 'Authority',
    co_quan_thuc_hien: 'Carried out by', can_cu_phap_ly: 'Legal basis', yeu_cau_dieu_kien: 'Conditions', trinh_tu_thuc_hien: 'Steps', cap_thuc_hien: 'Level', loai_thu_tuc: 'Kind', doi_tuong_thuc_hien: 'For whom', ma_thu_tuc: 'Code',
  } as Record<string, string>,
  changes: (n: number) => `The portal changed ${n} places since the last approval`, addedPaper: 'Added paper', removedPaper: 'paper removed', paperGone: 'This paper was removed. Ctrl Z brings it back.',
  refusals: (n: string) => `${n} lines not readable`, goReview: 'To the procedures', rawNone: 'The portal says nothing here.', problems: 'Please note',
  editing: 'Edit this field', editDone: 'Done',
}
