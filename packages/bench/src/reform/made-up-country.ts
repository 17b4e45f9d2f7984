import { type Agency, levelOneAgencies } from '@docaxis/directory'
import { below, pick, type Random, seeded, shuffled } from '../random.ts'
import { communeName, districtName } from './made-up-names.ts'

/** How many of each there are. Provinces are those of the list of level 1. */
export interface CountryScale {
  readonly districts: number
  /** Before the reform. */
  readonly communes: number
  /** After it. */
  readonly communesAfter: number
  /** Of these, communes that go on as they are, below their province. */
  readonly unchanged: number
  /** Communes that are split between two without a single successor; as many again are split with one for every two of them. */
  readonly split: number
}

/** As in 2025: 10,035 communes became 3,321, 128 of which did not change, and districts ended. How many were split is made up. */
export const wholeCountry: CountryScale = {
  districts: 700,
  communes: 10_035,
  communesAfter: 3_321,
  unchanged: 128,
  split: 100,
}

/** What the reform makes of one code; the checker's own knowledge, which no planner has touched. */
export type Fate =
  | { readonly kind: 'successor'; readonly code: string }
  | { readonly kind: 'choices'; readonly codes: readonly string[] }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'stays' }

export interface Country {
  /** The directory before the reform. */
  readonly agencies: readonly Agency[]
  /** One system each, by the code of the center that it is bound to. */
  readonly centers: readonly string[]
  readonly districts: readonly string[]
  readonly communes: readonly string[]
  /** Changes of a reform file: the commune level and the end of districts. Those of provinces ship with packages/directory. */
  readonly changes: readonly object[]
  /** Of every district and commune. */
  readonly fates: ReadonlyMap<string, Fate>
  /** District of each commune. */
  readonly districtOf: ReadonlyMap<string, string>
}

/**
 * A made-up level of districts and communes below the true provinces of 2025: there is no official list of codes here.
 * Numbers are exactly those of `scale`; names, codes and who merges with whom come from the seed.
 */
export function makeCountry(scale: CountryScale, seed: number): Country {
  const random = seeded(seed)
  const provinces = provincesBefore()
  const draft: Draft = { random, agencies: [], changes: [], fates: new Map(), districtOf: new Map() }
  const levelOne = levelOneAgencies().map(asBefore)
  const centers = provinces.map(({ code }) => `W.${code}`)
  for (const center of centers)
    draft.agencies.push(agencyOf(center, `Trung tâm ${center}`, 'province', { kind: 'center' }))

  const districtCounts = shares(random, provinces.length, scale.districts)
  const districts = provinces.flatMap((province, index) =>
    addDistricts(draft, province.code, districtCounts[index] ?? 0),
  )
  const communeCounts = shares(random, districts.length, scale.communes)
  const communes = districts.map((district, index) => addCommunes(draft, district, communeCounts[index] ?? 0))
  for (const { code } of districts) closeDistrict(draft, code)
  reformCommunes(
    draft,
    scale,
    provinces,
    Map.groupBy(communes.flat(), ({ province }) => province),
  )
  return {
    agencies: [...levelOne, ...draft.agencies],
    centers,
    districts: districts.map(({ code }) => code),
    communes: communes.flat().map(({ code }) => code),
    changes: draft.changes,
    fates: draft.fates,
    districtOf: draft.districtOf,
  }
}

interface Draft {
  readonly random: Random
  readonly agencies: Agency[]
  readonly changes: object[]
  readonly fates: Map<string, Fate>
  readonly districtOf: Map<string, string>
}

interface Province {
  readonly code: string
  /** The province it belongs to after the reform. */
  readonly after: string
}

interface Place {
  readonly code: string
  readonly province: string
}

const reformDay = '2025-07-01'

function provincesBefore(): Province[] {
  return levelOneAgencies()
    .filter(({ code }) => /^H\d\d$/.test(code))
    .map(({ code, successor }) => ({ code, after: successor ?? code }))
}

/** The list of level 1 holds provinces as they are since the reform. */
function asBefore(agency: Agency): Agency {
  const { validTo, successor, ...open } = agency
  return validTo === reformDay && successor !== undefined ? open : agency
}

function agencyOf(code: string, name: string, level: Agency['level'], more: Partial<Agency>): Agency {
  return {
    code,
    name,
    level,
    kind: 'agency',
    oldCodes: [],
    groups: [],
    canReceive: true,
    receivesForUnits: false,
    ...more,
  }
}

/** `total` cut into so many uneven parts, none empty. */
function shares(random: Random, parts: number, total: number): number[] {
  const counts = Array.from({ length: parts }, () => 1)
  for (let rest = total - parts; rest > 0; rest -= 1) {
    const index = below(random, parts)
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0')

function addDistricts({ agencies, random }: Draft, province: string, count: number): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const number = digits(index + 1, 2)
    const code = `${province}.${number}`
    const more = { code2016: `000.00.${number}.${province}`, parent: province, center: `W.${province}` }
    agencies.push(agencyOf(code, districtName(random), 'district', more))
    return { code, province }
  })
}

