import { SourceError } from '../../contracts/indicator-adapter.ts'
import { parseJson } from './json-path.ts'
import { describe } from './number-text.ts'
import { childrenOf, descendants, readXml, textOf } from './xml-tree.ts'
import { type Position, middle } from './position.ts'
import { readGml } from './wfs.ts'

export interface Feature {
  id: string | undefined
  properties: Readonly<Record<string, unknown>>
  /** As delivered, x before y: longitude and latitude unless the source is declared to write them otherwise. */
  position: Position | undefined
}

export interface FeaturePage {
  features: Feature[]
  /** Of the whole answer over all pages; undefined where the server does not know. */
  matched: number | undefined
  /** Address of the next page, where the server gives one. */
  next: string | undefined
}

/** GeoJSON or GML of a server of features; an exception, XML or JSON, is the source's error even where it says 200. */
export async function readFeaturePage(body: string, asked: string): Promise<FeaturePage> {
  return /^\s*</.test(body.replace(/^\uFEFF/, '')) ? await fromXml(body, asked) : fromJson(body, asked)
}

async function fromXml(body: string, asked: string): Promise<FeaturePage> {
  const root = await readXml(body, asked)
  if (root.name === 'FeatureCollection') return readGml(root)
  if (root.name !== 'ExceptionReport' && root.name !== 'ServiceExceptionReport')
    throw new SourceError(`${asked}: answered <${root.name}>, no features`)
  for (const exception of descendants(root)) {
    const code = exception.attributes['exceptionCode'] ?? exception.attributes['code']
    const text = textOf(exception, 'ExceptionText') ?? exception.text.trim()
    if (childrenOf(exception, 'ExceptionText').length > 0 || exception.name === 'ServiceException')
      throw new SourceError(`${asked}: the server reports ${code ?? 'an exception'}: ${describe(text)}`)
  }
  throw new SourceError(`${asked}: the server reports an exception`)
}

function fromJson(body: string, asked: string): FeaturePage {
  const page = parseJson(body) as Record<string, unknown>
  const { type, features, links, numberMatched, description, code } = page
  if (type !== 'FeatureCollection' || !Array.isArray(features)) {
    const told = typeof description === 'string' ? `: ${describe(description)}` : ''
    const named = typeof code === 'string' || typeof code === 'number' ? ` ${code}` : ''
    throw new SourceError(
      `${asked}: no feature collection, the server reports${named}${told || ' nothing of it'}`,
    )
  }
  const next = (Array.isArray(links) ? (links as unknown[]) : []).find(
    (link): link is { href: string } =>
      isRecord(link) && link['rel'] === 'next' && typeof link['href'] === 'string',
  )
  return {
    features: (features as unknown[]).map(featureOf),
    matched: typeof numberMatched === 'number' ? numberMatched : undefined,
    next: next?.href,
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function featureOf(feature: unknown): Feature {
  if (!isRecord(feature)) return { id: undefined, properties: {}, position: undefined }
  const { id, properties, geometry } = feature
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
    properties: isRecord(properties) ? properties : {},
    position: isRecord(geometry) ? middle(positionsIn(geometry['coordinates'])) : undefined,
  }
}

function positionsIn(coordinates: unknown): Position[] {
  if (!Array.isArray(coordinates)) return []
  const [x, y] = coordinates as unknown[]
  if (typeof x === 'number' && typeof y === 'number') return [[x, y]]
  return (coordinates as unknown[]).flatMap(positionsIn)
}
