import { useNumber } from '../parts/number.ts'

/** Figures with what they count. */
export function Figures({ rows }: { readonly rows: readonly { readonly name: string; readonly count: number }[] }) {
  const number = useNumber()
  return (
    <dl class="figures">
      {rows.map(({ name, count }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{number(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
