import { formatDuration } from '../domain/duration-format.ts'
import { isForecast } from '../domain/map-feature.ts'
import { useClock } from '../stores/clock.ts'
import { useFeatures } from '../stores/features.ts'
import { useMapWords } from '../ui/map-words.ts'
import { useWords } from '../ui/words.ts'

/** What has to be said of a collection beside whatever is made of it: late, absent, only partly taken, a forecast. */
export function useNoteWords(): (collection: string) => string[] {
  const [clock, features] = [useClock(), useFeatures()]
  const { name } = useWords()
  const { m, language } = useMapWords()
  return (collection) => {
    const note = features.note(collection)
    if (!note) return []
    const { card, state, receivedMs, answer } = note
    const subject = name(card.name)
    const said: string[] = []
    if (state === 'missing') said.push(m('note.missing', { name: subject }))
    if (state === 'late' && receivedMs !== undefined) {
      const time = formatDuration(clock.minuteMs - receivedMs, 'long', language.value)
      said.push(m('note.late', { name: subject, time }))
    }
    if (answer && answer.refused.length > 0) said.push(m('note.refused', { name: subject }))
    if (answer && isForecast(answer)) said.push(m('note.forecast', { name: subject }))
    return said
  }
}
