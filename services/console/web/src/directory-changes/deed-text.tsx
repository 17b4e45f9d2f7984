import { usePick } from '../language.tsx'
import type { Deed } from './reform-view.ts'
import { deedWords } from './reform-words.ts'

/** One change in a line: what is done, to whom, and who follows. */
export function DeedText({ deed }: { readonly deed: Deed }) {
  const pick = usePick()
  const { code, codes = [], into = [], agency, name, parent, successor } = deed
  const from = code === undefined ? codes : [code]
  const to = [into, agency ?? [], parent ?? [], successor ?? []].flat()
  return (
    <>
      <strong>{pick(deedWords[deed.do])}</strong> <code>{from.join(', ')}</code>
      {to.length > 0 && (
        <>
          {from.length > 0 && ' → '}
          <bdi>
            {to.map(target => (typeof target === 'string' ? target : `${target.code} ${target.name}`)).join(', ')}
          </bdi>
        </>
      )}
      {name && (
        <>
          {' → '}
          <bdi>{name}</bdi>
        </>
      )}
    </>
  )
}
