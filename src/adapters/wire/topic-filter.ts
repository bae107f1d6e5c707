import * as v from 'valibot'

/** An MQTT topic filter: + for one level, # for all that follow. */
export const TopicFilterSchema = v.pipe(
  v.string(),
  v.check(isFilter, 'a topic filter: + stands for a whole level, # for the last ones'),
)

function isFilter(filter: string): boolean {
  if (filter === '' || filter.length > 65_535 || filter.includes('\0')) return false
  const levels = plainFilter(filter).split('/')
  return levels.every(
    (level, index) => (level === '#' && index === levels.length - 1) || level === '+' || !/[+#]/.test(level),
  )
}

/** Whether the broker would send a message of this topic for this filter (MQTT 5, 4.7). */
export function topicMatches(filter: string, topic: string): boolean {
  const wanted = plainFilter(filter).split('/')
  const levels = topic.split('/')
  // What a broker says of itself is never meant by a wildcard.
  if (topic.startsWith('$') && /^[+#]/.test(wanted[0] ?? '')) return false
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false
  }
  return wanted.length === levels.length
}

/** Without $share/<group>/, by which several gateways share what comes. */
function plainFilter(filter: string): string {
  return filter.replace(/^\$share\/[^/+#]+\//, '')
}

/** A NATS subject: * for one token, > for all that follow. */
export const SubjectFilterSchema = v.pipe(
  v.string(),
  v.regex(
    /^([^\s.*>]+|\*)(\.([^\s.*>]+|\*))*(\.>)?$|^>$/,
    'a subject: * stands for a whole token, > for the last ones',
  ),
)

/** Whether that subject is among those of the filter. */
export function subjectMatches(filter: string, subject: string): boolean {
  const wanted = filter.split('.')
  const tokens = subject.split('.')
  for (const [index, token] of wanted.entries()) {
    if (index >= tokens.length) return false
    if (token === '>') return true
    if (token !== '*' && token !== tokens[index]) return false
  }
  return wanted.length === tokens.length
}
