package org.docaxis.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/**
 * What an e-office system does at a docaxis hub. One client may be used by many threads.
 *
 * <p>Every call is safe to repeat, and is repeated with the same bytes after network errors, 429 and 5xx. Every call may
 * throw {@link HubProblemException} and {@link HubUnreachableException}.
 */
public final class DocaxisClient {
  private static final String XML = "application/xml";
  private static final int NOT_SIGNED_YET = 202;
  private static final int RECEIPT_TRIES = 60;

  private final Transport transport;

  private DocaxisClient(Builder settings) {
    this.transport = new Transport(settings);
  }

  /** @param url base address of the hub, such as {@code https://truc.example.gov.vn} */
  public static Builder at(String url) {
    return new Builder(url);
  }

  /** Settings of a client. */
  public static final class Builder {
    final String url;
    String token;
    int maxAttempts = 5;
    long maxWaitMs = 30_000;
    int timeoutMs = 60_000;
    SSLSocketFactory tls;

    private Builder(String url) {
      this.url = url;
    }

    /** Bearer token of the calling system. */
    public Builder token(String value) {
      token = value;
      return this;
    }

    /** Tries of one call, the first included; 5 unless told. */
    public Builder maxAttempts(int value) {
      maxAttempts = value;
      return this;
    }

    /** Longest single wait between two tries, whatever the hub asks for; 30 s unless told. */
    public Builder maxWaitMs(long value) {
      maxWaitMs = value;
      return this;
    }

    /** Longest wait for a connection and between two bytes; 60 s unless told. */
    public Builder timeoutMs(int value) {
      timeoutMs = value;
      return this;
    }

    /** For a hub whose certificate the JDK does not know. */
    public Builder tls(SSLSocketFactory value) {
      tls = value;
      return this;
    }

    public DocaxisClient build() {
      return new DocaxisClient(this);
    }
  }

  /** Sends one edXML file. The same bytes again get the first answer. */
  public Sent send(Path envelope) {
    return send(Body.of(envelope, XML));
  }

  /** Sends one edXML file held in memory. The same bytes again get the first answer. */
  public Sent send(byte[] envelope) {
    return send(Body.of(envelope, XML));
  }

  private Sent send(Body envelope) {
    return transport.send(Call.post("/documents", envelope), answer -> new Sent(answer.json(), answer.status == 200));
  }

  /** The whole chain of checks without sending: {@code ok}, {@code errors}, {@code warnings}, {@code verdict}. */
  public Json validate(Path envelope) {
    return transport.json(Call.post("/documents/validate", Body.of(envelope, XML)));
  }

  /** A document that the caller sent or received, with a track for each receiver. */
  public Json document(String id) {
    return transport.json(Call.get("/documents/" + Call.encoded(id)));
  }

  /** What waits for the caller's agencies, urgent first. Ask from the start each time. */
  public Iterable<InboxItem> inbox() {
    return inbox(null);
  }

  /** What waits for one of the caller's agencies. */
  public Iterable<InboxItem> inbox(String agency) {
    return new Pages<>(
        cursor -> transport.json(Call.get("/inbox").query("agency", agency).query("after", cursor)), InboxItem::new);
  }

  /**
   * Writes a delivery to a file, byte for byte as its sender sent it, and goes on where an earlier try broke off. The
   * file appears only when it is whole and has the SHA-256 that the mailbox named.
   *
   * @throws TransferDamagedException when it has not; nothing is kept
   * @throws IOException when the file cannot be written
   */
  public FetchedDelivery fetch(InboxItem item, Path file) throws IOException {
    return new Download(transport, item.deliveryId(), file).run(item.sha256());
  }

  /** {@link #fetch(InboxItem, Path)} for a delivery known by its id only. */
  public FetchedDelivery fetch(String deliveryId, Path file) throws IOException {
    return new Download(transport, deliveryId, file).run(null);
  }

  /** The delivery is stored at the receiver: the sender gets a receipt for it. */
  public void acknowledge(String deliveryId) {
    acknowledgement(deliveryId, Json.object().with("result", "stored"));
  }

  /** The delivery could not be taken; it comes again later. */
  public void reportFailure(String deliveryId, String reason) {
    acknowledgement(deliveryId, Json.object().with("result", "failed").with("reason", reason));
  }

  private void acknowledgement(String deliveryId, Json result) {
    transport.json(Call.post("/deliveries/" + Call.encoded(deliveryId) + "/ack", Body.of(result)));
  }

  /** Reports a business state to the sender; the hub builds the status message. */
  public Sent report(String deliveryId, StatusReport report) {
    Call call = Call.post("/deliveries/" + Call.encoded(deliveryId) + "/status", Body.of(report.json()));
    call.header("Idempotency-Key", report.key());
    return transport.send(call, answer -> new Sent(answer.json(), answer.status == 200));
  }

  /**
   * Tells of every receipt issued since, oldest first.
   *
   * @param position what this method returned the last time; null reads from the first receipt
   * @return keep it, when all were handled, and go on from it later
   */
  public String receiptsSince(String position, Consumer<Json> receipt) {
    String cursor = position;
    for (; ; ) {
      Json page = transport.json(Call.get("/receipts").query("after", cursor));
      page.list("items").forEach(receipt);
      cursor = page.text("position");
      if (page.text("next") == null) return cursor;
    }
  }

  /**
   * A receipt as the hub signed it: evidence, to be kept as bytes. Waits up to a minute while it is being signed.
   *
   * @throws HubProblemException with status 202 when it is not signed even then
   */
  public byte[] receipt(String id) {
    Call call = Call.get("/receipts/" + Call.encoded(id));
    for (int asked = 1; ; asked += 1) {
      boolean isLast = asked == RECEIPT_TRIES;
      byte[] xml = transport.send(call, answer -> {
        if (answer.status != NOT_SIGNED_YET) return answer.bytes();
        if (isLast) throw answer.problem();
        return null;
      });
      if (xml != null) return xml;
      Transport.pause(1_000);
    }
  }

  /** Certificates that receipts verify against, newest first; each with {@code pem}. */
  public List<String> hubCertificates() {
    return transport.json(Call.get("/hub/certificates")).list("items").stream()
        .map(certificate -> certificate.text("pem"))
        .collect(Collectors.toList());
  }

  /** The directory. */
  public Iterable<Json> agencies() {
    return new Pages<>(cursor -> transport.json(Call.get("/agencies").query("after", cursor)), agency -> agency);
  }

  /** One agency by any of its codes. */
  public Json agency(String code) {
    return transport.json(Call.get("/agencies/" + Call.encoded(code)));
  }
}
