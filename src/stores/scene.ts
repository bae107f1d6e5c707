import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useCatalogue } from './catalogue.ts'

/** What this screen looks at: scene, region and map theme. The city itself until somebody picks a district. */
export const useScene = defineStore('scene', () => {
  const catalogue = useCatalogue()
  const sceneId = ref('')
  const themeId = ref('')
  const selected = ref<string>()
  const region = computed(() => selected.value ?? catalogue.city?.root ?? '')

  function selectRegion(code: string): void {
    selected.value = code === catalogue.city?.root || code === '' ? undefined : code
  }

  function selectTheme(id: string): void {
    themeId.value = id
  }

  return { sceneId, region, themeId, selectRegion, selectTheme }
})
