import type { GenericSchema, InferOutput } from 'valibot'

export interface ModelCard {
  purpose: string
  /** Paper, standard or clause the mathematics comes from. */
  source: string
  assumptions: string[]
  limits: string[]
}

/** One model: described, with a form that starts from `example`, run in a worker of browser or gateway. */
export interface ModelAdapter<
  I extends GenericSchema = GenericSchema,
  O extends GenericSchema = GenericSchema,
> {
  title: string
  version: string
  input: I
  output: O
  card: ModelCard
  example: InferOutput<I>
  /** Resolves to what `output` accepts, or rejects; stops promptly when `signal` aborts; same input and seed, same result. */
  run(
    input: InferOutput<I>,
    io: { signal: AbortSignal; progress(fraction: number): void; seed: number },
  ): Promise<InferOutput<O>>
}

export function defineModelAdapter<I extends GenericSchema, O extends GenericSchema>(
  adapter: ModelAdapter<I, O>,
): ModelAdapter<I, O> {
  return adapter
}
