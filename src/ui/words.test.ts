import { ref } from 'vue'
import { describe, expect, it } from 'vitest'
import type { Language } from '../domain/text.ts'
import { en } from './words/en.ts'
import { zh } from './words/zh.ts'
import { loadEnglish, wordsOf } from './words.ts'

const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).toSorted()

describe('words', () => {
  it('fills its parameters and leaves an unknown one to be seen', () => {
    const { t } = wordsOf(ref('zh'))
    expect(t('common.left', { time: '74 分' })).toBe('剩 74 分')
    expect(t('common.left')).toContain('{time}')
  })

  it('follows the language', async () => {
    const language = ref<Language>('zh')
    const { t } = wordsOf(language)
    expect(t('state.loading')).toBe('读取中')
    await loadEnglish()
    language.value = 'en'
    expect(t('state.loading')).toBe('Reading')
  })

  it('writes names one after another as the language does', () => {
    const language = ref<Language>('zh')
    const { list } = wordsOf(language)
    expect([list([]), list(['水']), list(['水', '电', '气'])]).toEqual(['', '水', '水、电、气'])
    language.value = 'en'
    expect(list(['water', 'power', 'gas'])).toBe('water, power, gas')
  })

  it('asks both languages for the same parameters', () => {
    const wrong = Object.entries(zh).filter(
      ([key, text]) => String(holes(text)) !== String(holes(en[key as keyof typeof zh])),
    )
    expect(wrong.map(([key]) => key)).toEqual([])
  })

  it('writes Chinese with Chinese punctuation', () => {
    const wrong = Object.entries(zh).filter(([, text]) =>
      /\p{Script=Han}[,;:()]|[,;:()]\p{Script=Han}/u.test(text),
    )
    expect(wrong.map(([key]) => key)).toEqual([])
  })
})
