import { pick, type Random } from '../../random.ts'
import type { Mutation } from './mutation.ts'
import { anywhere, atEnd, beforeRoot, inContent, inStartTag, insert, inText, type Place } from './places.ts'

const sections: readonly string[] = [
  '<![CDATA[]]>',
  '<![CDATA[a]]>',
  '<![CDATA[a]]><![CDATA[b]]>',
  '<![CDATA[]]]]><![CDATA[>]]>',
  '<![CDATA[<a>&amp;"\'>]]>',
  '<![CDATA[<!-- a --><?b?>]]>',
  '<![CDATA[\r\n\r\t]]>',
  '<![CDATA[]]]>',
  '<![CDATA[]]]]]]]]>',
  '<![CDATA[ ]] > ]>]]>',
  '<![CDATA[<![CDATA[a]]>',
  '<![CDATA[ệ\u{1f600}\u0085]]>',
  '<![CDATA[a]]>]]>',
  '<![CDATA[\u0000]]>',
  '<![CDATA[\ufffe]]>',
  '<![CDATA[',
  '<![CDATA[a]]',
  '<![CDATA[a]] >',
  '<![cdata[a]]>',
  '<![CDATA [a]]>',
  '<! [CDATA[a]]>',
  '<![ CDATA[a]]>',
  '<![CDAT[a]]>',
  '<![INCLUDE[a]]>',
]

const comments: readonly string[] = [
  '<!---->',
  '<!-- a -->',
  '<!-- - -->',
  '<!--a- -->',
  '<!--<a b="&c;">]]>-->',
  '<!--\r\n\r-->',
  '<!--ệ\u{10ffff}\u0085-->',
  '<!-- -- -->',
  '<!--->',
  '<!--->-->',
  '<!---a-->',
  '<!--a--->',
  '<!----->',
  '<!------>',
  '<!--a-- >',
  '<!- a -->',
  '<! -- a -->',
  '<!-- \u0001 -->',
  '<!--\uffff-->',
  '<!--',
  '<!-',
  '<!>',
  '<!a>',
  '<!ELEMENT a ANY>',
]

const instructions: readonly string[] = [
  '<?a?>',
  '<?a b?>',
  "<?a  b='<&>'  ?>",
  '<?é ü?>',
  '<?a\rb?>',
  '<?a?b?>',
  '<?a ??>',
  '<?xml-stylesheet href="x"?>',
  '<?xml?>',
  '<?xml version="1.0"?>',
  '<?XML a?>',
  '<?xMl a?>',
  '<?a:b c?>',
  '<??>',
  '<? a?>',
  '<?1?>',
  '<?a',
  '<?a>',
  '<?a b="\u0000"?>',
]

const doctypes: readonly string[] = [
  '<!DOCTYPE edXML>',
  '<!DOCTYPE edXML SYSTEM "edxml.dtd">',
  '<!DOCTYPE a PUBLIC "a" "b">',
  '<!DOCTYPE edXML [<!ENTITY x "y">]>',
  '<!DOCTYPE edXML [<!ENTITY % x SYSTEM "file:///etc/hostname">%x;]>',
  '<!DOCTYPE edXML [<!ATTLIST edXML a CDATA "b">]>',
  '<!DOCTYPE edXML [<!ATTLIST Subject a ID #IMPLIED><!--x--><?y?>]>',
  '<!doctype edXML>',
  '<!DOCTYPE>',
  '<! DOCTYPE edXML>',
  '<!DOCTYPE edXML',
  '<!DOCTYPEedXML>',
]

export const markupMutations: readonly Mutation[] = [
  { kind: 'CDATA', apply: (random, text) => put(random, text, [inText, inText, inContent], sections) },
  {
    kind: 'CDATA out of place',
    apply: (random, text) => put(random, text, [beforeRoot, atEnd, inStartTag, anywhere], sections),
  },
  { kind: 'CDATA around text', apply: wrapText },
  { kind: 'comment', apply: (random, text) => put(random, text, [inText, inContent, beforeRoot, atEnd], comments) },
  { kind: 'comment out of place', apply: (random, text) => put(random, text, [inStartTag, anywhere], comments) },
  {
    kind: 'processing instruction',
    apply: (random, text) => put(random, text, [inContent, inText, beforeRoot, atEnd], instructions),
  },
  {
    kind: 'DOCTYPE',
    apply: (random, text) => put(random, text, [beforeRoot, beforeRoot, inContent, atEnd, anywhere], doctypes),
  },
]

function put(random: Random, text: string, places: readonly Place[], what: readonly string[]): string {
  return insert(random, text, pick(random, places), pick(random, what))
}

/** From a place in text as far as the next markup: the meaning stays, unless references stood there. */
function wrapText(random: Random, text: string): string {
  const from = inText(random, text)
  const to = text.indexOf('<', from)
  if (to === -1) return text
  return `${text.slice(0, from)}<![CDATA[${text.slice(from, to)}]]>${text.slice(to)}`
}
