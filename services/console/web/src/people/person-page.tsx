import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api, Refused } from '../api.ts'
import { type Bilingual, usePick } from '../language.tsx'
import type { PageProps } from '../pages.ts'
import { ShownOnce } from '../parts/shown-once.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { Link } from '../router.tsx'
import { type Account, peopleQuery } from './account.ts'
import { PersonActions } from './person-actions.tsx'
import { emptyForm, formOf, PersonForm, type PersonWish, wishOf } from './person-form.tsx'
import { peopleWords as words } from './words.ts'

type Answer = Account & { readonly password?: string }

/** One account: what it may, and what an administrator can do for its holder. */
export function PersonPage({ params }: PageProps) {
  const pick = usePick()
  const { data, error, refetch } = useQuery(peopleQuery)
  if (params.id === 'new') return <Editor account={undefined} />
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton />
  const account = data.find(({ id }) => id === params.id)
  return account ? <Editor key={account.id} account={account} /> : <Empty title={pick(words.unknown)} />
}

function Editor({ account: known }: { readonly account: Account | undefined }) {
  const pick = usePick()
  const queries = useQueryClient()
  const [account, setAccount] = useState(known)
  const [password, setPassword] = useState<string>()
  const [told, setTold] = useState<{ readonly text: Bilingual; readonly good: boolean }>()

  /** Asks for a change and shows what came of it. */
  async function change(path: string, method: 'POST' | 'PUT', body?: unknown): Promise<void> {
    setTold(undefined)
    try {
      const answer = await api<Answer>(path, { method, body })
      setAccount(answer)
      setPassword(answer.password)
      setTold({ text: words.saved, good: true })
      await queries.invalidateQueries({ queryKey: peopleQuery.queryKey })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setTold({ text: refusals[error.code] ?? error.text, good: false })
    }
  }

  const save = (wish: PersonWish) =>
    account ? change(`/people/${account.id}`, 'PUT', wishOf(wish)) : change('/people', 'POST', newOf(wish))

  return (
    <>
      <p class="small">
        <Link to="/settings/people">{pick(words.back)}</Link>
      </p>
      <h1>
        <bdi>{account?.name ?? pick(words.newTitle)}</bdi>
      </h1>
      {password && account && (
        <ShownOnce
          title={pick(words.once)}
          pairs={[{ name: pick(words.login), value: account.login }]}
          secretName={pick(words.password)}
          secret={password}
          hint={pick(words.onceHint)}
        />
      )}
      <p class={told?.good ? 'done' : 'fault'} role="status">
        {told && pick(told.text)}
      </p>
      <PersonForm start={account ? formOf(account) : emptyForm} isNew={account === undefined} onSave={save} />
      {account && <PersonActions account={account} act={what => change(`/people/${account.id}/${what}`, 'POST')} />}
    </>
  )
}

const newOf = (wish: PersonWish) => ({ ...wishOf(wish), login: wish.login.trim(), withPassword: wish.withPassword })

const refusals: Readonly<Record<string, Bilingual>> = {
  FORBIDDEN: words.tooMuch,
  STATE_CONFLICT: words.conflict,
}
