/** How much a reform touches: told before, counted again while it is done. */
export interface ReformFigures {
  readonly agencies: {
    readonly opened: number
    readonly closed: number
    readonly renamed: number
    readonly moved: number
    /** Served by another center from then on. */
    readonly rehomed: number
    /** All that were there before and differ afterwards. */
    readonly changed: number
  }
  readonly systems: {
    /** They act for an agency that closes. */
    readonly affected: number
    /** Bindings to successors that are added, where the file asks for it. */
    readonly bound: number
  }
  /** Bindings that end with their agencies. */
  readonly certificates: number
  readonly mandates: number
  /** Packets under way to agencies that close, each once. */
  readonly documents: number
  readonly deliveries: {
    readonly moved: number
    readonly joined: number
    readonly returned: number
    /** Receivers of packets that were accepted and not routed yet: they go the same way once they are. */
    readonly unrouted: number
  }
  readonly tasks: {
    /** Wishes about agencies that close, waiting for a directory manager: refused. */
    readonly requests: number
    /** Documents with a deadline that were taken and not finished, and changes that were asked for and not answered. */
    readonly unfinished: number
    /** Of those, the ones whose successor answers for them now. */
    readonly inherited: number
  }
}
