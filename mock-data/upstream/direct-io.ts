import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { absentIo } from '../../src/contracts/absent-io.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../src/contracts/io.ts'
import { answer } from './answer.ts'
import { grantToken, mayAsk, type Secrets } from './credentials.ts'

export const secretsForTests: Secrets = {
  DEMO_API_KEY: 'test-api-key',
  DEMO_BEARER: 'test-bearer',
  DEMO_APP_SECRET: 'test-app-secret',
  DEMO_CLIENT_SECRET: 'test-client-secret',
}

/** What adapters are given in tests: the demo's departments without a socket. The caller knows `secretsForTests`. */
export function directIo(nowMs: number, seed: string, served: Secrets = secretsForTests): Io {
  return {
    ...common(nowMs),
    http: (request) => Promise.resolve(told(request, nowMs, seed, served)),
    file: () => Promise.reject(new Error('no files here')),
  }
}

/** The folder of published figures. */
export function factsIo(nowMs: number): Io {
  return {
    ...common(nowMs),
    http: () => Promise.reject(new Error('no network here')),
    file: (path) => {
      const name = path.split('/').at(-1)!
      const bytes = readFileSync(new URL(`../facts/${name}`, import.meta.url))
      return Promise.resolve({ name, bytes, sha256: sha256(bytes), modifiedAt: '2026-01-01T00:00:00Z' })
    },
  }
}

function common(nowMs: number): Omit<Io, 'http' | 'file'> {
  return {
    ...absentIo('a department asked directly'),
    now: () => nowMs,
    random: () => 0.5,
    signal: new AbortController().signal,
    secret: (name) => secretsForTests[name as keyof Secrets],
    timeZone: 'Asia/Shanghai',
  }
}

function told(request: HttpRequest, nowMs: number, seed: string, secrets: Secrets): HttpAnswer {
  const { pathname, searchParams } = new URL(request.url)
  if (request.method === 'POST') {
    const granted = grantToken(new URLSearchParams(request.body), nowMs, secrets)
    return answered(granted.status, {}, granted.body)
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  if (!mayAsk({ path: pathname, query: searchParams, headers }, nowMs, secrets))
    return answered(401, {}, { error: 'unauthorized' })
  const { status, headers: extra, body } = answer(pathname, searchParams, nowMs, seed)
  return answered(status, extra, body)
}

function answered(status: number, headers: Record<string, string>, value: unknown): HttpAnswer {
  const body = JSON.stringify(value)
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body,
    unchanged: false,
    sha256: sha256(body),
  }
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
