package org.docaxis.client;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Seals edXML files by the hub's strict profile: one enveloped signature over the whole file, exclusive canonical form,
 * SHA-256, as the last child of edXMLHeader. The key may lie in a file, a USB token or an HSM: whatever the JDK's
 * providers open.
 */
public final class EnvelopeSigner {
  private static final String QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016";
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  private static final String ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

  private final PrivateKey key;
  private final List<X509Certificate> certificates;

  /** @param certificates of the signer first, then intermediates */
  public EnvelopeSigner(PrivateKey key, X509Certificate... certificates) {
    this.key = key;
    this.certificates = Arrays.asList(certificates);
  }

  /** The key of a PKCS#12 file, a token (SunPKCS11) or any other key store. */
  public static EnvelopeSigner of(KeyStore store, String alias, char[] password) {
    try {
      PrivateKey key = (PrivateKey) store.getKey(alias, password);
      if (key == null) throw new EvidenceException("the key store holds no key named " + alias);
      X509Certificate[] chain =
          Arrays.stream(store.getCertificateChain(alias)).toArray(X509Certificate[]::new);
      return new EnvelopeSigner(key, chain);
    } catch (GeneralSecurityException fault) {
      throw new EvidenceException("the key " + alias + " cannot be opened", fault);
    }
  }

  /** @throws EvidenceException when it is no edXML file, or is signed already */
  public byte[] sign(byte[] envelope) {
    Document document = SafeXml.parse(envelope);
    Element header = headerOf(document);
    try {
      XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
      DOMSignContext context = new DOMSignContext(key, header);
      XMLSignature signature = factory.newXMLSignature(signedInfo(factory), keyInfo(factory));
      signature.sign(context);
      onOneLine(header);
      return write(document);
    } catch (GeneralSecurityException | MarshalException | XMLSignatureException | TransformerException fault) {
      throw new EvidenceException("the envelope cannot be signed", fault);
    }
  }

  private static Element headerOf(Document document) {
    Element root = document.getDocumentElement();
    Element envelope = SafeXml.onlyChild(root, QCVN, "edXMLEnvelope");
    Element header = envelope == null ? null : SafeXml.onlyChild(envelope, QCVN, "edXMLHeader");
    if (header == null) throw new EvidenceException("the file is no edXML: it has no edXMLHeader");
    if (document.getElementsByTagNameNS("*", "Signature").getLength() > 0) {
      throw new EvidenceException("the file is signed already");
    }
    return header;
  }

  private SignedInfo signedInfo(XMLSignatureFactory factory) throws GeneralSecurityException {
    Reference whole =
        factory.newReference(
            "",
            factory.newDigestMethod(DigestMethod.SHA256, null),
            Arrays.asList(
                factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
            null,
            null);
    String method = key.getAlgorithm().startsWith("EC") ? ECDSA_SHA256 : RSA_SHA256;
    return factory.newSignedInfo(
        factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
        factory.newSignatureMethod(method, null),
        Collections.singletonList(whole));
  }

  private KeyInfo keyInfo(XMLSignatureFactory factory) {
    KeyInfoFactory keyInfos = factory.getKeyInfoFactory();
    return keyInfos.newKeyInfo(Collections.singletonList(keyInfos.newX509Data(certificates)));
  }

  /** Newer JDKs break Base64 into lines that end in CR, which would be written as {@code &#13;}. */
  private static void onOneLine(Element header) {
    for (String name : Arrays.asList("SignatureValue", "X509Certificate")) {
      NodeList values = header.getElementsByTagNameNS(XMLSignature.XMLNS, name);
      for (int index = 0; index < values.getLength(); index += 1) {
        values.item(index).setTextContent(values.item(index).getTextContent().replaceAll("\\s", ""));
      }
    }
  }

  private static byte[] write(Document document) throws TransformerException {
    Transformer writer = TransformerFactory.newInstance().newTransformer();
    writer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.transform(new DOMSource(document), new StreamResult(bytes));
    return bytes.toByteArray();
  }
}
