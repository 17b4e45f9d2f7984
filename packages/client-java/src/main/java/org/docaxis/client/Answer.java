package org.docaxis.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;

/** An answer of the hub whose body is still to be read. */
final class Answer implements Closeable {
  /** No answer but a file is larger. */
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  final int status;
  private final HttpURLConnection connection;
  private final InputStream stream;

  Answer(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    this.status = connection.getResponseCode();
    if (status < 0) throw new IOException("the answer is no HTTP");
    this.stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
  }

  boolean isGood() {
    return status >= 200 && status < 300;
  }

  /** Null when absent. */
  String header(String name) {
    return connection.getHeaderField(name);
  }

  /** Bytes that the body is to have; 0 when the hub does not say. */
  long length() {
    return Math.max(0, connection.getContentLengthLong());
  }

  InputStream stream() {
    return stream;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (stream == null) return all.toByteArray();
    byte[] chunk = new byte[16 * 1024];
    for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
      all.write(chunk, 0, count);
      if (all.size() > MAX_BYTES) throw new IOException("the answer is larger than " + MAX_BYTES + " bytes");
    }
    return all.toByteArray();
  }

  Json json() throws IOException {
    try {
      return Json.parse(new String(bytes(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException fault) {
      throw new IOException(fault.getMessage(), fault);
    }
  }

  /** A problem; the body is whatever the answering server said, and need not be JSON. */
  HubProblemException problem() {
    Json body;
    try {
      body = json();
    } catch (IOException notJson) {
      body = Json.object();
    }
    return new HubProblemException(status, body, retryAfterSeconds());
  }

  /** Whole seconds (RFC 9110 section 10.2.3), or -1; the hub sends no dates. */
  long retryAfterSeconds() {
    String value = header("Retry-After");
    return value != null && value.matches("[0-9]{1,9}") ? Long.parseLong(value) : -1;
  }

  @Override
  public void close() throws IOException {
    if (stream != null) stream.close();
  }
}
