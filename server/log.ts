/** One line a happening, on stderr: time, level, sentence, fields. Control characters are escaped, so a field cannot forge a line. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void
  say(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
}

export function createLog(write: (line: string) => void = (line) => process.stderr.write(line), verbose = false): Log {
  const line = (level: string, message: string, fields: Record<string, unknown> = {}) => {
    const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
    // oxlint-disable-next-line no-control-regex -- these are exactly the characters a log line must not carry
    const text = `${new Date().toISOString()} ${level} ${message}${rest.join('')}`.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) =>
      `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    write(`${text}\n`)
  }
  return {
    debug: (message, fields) => {
      if (verbose) line('debug', message, fields)
    },
    say: (message, fields) => line('info', message, fields),
    warn: (message, fields) => line('warn', message, fields),
  }
}