function addCommunes({ agencies, random, districtOf }: Draft, district: Place, count: number): Place[] {
  const districtNumber = district.code.slice(-2)
  return Array.from({ length: count }, (_, index) => {
    const code = `${district.code}.${digits(index + 1, 2)}`
    const code2016 = `000.${digits(index + 1, 2)}.${districtNumber}.${district.province}`
    const more = { code2016, parent: district.code, center: `W.${district.province}` }
    agencies.push(agencyOf(code, communeName(random), 'commune', more))
    districtOf.set(code, district.code)
    return { code, province: district.province }
  })
}

function closeDistrict({ changes, fates }: Draft, code: string): void {
  changes.push({ do: 'close', code })
  fates.set(code, { kind: 'nobody' })
}

/** Neighbours merge: the communes of a province in a row, cut into as many groups as it shall have. */
function reformCommunes(
  draft: Draft,
  scale: CountryScale,
  provinces: readonly Province[],
  byProvince: ReadonlyMap<string, readonly Place[]>,
): void {
  const { random, fates, changes } = draft
  const unchanged = new Set(
    shuffled(random, [...byProvince.values()].flat())
      .slice(0, scale.unchanged)
      .map(({ code }) => code),
  )
  const rows = provinces.map(province => ({
    province,
    communes: (byProvince.get(province.code) ?? []).map(({ code }) => code).filter(code => !unchanged.has(code)),
  }))
  for (const { after, code } of provinces) {
    for (const place of byProvince.get(code) ?? []) {
      if (!unchanged.has(place.code)) continue
      fates.set(place.code, { kind: 'stays' })
      changes.push({ do: 'move', code: place.code, parent: after })
    }
  }
  const groupCounts = proportional(
    rows.map(({ communes }) => communes.length),
    scale.communesAfter - scale.unchanged,
  )
  const numbers = new Map<string, number>()
  const groups = rows.flatMap(({ province, communes }, index) =>
    cut(random, communes, groupCounts[index] ?? 0).map(members => {
      const number = (numbers.get(province.after) ?? 100) + 1
      numbers.set(province.after, number)
      return { province, code: `${province.after}.${number}`, members }
    }),
  )
  mergeGroups(draft, groups, chooseSplits(random, groups, scale.split))
}

interface Group {
  readonly province: Province
  /** Of the new commune. */
  readonly code: string
  readonly members: readonly string[]
}

/** Where a group's last commune is split between it and the next one; half as many have a successor all the same. */
function chooseSplits(
  random: Random,
  groups: readonly Group[],
  count: number,
): ReadonlyMap<number, 'choices' | 'successor'> {
  const possible = groups.flatMap(({ members, province }, index) => {
    const next = groups[index + 1]
    return members.length > 1 && next?.province.code === province.code ? [index] : []
  })
  const chosen = shuffled(random, possible).slice(0, count + Math.floor(count / 2))
  return new Map(chosen.map((index, place) => [index, place < count ? 'choices' : 'successor']))
}

function mergeGroups(
  { random, changes, fates }: Draft,
  groups: readonly Group[],
  splits: ReadonlyMap<number, 'choices' | 'successor'>,
): void {
  for (const [index, { code, members, province }] of groups.entries()) {
    const split = splits.get(index)
    const last = members.at(-1) ?? ''
    const merging = split === undefined ? members : members.slice(0, -1)
    const name = communeName(random)
    const into = { code, name, level: 'commune', parent: province.after, center: `W.${province.after}` }
    changes.push({ do: 'merge', codes: merging, into })
    for (const member of merging) fates.set(member, { kind: 'successor', code })
    if (split === undefined) continue
    const both = [code, groups[index + 1]?.code ?? '']
    const successor = pick(random, both)
    changes.push({ do: 'split', code: last, into: both, ...(split === 'successor' && { successor }) })
    fates.set(last, split === 'successor' ? { kind: 'successor', code: successor } : { kind: 'choices', codes: both })
  }
}

/** Largest remainders: whole numbers in proportion, none 0, that sum up to `total`. */
function proportional(sizes: readonly number[], total: number): number[] {
  const sum = sizes.reduce((left, right) => left + right, 0)
  const exact = sizes.map(size => (size * total) / sum)
  const counts = exact.map(value => Math.max(1, Math.floor(value)))
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - (counts[index] ?? 0) }))
    .sort((a, b) => b.rest - a.rest)
  let missing = total - counts.reduce((left, right) => left + right, 0)
  for (const { index } of byRemainder) {
    if (missing <= 0) break
    counts[index] = (counts[index] ?? 0) + 1
    missing -= 1
  }
  return counts
}

/** Cuts a row into so many runs, none empty. */
function cut(random: Random, row: readonly string[], runs: number): string[][] {
  const places = shuffled(
    random,
    Array.from({ length: row.length - 1 }, (_, index) => index + 1),
  )
  const ends = [...places.slice(0, runs - 1), row.length].sort((a, b) => a - b)
  return ends.map((end, index) => row.slice(ends[index - 1] ?? 0, end))
}
