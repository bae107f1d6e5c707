import { describe } from 'vitest'
import sql from '../../src/adapters/indicators/sql.ts'
import { type ProtocolCase, protocolSuite } from '../conformance/protocol-suite.ts'
import { service as mariadb } from '../support/services/mariadb.ts'
import { service as postgis } from '../support/services/postgis.ts'
import { mariadbSubject, postgisSubject } from './support/sql-subjects.ts'

const shared = {
  adapter: sql,
  nulls: true,
  poison: ['1e999', 'NaN', 'Infinity', '1,23', 'true', '=1+1'],
  grouped: true,
} satisfies Partial<ProtocolCase>

const bounded = {
  source: (source: Record<string, unknown>) => ({ ...source, limits: { pageRows: 20 } }),
  most: 20,
}

describe('asked for a window', () => {
  protocolSuite('sql', { ...shared, service: postgis, subject: postgisSubject, mode: 'read' })
  protocolSuite('sql', { ...shared, service: mariadb, subject: mariadbSubject, mode: 'read' })
})

describe('followed by its changes', () => {
  protocolSuite('sql', { ...shared, service: postgis, subject: postgisSubject, mode: 'follow', bounded })
  protocolSuite('sql', { ...shared, service: mariadb, subject: mariadbSubject, mode: 'follow', bounded })
})
