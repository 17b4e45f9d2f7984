export interface Bar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const stripHeight = 64

/** Room between two bars, as a share of a bar's place. */
const gap = 0.25
/** Something is never drawn as nothing. */
const leastHeight = 2

/** Bars from zero, the highest of `most` as high as the strip. */
export function barsOf(
  values: readonly number[],
  { width, most }: { readonly width: number; readonly most: number },
): Bar[] {
  const place = width / Math.max(values.length, 1)
  return values.map((value, index) => {
    const height = value === 0 ? 0 : Math.max((value / most) * stripHeight, leastHeight)
    return { x: index * place, y: stripHeight - height, width: place * (1 - gap), height }
  })
}
