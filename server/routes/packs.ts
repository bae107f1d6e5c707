import * as v from 'valibot'
import { packDiff } from '../../src/domain/pack-diff.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Gateway } from '../gateway.ts'
import { type PackBook, packBookOf } from '../packs/pack-book.ts'
import { readPack } from '../packs/pack-file.ts'
import { ProblemError } from '../problem.ts'
import { defineRoute } from './route.ts'

const IdSchema = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/))
/** The number of a version, or the SHA-256 of its bytes. */
const VersionSchema = v.pipe(v.string(), v.regex(/^(\d{1,6}|[0-9a-f]{64})$/))

async function bookOf(gateway: Gateway): Promise<PackBook> {
  const book = packBookOf(gateway)
  await book.settled()
  return book
}

/** Every state of a pack that once stood, oldest first, each once. */
function statesOf(book: PackBook, id: string) {
  const states = book
    .all()
    .flatMap(({ at, packs }) => packs.filter((one) => one.id === id).map((one) => ({ ...one, since: at })))
  const distinct = states.filter(({ sha256 }, nth) => states[nth - 1]?.sha256 !== sha256)
  if (distinct.length === 0) throw new ProblemError(404, 'no such pack')
  return distinct
}

/** A pack's text holds how its sources are asked: only who may see all of it gets it. */
async function readable(
  book: PackBook,
  viewer: Viewer,
  id: string,
  wanted: string | undefined,
  last: number,
) {
  const states = statesOf(book, id)
  const state =
    wanted === undefined
      ? states.at(last)
      : states.findLast(({ version, sha256 }) => String(version) === wanted || sha256 === wanted)
  const text = state && (await book.store.read(state.sha256))
  if (!state || text === undefined) throw new ProblemError(404, 'no such version of the pack')
  const read = readPack(`${id}.yaml`, text)
  if ('errors' in read) throw new ProblemError(404, 'this version can no longer be read')
  if (!read.indicators.every((indicator) => viewer.sees(indicator)))
    throw new ProblemError(403, 'not allowed', { detail: 'It defines indicators that you may not see.' })
  return { ...read, state, text }
}

export const packs = defineRoute({
  method: 'GET',
  path: '/api/packs',
  summary: 'Packs of definitions in force, and every version that once was',
  query: v.object({}),
  async answer({ gateway }) {
    const book = await bookOf(gateway)
    const { packs: current, indicators } = gateway.city()
    return {
      packs: current.map(({ id, version, title }) => ({
        id,
        version,
        title,
        indicators: indicators.filter((indicator) => indicator.pack === id).length,
        versions: book.all().length === 0 ? [] : statesOf(book, id),
      })),
    }
  },
})

export const pack = defineRoute({
  method: 'GET',
  path: '/api/packs/{id}',
  summary: 'A pack as its YAML file: the one in force, or an older version by its number or SHA-256',
  query: v.object({ id: IdSchema, version: v.optional(VersionSchema) }),
  async answer({ viewer, query, gateway }) {
    const { text, state } = await readable(await bookOf(gateway), viewer, query.id, query.version, -1)
    return new Response(text, {
      headers: {
        'content-type': 'application/yaml; charset=utf-8',
        'cache-control': 'no-store',
        'content-disposition': `attachment; filename="${query.id}-v${state.version}.yaml"`,
      },
    })
  },
})

export const packDifference = defineRoute({
  method: 'GET',
  path: '/api/packs/{id}/diff',
  summary: 'What changed between two versions of a pack; without from the one before, without to the newest',
  query: v.object({ id: IdSchema, from: v.optional(VersionSchema), to: v.optional(VersionSchema) }),
  async answer({ viewer, query, gateway }) {
    const book = await bookOf(gateway)
    const older = statesOf(book, query.id).length > 1 ? -2 : -1
    const from = await readable(book, viewer, query.id, query.from, older)
    const to = await readable(book, viewer, query.id, query.to, -1)
    return { from: from.state, to: to.state, changes: packDiff(from.indicators, to.indicators) }
  },
})
