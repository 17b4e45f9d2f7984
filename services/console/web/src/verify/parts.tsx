import type { ComponentChildren } from 'preact'
import type { Verdict } from './answer.ts'

/** Colour and icon of a verdict; the word always stands beside them. */
export const looks: Readonly<Record<Verdict, { readonly tone: string; readonly icon: string }>> = {
  VALID: { tone: 'good', icon: '✓' },
  INVALID: { tone: 'bad', icon: '✕' },
  INDETERMINATE: { tone: 'wait', icon: '?' },
}

/** Values come from files of strangers: each keeps its own direction of writing. */
export function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </>
  )
}

export function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}
