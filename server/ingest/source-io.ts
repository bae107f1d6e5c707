import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename, isAbsolute, relative, resolve } from 'node:path'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../src/contracts/io.ts'

export interface World {
  root: string
  timeZone: string
  now(): number
  secret(name: string): string | undefined
}

/** What one poll of one source may touch. Equal GETs within the poll are asked once and share the answer. */
export function createSourceIo(
  world: World,
  send: (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>,
  signal: AbortSignal,
): Io {
  const asked = new Map<string, Promise<HttpAnswer>>()
  return {
    http(request) {
      if (request.method !== 'GET') return send(request, signal)
      const key = JSON.stringify([request.url, request.headers])
      const before = asked.get(key)
      if (before) return before
      const answer = send(request, signal)
      asked.set(key, answer)
      return answer
    },
    file: (path) => readSourceFile(world.root, path),
    now: () => world.now(),
    random: Math.random,
    signal,
    secret(name) {
      const value = world.secret(name)
      if (value === undefined)
        throw new SourceError(`secret ${name} is not set: set the environment variable SECRET_${name}`)
      return value
    },
    timeZone: world.timeZone,
  }
}

async function readSourceFile(root: string, path: string) {
  const full = resolve(root, path)
  const inside = relative(root, full)
  if (isAbsolute(path) || inside.startsWith('..'))
    throw new SourceError(`${path} is outside the project folder`)
  try {
    const [bytes, { mtime }] = await Promise.all([readFile(full), stat(full)])
    return {
      name: basename(full),
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      modifiedAt: mtime.toISOString(),
    }
  } catch {
    throw new SourceError(`${inside} cannot be read: check that the file is there`)
  }
}
