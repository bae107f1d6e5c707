import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { Language } from '../domain/text.ts'
import { lazyWords } from './lazy-words.ts'
import { provideWords } from './words.ts'

it('follows the language and leaves an unknown parameter to be seen', async () => {
  const useHealthWords = lazyWords({ zh: { late: '迟 {time}' }, en: { late: 'Late by {time}' } })
  const Late = defineComponent({
    setup: () => {
      const { text } = useHealthWords()
      return () => h('p', [text('late', { time: 5 }), text('late')])
    },
  })
  const language = ref<Language>('zh')
  const page = mount(
    defineComponent({
      setup: () => {
        provideWords(language)
        return () => h(Late)
      },
    }),
  )
  expect(page.text()).toBe('迟 5迟 {time}')
  language.value = 'en'
  await page.vm.$nextTick()
  expect(page.text()).toBe('Late by 5Late by {time}')
})
