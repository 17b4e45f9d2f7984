package org.docaxis.client;

import java.util.List;

/** The hub answered, and the answer is a refusal: problem+json (RFC 9457) of the HTTP API. */
public final class HubProblemException extends DocaxisException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final Json body;
  private final long retryAfterSeconds;

  HubProblemException(int status, Json body, long retryAfterSeconds) {
    super(sentence(status, body), null);
    this.status = status;
    this.body = body;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  private static String sentence(int status, Json body) {
    String detail = body.text("detail");
    String title = body.text("title");
    return detail != null ? detail : title != null ? title : "the hub answered " + status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A row of the hub's table of problem codes, or {@code HTTP_<status>} where something else answered. */
  public String code() {
    String code = body.text("code");
    return code != null ? code : "HTTP_" + status;
  }

  /** What happened, in Vietnamese; null where something else than the hub answered. */
  public String titleVi() {
    return body.text("titleVi");
  }

  /** Every fault of an envelope in document order, each with {@code code}, {@code path}, {@code message}. */
  public List<Json> errors() {
    return body.list("errors");
  }

  /** The answer's body as it came. */
  public Json body() {
    return body;
  }

  /** What the hub asks to wait, or -1. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /**
   * The hub is busy, restarting or lacks data to decide, another connection writes to the upload, or a part was damaged on
   * its way.
   */
  @Override
  public boolean isRetryable() {
    return status == 429 || status == 423 || status == 460 || status >= 500;
  }
}
