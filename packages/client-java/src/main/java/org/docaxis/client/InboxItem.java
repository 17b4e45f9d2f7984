package org.docaxis.client;

/** A delivery that waits in the mailbox. */
public final class InboxItem {
  private final Json json;

  InboxItem(Json json) {
    this.json = json;
  }

  /** What {@link DocaxisClient#fetch} and {@link DocaxisClient#acknowledge} take. */
  public String deliveryId() {
    return json.text("deliveryId");
  }

  /** The sender's edXML DocumentId; for a status message that of the document it reports on. */
  public String documentId() {
    return json.text("documentId");
  }

  /** A status message about a document of the caller's, else a document. */
  public boolean isStatus() {
    return "status".equals(json.text("kind"));
  }

  public String sender() {
    return json.text("sender");
  }

  /** Which of the caller's agencies it is for. */
  public String receiver() {
    return json.text("receiver");
  }

  public String subject() {
    return json.text("subject");
  }

  /** 0 ordinary to 4 most urgent. */
  public int priority() {
    return (int) json.number("priority");
  }

  /** 64 lower-case hex digits. */
  public String sha256() {
    return json.text("sha256");
  }

  public long sizeBytes() {
    return json.number("sizeBytes");
  }

  /** It was handed over before: the caller may have it already. */
  public boolean isRedelivered() {
    return json.isTrue("redelivered");
  }

  /** Everything that the hub says. */
  public Json json() {
    return json;
  }
}
