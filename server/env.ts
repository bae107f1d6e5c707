import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { InstantSchema } from '../src/domain/instant.ts'

const EnvSchema = v.object({
  PORT: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535'),
      v.transform(Number),
      v.maxValue(65_535, 'must be a port number, 0 to 65535'),
    ),
    '8080',
  ),
  HOST: v.optional(
    v.pipe(v.string(), v.regex(/^[0-9A-Za-z.:-]+$/, 'must be a host name or an address')),
    '127.0.0.1',
  ),
  CITY: v.optional(
    v.pipe(v.string(), v.regex(/^[\w./-]+$/, 'must be the name of a folder in cities/, or a path to one')),
    'changchun',
  ),
  VAR_DIR: v.optional(v.pipe(v.string(), v.nonEmpty('must be a folder')), 'var'),
  DATABASE_URL: v.optional(
    v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')),
  ),
  ADAPTERS_DIR: v.optional(v.pipe(v.string(), v.nonEmpty('must be a folder'))),
  CLOCK_START: v.optional(InstantSchema),
})

export interface Env {
  port: number
  host: string
  cityDir: string
  varDir: string
  databaseUrl: string | undefined
  /** Folder of protocols that are none of ours. */
  adaptersDir: string | undefined
  clockStart: string | undefined
}

/** The settings of a start, checked; a wrong one answers a sentence that names it and never its secret value. */
export function readEnv(variables: NodeJS.ProcessEnv, root: string): Env | { problem: string } {
  const present = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = v.safeParse(EnvSchema, present)
  if (!parsed.success) {
    const issue = parsed.issues[0]
    const name = v.getDotPath(issue) ?? 'environment'
    return { problem: `${name} ${issue.message}. Set it and start again, or unset it for its default.` }
  }
  const { PORT, HOST, CITY, VAR_DIR, DATABASE_URL, ADAPTERS_DIR, CLOCK_START } = parsed.output
  const cityDir = /[./]/.test(CITY) ? resolve(root, CITY) : resolve(root, 'cities', CITY)
  if (!existsSync(resolve(cityDir, 'city.yaml'))) {
    return {
      problem: `CITY: there is no city.yaml in ${cityDir}. Name a folder of cities/, for example CITY=changchun.`,
    }
  }
  return {
    port: PORT,
    host: HOST,
    cityDir,
    varDir: resolve(root, VAR_DIR),
    databaseUrl: DATABASE_URL,
    adaptersDir: ADAPTERS_DIR === undefined ? undefined : resolve(root, ADAPTERS_DIR),
    clockStart: CLOCK_START,
  }
}
