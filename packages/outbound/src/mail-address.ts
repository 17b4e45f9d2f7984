const address =
  /^[^\s@<>(),;:\\"[\]\p{Cc}\p{Cf}]{1,64}@(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/iu

/** One bare address, `truc@so.example`: no name beside it, no second one behind a comma or a line's end. */
export function isMailAddress(text: string): boolean {
  return address.test(text)
}
