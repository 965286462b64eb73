// The first screen after sign-in needs weights and letters that the sign-in itself does not show.
// They are read while the officer types the PIN, not in the wait after it (`window.sign_in_ms` of the bench).
const WEIGHTS = [400, 500, 600, 700]
/** One letter of each subset: Latin, extended Latin, Vietnamese. */
const LETTERS = 'aāạ'

/** Asks for every face of the interface; a face that does not come is asked for again when it is drawn. */
export async function readFonts(fonts: Pick<FontFaceSet, 'load'> | undefined = document.fonts): Promise<void> {
  if (!fonts) return
  await Promise.allSettled(WEIGHTS.map((weight) => fonts.load(`${weight} 1rem 'Be Vietnam Pro'`, LETTERS)))
}
