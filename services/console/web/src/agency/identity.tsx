import type { ComponentChildren } from 'preact'
import { agencyPath, type NamedCode } from '../agencies/agency-row.ts'
import { usePick } from '../language.tsx'
import { Badge } from '../parts/badge.tsx'
import { useCount } from '../parts/number.ts'
import { dayText, Time } from '../parts/time.tsx'
import { Link } from '../router.tsx'
import type { AgencyView } from './agency-view.ts'
import { agencyWords as words } from './words.ts'

/** Codes and names, where it stands in the tree, who followed whom, and whether a document arrives. */
export function Identity({ agency }: { readonly agency: AgencyView }) {
  const pick = usePick()
  const count = useCount()
  const { code, code2016, oldCodes, shortName, path, below, locality, groups, center, mail } = agency
  const { successor, choices, predecessors, lastCalledAt } = agency
  return (
    <section id="identity" class="block">
      <h2>{pick(words.identity)}</h2>
      <Receiving agency={agency} />
      <dl class="pairs">
        <Pair name={pick(words.shortName)}>{shortName && <bdi>{shortName}</bdi>}</Pair>
        <Pair name={pick(words.code2016)}>{code2016 && <code>{code2016}</code>}</Pair>
        <Pair name={pick(words.oldCodes)}>{oldCodes.length > 0 && <code>{oldCodes.join(', ')}</code>}</Pair>
        <Pair name={pick(words.above)}>{path.length > 0 && <Named codes={path} between=" › " />}</Pair>
        <Pair name={pick(words.below)}>
          {below > 0 && <Link to={`/agencies?parent=${encodeURIComponent(code)}`}>{count(below, words.agencies)}</Link>}
        </Pair>
        <Pair name={pick(words.locality)}>{locality && <bdi>{locality}</bdi>}</Pair>
        <Pair name={pick(words.groups)}>{groups.length > 0 && <bdi>{groups.join(', ')}</bdi>}</Pair>
        <Pair name={pick(words.validity)}>
          <Validity agency={agency} />
        </Pair>
        <Pair name={pick(words.successor)}>{successor && <Named codes={[successor]} />}</Pair>
        <Pair name={pick(words.choices)}>{choices.length > 0 && <Named codes={choices} />}</Pair>
        <Pair name={pick(words.predecessors)}>{predecessors.length > 0 && <Named codes={predecessors} />}</Pair>
        <Pair name={pick(words.center)}>{center && <Named codes={[center]} />}</Pair>
        <Pair name={pick(words.mail)}>{mail && <bdi>{mail}</bdi>}</Pair>
        <Pair name={pick(words.lastCalled)}>{lastCalledAt ? <Time at={lastCalledAt} /> : pick(words.never)}</Pair>
      </dl>
    </section>
  )
}

/** What there is of an agency; nothing is said of what there is not. */
function Pair({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  if (!children) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

interface NamedProps {
  readonly codes: readonly NamedCode[]
  readonly between?: string
}

function Named({ codes, between = '; ' }: NamedProps) {
  return (
    <>
      {codes.map(({ code, name }, index) => (
        <span key={code}>
          {index > 0 && between}
          <Link to={agencyPath(code)}>
            <bdi>{name ?? code}</bdi>
          </Link>{' '}
          <code>{code}</code>
        </span>
      ))}
    </>
  )
}

function Validity({ agency: { validFrom, closedFrom, graceUntil } }: { readonly agency: AgencyView }) {
  const pick = usePick()
  const parts = [
    validFrom && `${pick(words.from)} ${dayText(validFrom)}`,
    closedFrom && `${pick(words.closedFrom)} ${dayText(closedFrom)}`,
    graceUntil && `${pick(words.graceUntil)} ${dayText(graceUntil)}`,
  ].filter(Boolean)
  return <>{parts.length > 0 ? parts.join('; ') : pick(words.unlimited)}</>
}

/** What becomes of a document that is written to it: one sentence, by the rules of acceptance. */
function Receiving({ agency: { receiving, code } }: { readonly agency: AgencyView }) {
  const pick = usePick()
  const { by, forwarded, fault, silent } = receiving
  if (!by) {
    return (
      <p class="row">
        <Badge tone="bad">{pick(words.doesNotArrive)}</Badge>
        <span>{fault && pick(words[`fault-${fault}`])}</span>
      </p>
    )
  }
  return (
    <p class="row">
      <Badge tone={silent ? 'wait' : 'good'}>{pick(silent ? words.silent : words.arrives)}</Badge>
      <span>
        {silent ? pick(words.silentHint) : pick(words.arrivesHint)}
        {forwarded && by.code !== code && (
          <>
            {' '}
            {pick(forwarded === 'successor' ? words.forSuccessor : words.forParent)} <Named codes={[by]} />.
          </>
        )}
      </span>
    </p>
  )
}
