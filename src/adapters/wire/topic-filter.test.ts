import * as v from 'valibot'
import { expect, it } from 'vitest'
import { SubjectFilterSchema, TopicFilterSchema, subjectMatches, topicMatches } from './topic-filter.ts'

it.each([
  ['sport/tennis/player1/#', 'sport/tennis/player1', true],
  ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
  ['sport/tennis/player1/#', 'sport/tennis/player2', false],
  ['#', 'any/thing', true],
  ['#', '$SYS/broker/clients', false],
  ['+/monitor/Clients', '$SYS/monitor/Clients', false],
  ['$SYS/#', '$SYS/monitor', true],
  ['sport/tennis/+', 'sport/tennis/player1', true],
  ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
  ['sport/+', 'sport', false],
  ['sport/+', 'sport/', true],
  ['+/+', '/finance', true],
  ['+', '/finance', false],
  ['$share/deck/rain/+', 'rain/220102', true],
])('%s is sent %s: %s', (filter, topic, sent) => {
  expect(topicMatches(filter, topic)).toBe(sent)
})

it.each([
  ['a/+/c', true],
  ['a/#', true],
  ['a/#/c', false],
  ['a/b+', false],
  ['a#', false],
  ['', false],
])('%s is a filter: %s', (filter, valid) => {
  expect(v.is(TopicFilterSchema, filter)).toBe(valid)
})

it.each([
  ['rain.*.now', 'rain.220102.now', true],
  ['rain.*.now', 'rain.220102.old', false],
  ['rain.>', 'rain.220102.now', true],
  ['rain.>', 'rain', false],
  ['rain.*', 'rain', false],
  ['rain', 'rain.220102', false],
  ['>', 'rain', true],
])('%s holds the subject %s: %s', (filter, subject, holds) => {
  expect(v.is(SubjectFilterSchema, filter)).toBe(true)
  expect(subjectMatches(filter, subject)).toBe(holds)
})

it.each(['', 'a..b', 'a.>.b', 'a b', 'a.b*', '.a'])('"%s" is no subject', (filter) => {
  expect(v.is(SubjectFilterSchema, filter)).toBe(false)
})
