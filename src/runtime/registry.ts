export type Lazy<T> = () => Promise<T>

/**
 * Plugins by id, which is the file's name without its ending; bodies load when first wanted. Two files of one name
 * throw at start, naming both.
 */
export function registryOf<T>(kind: string, files: Record<string, Lazy<T>>): ReadonlyMap<string, Lazy<T>> {
  const found = new Map<string, { path: string; load: Lazy<T> }>()
  for (const [path, load] of Object.entries(files)) {
    const id = idOf(path)
    const twin = found.get(id)
    if (twin) throw new Error(`two ${kind}s are called ${id}: ${twin.path} and ${path}`)
    found.set(id, { path, load })
  }
  return new Map([...found].map(([id, { load }]) => [id, load]))
}

function idOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.(vue|ts)$/, '')
}
