/** Works out once for each pair of lists what is dear to work out; lists are replaced, never changed. */
export function onceForLists<A extends object, B extends object, R>(
  work: (first: A, second: B) => R,
): (first: A, second: B) => R {
  const known = new WeakMap<A, WeakMap<B, R>>()
  return (first, second) => {
    const results = known.get(first) ?? new WeakMap<B, R>()
    known.set(first, results)
    if (!results.has(second)) results.set(second, work(first, second))
    return results.get(second)!
  }
}
