import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkFile } from '../server/journal/check-file.ts'
import { openJournalFile } from '../server/journal/journal-file.ts'
import { openPostgresStorage } from '../server/store/postgres-storage.ts'

const help = `Usage: npm run verify-log -- [file]

Checks every hash of the journal from its first record and names the first line that does not fit.
Without a file: DATABASE_URL's journal when that is set, else journal.jsonl in VAR_DIR (./var when absent).
A running gateway may go on; nothing is changed.

Exit code: 0 the chain is whole, 1 it is broken, 2 it cannot be read.`

process.exitCode = await main(process.argv.slice(2), process.env)

async function main(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) return say(help, 0)
  const [file, ...more] = words
  if (more.length > 0 || file?.startsWith('-')) return say(help, 2)
  try {
    if (file === undefined && env.DATABASE_URL) return await verifyDatabase(env.DATABASE_URL)
    return await verifyFile(file ?? join(env.VAR_DIR ?? 'var', 'journal.jsonl'))
  } catch (error) {
    return say(error instanceof Error ? error.message : String(error), 2)
  }
}

async function verifyFile(path: string): Promise<number> {
  if (!existsSync(path)) return say(`${path} does not exist`, 2)
  const file = await openJournalFile(path, { readOnly: true })
  try {
    const { bad, records, link } = await checkFile(file, await file.size())
    if (!bad) return say(`${path}: ${records} records, unbroken; the last hash is ${link.hash}`, 0)
    const hint = bad.torn
      ? ' (an unfinished write at the very end: the next start cuts it off and keeps a copy)'
      : ''
    return say(
      `${path} line ${bad.line}: ${bad.reason}${hint}; the ${records} records before it are unbroken`,
      1,
    )
  } finally {
    await file.close()
  }
}

async function verifyDatabase(databaseUrl: string): Promise<number> {
  const storage = await openPostgresStorage(databaseUrl, {
    report: (sentence) => process.stderr.write(`${sentence}\n`),
  })
  try {
    const outcome = await storage.journal.verify()
    if ('records' in outcome) return say(`journal in PostgreSQL: ${outcome.records} records, unbroken`, 0)
    return say(`journal in PostgreSQL, record ${outcome.broken.line}: ${outcome.broken.reason}`, 1)
  } finally {
    await storage.close()
  }
}

function say(text: string, code: number): number {
  process.stdout.write(`${text}\n`)
  return code
}
