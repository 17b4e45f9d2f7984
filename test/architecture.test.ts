import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Lower layers first. A package may import from layers below its own, and from its own where named. */
const layers: readonly (readonly string[])[] = [
  ['errors', 'calendar'],
  ['directory'],
  ['edxml', 'pki', 'merkle', 'events'],
  ['signature', 'store', 'keys', 'outbound'],
  ['bus', 'attachments', 'print'],
  ['service'],
]
const leaves = ['client', 'client-java', 'testkit', 'bench']
const withoutInputOutput = ['errors', 'calendar', 'directory', 'edxml', 'pki', 'signature', 'merkle', 'events']

interface Manifest {
  readonly name: string
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

interface Member {
  readonly kind: 'packages' | 'services'
  readonly folder: string
  readonly short: string
  readonly manifest: Manifest
}

const members: Member[] = (['packages', 'services'] as const).flatMap(kind =>
  readdirSync(join(root, kind)).map(short => {
    const folder = join(root, kind, short)
    return { kind, folder, short, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest }
  }),
)

describe.each(members)('$kind/$short', member => {
  it('imports only what points down', () => {
    const wrong = ownDependencies(member).filter(target => !mayImport(member, target))

    expect(wrong).toEqual([])
  })

  it('imports in its sources only what its manifest declares', () => {
    const declared = new Set([
      ...Object.keys(member.manifest.dependencies ?? {}),
      ...Object.keys(member.manifest.optionalDependencies ?? {}),
    ])

    const undeclared = productImports(member).filter(name => !declared.has(name))

    expect(undeclared).toEqual([])
  })

  it('declares no library that its sources and tests do not import', () => {
    const used = new Set([...productImports(member), ...importsOf(join(member.folder, 'test'))])

    const unused = Object.keys(member.manifest.dependencies ?? {}).filter(name => !used.has(name))

    expect(unused).toEqual([])
  })

  it('has a README and something in it', () => {
    expect(existsSync(join(member.folder, 'README.md'))).toBe(true)
    expect(sources(join(member.folder, 'src')).length).toBeGreaterThan(0)
  })
})

it.each(withoutInputOutput.filter(name => existsSync(join(root, 'packages', name))))(
  'packages/%s opens no connection and asks no clock',
  name => {
    const forbidden = /node:(net|http|https|tls|dgram|child_process|cluster)|new Date\(\)|Date\.now\(\)|Math\.random\(/

    const wrong = sources(join(root, 'packages', name, 'src')).filter(file =>
      forbidden.test(readFileSync(file, 'utf8')),
    )

    expect(wrong).toEqual([])
  },
)

it('kafkajs is known to the bus alone', () => {
  const wrong = members.filter(member => member.short !== 'bus' && 'kafkajs' in (member.manifest.dependencies ?? {}))

  expect(wrong.map(member => member.short)).toEqual([])
})

it('a service is imported by the hub alone', () => {
  const services = members.filter(member => member.kind === 'services').map(member => member.manifest.name)

  const wrong = members
    .filter(member => member.short !== 'hub')
    .filter(member => Object.keys(member.manifest.dependencies ?? {}).some(name => services.includes(name)))
    .map(member => member.short)

  expect(wrong.filter(name => !leaves.includes(name))).toEqual([])
})

function ownDependencies(member: Member): string[] {
  return Object.keys(member.manifest.dependencies ?? {})
    .filter(name => name.startsWith('@docaxis/'))
    .map(name => name.slice('@docaxis/'.length))
}

function mayImport(member: Member, target: string): boolean {
  if (target === 'testkit') return member.short === 'bench'
  if (member.short === 'hub') return target !== 'bench'
  if (member.kind === 'services') return layerOf(target) >= 0
  if (leaves.includes(member.short)) return layerOf(target) >= 0 || member.short === 'bench'
  return layerOf(target) >= 0 && layerOf(target) < layerOf(member.short)
}

function layerOf(name: string): number {
  return layers.findIndex(layer => layer.includes(name))
}

function sources(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(tsx?|java)$/.test(file))
    .map(file => join(folder, file))
}

/** Of the program, and of the pages that a service serves. */
function productImports(member: Member): string[] {
  return ['src', 'web'].flatMap(part => importsOf(join(member.folder, part)))
}

/** Names of the libraries that are imported, or whose files are read by name; Node's own modules and relative paths left out. */
function importsOf(folder: string): string[] {
  const specifier =
    /(?:from|import|import\(|import\.meta\.resolve\()\s*['"]((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[^'"]*)?['"]/g
  const names = sources(folder).flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(specifier)].map(match => match[1] ?? ''),
  )
  return [...new Set(names)].filter(name => !name.startsWith('node'.concat(':')) && name !== 'node')
}
