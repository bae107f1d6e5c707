interface Named {
  zh: string
  en: string
}

interface ClassEntry {
  text: Named
  colour: string
  form: 'fill'
  scale: { of: Named; bound: string }
}

/** Legend of filled classes of one scale: each by its bound (`≥ 2`) and colour, the scale by its name and unit. */
export function scaleEntries(
  name: Named,
  unit: Named,
  classes: readonly (readonly [bound: string, colour: string])[],
): ClassEntry[] {
  const of = { zh: `${name.zh} ${unit.zh}`, en: `${name.en} ${unit.en}` }
  return classes.map(([bound, colour]) => ({
    text: { zh: `${name.zh} ${bound} ${unit.zh}`, en: `${name.en} ${bound} ${unit.en}` },
    colour,
    form: 'fill',
    scale: { of, bound },
  }))
}
