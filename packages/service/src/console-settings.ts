import { httpUrl, optional, setting, text } from './settings.ts'

/** How people sign in to the console beside their passwords. */
export const consoleSettings = {
  publicUrl: optional(
    'DOCAXIS_PUBLIC_URL',
    httpUrl,
    'address under which people reach the console, such as https://truc.example.vn; the OpenID provider sends them back there',
  ),
  oidcIssuer: optional('DOCAXIS_OIDC_ISSUER', httpUrl, 'OpenID Connect provider by which people may sign in'),
  oidcClientId: optional('DOCAXIS_OIDC_CLIENT_ID', text, 'name of this hub at the OpenID provider'),
  oidcClientSecret: optional('DOCAXIS_OIDC_CLIENT_SECRET', text, 'secret of this hub at the OpenID provider', {
    secret: true,
  }),
  oidcLoginClaim: setting(
    'DOCAXIS_OIDC_LOGIN_CLAIM',
    'preferred_username',
    text,
    'claim of the OpenID provider that names the account at the first sign-in; an e-mail counts only when the provider has verified it',
  ),
} as const

interface ConsoleValues {
  readonly publicUrl: string | undefined
  readonly oidcIssuer: string | undefined
  readonly oidcClientId: string | undefined
  readonly oidcClientSecret: string | undefined
}

/** What an OpenID provider needs beside its address. */
export function consoleSettingFaults(values: ConsoleValues): readonly string[] {
  if (values.oidcIssuer === undefined) return []
  const needed = {
    DOCAXIS_PUBLIC_URL: values.publicUrl,
    DOCAXIS_OIDC_CLIENT_ID: values.oidcClientId,
    DOCAXIS_OIDC_CLIENT_SECRET: values.oidcClientSecret,
  }
  return Object.entries(needed)
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name} is not set: DOCAXIS_OIDC_ISSUER is`)
}
