import year2024 from '../data/2024.json' with { type: 'json' }
import year2025 from '../data/2025.json' with { type: 'json' }
import year2026 from '../data/2026.json' with { type: 'json' }
import type { CalendarYear } from './calendar-year.ts'

/** What this release knows of Viet Nam's public holidays. The hub keeps them in its database, where operators add to them. */
export const shippedYears: readonly CalendarYear[] = [year2024, year2025, year2026]
