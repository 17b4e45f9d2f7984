package org.docaxis.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** Sends calls, and sends them again with the same bytes after network errors, 429 and 5xx. */
final class Transport {
  private static final long FIRST_WAIT_MS = 250;
  private static final int CHUNK = 64 * 1024;

  private final String base;
  private final String token;
  private final int maxAttempts;
  private final long maxWaitMs;
  private final int timeoutMs;
  private final SSLSocketFactory tls;

  Transport(ClientBuilder settings) {
    this.base = settings.url.replaceAll("/+$", "");
    this.token = settings.token;
    this.maxAttempts = settings.maxAttempts;
    this.maxWaitMs = settings.maxWaitMs;
    this.timeoutMs = settings.timeoutMs;
    this.tls = settings.tls;
  }

  String base() {
    return base;
  }

  /** What a call's answer is turned into; may throw IOException, which counts as a broken connection. */
  interface Reader<T> {
    T read(Answer answer) throws IOException;
  }

  Json json(Call call) {
    return send(call, Answer::json);
  }

  /**
   * @throws HubProblemException for every answer outside 2xx once the tries are used up
   * @throws HubUnreachableException when no try was answered
   */
  <T> T send(Call call, Reader<T> reader) {
    for (int attempt = 1; ; attempt += 1) {
      DocaxisException outcome;
      try (Answer answer = open(call)) {
        if (answer.isGood()) return reader.read(answer);
        outcome = answer.problem();
      } catch (HttpRetryException refused) {
        // In streaming mode the JDK keeps the body of a 401 to itself.
        outcome = new HubProblemException(refused.responseCode(), Json.object(), -1);
      } catch (IOException broken) {
        outcome = new HubUnreachableException(base, broken);
      }
      if (!outcome.isRetryable() || attempt >= maxAttempts) throw outcome;
      pause(waitMs(outcome, attempt));
    }
  }

  /** Sleeps; an interrupted thread gives up at once. */
  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HubUnreachableException("the hub", interrupted);
    }
  }

  private Answer open(Call call) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + "/api/v1" + call.path()).toURL().openConnection();
    if (tls != null && connection instanceof HttpsURLConnection) {
      ((HttpsURLConnection) connection).setSSLSocketFactory(tls);
    }
    connection.setRequestMethod(call.method);
    // A redirect would carry the token to whoever is named.
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(timeoutMs);
    connection.setReadTimeout(timeoutMs);
    if (token != null) connection.setRequestProperty("Authorization", "Bearer " + token);
    for (Map.Entry<String, String> header : call.headers.entrySet()) {
      connection.setRequestProperty(header.getKey(), header.getValue());
    }
    long start = call.rangeStart == null ? 0 : call.rangeStart.getAsLong();
    if (start > 0) connection.setRequestProperty("Range", "bytes=" + start + "-");
    if (call.body != null) write(connection, call.body);
    return new Answer(connection);
  }

  private static void write(HttpURLConnection connection, Body body) throws IOException {
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", body.contentType);
    // Without a fixed length the JDK would hold the whole body in memory.
    connection.setFixedLengthStreamingMode(body.length());
    try (InputStream from = body.open(); OutputStream to = connection.getOutputStream()) {
      byte[] chunk = new byte[CHUNK];
      for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) to.write(chunk, 0, count);
    }
  }

  /** What the hub asks for, else doubling with jitter, so that many clients do not come back together. */
  private long waitMs(DocaxisException outcome, int attempt) {
    long asked = outcome instanceof HubProblemException ? ((HubProblemException) outcome).retryAfterSeconds() : -1;
    double backOff = FIRST_WAIT_MS * Math.pow(2, attempt - 1) * (0.5 + ThreadLocalRandom.current().nextDouble());
    return Math.min(asked >= 0 ? asked * 1000 : (long) backOff, maxWaitMs);
  }
}
