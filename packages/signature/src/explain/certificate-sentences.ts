import type { Bilingual } from '@docaxis/errors'
import type { CertificateVerdict } from '../certificate/judge-certificate.ts'
import { adviceOn } from './advice.ts'
import { localTime } from './local-time.ts'
import { pathReason } from './path-reason.ts'
import { reasons } from './reasons.ts'
import { commonName } from './subject-name.ts'

/** From here on people are told how many days are left. */
const soonDays = 60
const dayMs = 24 * 3_600_000

type Explained = Pick<CertificateVerdict, 'verdict' | 'code' | 'detail' | 'certificate' | 'judgedAt'>

/** What it comes to, in a sentence or two that need no other knowledge. */
export function certificateSentences(verdict: Explained): readonly Bilingual[] {
  if (verdict.verdict === 'VALID') return [good(verdict), ...endsSoon(verdict)]
  return [bad(verdict), ...adviceOn(verdict.code)]
}

function good({ certificate, judgedAt }: Explained): Bilingual {
  const { name } = certificate.holder
  const issuer = commonName(certificate.issuer)
  const at = localTime(judgedAt)
  const until = localTime(certificate.notAfter)
  return {
    vi: `Chứng thư số của ${name} dùng được: vào ${at} chứng thư còn hạn (đến ${until}), không bị thu hồi và do ${issuer}, đơn vị được tin cậy, cấp.`,
    en: `The certificate of ${name} is good: at ${at} it was in force (until ${until}), not revoked, and issued by ${issuer}, which is trusted.`,
  }
}

function endsSoon({ certificate, judgedAt }: Explained): readonly Bilingual[] {
  const days = Math.floor((Date.parse(certificate.notAfter) - Date.parse(judgedAt)) / dayMs)
  if (days > soonDays) return []
  return [
    {
      vi: `Chứng thư sẽ hết hạn sau ${days} ngày: cần xin cấp mới ngay.`,
      en: `It ends in ${days} ${days === 1 ? 'day' : 'days'}: have a new one issued now.`,
    },
  ]
}

function bad(explained: Explained): Bilingual {
  const { verdict, code, certificate } = explained
  const { name } = certificate.holder
  const { vi, en } = reasonOf(explained)
  if (verdict === 'INVALID') {
    return {
      vi: `KHÔNG dùng được chứng thư số của ${name}: ${vi} [${code}].`,
      en: `The certificate of ${name} can NOT be used: ${en} [${code}].`,
    }
  }
  return {
    vi: `Chưa kết luận được về chứng thư số của ${name}: ${vi} [${code}].`,
    en: `Not decided yet on the certificate of ${name}: ${en} [${code}].`,
  }
}

/** With the dates and names that somebody who holds the certificate can compare. */
function reasonOf({ code, detail, certificate, judgedAt }: Explained): Bilingual {
  const at = localTime(judgedAt)
  const issuer = commonName(certificate.issuer)
  switch (code) {
    case 'OK':
      return { vi: '', en: '' }
    case 'CERTIFICATE_EXPIRED': {
      const until = localTime(certificate.notAfter)
      return { vi: `đã hết hạn từ ${until}, xét vào ${at}`, en: `it ended at ${until}, judged at ${at}` }
    }
    case 'CERTIFICATE_NOT_YET_VALID': {
      const from = localTime(certificate.notBefore)
      return { vi: `chỉ có hiệu lực từ ${from}, xét vào ${at}`, en: `it begins at ${from}, judged at ${at}` }
    }
    case 'PATH_NOT_FOUND':
      return {
        vi: `do ${issuer} cấp, chưa có trong danh sách tin cậy`,
        en: `issued by ${issuer}, which is not known as trusted`,
      }
    case 'PATH_INVALID':
      return pathReason(detail)
    default:
      return reasons[code]
  }
}
