package org.docaxis.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static byte[] ofFile(Path file) throws IOException {
    return of(Files.newInputStream(file));
  }

  /** Reads to the end, and closes it. */
  static byte[] of(InputStream bytes) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream from = bytes) {
      byte[] chunk = new byte[64 * 1024];
      for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) digest.update(chunk, 0, count);
    }
    return digest.digest();
  }

  static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 2);
    for (byte value : bytes) text.append(String.format("%02x", value));
    return text.toString();
  }
}
