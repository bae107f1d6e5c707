import { type Ref, onScopeDispose, readonly, ref } from 'vue'

export type Appearance = 'dark' | 'light'

/** Which half of tokens.css the page wears, for what draws on a canvas and so cannot read a variable. */
export function useAppearance(): Readonly<Ref<Appearance>> {
  const appearance = ref(worn())
  const observer = new MutationObserver(() => (appearance.value = worn()))
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  onScopeDispose(() => observer.disconnect())
  return readonly(appearance)
}

export function worn(): Appearance {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}

/** Puts it on the whole page; what is neither is dark. */
export function wear(wanted: string): void {
  document.documentElement.dataset['theme'] = wanted === 'light' ? 'light' : 'dark'
}

/** The same where only the address says what a page wears, as on a wall: a reload, or a copy of the address, wears it too. */
export function wearByAddress(wanted: Appearance): void {
  wear(wanted)
  const address = new URL(location.href)
  address.searchParams.set('theme', wanted)
  history.replaceState(history.state, '', address)
}
