const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/**
 * Text of others on one line: nothing in it ends a header or a line of a log, turns the direction of what follows, or
 * is there without being seen.
 */
export function oneLine(text: string, maxLength: number): string {
  const line = text.replace(unseen, ' ').replace(/ {2,}/g, ' ').trim()
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`
}
