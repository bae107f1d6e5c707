import {
  LineCounter,
  type Document,
  type Node,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml'
import type * as v from 'valibot'

/** A fault in a city's files, where an editor can jump to it. Lines and columns count from 1. */
export interface CityError {
  file: string
  line: number
  column: number
  message: string
}

export type Path = readonly (string | number)[]

/** One file of a city, read, with a way back from any part of its value to the line it stands on. */
export interface YamlFile {
  file: string
  value: unknown
  errorAt(path: Path, message: string): CityError
}

/** YAML 1.2 with merge keys (`<<`); top-level keys that begin with x- hold anchors and are no part of the value. */
export function readYaml(file: string, text: string): YamlFile | { errors: CityError[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  if (document.errors.length > 0) {
    return {
      errors: document.errors.map((error) => ({ file, ...place(error.pos[0]), message: error.message })),
    }
  }
  const errorAt = (path: Path, message: string) => ({
    file,
    ...place(offsetOf(document, path)),
    message: `${dotted(path)}${message}`,
  })
  try {
    return { file, value: withoutAnchors(document.toJS({ maxAliasCount: 2_000 })), errorAt }
  } catch (cause) {
    return {
      errors: [
        { file, line: 1, column: 1, message: cause instanceof Error ? cause.message : 'cannot be read' },
      ],
    }
  }
}

/** Long generated files are JSON: read fast, and again as YAML only when a line has to be told. */
export function readJson(file: string, text: string): YamlFile | { errors: CityError[] } {
  try {
    const value: unknown = JSON.parse(text)
    return {
      file,
      value,
      errorAt(path, message) {
        const slow = readYaml(file, text)
        return 'errors' in slow ? { file, line: 1, column: 1, message } : slow.errorAt(path, message)
      },
    }
  } catch {
    const slow = readYaml(file, text)
    return 'errors' in slow ? slow : { errors: [{ file, line: 1, column: 1, message: 'not JSON' }] }
  }
}

function withoutAnchors(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')))
}

/** indicators[1].unit, as a person would write it. */
function dotted(path: Path): string {
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : /^[\w-]+$/.test(key) ? `.${key}` : `["${key}"]`))
    .join('')
  return text === '' ? '' : `${text.replace(/^\./, '')}: `
}

/** Where that part begins: its key in a map, itself in a list; the nearest thing around it when it is absent or merged in. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = startOf(document.contents) ?? 0
  for (const key of path) {
    const around = isAlias(node) ? node.resolve(document) : node
    if (isMap(around)) {
      const pair = around.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
      )
      if (!pair) return offset
      offset = startOf(pair.key) ?? offset
      node = pair.value
    } else if (isSeq(around)) {
      node = around.items[Number(key)]
      if (node === undefined) return offset
      offset = startOf(node) ?? offset
    } else return offset
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? ((node as Node).range?.[0] ?? undefined) : undefined
}

/** What a schema says against a part of a file, each with its line. */
export function schemaErrors(
  file: YamlFile,
  base: Path,
  issues: readonly v.BaseIssue<unknown>[],
): CityError[] {
  return issues.map((issue) => {
    const inner = (issue.path ?? []).map((item) => item.key as string | number)
    return file.errorAt([...base, ...inner], sentence(issue))
  })
}

function sentence(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown key'
  if (issue.kind === 'schema' && issue.received === 'undefined') return `missing, expected ${issue.expected}`
  if (issue.issues === undefined || issue.issues.length === 0) return issue.message
  // A union says only that nothing fits; what each of its forms misses is what helps.
  const forms = issue.issues.map((inner) =>
    [(inner.path ?? []).map(({ key }) => String(key)).join('.'), sentence(inner)].filter(Boolean).join(' '),
  )
  return `fits none of its forms: ${[...new Set(forms)].join('; ')}`
}
