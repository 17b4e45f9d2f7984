/**
 * The fewest steps of a history that still show a difference. Each step is left out once, from the last on; what is not
 * needed stays out.
 *
 * @param differs whether the history shows one without these steps, numbered from 0
 * @returns the steps that are left out
 */
export async function shrink(
  steps: number,
  differs: (without: ReadonlySet<number>) => Promise<boolean>,
): Promise<ReadonlySet<number>> {
  let without: ReadonlySet<number> = new Set()
  for (let step = steps - 1; step >= 0; step -= 1) {
    const fewer = new Set([...without, step])
    if (await differs(fewer)) without = fewer
  }
  return without
}
