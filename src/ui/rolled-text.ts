export interface TextRun {
  text: string
  /** True for digits that differ from the last text at the same place, counted from the right. */
  changed: boolean
}

/**
 * Splits a figure into runs so that only changed digits roll. Compared from the right, because a number grows to the
 * left: 999 → 1,000 changes every digit, 1,041 → 1,042 only the last.
 */
export function rolledText(before: string | undefined, after: string): TextRun[] {
  if (before === undefined || before === after) return after === '' ? [] : [{ text: after, changed: false }]
  const runs: TextRun[] = []
  for (const [index, char] of after.split('').entries()) {
    const old = before[before.length - (after.length - index)]
    const changed = char !== old && /\d/.test(char)
    const last = runs.at(-1)
    if (last?.changed === changed) last.text += char
    else runs.push({ text: char, changed })
  }
  return runs
}
