type Has = (candidate: Buffer) => Promise<boolean>

/** Where something lies in a file. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * A smaller file that still has the property: whole elements are left out first, then tags of elements whose content
 * has to stay, then attributes, then stretches of bytes.
 *
 * @param maxTrials bounds the time; what is reached by then is the answer
 */
export async function minimize(bytes: Buffer, has: Has, maxTrials = 5_000): Promise<Buffer> {
  const trials = { left: maxTrials }
  const withoutElements = await leaveOut(bytes, elementsIn, has, trials)
  const withoutTags = await leaveOut(withoutElements, tagPairsIn, has, trials)
  const withoutAttributes = await leaveOut(withoutTags, attributesIn, has, trials)
  return leaveOutBytes(withoutAttributes, has, trials)
}

/** Leaves out whatever of the found parts can go, and looks again as long as something went. */
async function leaveOut(
  bytes: Buffer,
  find: (text: string) => readonly (readonly Stretch[])[],
  has: Has,
  trials: { left: number },
): Promise<Buffer> {
  for (const stretches of find(bytes.toString('latin1'))) {
    if (trials.left-- <= 0) return bytes
    const candidate = without(bytes, stretches)
    if (await has(candidate)) return leaveOut(candidate, find, has, trials)
  }
  return bytes
}

async function leaveOutBytes(bytes: Buffer, has: Has, trials: { left: number }): Promise<Buffer> {
  let smallest = bytes
  for (let size = Math.ceil(bytes.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length && trials.left-- > 0; ) {
      const candidate = without(smallest, [{ from: at, to: at + size }])
      if (await has(candidate)) smallest = candidate
      else at += size
    }
  }
  return smallest
}

function without(bytes: Buffer, stretches: readonly Stretch[]): Buffer {
  const ends = [...stretches.map(({ from }) => from), bytes.length]
  return Buffer.concat(ends.map((end, index) => bytes.subarray(stretches[index - 1]?.to ?? 0, end)))
}

interface FoundElement {
  readonly start: Stretch
  readonly end: Stretch
}

/** Pairs of tags, as far as a glance can tell; the longest first. */
function pairsIn(text: string): FoundElement[] {
  const open: Stretch[] = []
  const pairs: FoundElement[] = []
  for (const { 0: tag, index } of text.matchAll(/<\/?[^\s<>!?/][^<>]*>/g)) {
    const stretch = { from: index, to: index + tag.length }
    if (tag.startsWith('</')) {
      const start = open.pop()
      if (start !== undefined) pairs.push({ start, end: stretch })
    } else if (tag.endsWith('/>')) pairs.push({ start: stretch, end: { from: stretch.to, to: stretch.to } })
    else open.push(stretch)
  }
  return pairs.sort((a, b) => b.end.to - b.start.from - (a.end.to - a.start.from))
}

function elementsIn(text: string): Stretch[][] {
  return pairsIn(text).map(({ start, end }) => [{ from: start.from, to: end.to }])
}

function tagPairsIn(text: string): Stretch[][] {
  return pairsIn(text).map(({ start, end }) => [start, end])
}

function attributesIn(text: string): Stretch[][] {
  const found = Array.from(text.matchAll(/\s+[^\s<>="']+\s*=\s*(?:"[^"]*"|'[^']*')/g))
  return found.map(({ 0: attribute, index }) => [{ from: index, to: index + attribute.length }])
}
