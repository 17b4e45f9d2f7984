import type { EffectOutcome, EffectWord } from '@docaxis/store'

const words: Readonly<Record<EffectWord, string>> = {
  withdrawn: 'đã rút lại trước khi bên nhận lấy',
  asked: 'bên nhận đã có văn bản, đã gửi yêu cầu và chờ trả lời 15/16',
  replaced: 'đã đánh dấu thay thế',
  'not-told': 'bên nhận đã có văn bản nhưng gói tin này không gửi tới',
  'not-held': 'bên nhận không giữ văn bản này',
}

/** Named one by one up to here. */
const mostReceivers = 20

/** What a packet came to for earlier documents, as `ErrorDesc` tells it; undefined for most packets. */
export function describeEffects(effects: readonly EffectOutcome[]): string | undefined {
  if (effects.length === 0) return undefined
  return [...Map.groupBy(effects, ({ outcome }) => outcome)]
    .map(([outcome, same]) => `${receiversOf(same)}: ${words[outcome]}`)
    .join('; ')
}

function receiversOf(effects: readonly EffectOutcome[]): string {
  const codes = [...new Set(effects.map(({ receiver }) => receiver))]
  const rest = codes.length - mostReceivers
  return codes.slice(0, mostReceivers).join(', ') + (rest > 0 ? ` và ${rest} đơn vị khác` : '')
}
