/** Who a certificate names, for people: its common name where it has one. */
export function commonName(subject: string): string {
  const [, name] = /(?:^|,)CN=((?:\\.|[^,\\])+)/.exec(subject) ?? []
  return name?.replace(/\\(.)/g, '$1') ?? subject
}
