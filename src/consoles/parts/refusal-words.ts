import type { WordKey } from '../../ui/words.ts'

/** The gateway's refusals an officer meets in daily work, by the word that tells them; any other one is told as it came. */
const known: Record<string, WordKey> = {
  'incident is already accepted': 'desk.refused.accepted',
  'incident is closed': 'desk.refused.closed',
  'incident must be accepted before it is closed': 'desk.refused.notAccepted',
  'no such incident': 'desk.refused.gone',
  'no such alarm': 'desk.refused.alarmEnded',
  'already acknowledged': 'desk.refused.acknowledged',
  'needs the gateway': 'desk.refused.gateway',
  'the gateway cannot be reached': 'desk.refused.unreachable',
  'the gateway did not answer in time': 'desk.refused.slow',
}

export function refusalText(reason: string, t: (key: WordKey) => string): string {
  const key = known[reason]
  return key ? t(key) : reason
}
