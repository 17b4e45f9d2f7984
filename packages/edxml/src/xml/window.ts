/** The bytes that a scan can see now: UTF-8 without a character cut in two at its end. */
export interface Window {
  bytes: Buffer
  /** Everything before it is done with. */
  at: number
  end: number
  /** Nothing comes after `end`. */
  final: boolean
}
