package org.docaxis.client;

import java.nio.file.Path;
import javax.net.ssl.SSLSocketFactory;

/** Settings of a {@link DocaxisClient}. */
public final class ClientBuilder {
  final String url;
  String token;
  int maxAttempts = 5;
  long maxWaitMs = 30_000;
  int timeoutMs = 60_000;
  long inPartsFromBytes = 32 * 1024 * 1024;
  Path uploadMemory;
  SSLSocketFactory tls;

  ClientBuilder(String url) {
    this.url = url;
  }

  /** Bearer token of the calling system. */
  public ClientBuilder token(String value) {
    token = value;
    return this;
  }

  /** Tries of one call, the first included; 5 unless told. */
  public ClientBuilder maxAttempts(int value) {
    maxAttempts = value;
    return this;
  }

  /** Longest single wait between two tries, whatever the hub asks for; 30 s unless told. */
  public ClientBuilder maxWaitMs(long value) {
    maxWaitMs = value;
    return this;
  }

  /** Longest wait for a connection and between two bytes; 60 s unless told. */
  public ClientBuilder timeoutMs(int value) {
    timeoutMs = value;
    return this;
  }

  /** From this size on a file is sent in parts, and goes on after a break where it ended; 32 MiB unless told. */
  public ClientBuilder inPartsFromBytes(long value) {
    inPartsFromBytes = value;
    return this;
  }

  /** A folder where unfinished parts are remembered, so that a later process goes on too. */
  public ClientBuilder uploadMemory(Path folder) {
    uploadMemory = folder;
    return this;
  }

  /** For a hub whose certificate the JDK does not know. */
  public ClientBuilder tls(SSLSocketFactory value) {
    tls = value;
    return this;
  }

  public DocaxisClient build() {
    return new DocaxisClient(this);
  }
}
