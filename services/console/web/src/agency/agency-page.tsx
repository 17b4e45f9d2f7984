import { useQuery } from '@tanstack/preact-query'
import { agencyPath } from '../agencies/agency-row.ts'
import { StandingBadge } from '../agencies/agency-standing.tsx'
import { kindWords } from '../agencies/words.ts'
import { api, Refused } from '../api.ts'
import { usePick } from '../language.tsx'
import type { PageProps } from '../pages.ts'
import { levelWords } from '../parts/level-words.ts'
import { keyOf, Section } from '../parts/section.tsx'
import { Empty, Failure, Skeleton } from '../parts/states.tsx'
import { Link } from '../router.tsx'
import { usePerson } from '../session.ts'
import type { AgencyView, CertificateView, LatenessMonth, MandateView, SystemView } from './agency-view.ts'
import { Certificates } from './certificates.tsx'
import { Identity } from './identity.tsx'
import { Lateness } from './lateness.tsx'
import { Limits } from './limits.tsx'
import { Mandates } from './mandates.tsx'
import { maySeeSystems } from './rights.ts'
import { Systems } from './systems.tsx'
import { Traffic } from './traffic.tsx'
import { agencyWords as words } from './words.ts'
import '../agencies/agencies.css'
import './agency.css'

/** One agency: who it is, who speaks for it, what passes through it, and how it keeps its deadlines. */
export function AgencyPage({ params: { code = '' } }: PageProps) {
  const pick = usePick()
  const path = agencyPath(code)
  const { data, error, refetch } = useQuery({
    queryKey: [...keyOf(path), 'view'],
    queryFn: ({ signal }) => api<AgencyView>(path, { signal }),
  })
  return (
    <>
      <p class="small">
        <Link to="/agencies">{pick(words.back)}</Link>
      </p>
      {data ? (
        <Whole key={data.code} agency={data} path={agencyPath(data.code)} />
      ) : error instanceof Refused && error.status === 404 ? (
        <>
          <h1 class="agency-name">
            <bdi>{code}</bdi>
          </h1>
          <Empty title={pick(words.unknown)}>
            <p class="small">{pick(words.unknownHint)}</p>
          </Empty>
        </>
      ) : error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton rows={10} />
      )}
    </>
  )
}

interface WholeProps {
  readonly agency: AgencyView
  readonly path: string
}

interface Items<Row> {
  readonly items: readonly Row[]
}

function Whole({ agency, path }: WholeProps) {
  const pick = usePick()
  const person = usePerson()
  const { code, name, level, kind } = agency
  return (
    <>
      <h1 class="agency-name">
        <bdi>{name}</bdi>
      </h1>
      <p class="row agency-line">
        <code>{code}</code>
        <span>
          {pick(levelWords[level])}, {pick(kindWords[kind])}
        </span>
        <StandingBadge row={agency} />
      </p>
      <div class="agency">
        <Identity agency={agency} />
        <Limits agency={agency} />
        {maySeeSystems(person) && (
          <Section<Items<SystemView>> id="systems" title={pick(words.systems)} path={`${path}/systems`}>
            {({ items }) => <Systems code={code} systems={items} />}
          </Section>
        )}
        <Section<Items<CertificateView>>
          id="certificates"
          title={pick(words.certificates)}
          path={`${path}/certificates`}
        >
          {({ items }) => <Certificates code={code} certificates={items} />}
        </Section>
        <Section<Items<MandateView> & { readonly total: number }>
          id="mandates"
          title={pick(words.mandates)}
          path={`${path}/mandates`}
        >
          {({ items, total }) => <Mandates code={code} mandates={items} total={total} />}
        </Section>
        <Traffic code={code} />
        <Section<{ readonly months: readonly LatenessMonth[] }>
          id="lateness"
          title={pick(words.lateness)}
          path={`${path}/lateness`}
        >
          {({ months }) => <Lateness code={code} months={months} />}
        </Section>
      </div>
    </>
  )
}
