package org.docaxis.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One envelope on its way to a file. Bytes go to {@code <file>.part}; a broken connection, or a later call, goes on where
 * it ended. The file gets its name only when it is whole, agrees with the digests and is on disk.
 */
final class Download {
  private static final Pattern DIGEST = Pattern.compile("sha-256=:([A-Za-z0-9+/=]+):");
  private static final int CHUNK = 64 * 1024;
  /** Range not satisfiable: it starts behind the last byte (RFC 9110 section 15.5.17). */
  private static final int NOTHING_MISSING = 416;

  private final Transport transport;
  private final String path;
  private final String name;
  private final Path file;
  private final Path part;

  /**
   * @param path of the envelope below {@code /api/v1}
   * @param name how people call it
   */
  Download(Transport transport, String path, String name, Path file) {
    this.transport = transport;
    this.path = path;
    this.name = name;
    this.file = file.toAbsolutePath();
    this.part = this.file.resolveSibling(this.file.getFileName() + ".part");
  }

  /** @param expected SHA-256 as it is expected, 64 lower-case hex digits; null: only what the hub's answer says */
  Downloaded run(String expected) throws IOException {
    fetchMissing(expected);
    String sha256 = Digests.hex(Digests.ofFile(part));
    if (expected != null && !expected.equals(sha256)) {
      throw damaged("has SHA-256 " + sha256 + ", expected was " + expected);
    }
    toDisk();
    return new Downloaded(file, sha256, Files.size(file));
  }

  private void fetchMissing(String expected) throws IOException {
    try {
      // Each try of the transport asks for what is still missing.
      transport.send(Call.get(path).from(this::sizeOnDisk), this::append);
    } catch (HubProblemException problem) {
      if (problem.status() != NOTHING_MISSING) throw problem;
      if (expected == null) throw damaged("was left on disk by an earlier try and cannot be proved whole");
    }
  }

  private long sizeOnDisk() {
    try {
      return Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException unreadable) {
      return 0;
    }
  }

  private Void append(Answer answer) throws IOException {
    if (sizeOnDisk() > 0 && answer.status != 206) throw damaged("cannot be resumed; fetch it again");
    MessageDigest digest = Digests.sha256();
    long missing = answer.length();
    try (OutputStream to = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      InputStream from = answer.stream();
      byte[] chunk = new byte[CHUNK];
      for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
        to.write(chunk, 0, count);
        digest.update(chunk, 0, count);
        missing -= count;
      }
    }
    // The JDK takes a connection that ends too early for the end of the file.
    if (missing > 0) throw new IOException("the connection broke off " + missing + " bytes too early");
    requireDigest(answer, digest.digest());
    return null;
  }

  /** Content-Digest covers the content of this answer, a range included (RFC 9530 section 2). */
  private void requireDigest(Answer answer, byte[] found) throws IOException {
    String header = answer.header("Content-Digest");
    Matcher named = DIGEST.matcher(header == null ? "" : header);
    if (named.find() && !MessageDigest.isEqual(Base64.getDecoder().decode(named.group(1)), found)) {
      throw damaged("arrived with other bytes than the hub sent");
    }
  }

  private TransferDamagedException damaged(String how) throws IOException {
    Files.deleteIfExists(part);
    return new TransferDamagedException(name + " " + how);
  }

  private void toDisk() throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherwise) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
