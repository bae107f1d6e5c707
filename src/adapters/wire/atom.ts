import { type XmlElement, childrenOf, descendants, textOf } from './xml-tree.ts'

export interface FeedEntry {
  id: string
  /** As it stands in the feed; where it changes, the entry has. */
  updated: string
  /** Where the whole thing lies, or the thing itself. */
  link: string | undefined
  content: XmlElement | undefined
}

export interface Feed {
  entries: FeedEntry[]
  /** Address of the next page. */
  next: string | undefined
}

/** A list in Atom (RFC 4287) or RSS 2.0, or undefined for any other document. `inline` names the element an entry may hold whole. */
export function readFeed(root: XmlElement, inline: string): Feed | undefined {
  if (root.name === 'feed')
    return {
      entries: childrenOf(root, 'entry').map((entry) => ({
        id: textOf(entry, 'id') ?? '',
        updated: textOf(entry, 'updated') ?? '',
        link: linkOf(entry, ['alternate', '']),
        content: inlined(entry, inline),
      })),
      next: linkOf(root, ['next']),
    }
  const channel = root.name === 'rss' ? childrenOf(root, 'channel')[0] : undefined
  if (!channel) return undefined
  return {
    entries: childrenOf(channel, 'item').map((item) => ({
      id: textOf(item, 'guid') ?? textOf(item, 'link') ?? '',
      updated: textOf(item, 'pubDate') ?? '',
      link: textOf(item, 'link'),
      content: inlined(item, inline),
    })),
    next: linkOf(channel, ['next']),
  }
}

/** One that says it is CAP is taken before one that leads to a page for people. */
function linkOf(element: XmlElement, relations: string[]): string | undefined {
  const links = childrenOf(element, 'link')
    .map(({ attributes }) => attributes)
    .filter(({ href, rel = '' }) => href !== undefined && relations.includes(rel))
  return (links.find(({ type = '' }) => type.includes('cap+xml')) ?? links[0])?.['href']
}

function inlined(element: XmlElement, name: string): XmlElement | undefined {
  for (const inside of descendants(element)) if (inside.name === name) return inside
  return undefined
}
