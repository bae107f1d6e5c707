import type { Command } from '../../src/domain/command.ts'
import type { Indicator } from '../../src/domain/indicator.ts'

/** Who asks. Every route asks `viewerOf`; nothing else decides who a request is. */
export interface Viewer {
  id: string
  /** Viewers of equal scope are sent equal bytes, so a stream event is serialised once per scope. */
  scope: string
  sees(indicator: Pick<Indicator, 'code' | 'classification' | 'audience'>): boolean
  maySend(type: Command['type']): boolean
}

export interface Asker {
  remoteAddress: string | undefined
  header(name: string): string | undefined
}

const localOperator: Viewer = { id: 'local-operator', scope: 'all', sees: () => true, maySend: () => true }

/**
 * Until sign-in exists: a request from this machine is the local operator, every other one is refused. A proxy on this
 * machine would make strangers look local, and a rebound name would make a foreign page look like ours: both are refused.
 */
export function viewerOf(asker: Asker): Viewer | undefined {
  if (!isLoopback(asker.remoteAddress)) return undefined
  if (asker.header('forwarded') ?? asker.header('x-forwarded-for') ?? asker.header('x-real-ip'))
    return undefined
  const host = asker.header('host')
  if (host === undefined || !isLoopbackName(host)) return undefined
  const origin = asker.header('origin')
  if (origin !== undefined && origin !== `http://${host}`) return undefined
  const site = asker.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return undefined
  return localOperator
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(address)
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host)
}
