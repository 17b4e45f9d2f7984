import type { Extension } from '@docaxis/pki'
import { type GeneralNameWish, pathExtensions, type SubjectName } from '@docaxis/pki/authority'
import { type ChainCase, type Link, link, selfIssued } from './chain.ts'

const { alternativeNames, nameConstraints } = pathExtensions

/** Names below one of the subtrees that the suite permits or excludes. */
const tree = (organizationalUnit: string, commonName?: string): Partial<SubjectName> => ({
  organization: 'Test Certificates',
  organizationalUnit,
  ...(commonName !== undefined && { commonName }),
})
const [permitted1, permitted2] = ['permittedSubtree1', 'permittedSubtree2'] as const
const [excluded1, excluded2] = ['excludedSubtree1', 'excludedSubtree2'] as const
const directories = (...units: readonly string[]): GeneralNameWish[] => units.map(unit => ({ directory: tree(unit) }))
const permits = (...units: readonly string[]) => nameConstraints({ permitted: directories(...units) })
const excludes = (...units: readonly string[]) => nameConstraints({ excluded: directories(...units) })
const leafIn = (unit: string, ...extensions: readonly Extension[]): Link => ({ subject: tree(unit, 'EE'), extensions })
const critical = (extension: Extension): Extension => ({ ...extension, critical: true })

const one = (id: string, title: string, valid: boolean, ...chain: readonly Link[]): ChainCase => ({
  id: `4.13.${id}`,
  title,
  chain,
  asks: [{ valid }],
})

const dn1 = link(permits(permitted1))
const dn3 = link(excludes(excluded1))
const dn4 = link(excludes(excluded1, excluded2))
const inner = { directory: { ...tree(permitted1), locality: 'excluded' } }
const dn5 = link(nameConstraints({ permitted: directories(permitted1), excluded: [inner] }))
const dn1sub1: Link = { subject: tree(permitted1, 'sub CA 1'), extensions: [permits(permitted2)] }
const dn1sub2: Link = { subject: tree(permitted1, 'sub CA 2'), extensions: [permits(permitted2)] }
const dn3sub1: Link = { subject: tree(permitted1, 'sub CA 1'), extensions: [excludes(excluded2)] }
const dn3sub2: Link = { subject: tree(permitted1, 'sub CA 2'), extensions: [permits(permitted1)] }

const directoryNames: readonly ChainCase[] = [
  one('1', 'subject permitted', true, dn1, leafIn(permitted1)),
  one('2', 'subject not permitted', false, dn1, leafIn(excluded1)),
  one(
    '3',
    'alternative name not permitted',
    false,
    dn1,
    leafIn(permitted1, alternativeNames(...directories(excluded1))),
  ),
  one(
    '4',
    'subject permitted, a mail address free',
    true,
    dn1,
    leafIn(permitted1, alternativeNames({ mail: 'a@b.c' })),
  ),
  one(
    '5',
    'subject and alternative name in two permitted subtrees',
    true,
    link(permits(permitted1, permitted2)),
    leafIn(permitted1, alternativeNames(...directories(permitted2))),
  ),
  one('6', 'subject not excluded', true, dn3, leafIn(permitted1)),
  one('7', 'subject excluded', false, dn3, leafIn(excluded1)),
  one('8', 'subject in the first excluded subtree', false, dn4, leafIn(excluded1)),
  one('9', 'subject in the second excluded subtree', false, dn4, leafIn(excluded2)),
  one('10', 'excluded inside permitted', false, dn5, {
    subject: { ...inner.directory, commonName: 'EE' },
    extensions: [],
  }),
  one('11', 'permitted beside excluded', true, dn5, leafIn(permitted1)),
  one('12', 'permitted above, not below', false, dn1, dn1sub1, leafIn(permitted1)),
  one('13', 'permitted below, not above', false, dn1, dn1sub2, leafIn(permitted2)),
  one('14', 'no subject, and a name of another kind', true, dn1, dn1sub2, {
    subject: {},
    extensions: [critical(alternativeNames({ mail: 'a@b.c' }))],
  }),
  one('15', 'excluded above', false, dn3, dn3sub1, leafIn(excluded1)),
  one('16', 'excluded below', false, dn3, dn3sub1, leafIn(excluded2)),
  one('17', 'excluded above, others permitted below', false, dn3, dn3sub2, leafIn(excluded1)),
  one('18', 'not excluded above, permitted below', true, dn3, dn3sub2, leafIn(permitted1)),
  one('19', 'a self-issued authority outside', true, dn1, selfIssued(), leafIn(permitted1)),
  one('20', 'a self-issued leaf outside', false, dn1, selfIssued()),
]

