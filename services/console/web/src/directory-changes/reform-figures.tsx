import { usePick } from '../language.tsx'
import { Figures } from './figures.tsx'
import type { ReformFigures } from './reform-view.ts'
import { figureWords as words } from './reform-words.ts'

/** What a reform did, or would do; of what it does not touch nothing is said. */
export function ReformFiguresView({ figures }: { readonly figures: ReformFigures }) {
  const pick = usePick()
  const rows = (Object.keys(words) as (keyof typeof words)[])
    .map(name => ({ name: pick(words[name]), count: countOf(figures, name) }))
    .filter(({ count }) => count > 0)
  return <Figures rows={rows} />
}

function countOf(figures: ReformFigures, name: keyof typeof words): number {
  const { agencies, systems, deliveries, tasks } = figures
  const flat: Readonly<Record<keyof typeof words, number>> = {
    ...agencies,
    systems: systems.affected,
    bound: systems.bound,
    certificates: figures.certificates,
    mandates: figures.mandates,
    documents: figures.documents,
    ...deliveries,
    ...tasks,
    moved: agencies.moved,
    deliveriesMoved: deliveries.moved,
  }
  return flat[name]
}
