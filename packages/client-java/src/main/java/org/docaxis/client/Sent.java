package org.docaxis.client;

import java.util.List;

/** A packet for which the hub has taken responsibility: it is on its disk. */
public final class Sent {
  private final Json json;
  private final boolean repeated;

  Sent(Json json, boolean repeated) {
    this.json = json;
    this.repeated = repeated;
  }

  /** The hub's id of the document. */
  public String id() {
    return json.text("id");
  }

  /** The sender's edXML DocumentId. */
  public String documentId() {
    return json.text("documentId");
  }

  /** Of the bytes as received, 64 lower-case hex digits. */
  public String sha256() {
    return json.text("sha256");
  }

  /** RFC 3339, UTC. */
  public String acceptedAt() {
    return json.text("acceptedAt");
  }

  /** The hub had these bytes before; this is its first answer again. */
  public boolean isRepeated() {
    return repeated;
  }

  /** What {@link DocaxisClient#receipt} takes; null for status messages, which beget no receipts. */
  public String receiptId() {
    String url = json.text("receiptUrl");
    return url == null ? null : url.substring(url.lastIndexOf('/') + 1);
  }

  /** What was let through with a remark. */
  public List<Json> warnings() {
    return json.list("warnings");
  }

  /** What it came to for earlier documents, each with {@code documentId}, {@code receiver} and {@code outcome}. */
  public List<Json> effects() {
    return json.list("effects");
  }

  /** Everything that the hub says. */
  public Json json() {
    return json;
  }
}
