import { useQuery } from '@tanstack/preact-query'
import type { ComponentChildren } from 'preact'
import { api } from '../api.ts'
import { Failure, Skeleton } from './states.tsx'

interface SectionProps<Answer> {
  /** Its address on the page. */
  readonly id: string
  readonly title: string
  /** What is asked for; its parts are the key under which the answer is kept. */
  readonly path: string
  readonly children: (answer: Answer) => ComponentChildren
}

/** A heading and what it is about, asked for by itself: one that cannot be had keeps no other away. */
export function Section<Answer>({ id, title, path, children }: SectionProps<Answer>) {
  const { data, error, refetch } = useQuery({
    queryKey: keyOf(path),
    queryFn: ({ signal }) => api<Answer>(path, { signal }),
  })
  return (
    <section id={id} class="block">
      <h2>{title}</h2>
      {data ? children(data) : error ? <Failure error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />}
    </section>
  )
}

/** `/trust/requests` as `['trust', 'requests']`: everything of trust is asked for anew by `['trust']`. */
export function keyOf(path: string): readonly string[] {
  return path.slice(1).split('/')
}
