import { collectionsOf, type FindingRule, findingsOf, reportCommand } from '../src/domain/finding.ts'
import type { FeatureAnswer } from '../src/domain/map-feature.ts'
import { UnknownFeaturesError } from './features/features.ts'
import type { Gateway } from './gateway.ts'

type Watched = Pick<Gateway, 'city' | 'book' | 'clock'> & {
  features(): Pick<NonNullable<ReturnType<Gateway['features']>>, 'answer'> | undefined
  log: Pick<Gateway['log'], 'warn'>
}

/**
 * Looks at standing collections whenever one was read again, with the city's own rules, and reports what they find as
 * incidents on the journal. The journal knows which were reported: a restart, a second gateway or a hundred looks add none.
 */
export class FindingWatch {
  private readonly gateway: Watched
  /** By rule, what it last looked at to the end. */
  private readonly looked = new Map<string, string>()
  /** By rule, what was last said of its failing. */
  private readonly said = new Map<string, string>()
  private looking: Promise<void> = Promise.resolve()

  constructor(gateway: Watched) {
    this.gateway = gateway
  }

  /** Resolves when every rule of that collection has been looked at and what it found is recorded. */
  look(collection: string): Promise<void> {
    const rules = this.gateway
      .city()
      .features.findings.filter((rule) => collectionsOf(rule).includes(collection))
    // One look after another: two at once would find the same twice before either is on the journal.
    this.looking = this.looking.then(async () => {
      for (const rule of rules) await this.lookWith(rule).catch((cause: unknown) => this.told(rule, cause))
    })
    return this.looking
  }

  /** Resolves when no look is under way. */
  settled(): Promise<void> {
    return this.looking
  }

  private async lookWith(rule: FindingRule): Promise<void> {
    const told = await this.answers(rule)
    const seen = JSON.stringify([rule, told?.map(({ hash }) => hash)])
    if (!told || this.looked.get(rule.id) === seen) return
    const { book, clock } = this.gateway
    const region = this.gateway.city().city.root
    let isThrough = true
    for (const finding of findingsOf(rule, told)) {
      if (!finding.automatic || book.now().incidents.has(finding.incident)) continue
      const outcome = await book.command(reportCommand(finding, { nowMs: clock.now(), region }), 'gateway')
      if (!('refused' in outcome)) continue
      isThrough = false
      this.told(rule, outcome.refused)
    }
    // What was refused is reported again at the next look, though nothing new was said.
    if (!isThrough) return
    this.looked.set(rule.id, seen)
    this.said.delete(rule.id)
  }

  /** Undefined until every collection of the rule was heard once: half of a pair is no verdict. */
  private async answers(rule: FindingRule): Promise<FeatureAnswer[] | undefined> {
    const { collections } = this.gateway.city().features
    const wanted = collectionsOf(rule).map((id) => collections.find((collection) => collection.id === id))
    const answers: FeatureAnswer[] = []
    for (const collection of wanted) {
      const answer = collection && (await this.gateway.features()?.answer(collection, undefined))
      if (!answer) return undefined
      answers.push(answer)
    }
    return answers
  }

  private told(rule: FindingRule, cause: unknown): void {
    // Nothing heard yet is no fault: the collection's first answer starts the next look.
    if (cause instanceof UnknownFeaturesError) return
    const reason = String(cause)
    if (this.said.get(rule.id) === reason) return
    this.said.set(rule.id, reason)
    this.gateway.log.warn('a finding could not be recorded', { rule: rule.id, reason })
  }
}
