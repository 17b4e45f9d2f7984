import { HubError } from '@docaxis/errors'
import type { HubConfig } from '@docaxis/service'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'

/** What the browser keeps between going to the provider and coming back: proof that it is the same browser. */
export interface OidcJourney {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Where the person wanted to go. */
  readonly to: string
}

export interface OidcIdentity {
  /** The provider and its own name for the person, which is never given to another. */
  readonly subject: string
  /** As the claim of `DOCAXIS_OIDC_LOGIN_CLAIM` says, in lower case. */
  readonly login: string
}

/** OpenID Connect Core 1.0, authorization code flow with PKCE (RFC 7636). */
export interface Oidc {
  begin(to: string): Promise<{ readonly url: URL; readonly journey: OidcJourney }>
  /**
   * @param search what the provider put behind the address it sent the person back to
   * @throws HubError `AUTHENTICATION_REQUIRED` when anything does not fit
   */
  finish(search: string, journey: OidcJourney): Promise<OidcIdentity>
}

export const oidcReturnPath = '/console/api/oidc/return'

/** Undefined where no provider is set. */
export function createOidc(config: HubConfig): Oidc | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: secret, publicUrl } = config
  if (issuer === undefined || clientId === undefined || publicUrl === undefined) return undefined
  const redirectUri = new URL(oidcReturnPath, publicUrl).href
  let found: Promise<Configuration> | undefined

  /** Asked at the first sign-in, so that the hub starts without its provider; a failure is asked again. */
  function provider(): Promise<Configuration> {
    found ??= discovery(new URL(issuer ?? ''), clientId ?? '', secret, undefined, { execute: insecure(issuer ?? '') })
    found.catch(() => {
      found = undefined
    })
    return found
  }

  return {
    async begin(to) {
      const journey = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), to }
      const url = buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
      })
      return { url, journey }
    },
    async finish(search, { state, nonce, verifier }) {
      const claims = await grant(await provider(), new URL(search, redirectUri), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      return { subject: `${issuer} ${String(claims.sub)}`, login: loginOf(claims, config.oidcLoginClaim) }
    },
  }
}

type Claims = Readonly<Record<string, unknown>>

async function grant(
  provider: Configuration,
  address: URL,
  checks: Parameters<typeof authorizationCodeGrant>[2],
): Promise<Claims> {
  try {
    const tokens = await authorizationCodeGrant(provider, address, checks)
    return (tokens.claims() ?? {}) as Claims
  } catch (cause) {
    throw new HubError('AUTHENTICATION_REQUIRED', 'the OpenID provider did not prove who this is', { cause })
  }
}

function loginOf(claims: Claims, claim: string): string {
  const login = claims[claim]
  const proven = claim !== 'email' || claims.email_verified === true
  if (typeof login === 'string' && proven) return login.trim().toLowerCase()
  throw new HubError('AUTHENTICATION_REQUIRED', `the OpenID provider does not tell ${claim}, or has not verified it`)
}

/** Plain HTTP is for a provider on this machine. */
function insecure(issuer: string) {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? [allowInsecureRequests] : []
}
