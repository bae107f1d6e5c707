import { SourceError } from '../../contracts/indicator-adapter.ts'
import { describe } from './number-text.ts'

/** SQLSTATE, or its class of two characters: what it is, and what to do. PostgreSQL appendix A; MySQL gives the same classes. */
const states: Readonly<Record<string, string>> = {
  '08': 'the connection broke: it is made anew',
  '22': 'a value in the query or in a row does not fit its type: mend the query',
  '25006': 'the query tries to write: only questions may be asked',
  '28': 'the user is not let in: look at its name, its password secret and the server’s access rules',
  '28P01': 'the password is wrong: set the secret anew',
  '3D000': 'there is no such database: look at the address',
  '40': 'the server gave the query up for another: it is asked again',
  '40P01': 'a deadlock: the query is asked again',
  '42501': 'the user may not read this: grant it SELECT, and nothing more',
  '42601': 'the query is not written rightly',
  '42703': 'there is no such column: mend the query or the mapping',
  '42883': 'there is no such function or comparison for these types: cast a side of it',
  '42P01': 'there is no such table or view, or the user does not see it',
  '42P18': 'the type of a parameter cannot be told: cast it, as in CAST(:from AS date)',
  '53': 'the server is short of room',
  '53300': 'the server has no connection left: raise its limit or lower `connections` of the source',
  '57014':
    'the query took too long and was stopped: add an index, narrow the query or raise limits.timeoutMs',
  '57P01': 'the server is being shut down',
  '57P02': 'the server crashed and recovers',
  '57P03': 'the server is not ready yet',
  '58': 'the server’s own system failed',
  '72000': 'the server’s history does not reach back that far: ask for less at a time',
}

/** Errors of MySQL and MariaDB that share a vague SQLSTATE, by number. */
const numbers: Readonly<Record<number, string>> = {
  1040: states['53300']!,
  1044: states['42501']!,
  1045: states['28']!,
  1049: states['3D000']!,
  1053: states['57P01']!,
  1054: states['42703']!,
  1060: 'two columns of the query have one name: name one otherwise by AS',
  1064: states['42601']!,
  1142: states['42501']!,
  1143: states['42501']!,
  1146: states['42P01']!,
  1203: states['53300']!,
  1205: 'a lock was not given up in time: it is asked again',
  1213: states['40P01']!,
  1226: states['53300']!,
  1298: 'the server does not know the time zone: load its time zone tables (mysql_tzinfo_to_sql)',
  1317: states['57014']!,
  1792: states['25006']!,
  1969: states['57014']!,
  3024: states['57014']!,
  4031: 'the server closed the idle connection: it is made anew',
}

/** Node's words for a network that failed. */
const network: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: look at the address and whether the server runs',
  ECONNRESET: states['08']!,
  EPIPE: states['08']!,
  PROTOCOL_CONNECTION_LOST: states['08']!,
  ETIMEDOUT: 'no answer: look at the network and its firewalls',
  EHOSTUNREACH: 'no way there: look at the network and its firewalls',
  ENETUNREACH: 'no way there: look at the network and its firewalls',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is signed by nobody we know: name its authority by tls.caSecret',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is its own: name it by tls.caSecret',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is signed by nobody we know: name its authority by tls.caSecret',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is another server’s',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  HANDSHAKE_NO_SSL_SUPPORT:
    'it does not speak TLS: switch it on there, or write `tls: off` where the network is trusted',
}

interface DriverError extends Error {
  code?: string
  errno?: number
  sqlState?: string
}

/** An error of a driver as a sentence: where, what, what to do, and the server's own words. */
export function sqlFault(cause: unknown, place: string): unknown {
  if (!(cause instanceof Error) || cause instanceof SourceError || cause.name === 'AbortError') return cause
  const advice = adviceOn(cause)
  return new SourceError(`${place}: ${advice} (${describeError(cause)})`)
}

function adviceOn(cause: DriverError): string {
  const state = cause.sqlState ?? cause.code ?? ''
  const known =
    (cause.errno === undefined ? undefined : numbers[cause.errno]) ??
    network[cause.code ?? ''] ??
    states[state] ??
    (state.length === 5 ? states[state.slice(0, 2)] : undefined)
  if (known) return known
  if (/terminated|closed state|not queryable|Connection lost/i.test(cause.message)) return states['08']!
  if (/does not support SSL/i.test(cause.message)) return network['HANDSHAKE_NO_SSL_SUPPORT']!
  return 'the query failed'
}

/** The state and the message, without the text of the query that some drivers hang on. */
function describeError(cause: DriverError): string {
  const code = cause.sqlState ?? cause.code
  const said = describe(cause.message.slice(0, 200)).slice(1, -1)
  return code === undefined ? said : `${code}: ${said}`
}
