import { type ProblemCode, problemCodes } from '../problem-codes.ts'
import { verificationTexts } from '../texts/verification-texts.ts'
import { type VerificationCode, verificationCodes } from '../verification-codes.ts'
import { findingTopic, ownFindingCodes } from './finding-help.ts'
import { problemHelp } from './problem-help.ts'
import type { HelpTopic } from './topic.ts'
import { verificationHelp } from './verification-help.ts'
import { vxpHelp } from './vxp-help.ts'

export type { HelpKind, HelpTopic } from './topic.ts'

/** Every code that somebody may meet, explained; faults without words of their own are made by `helpTopic`. */
export const helpTopics: readonly HelpTopic[] = [
  ...keysOf<ProblemCode>(problemCodes).map(code => problemTopic(code)),
  ...keysOf<VerificationCode>(verificationCodes).map(code => verificationTopic(code)),
  ...ownFindingCodes.map(findingTopic),
  ...Object.entries(vxpHelp).map(([code, text]): HelpTopic => ({ code: `VXP-${code}`, kind: 'vxp', ...text })),
]

const byCode = new Map(helpTopics.map(topic => [topic.code, topic]))
const pathCode = /^[NRTM]\.[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/

/** What a code means; undefined for a text that is none of ours. */
export function helpTopic(code: string): HelpTopic | undefined {
  return byCode.get(code) ?? (pathCode.test(code) ? findingTopic(code) : undefined)
}

function problemTopic(code: ProblemCode): HelpTopic {
  return { code, kind: 'problem', title: problemCodes[code].title, ...problemHelp[code] }
}

function verificationTopic(code: VerificationCode): HelpTopic {
  const { vi, en } = verificationTexts[code]
  return { code, kind: 'verification', title: { vi, en }, ...verificationHelp[code] }
}

function keysOf<Code extends string>(table: Readonly<Record<Code, unknown>>): Code[] {
  return Object.keys(table) as Code[]
}
