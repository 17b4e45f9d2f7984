import { usePick } from '../language.tsx'
import { Link, match, navigate, useAddress, withQuery } from '../router.tsx'
import { TopicView } from './topic-view.tsx'
import { fits, type Topic, useHelp } from './topics.ts'
import { helpWords as words } from './words.ts'

/** Every code explained; open to everybody. */
export function HelpPage() {
  const { path } = useAddress()
  const code = match('/help/:code', path)?.code
  return code === undefined ? <TopicList /> : <OneTopic key={code} code={code} />
}

function TopicList() {
  const pick = usePick()
  const address = useAddress()
  const query = address.query.get('q') ?? ''
  const loaded = useHelp<{ readonly items: readonly Topic[] }>('')
  return (
    <>
      <h1>{pick(words.title)}</h1>
      <p class="lead">{pick(words.lead)}</p>
      <label class="find">
        {pick(words.search)}
        <input
          type="search"
          value={query}
          onInput={event => navigate(withQuery(address, { q: event.currentTarget.value }), { replace: true })}
        />
      </label>
      {loaded.is === 'there' ? (
        <Groups topics={loaded.value.items.filter(topic => fits(topic, query))} />
      ) : (
        <p role="status">{pick(loaded.is === 'loading' ? words.loading : words.failed)}</p>
      )}
    </>
  )
}

const kinds = ['problem', 'verification', 'finding', 'vxp'] as const

function Groups({ topics }: { readonly topics: readonly Topic[] }) {
  const pick = usePick()
  if (topics.length === 0) return <p role="status">{pick(words.none)}</p>
  return (
    <>
      {kinds
        .map(kind => ({ kind, found: topics.filter(topic => topic.kind === kind) }))
        .filter(({ found }) => found.length > 0)
        .map(({ kind, found }) => (
          <section key={kind} class="topics">
            <h2>{pick(words[kind])}</h2>
            <ul>
              {found.map(({ code, title }) => (
                <li key={code}>
                  <Link to={`/help/${encodeURIComponent(code)}`}>
                    <span>{pick(title)}</span> <code>{code}</code>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </>
  )
}

function OneTopic({ code }: { readonly code: string }) {
  const pick = usePick()
  const loaded = useHelp<Topic>(`/${encodeURIComponent(code)}`)
  const sentences = { loading: words.loading, failed: words.failed, unknown: words.unknown }
  return (
    <>
      <p class="back">
        <Link to="/help">← {pick(words.all)}</Link>
      </p>
      {loaded.is === 'there' ? (
        <TopicView topic={loaded.value} />
      ) : (
        <>
          <h1>
            <bdi>{code}</bdi>
          </h1>
          <p role="status">{pick(sentences[loaded.is])}</p>
        </>
      )}
    </>
  )
}
