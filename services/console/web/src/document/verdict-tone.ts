import type { Tone } from '../parts/badge.tsx'

const tones: Readonly<Record<string, Tone>> = { VALID: 'good', INVALID: 'bad', INDETERMINATE: 'wait' }

export const verdictTone = (verdict: string | null): Tone => tones[verdict ?? ''] ?? 'plain'
