package org.docaxis.client;

import java.nio.file.Path;

/** A delivery on disk, byte for byte as its sender sent it. */
public final class FetchedDelivery {
  private final String deliveryId;
  private final Path file;
  private final String sha256;
  private final long sizeBytes;

  FetchedDelivery(String deliveryId, Path file, String sha256, long sizeBytes) {
    this.deliveryId = deliveryId;
    this.file = file;
    this.sha256 = sha256;
    this.sizeBytes = sizeBytes;
  }

  public String deliveryId() {
    return deliveryId;
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
