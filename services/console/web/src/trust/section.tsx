import type { ComponentChildren } from 'preact'
import { Failure, Skeleton } from '../parts/states.tsx'
import { useTrustList } from './use-trust.ts'

interface SectionProps<Row> {
  /** Its address on the page. */
  readonly id: string
  readonly title: string
  /** What is asked for, below `/trust`. */
  readonly list: string
  readonly children: (rows: readonly Row[]) => ComponentChildren
}

/** A heading and a list of its own: one that cannot be had keeps no other away. */
export function Section<Row>({ id, title, list, children }: SectionProps<Row>) {
  const { data, error, refetch } = useTrustList<Row>(list)
  return (
    <section id={id} class="block">
      <h2>{title}</h2>
      {data ? children(data) : error ? <Failure error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />}
    </section>
  )
}
