/** The secrets that these settings name, and no other: what a source's own thread is given. */
export function secretsIn(
  settings: unknown,
  secret: (name: string) => string | undefined,
): Record<string, string> {
  const found: Record<string, string> = {}
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      const kept = secret(value)
      if (kept !== undefined) found[value] = kept
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit)
  }
  visit(settings)
  return found
}
