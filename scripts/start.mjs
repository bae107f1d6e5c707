const HELP = `npm start

Builds what is missing or old, then runs the gateway until Ctrl-C or SIGTERM.

PORT          8080        port of the gateway; 0 takes a free one
HOST          127.0.0.1   address it listens on
CITY          changchun   folder of cities/, or a path to one
VAR_DIR       var         folder of the store and the journal
DATABASE_URL              postgres://… keeps observations and journal in PostgreSQL
ADAPTERS_DIR              folder of protocols that are none of ours, one .mjs file each
CLOCK_START               an instant such as 2026-08-06T14:32:00+08:00; the gateway's clock starts there and runs on`

/** @param {string} version */
function isOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 20 || (major === 20 && minor < 19)
}

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence)
  process.exit(1)
}

const stopped = new AbortController()

/** While building there is no gateway yet to take a signal. */
async function build() {
  const stop = () => stopped.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const { bringUpToDate } = await import('./build.mjs')
    await bringUpToDate(console.log, { signal: stopped.signal })
  } catch (error) {
    if (!stopped.signal.aborted) refuse(error instanceof Error ? error.message : String(error))
  }
  process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
  if (stopped.signal.aborted) process.exit(130)
}

if (process.argv.includes('--help')) {
  console.log(HELP)
} else if (process.argv.length > 2) {
  refuse(`${process.argv.slice(2).join(' ')}: npm start takes no arguments, only settings.\n\n${HELP}`)
} else if (isOldNode(process.versions.node)) {
  refuse(`Citydeck needs Node 20.19 or newer; this is ${process.versions.node}.`)
} else {
  await build()
  await import(new URL('../dist/server/main.js', import.meta.url).href)
}
