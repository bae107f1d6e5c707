// @vitest-environment node
import { expect, test } from 'vitest'
import { childrenOf, readXml, textOf } from './xml-tree.ts'

test('reads elements, attributes, text and CDATA without prefixes', async () => {
  const root = await readXml(
    '\uFEFF<a:x xmlns:a="urn:a" n="1"><y> 长&amp;春 </y><y><![CDATA[<z>]]></y></a:x>',
    'it',
  )
  expect([root.name, root.namespace, root.attributes]).toEqual(['x', 'urn:a', { a: 'urn:a', n: '1' }])
  expect(childrenOf(root, 'y').map(({ text }) => text)).toEqual([' 长&春 ', '<z>'])
  expect(textOf(root, 'y')).toBe('长&春')
})

test.each([
  ['<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', 'declares a document type'],
  ['<!DOCTYPE x SYSTEM "http://169.254.169.254/"><x/>', 'declares a document type'],
  ['<x>&f;</x>', 'not well-formed XML in line 1'],
  ['<x>', 'not well-formed'],
  ['', 'not well-formed'],
  ['null', 'not well-formed'],
  ['<x>'.repeat(200), 'inside each other'],
])('refuses %s', async (text, reason) => {
  await expect(readXml(text, 'GET http://here')).rejects.toThrow(reason)
})
