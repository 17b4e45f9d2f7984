import { usePick } from '../language.tsx'
import { partWords as words } from './words.ts'

/** Who did something, as the log writes it: `user:` and a login, or `system:` and an id, which people are told apart. */
export function Actor({ who }: { readonly who: string }) {
  const pick = usePick()
  const [, kind, name] = /^(user|system):(.+)$/s.exec(who) ?? []
  if (kind === 'system') {
    return (
      <>
        {pick(words.system)} <bdi>{name}</bdi>
      </>
    )
  }
  return <bdi>{name ?? who}</bdi>
}
