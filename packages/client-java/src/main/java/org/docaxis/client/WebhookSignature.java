package org.docaxis.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves that a message came from the hub (Standard Webhooks 1.0.0, symmetric signatures). */
public final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  /** What is older, or from further ahead, is refused. */
  private static final long TOLERANCE_SECONDS = 300;

  private WebhookSignature() {}

  /**
   * Call it with the bytes as they came, before anything reads them. The id is the same at every try: drop what you know.
   *
   * @param id the header {@code webhook-id}
   * @param timestamp the header {@code webhook-timestamp}
   * @param signatures the header {@code webhook-signature}; one of several that fits is enough
   * @param secrets {@code whsec_…}; several while a secret is changed
   * @throws EvidenceException when the message is not the hub's, was changed, or is more than five minutes old
   */
  public static void verify(String id, String timestamp, String signatures, byte[] body, String... secrets) {
    verify(id, timestamp, signatures, body, System.currentTimeMillis() / 1000, secrets);
  }

  static void verify(String id, String timestamp, String signatures, byte[] body, long nowSeconds, String... secrets) {
    if (id == null || timestamp == null || signatures == null) {
      throw new EvidenceException("a header of the message is missing");
    }
    if (!timestamp.matches("[0-9]{1,12}") || Math.abs(nowSeconds - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
      throw new EvidenceException("the message is more than five minutes from now");
    }
    byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    for (String secret : secrets) {
      if (isAmong(signatures, expected(head, body, secret))) return;
    }
    throw new EvidenceException("no signature of the message fits");
  }

  private static boolean isAmong(String signatures, byte[] expected) {
    boolean found = false;
    for (String each : signatures.split(" ")) {
      if (each.startsWith("v1,")) found |= MessageDigest.isEqual(decoded(each.substring(3)), expected);
    }
    return found;
  }

  private static byte[] expected(byte[] head, byte[] body, String secret) {
    byte[] key = decoded(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    if (key.length == 0) throw new EvidenceException("the secret is no Base64");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head);
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Empty for what is no Base64. */
  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException fault) {
      return new byte[0];
    }
  }
}
