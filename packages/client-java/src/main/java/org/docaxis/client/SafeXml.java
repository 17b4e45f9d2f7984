package org.docaxis.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads XML of others: no document type, so no entities, no outside. */
final class SafeXml {
  private SafeXml() {}

  static Document parse(byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new ByteArrayInputStream(xml));
    } catch (SAXException | ParserConfigurationException | IOException fault) {
      throw new EvidenceException("the XML cannot be read", fault);
    }
  }

  /** The one child element of this name; null when there is none, or more than one. */
  static Element onlyChild(Element parent, String namespace, String name) {
    Element found = null;
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (!(child instanceof Element)) continue;
      if (!name.equals(child.getLocalName()) || !namespace.equals(child.getNamespaceURI())) continue;
      if (found != null) return null;
      found = (Element) child;
    }
    return found;
  }
}
