import type { FeaturePage } from './feature-page.ts'
import { type Position, middle } from './position.ts'
import { type XmlElement, childrenOf, descendants } from './xml-tree.ts'

/**
 * A page of WFS 2.0 in GML 3. An EPSG system named by a URN or a web address has its axes in the registry's order: latitude first
 * for 4326 and 4490. The short `EPSG:4326` is written longitude first by those servers that still send it.
 */
export function readGml(root: XmlElement): FeaturePage {
  const members = [...childrenOf(root, 'member'), ...childrenOf(root, 'featureMember')]
  const features = members
    .concat(childrenOf(root, 'featureMembers'))
    .flatMap(({ children }) => children)
    .map((feature) => ({
      id: feature.attributes['id'],
      properties: Object.fromEntries(
        feature.children
          .filter(({ children }) => children.length === 0)
          .map(({ name, text }) => [name, text.trim()]),
      ),
      position: positionOf(feature),
    }))
  const matched = root.attributes['numberMatched'] ?? 'unknown'
  return {
    features,
    matched: /^\d+$/.test(matched) ? Number(matched) : undefined,
    next: root.attributes['next'],
  }
}

function positionOf(feature: XmlElement): Position | undefined {
  let system = ''
  const positions: Position[] = []
  for (const element of descendants(feature)) {
    system ||= element.attributes['srsName'] ?? ''
    if (element.name === 'pos' || element.name === 'posList') positions.push(...pairs(element))
  }
  const found = middle(positions)
  return found && latitudeFirst(system) ? [found[1], found[0]] : found
}

function latitudeFirst(system: string): boolean {
  return /^(urn:ogc:def:crs:EPSG:|https?:\/\/www\.opengis\.net\/(def\/crs\/EPSG\/|gml\/srs\/epsg\.xml#))/i.test(
    system,
  )
    ? /(4326|4490|4258)$/.test(system)
    : false
}

function pairs({ text, attributes }: XmlElement): Position[] {
  const numbers = text.trim().split(/\s+/).map(Number)
  const dimension = Number(attributes['srsDimension'] ?? 2) === 3 ? 3 : 2
  const found: Position[] = []
  for (let at = 0; at + 1 < numbers.length; at += dimension) {
    const position: Position = [numbers[at]!, numbers[at + 1]!]
    if (position.every(Number.isFinite)) found.push(position)
  }
  return found
}