const gov = 'testcertificates.gov'
const withName = (name: GeneralNameWish): Link => link(alternativeNames(name))
const mail = (address: string) => withName({ mail: address })
const [mails1, mails2, mails3] = [
  link(nameConstraints({ permitted: [{ mail: `.${gov}` }] })),
  link(nameConstraints({ permitted: [{ mail: gov }] })),
  link(nameConstraints({ excluded: [{ mail: gov }] })),
]

const mailNames: readonly ChainCase[] = [
  one('21', 'mailbox at a host below', true, mails1, mail(`Test21EE@mailserver.${gov}`)),
  one('22', 'mailbox at the host, hosts below permitted', false, mails1, mail(`Test22EE@${gov}`)),
  one('23', 'mailbox at the host', true, mails2, mail(`Test23EE@${gov}`)),
  one('24', 'mailbox at a host below, the host permitted', false, mails2, mail(`Test24EE@mailserver.${gov}`)),
  one('25', 'mailbox at a host below, the host excluded', true, mails3, mail(`Test25EE@mailserver.${gov}`)),
  one('26', 'mailbox at the excluded host', false, mails3, mail(`Test26EE@${gov}`)),
]

const sub3: Link = {
  subject: tree(permitted1, 'sub CA 3'),
  extensions: [nameConstraints({ permitted: [{ mail: gov }] })],
}
const mailInSubject: Link = {
  subject: { ...tree(permitted1, 'EE'), emailAddress: 'Test29EE@invalid.gov' },
  extensions: [],
}
const mailAndDirectoryNames: readonly ChainCase[] = [
  one('27', 'both kinds permitted', true, dn1, sub3, leafIn(permitted1, alternativeNames({ mail: `Test27EE@${gov}` }))),
  one(
    '28',
    'mail address not permitted',
    false,
    dn1,
    sub3,
    leafIn(permitted1, alternativeNames({ mail: 'Test28EE@invalid.gov' })),
  ),
  one('29', 'mail address of the subject not permitted', false, dn1, sub3, mailInSubject),
]

const dns = (name: string) => withName({ dns: name })
const dns1 = link(nameConstraints({ permitted: [{ dns: gov }] }))
const dns2 = link(nameConstraints({ excluded: [{ dns: 'invalidcertificates.gov' }] }))
const dnsNames: readonly ChainCase[] = [
  one('30', 'host below', true, dns1, dns(`testserver.${gov}`)),
  one('31', 'host elsewhere', false, dns1, dns('testserver.invalidcertificates.gov')),
  one('32', 'host not excluded', true, dns2, dns(`testserver.${gov}`)),
  one('33', 'host below an excluded one', false, dns2, dns('testserver.invalidcertificates.gov')),
  one('38', 'host that only ends alike', false, dns1, dns(`my${gov}`)),
]

const uri = (address: string) => withName({ uri: address })
const uri1 = link(nameConstraints({ permitted: [{ uri: `.${gov}` }] }))
const uri2 = link(nameConstraints({ excluded: [{ uri: 'invalidcertificates.gov' }] }))
const uris: readonly ChainCase[] = [
  one('34', 'host below', true, uri1, uri(`http://testserver.${gov}/index.html`)),
  one('35', 'the host itself, hosts below permitted', false, uri1, uri(`http://${gov}/invalid.html`)),
  one('36', 'host below the excluded one', true, uri2, uri('http://testserver.invalidcertificates.gov/index.html')),
  one('37', 'the excluded host, with a port', false, uri2, uri('ftp://invalidcertificates.gov:21/test37/')),
]

const unknown = (isCritical: boolean): Extension => ({
  id: '2.16.840.1.101.2.1.12.2',
  critical: isCritical,
  value: Buffer.of(5, 0),
})
/** Section 4.16: private extensions. */
const privateExtensions: readonly ChainCase[] = [
  { id: '4.16.1', title: 'unknown extension, not critical', chain: [link(unknown(false))], asks: [{ valid: true }] },
  { id: '4.16.2', title: 'unknown critical extension', chain: [link(unknown(true))], asks: [{ valid: false }] },
]

/** Section 4.13, and 4.16. */
export const nameCases: readonly ChainCase[] = [
  ...directoryNames,
  ...mailNames,
  ...mailAndDirectoryNames,
  ...dnsNames,
  ...uris,
  ...privateExtensions,
]
