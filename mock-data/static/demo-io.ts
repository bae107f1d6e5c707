import { absentIo } from '../../src/contracts/absent-io.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { HttpAnswer, Io } from '../../src/contracts/io.ts'
import { answer } from '../upstream/answer.ts'
import type { StaticCity } from './static-city.ts'

/** Where the demo city's departments are asked in a page: nowhere on any network. */
export const demoOrigin = 'http://demo.invalid'

export interface DemoWorld {
  city: Pick<StaticCity, 'city' | 'files'>
  seed: string
  now(): number
}

/** What an adapter may touch in a page: the simulator in place of HTTP, the files the build carries in place of a disk. */
export function demoIo({ city, seed, now }: DemoWorld, signal: AbortSignal): Io {
  return {
    ...absentIo('a page without a gateway'),
    async http({ url }): Promise<HttpAnswer> {
      const { origin, pathname, searchParams } = new URL(url)
      if (origin !== demoOrigin) throw new SourceError(`${origin} cannot be asked without a gateway`)
      const { status, headers, body } = answer(pathname, searchParams, now(), seed)
      const text = JSON.stringify(body)
      return {
        status,
        headers: { ...headers, date: new Date(now()).toUTCString() },
        body: text,
        unchanged: false,
        sha256: await sha256(text),
      }
    },
    async file(path) {
      const file = city.files[path]
      if (!file) throw new SourceError(`${path} is not among the files of this build`)
      const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.codePointAt(0)!)
      return {
        name: path.slice(path.lastIndexOf('/') + 1),
        bytes,
        sha256: file.sha256,
        modifiedAt: file.modifiedAt,
      }
    },
    now,
    random: () => 0.5,
    signal,
    secret(name) {
      throw new SourceError(`secret ${name} is not in a static build`)
    },
    timeZone: city.city.timeZone,
  }
}

/** Empty where the page is not in a secure context, which has no digest to offer. */
async function sha256(text: string): Promise<string> {
  if (!globalThis.isSecureContext && typeof process === 'undefined') return ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
