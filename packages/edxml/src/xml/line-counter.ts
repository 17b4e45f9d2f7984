import { byte } from './bytes.ts'
import type { Window } from './window.ts'

/** Tells the line of a fault. Lines are counted when a window is done with, or not before somebody asks. */
export class LineCounter {
  /** Lines before `#from`. */
  #before = 0
  /** The line in which the window begins, and how many of its bytes stand before it. */
  #lineOfWindow = 1
  #columnBefore = 0
  /** Offset in the window up to which lines are counted. */
  #from = 0

  /** Where the window stands: line and column in bytes, both from 1. */
  placeIn({ bytes, at }: Window): { readonly line: number; readonly column: number } {
    const line = this.#before + lineFeeds(bytes, this.#from, at) + 1
    const lastFeed = line === this.#lineOfWindow ? -1 : bytes.lastIndexOf(byte.lineFeed, at - 1)
    return { line, column: lastFeed === -1 ? this.#columnBefore + at + 1 : at - lastFeed }
  }

  /** The window goes on to `to`, and its reader has counted the line feeds on the way. */
  pass(window: Window, to: number, counted: number): void {
    this.#before += lineFeeds(window.bytes, this.#from, window.at) + counted
    this.#from = to
  }

  /** The window will begin anew where it stands now. */
  forget(window: Window): void {
    const { line, column } = this.placeIn(window)
    this.#before = line - 1
    this.#lineOfWindow = line
    this.#columnBefore = column - 1
    this.#from = 0
  }
}

function lineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = bytes.indexOf(byte.lineFeed, from); at !== -1 && at < to; at = bytes.indexOf(byte.lineFeed, at + 1)) {
    count += 1
  }
  return count
}
