/** `${NAME}`, as environments name their variables. */
export const variablePattern = /\$\{([A-Z_][A-Z0-9_]*)\}/g

/** `${NAME}` in any text of a source's settings becomes the variable's value; unknown names stay as they are. */
export function substitute(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    return value.replace(variablePattern, (whole, name: string) => variables[name] ?? whole)
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, variables))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, variables)]))
}

/** Every http(s) address in a source's settings; nothing else may be asked. */
export function originsIn(settings: unknown): Set<string> {
  const origins = new Set<string>()
  const visit = (value: unknown) => {
    if (typeof value === 'string' && /^https?:\/\//.test(value)) origins.add(new URL(value).origin)
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit)
  }
  visit(settings)
  return origins
}
