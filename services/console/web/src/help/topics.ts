import { useEffect, useState } from 'preact/hooks'
import type { Bilingual } from '../language.tsx'

/** As `GET /console/api/help` answers. */
export interface Topic {
  readonly code: string
  readonly kind: 'problem' | 'verification' | 'finding' | 'vxp'
  readonly title: Bilingual
  readonly why: Bilingual
  readonly clerk: Bilingual
  readonly vendor: Bilingual
}

export type Loaded<T> = { readonly is: 'loading' | 'failed' | 'unknown' } | { readonly is: 'there'; readonly value: T }

/** @param path below the help of the console's interface */
export function useHelp<T>(path: string): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ is: 'loading' })
  useEffect(() => {
    const control = new AbortController()
    setLoaded({ is: 'loading' })
    fetchHelp<T>(path, control.signal).then(
      answer => setLoaded(answer),
      () => control.signal.aborted || setLoaded({ is: 'failed' }),
    )
    return () => control.abort()
  }, [path])
  return loaded
}

async function fetchHelp<T>(path: string, signal: AbortSignal): Promise<Loaded<T>> {
  const response = await fetch(`/console/api/help${path}`, { signal })
  if (response.ok) return { is: 'there', value: (await response.json()) as T }
  return { is: response.status === 404 ? 'unknown' : 'failed' }
}

/** Whether all words stand somewhere in the topic: in either language, with accents or without. */
export function fits(topic: Topic, query: string): boolean {
  const { code, title, why, clerk, vendor } = topic
  const text = plain([code, ...[title, why, clerk, vendor].flatMap(({ vi, en }) => [vi, en])].join(' '))
  return plain(query)
    .split(/\s+/)
    .every(word => text.includes(word))
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd')
}
