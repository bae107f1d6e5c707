import { formatDuration } from '../domain/duration-format.ts'
import { isForecast } from '../domain/map-feature.ts'
import { useClock } from '../stores/clock.ts'
import { useFeatures } from '../stores/features.ts'
import { useMapWords } from '../ui/map-words.ts'
import { useWords } from '../ui/words.ts'

export interface Note {
  /** Of what and which kind: what is said of it may change while it stays the same note. */
  key: string
  text: string
  /** What runs on by itself, and is news to nobody. */
  age?: string
}

/** What has to be said of a collection beside whatever is made of it: late, absent, only partly taken, a forecast. */
export function useNoteWords(): (collection: string) => Note[] {
  const [clock, features] = [useClock(), useFeatures()]
  const { name } = useWords()
  const { m, language } = useMapWords()
  return (collection) => {
    const note = features.note(collection)
    if (!note) return []
    const { card, state, receivedMs, answer } = note
    const subject = name(card.name)
    const said: Note[] = []
    const say = (kind: 'missing' | 'late' | 'refused' | 'forecast', age?: string): void => {
      const text = m(`note.${kind}`, { name: subject })
      said.push({ key: `${kind} ${collection}`, text, ...(age === undefined ? {} : { age }) })
    }
    if (state === 'missing') say('missing')
    if (state === 'late' && receivedMs !== undefined) {
      const time = formatDuration(clock.minuteMs - receivedMs, 'long', language.value)
      say('late', m('note.since', { time }))
    }
    if (answer && answer.refused.length > 0) say('refused')
    if (answer && isForecast(answer)) say('forecast')
    return said
  }
}
