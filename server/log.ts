/** One line a happening, on stderr: time, level, sentence, fields. Control characters are escaped, so a field cannot forge a line. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void
  say(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
}

export function createLog(
  write: (line: string) => void = (line) => process.stderr.write(line),
  verbose = false,
): Log {
  const line = (level: string, message: string, fields: Record<string, unknown> = {}) => {
    const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
    const text = `${new Date().toISOString()} ${level} ${message}${rest.join('')}`
    write(`${text.replace(/\p{Cc}/gu, escaped)}\n`)
  }
  return {
    debug: (message, fields) => {
      if (verbose) line('debug', message, fields)
    },
    say: (message, fields) => line('info', message, fields),
    warn: (message, fields) => line('warn', message, fields),
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
