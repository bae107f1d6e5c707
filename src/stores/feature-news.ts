import type { FeatureNews } from '../domain/wire.ts'

const hearers = new Set<(news: FeatureNews) => void>()

/** Answers what stops it. Apart from the store of features, which comes with the map: the stream is on the way to the first figure. */
export function hearFeatureNews(hear: (news: FeatureNews) => void): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}

export function tellFeatureNews(news: FeatureNews): void {
  for (const hear of hearers) hear(news)
}
