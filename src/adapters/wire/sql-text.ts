/** One SELECT as its author wrote it, cut at its parameters. */
export interface Statement {
  /** One more than there are names. */
  parts: string[]
  /** :from :to :cursor, in the order they stand. */
  names: string[]
}

export type SqlFamily = 'postgres' | 'mysql' | 'other'

/** What makes one SELECT or WITH more than a question, where it stands outside of quotes; insert(text, …) is a function. */
const forbidden = new Set(['insert', 'update', 'delete', 'merge', 'into'])

/**
 * The one SELECT or WITH that a text is, or the reason why it is none. This keeps slips out; what holds against a bad author is
 * the read-only role and session.
 */
export function readStatement(
  text: string,
  allowed: readonly string[],
  family: SqlFamily,
): Statement | { reason: string } {
  const words: string[] = []
  const statement: Statement = { parts: [], names: [] }
  let from = 0
  let ended = false
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at, family)
    if (token.kind === 'open') return { reason: `a quote or comment that begins at ${at + 1} has no end` }
    if (token.kind === 'executable') return { reason: 'a comment that MySQL would run' }
    if (ended && token.kind !== 'space') return { reason: 'more than one statement' }
    const piece = text.slice(at, token.end)
    if (token.kind === 'end') {
      ended = true
      statement.parts.push(text.slice(from, at))
    } else if (token.kind === 'parameter') {
      const name = piece.slice(1)
      if (!allowed.includes(name))
        return { reason: `:${name} is not known here; there is ${allowed.map((one) => `:${one}`).join(' ')}` }
      statement.parts.push(text.slice(from, at))
      statement.names.push(name)
      from = token.end
    } else if (token.kind === 'word') {
      const word = piece.toLowerCase()
      words.push(word)
      const called = word === 'insert' && /^\s*\(/.test(text.slice(token.end))
      if (forbidden.has(word) && !called) return { reason: `${piece.toUpperCase()} is no part of a question` }
    }
    at = token.end
  }
  if (!ended) statement.parts.push(text.slice(from))
  if (words[0] !== 'select' && words[0] !== 'with')
    return { reason: 'it begins neither with SELECT nor with WITH' }
  return statement
}

/** The text with each parameter written by the database's own placeholder. */
export function writeStatement({ parts, names }: Statement, placeholder: (name: string) => string): string {
  return parts.map((part, index) => part + (index < names.length ? placeholder(names[index]!) : '')).join('')
}

type Token = {
  kind: 'space' | 'word' | 'quoted' | 'parameter' | 'end' | 'open' | 'executable' | 'sign'
  end: number
}

const space = /\s+/y
const word = /[\p{L}_][\p{L}\p{N}_$]*/uy
const parameter = /:[a-z]+/y
const number = /\d[\w.]*/y
const dollarQuote = /\$([\p{L}_][\p{L}\p{N}_]*)?\$/uy

function tokenAt(text: string, at: number, family: SqlFamily): Token {
  const ahead = (pattern: RegExp) => ((pattern.lastIndex = at), pattern.exec(text)?.[0])
  const two = text.slice(at, at + 2)
  const blank = ahead(space)
  if (blank) return { kind: 'space', end: at + blank.length }
  if (two === '--' || (text[at] === '#' && family === 'mysql')) return lineComment(text, at)
  if (two === '/*') return blockComment(text, at, family)
  if (two === '::' || two === ':=') return { kind: 'sign', end: at + 2 }
  const escaping = family === 'mysql' || (family === 'postgres' && /^e'/i.test(two))
  if (/^[enbx]'/i.test(two)) return quoted(text, at + 1, escaping)
  if (text[at] === "'" || text[at] === '"' || text[at] === '`')
    return quoted(text, at, escaping && text[at] !== '`')
  const dollar = family === 'postgres' ? ahead(dollarQuote) : undefined
  if (dollar) return upTo(text, at + dollar.length, dollar)
  const name = ahead(parameter)
  if (name) return { kind: 'parameter', end: at + name.length }
  if (text[at] === ';') return { kind: 'end', end: at + 1 }
  const spelled = ahead(word)
  if (spelled) return { kind: 'word', end: at + spelled.length }
  return { kind: 'sign', end: at + (ahead(number)?.length ?? 1) }
}

function upTo(text: string, from: number, closing: string): Token {
  const found = text.indexOf(closing, from)
  return found === -1 ? { kind: 'open', end: text.length } : { kind: 'quoted', end: found + closing.length }
}

function lineComment(text: string, at: number): Token {
  const end = text.indexOf('\n', at)
  return { kind: 'space', end: end === -1 ? text.length : end + 1 }
}

function blockComment(text: string, at: number, family: SqlFamily): Token {
  // MySQL runs what stands in /*! … */ and MariaDB in /*M! … */ too; its optimiser reads /*+ … */.
  if (family === 'mysql' && /^\/\*(M?!)/.test(text.slice(at, at + 4))) return { kind: 'executable', end: at }
  let depth = 0
  for (let index = at; index < text.length - 1; index += 1) {
    const two = text.slice(index, index + 2)
    // PostgreSQL's comments nest; elsewhere the first end is the end.
    if (two === '/*' && (depth === 0 || family === 'postgres')) {
      depth += 1
      index += 1
    } else if (two === '*/') {
      depth -= 1
      index += 1
      if (depth === 0) return { kind: 'space', end: index + 1 }
    }
  }
  return { kind: 'open', end: text.length }
}

/** A doubled quote stands for itself; a backslash hides the next character where the dialect has it so. */
function quoted(text: string, at: number, escaping: boolean): Token {
  const quote = text[at]
  for (let index = at + 1; index < text.length; index += 1) {
    if (escaping && text[index] === '\\') index += 1
    else if (text[index] === quote) {
      if (text[index + 1] !== quote) return { kind: 'quoted', end: index + 1 }
      index += 1
    }
  }
  return { kind: 'open', end: text.length }
}
