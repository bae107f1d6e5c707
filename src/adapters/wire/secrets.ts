import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'

/** Remembers every secret one read has used, so that no sentence of it can carry one, even where the source echoes it. */
export function secretKeeper(io: Io) {
  const used = new Set<string>()
  // Very short ones would blank out ordinary words.
  const note = (secret: string) => {
    if (secret.length >= 4) used.add(secret).add(encodeURIComponent(secret))
    return secret
  }
  const clean = (text: string) =>
    [...used].reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text)
  return {
    note,
    clean,
    secret: (name: string) => note(io.secret(name)),
    cleanError(cause: unknown): unknown {
      return cause instanceof SourceError ? new SourceError(clean(cause.message), cause.retryAfterMs) : cause
    },
  }
}
export type SecretKeeper = ReturnType<typeof secretKeeper>
