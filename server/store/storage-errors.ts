/** Another process works in the folder; main says the sentence and exits 3. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError'
  readonly folder: string
  readonly pid: number | undefined
  constructor(folder: string, pid: number | undefined) {
    const owner = pid === undefined ? 'another process' : `process ${pid}`
    super(`${folder} is in use by ${owner}: stop it first, or choose another VAR_DIR`)
    this.folder = folder
    this.pid = pid
  }
}

/** The gateway cannot start on this folder or database; the message is one sentence that says why. */
export class StoreUnusableError extends Error {
  override readonly name: string = 'StoreUnusableError'
}

/** A write did not reach the disk or the database: nothing of it counts, and it may be tried again. */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError'
  /** ENOSPC, EIO … where the system said so. */
  readonly code: string | undefined
  constructor(message: string, code?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The store cannot answer now (connection lost, worker gone, query too long); later calls may succeed. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError'
}

export class StoreClosedError extends Error {
  override readonly name = 'StoreClosedError'
}

/** The number was given to somebody else, or comes before one already stored: nothing was written. */
export class SequenceTakenError extends Error {
  override readonly name = 'SequenceTakenError'
}

/** A record inside the journal does not fit the chain; a person has to look before the gateway may start. */
export class JournalBrokenError extends StoreUnusableError {
  override readonly name = 'JournalBrokenError'
  readonly line: number
  constructor(place: string, line: number, reason: string) {
    super(
      `${place} line ${line}: ${reason}; restore the journal from a copy, the gateway does not start on a broken one`,
    )
    this.line = line
  }
}

/** No room left: on the disk, in the quota, or in what one file may hold. */
export function isFull(code: string | undefined): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
}

/** The system's word for a failed write, from Node's code or out of an engine's message. */
export function systemCodeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return code
  const message = error instanceof Error ? error.message : String(error)
  if (/no space left on device/i.test(message)) return 'ENOSPC'
  if (/file too large/i.test(message)) return 'EFBIG'
  if (/disk quota exceeded/i.test(message)) return 'EDQUOT'
  if (/input\/output error/i.test(message)) return 'EIO'
  if (/permission denied/i.test(message)) return 'EACCES'
  if (/read-only file system/i.test(message)) return 'EROFS'
  return undefined
}
