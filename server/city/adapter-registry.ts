/** Plugins by the name of their file. Throws when two files would answer to one name. */
export function adaptersById<A>(found: Readonly<Record<string, A>>): ReadonlyMap<string, A> {
  const byId = new Map<string, A>()
  for (const [path, adapter] of Object.entries(found)) {
    const id = path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/, '')
    if (byId.has(id)) throw new Error(`two indicator adapters are called ${id}, one of them ${path}`)
    byId.set(id, adapter)
  }
  return byId
}
