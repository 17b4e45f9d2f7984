package org.docaxis.client;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A receipt whose signature holds: what it says, the hub has said. */
public final class Receipt {
  private static final String NAMESPACE = "urn:docaxis:receipt:1";

  private final Element root;

  private Receipt(Element root) {
    this.root = root;
  }

  /**
   * Verifies a receipt with the hub's certificate alone; nothing is asked over the network.
   *
   * @param hubCertificatePem kept from {@link DocaxisClient#hubCertificates()} or received on paper, never taken from the
   *     receipt itself
   * @throws EvidenceException when it is no receipt of this hub, or was changed
   */
  public static Receipt verify(byte[] xml, String hubCertificatePem) {
    Document document = SafeXml.parse(xml);
    Element root = document.getDocumentElement();
    if (!NAMESPACE.equals(root.getNamespaceURI()) || !"Receipt".equals(root.getLocalName())) {
      throw new EvidenceException("this is no receipt");
    }
    Element signature = SafeXml.onlyChild(root, XMLSignature.XMLNS, "Signature");
    if (signature == null) throw new EvidenceException("the receipt does not have exactly one signature");
    if (!holds(signature, certificateOf(hubCertificatePem))) {
      throw new EvidenceException("the receipt was changed, or another hub signed it");
    }
    return new Receipt(root);
  }

  private static boolean holds(Element signature, X509Certificate hub) {
    try {
      DOMValidateContext context =
          new DOMValidateContext(KeySelector.singletonKeySelector(hub.getPublicKey()), signature);
      context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
      XMLSignature parsed = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      return coversAll(parsed) && parsed.validate(context);
    } catch (MarshalException | XMLSignatureException fault) {
      throw new EvidenceException("the signature of the receipt cannot be judged", fault);
    }
  }

  /** One reference, to the whole file: whatever stands in it is signed. */
  private static boolean coversAll(XMLSignature signature) {
    if (signature.getSignedInfo().getReferences().size() != 1) return false;
    return "".equals(((Reference) signature.getSignedInfo().getReferences().get(0)).getURI());
  }

  private static X509Certificate certificateOf(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException fault) {
      throw new EvidenceException("the hub's certificate cannot be read", fault);
    }
  }

  /** {@code acceptance}, {@code refusal}, {@code delivery}, {@code non-delivery} or {@code missed-deadline}. */
  public String kind() {
    return text(root, "Kind");
  }

  /** RFC 3339, UTC. */
  public String issuedAt() {
    return text(root, "IssuedAt");
  }

  /** The sender's edXML DocumentId; null when a refused file named none. */
  public String documentId() {
    return text(document(), "DocumentId");
  }

  /** Of the envelope as the hub received it, 64 lower-case hex digits. */
  public String sha256() {
    return text(document(), "Sha256");
  }

  /** Directory code of the receiver it speaks of; null on receipts of acceptance and refusal. */
  public String receiver() {
    Element receiver = SafeXml.onlyChild(root, NAMESPACE, "Receiver");
    return receiver == null ? null : text(receiver, "Code");
  }

  /** All of it, for whoever needs more. */
  public Element xml() {
    return root;
  }

  private Element document() {
    return SafeXml.onlyChild(root, NAMESPACE, "Document");
  }

  private static String text(Element parent, String name) {
    Element child = parent == null ? null : SafeXml.onlyChild(parent, NAMESPACE, name);
    return child == null ? null : child.getTextContent();
  }
}
