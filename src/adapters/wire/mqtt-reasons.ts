/** Reason codes of MQTT 5 (OASIS, table 2-6) as what an operator can do about them; below 0x80 nothing is wrong. */
const words: Readonly<Record<number, string>> = {
  // Only an MQTT 3 broker answers with this, its own return code.
  0x01: 'it does not speak MQTT 5',
  0x04: 'it ended with the will of the client',
  0x80: 'an error it does not name',
  0x81: 'it could not read a packet',
  0x82: 'a packet against the protocol',
  0x83: 'it takes no such packet',
  0x84: 'it does not speak MQTT 5',
  0x85: 'it does not accept the client id: check clientId',
  0x86: 'user or password is wrong: check the source’s secret',
  0x87: 'not allowed: check the rights of the user at the broker',
  0x88: 'it is not available now',
  0x89: 'it is busy',
  0x8a: 'the client is banned there',
  0x8b: 'it is shutting down',
  0x8c: 'it wants another way of authentication',
  0x8d: 'it heard nothing from us for too long',
  0x8e: 'another client has taken over the session: clientId must be used once',
  0x8f: 'the topic filter is not valid',
  0x90: 'the topic is not valid',
  0x93: 'more messages were under way than agreed',
  0x95: 'a packet was too large',
  0x96: 'messages came too fast',
  0x97: 'a quota of the broker is used up',
  0x98: 'its operator ended the session',
  0x99: 'a payload was not what it claimed to be',
  0x9c: 'it wants us to use another server',
  0x9d: 'it has moved to another server',
  0x9e: 'it has no shared subscriptions',
  0x9f: 'connections came too fast',
  0xa0: 'a connection may not last longer',
  0xa1: 'it has no subscription identifiers',
  0xa2: 'it has no wildcards',
}

/** The broker's reason in words, its own text and the code beside them. */
export function reasonText(code: number, properties?: { reasonString?: string }): string {
  const own = properties?.reasonString?.replace(/\p{Cc}/gu, ' ').slice(0, 200)
  const known = words[code] ?? 'a reason unknown to MQTT 5'
  return `${known} (0x${code.toString(16).padStart(2, '0')}${own ? `, “${own}”` : ''})`
}
