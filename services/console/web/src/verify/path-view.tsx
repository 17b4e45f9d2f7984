import { localTime, usePick } from '../language.tsx'
import { words } from '../words.ts'
import type { CertificateAnswer, CertificateSummary } from './answer.ts'
import { Section } from './parts.tsx'

type PathViewProps = Pick<CertificateAnswer, 'path' | 'otherPaths' | 'checks'>

/** The rule that a path ends at an anchor of the hub. Where it was not reached, nobody is called trusted. */
const anchorRule = 'V25'

/** The anchor on top, each certificate below the one that vouches for it. */
export function PathView({ path, otherPaths, checks }: PathViewProps) {
  const pick = usePick()
  const isWhole = checks.some(({ rule, passed }) => rule === anchorRule && passed)
  if (path.length === 0) return null
  return (
    <Section title={pick(words.path)}>
      <ol class="path">
        {[...path].reverse().map((certificate, depth) => (
          <li key={certificate.sha256} style={{ '--depth': depth }}>
            <bdi>{commonName(certificate)}</bdi>
            {depth === 0 && isWhole && <span class="mark good">{pick(words.anchor)}</span>}
            <small>
              {localTime(certificate.notBefore)} – {localTime(certificate.notAfter)}
            </small>
          </li>
        ))}
      </ol>
      {otherPaths.length > 0 && (
        <details>
          <summary>{pick(words.otherPaths)}</summary>
          <ul>
            {otherPaths.map(({ path: other, code, detail }) => (
              <li key={other.map(({ sha256 }) => sha256).join()}>
                <bdi>{[...other].reverse().map(commonName).join(' › ')}</bdi>: {detail} <code>{code}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

/** Who a certificate names, for people: its common name where it has one. */
export function commonName({ subject }: Pick<CertificateSummary, 'subject'>): string {
  const [, name] = /(?:^|,)CN=((?:\\.|[^,\\])+)/.exec(subject) ?? []
  return name?.replace(/\\(.)/g, '$1') ?? subject
}
