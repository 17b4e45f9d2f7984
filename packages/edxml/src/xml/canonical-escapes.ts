/** The seven ways in which canonical XML writes a character that it does not write as it is (XML-C14N 1.0, 2.3). */
export const canonicalEscapes: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x9;': '\t',
  '&#xA;': '\n',
  '&#xD;': '\r',
}
