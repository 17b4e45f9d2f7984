import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'good' | 'wait' | 'bad' | 'plain'

const icons: Readonly<Record<Tone, IconName>> = { good: 'good', wait: 'wait', bad: 'bad', plain: 'info' }

interface BadgeProps {
  readonly tone: Tone
  readonly icon?: IconName
  readonly children: ComponentChildren
}

/** A state: colour, icon and word say the same. */
export function Badge({ tone, icon = icons[tone], children }: BadgeProps) {
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} size={14} />
      <span>{children}</span>
    </span>
  )
}
