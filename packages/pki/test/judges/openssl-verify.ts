import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Certificate, type PolicyQuestion, writePem } from '../../src/index.ts'

/** What `openssl verify` is asked, files apart. */
export interface OpensslQuestion {
  readonly anchor: Certificate
  /** Leaf first, the anchor not among them. */
  readonly path: readonly Certificate[]
  readonly at: Date
  readonly policy?: PolicyQuestion
  /** DER. */
  readonly crls?: readonly Buffer[]
}

/** Whether openssl accepts a path: an independent judge of policies and lists. */
export function opensslAccepts({ anchor, path, at, policy, crls }: OpensslQuestion): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'docaxis-openssl-'))
  const file = (name: string, ders: readonly Buffer[], label: string) => {
    writeFileSync(join(folder, name), ders.map(der => writePem(der, label)).join(''))
    return join(folder, name)
  }
  try {
    const [leaf, ...others] = path.map(({ der }) => der)
    if (!leaf) throw new TypeError('no leaf')
    const args = [
      ...['verify', '-attime', String(at.getTime() / 1000)],
      ...['-CAfile', file('anchor.pem', [anchor.der], 'CERTIFICATE')],
      ...(others.length > 0 ? ['-untrusted', file('others.pem', others, 'CERTIFICATE')] : []),
      ...(policy ? policyOptions(policy) : []),
      ...(crls
        ? ['-crl_check_all', '-extended_crl', '-use_deltas', '-CRLfile', file('crls.pem', crls, 'X509 CRL')]
        : []),
      file('leaf.pem', [leaf], 'CERTIFICATE'),
    ]
    return spawnSync('openssl', args, { encoding: 'utf8' }).status === 0
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function policyOptions({ initial, explicit, inhibitMapping, inhibitAny }: PolicyQuestion): string[] {
  return [
    '-policy_check',
    ...initial.flatMap(id => ['-policy', id]),
    ...(explicit ? ['-explicit_policy'] : []),
    ...(inhibitMapping ? ['-inhibit_map'] : []),
    ...(inhibitAny ? ['-inhibit_any'] : []),
  ]
}
