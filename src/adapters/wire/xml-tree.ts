import { SourceError } from '../../contracts/indicator-adapter.ts'

/** An element without its prefix: what it is called is told by name and namespace. */
export interface XmlElement {
  name: string
  namespace: string
  attributes: Readonly<Record<string, string>>
  children: XmlElement[]
  /** Its own text, not that of its children. */
  text: string
}

const mostElements = 500_000
const deepest = 100

/**
 * XML as a tree. A document type is refused before anything of it is read: with it go entities of one's own, files and addresses
 * of the gateway's machine among them. `asked` says in a SourceError whose answer it was.
 */
export async function readXml(text: string, asked: string): Promise<XmlElement> {
  const { SaxesParser } = await import('saxes')
  const parser = new SaxesParser({ xmlns: true, position: true })
  const top: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' }
  const open = [top]
  let elements = 0
  const fail = (reason: string): never => {
    throw new SourceError(`${asked}: ${reason}`)
  }
  parser.on('error', () => fail(`not well-formed XML in line ${parser.line}`))
  parser.on('doctype', () => fail('the answer declares a document type, which is refused'))
  parser.on('opentag', ({ local, uri, attributes }) => {
    elements += 1
    if (elements > mostElements || open.length > deepest)
      fail(`more than ${mostElements} elements, or more than ${deepest} inside each other`)
    const named = Object.values(attributes).map(({ local: name, value }) => [name, value] as const)
    const element = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(named),
      children: [],
      text: '',
    }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  const write = (piece: string) => {
    const element = open.at(-1)
    if (element) element.text += piece
  }
  parser.on('text', write)
  parser.on('cdata', write)
  parser.on('closetag', () => void open.pop())
  parser.write(text.replace(/^\uFEFF/, '')).close()
  return top.children[0] ?? fail('an answer without XML')
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The trimmed text of the first child of that name; undefined where there is none or it is empty. */
export function textOf(element: XmlElement, name: string): string | undefined {
  const text = element.children.find((child) => child.name === name)?.text.trim()
  return text === '' ? undefined : text
}

export function* descendants(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    yield child
    yield* descendants(child)
  }
}
