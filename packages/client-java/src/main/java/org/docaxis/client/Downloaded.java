package org.docaxis.client;

import java.nio.file.Path;

/** An envelope on disk, byte for byte as its sender sent it. */
public final class Downloaded {
  private final Path file;
  private final String sha256;
  private final long sizeBytes;

  Downloaded(Path file, String sha256, long sizeBytes) {
    this.file = file;
    this.sha256 = sha256;
    this.sizeBytes = sizeBytes;
  }

  public Path file() {
    return file;
  }

  /** 64 lower-case hex digits. */
  public String sha256() {
    return sha256;
  }

  public long sizeBytes() {
    return sizeBytes;
  }
}
