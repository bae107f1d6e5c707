import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { lacking, launch, ownedFolder, ownerOf, portOf, programOf } from './launch.ts'
import type { Service } from './service.ts'

const packages = ['mariadb-server']
const owner = {
  user: 'city',
  password: 'loopback-only-mariadb',
  readUser: 'city_reader',
  readPassword: 'loopback-only-reader',
  database: 'city',
}

/** One user who makes the tables, and one who may only read them, as a source's user should be. */
export const service: Service = {
  id: 'mariadb',
  packages,
  missing: () => lacking(['mariadbd', 'mariadb-install-db'], packages),
  async start(folder) {
    const unprivileged = ownerOf('mysql')
    const port = await portOf(folder, 'sql')
    ownedFolder(folder, unprivileged)
    if (!existsSync(join(folder, 'mysql'))) prepare(folder, unprivileged)
    const pid = await launch({
      program: 'mariadbd',
      args: [
        '--no-defaults',
        `--datadir=${folder}`,
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        `--tmpdir=${folder}`,
        // In the folder it works in: the path of a socket has room for 107 bytes.
        '--socket=server.sock',
        `--pid-file=${join(folder, 'server.pid')}`,
        `--init-file=${join(folder, 'first.sql')}`,
        '--character-set-server=utf8mb4',
        '--innodb-buffer-pool-size=64M',
        '--innodb-flush-log-at-trx-commit=1',
      ],
      folder,
      owner: unprivileged,
      answers: () => answers(port),
    })
    return { address: `mysql://127.0.0.1:${port}/${owner.database}`, settings: { ...owner }, pid }
  },
}

function prepare(folder: string, unprivileged: { uid: number; gid: number } | undefined): void {
  const options = ['--no-defaults', `--datadir=${folder}`, '--auth-root-authentication-method=socket']
  execFileSync(programOf('mariadb-install-db')!, [...options, '--skip-test-db', '--skip-log-bin'], {
    ...unprivileged,
    cwd: folder,
    // The temporary folder of whoever starts it is not the server's to write to.
    env: { ...process.env, TMPDIR: folder },
    stdio: 'ignore',
  })
  writeFileSync(join(folder, 'first.sql'), firstStatements())
}

/** Run at every start; each does nothing the second time. */
function firstStatements(): string {
  const { user, password, readUser, readPassword, database } = owner
  return [
    `CREATE DATABASE IF NOT EXISTS ${database}`,
    `CREATE USER IF NOT EXISTS '${user}'@'127.0.0.1' IDENTIFIED BY '${password}'`,
    `GRANT ALL ON ${database}.* TO '${user}'@'127.0.0.1' WITH GRANT OPTION`,
    `CREATE USER IF NOT EXISTS '${readUser}'@'127.0.0.1' IDENTIFIED BY '${readPassword}'`,
    `GRANT SELECT ON ${database}.* TO '${readUser}'@'127.0.0.1'`,
  ]
    .map((statement) => `${statement};\n`)
    .join('')
}

async function answers(port: number): Promise<boolean> {
  const { user, password, database } = owner
  const options = { host: '127.0.0.1', port, user, password, database, disableEval: true }
  const connection = await mysql.createConnection(options)
  await connection.query('SELECT 1')
  await connection.end()
  return true
}
