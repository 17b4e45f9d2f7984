package org.docaxis.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What an e-office system does at a docaxis hub. One client may be used by many threads.
 *
 * <p>Every call is safe to repeat, and is repeated with the same bytes after network errors, 429 and 5xx. Every call may
 * throw {@link HubProblemException} and {@link HubUnreachableException}. Its methods bear the names of the TypeScript
 * client's.
 */
public final class DocaxisClient {
  private static final String XML = "application/xml";
  private static final int NOT_THERE_YET = 202;
  private static final int RECEIPT_TRIES = 60;

  private final Transport transport;
  private final long inPartsFromBytes;
  private final UploadMemory uploads;

  DocaxisClient(ClientBuilder settings) {
    this.transport = new Transport(settings);
    this.inPartsFromBytes = settings.inPartsFromBytes;
    this.uploads = settings.uploadMemory == null ? null : new UploadMemory(settings.uploadMemory);
  }

  /** @param url base address of the hub, such as {@code https://truc.example.gov.vn} */
  public static ClientBuilder at(String url) {
    return new ClientBuilder(url);
  }

  /**
   * Sends one edXML file, read from the disk while it is sent. The same bytes again get the first answer. A large one goes in
   * parts, on from where a connection broke; see {@link ClientBuilder#uploadMemory}.
   *
   * @throws IOException when the file cannot be read
   */
  public Sent send(Path envelope) throws IOException {
    return send(envelope, Collections.emptyList());
  }

  /** @param receivers codes: what goes in parts and is too large for one of them is refused before it is sent */
  public Sent send(Path envelope, List<String> receivers) throws IOException {
    if (Files.size(envelope) < inPartsFromBytes) return send(Body.of(envelope, XML));
    return new PartedSending(transport, uploads, envelope).run(receivers);
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
    return transport.json(Call.get(documentPath(id, "")));
  }

  /**
   * What the caller's agencies sent, or one of them took, newest first.
   *
   * @param query {@code sender}, {@code documentId}, {@code kind}; {@code receiver}: what that agency has acknowledged. Either
   *     may be the code of a closed agency that one of the caller's has followed
   */
  public Iterable<Json> documents(Query query) {
    return Pages.of(transport, "/documents", query);
  }

  /** Writes a document of the caller's to a file, as {@link #fetchDelivery(String, Path)} does. */
  public Downloaded fetchDocument(String id, Path file) throws IOException {
    return new Download(transport, documentPath(id, "/envelope"), "document " + id, file).run(null);
  }

  /** What happened to a document, in order. */
  public List<Json> timeline(String id) {
    return transport.json(Call.get(documentPath(id, "/timeline"))).list("items");
  }

  /** What hangs together with a document by replies and replacements, oldest first. */
  public List<Json> thread(String id) {
    return transport.json(Call.get(documentPath(id, "/thread"))).list("items");
  }

  /** Verdicts on a document and what they rest on, for its parties. */
  public Json evidence(String id) {
    return transport.json(Call.get(documentPath(id, "/evidence")));
  }

  /** One certificate, list, response or token of the {@code items} of {@link #evidence}, in DER. */
  public byte[] evidencePiece(String id, String sha256) {
    return transport.send(Call.get(documentPath(id, "/evidence/" + Call.encoded(sha256))), Answer::bytes);
  }

  /** Takes a document back. @return for each receiver {@code outcome}: {@code withdrawn}, {@code asked} and so on */
  public List<Json> takeBack(String id, TakeBack wish) {
    Call call = Call.post(documentPath(id, "/take-back"), Body.of(wish.json()));
    return transport.json(call.header("Idempotency-Key", wish.key())).list("items");
  }

  /** What waits for the caller's agencies, urgent first. Ask from the start each time. */
  public Iterable<InboxItem> inbox() {
    return inbox(Query.ALL);
  }

  /** @param query {@code agency}, {@code kind} */
  public Iterable<InboxItem> inbox(Query query) {
    return Pages.of(transport, "/inbox", query, InboxItem::new);
  }

  /** What was in the inbox and was withdrawn by its sender, newest first; no content. */
  public Iterable<Json> withdrawn() {
    return Pages.of(transport, "/inbox/withdrawn", Query.ALL);
  }

  /**
   * Wishes to take back, update or revoke without an answer. {@link StatusReport#agreed} and {@link StatusReport#refused}
   * answer one that the caller owes.
   *
   * @param query {@code role}: {@code receiver}, what the caller owes, or {@code sender}, what it waits for; {@code agency}
   */
  public Iterable<Json> changes(Query query) {
    return Pages.of(transport, "/changes", query);
  }

  /**
   * Deadlines that have passed or come near, the earliest first.
   *
   * @param query {@code role} ({@code receiver}: what the caller owes, {@code sender}: what is owed to it), {@code standing}
   *     ({@code late}, {@code due} with {@code hours}), {@code kind} ({@code fetch}, {@code acknowledge}, {@code finish}),
   *     {@code agency}
   */
  public Iterable<Json> deadlines(Query query) {
    return Pages.of(transport, "/deadlines", query);
  }

  /**
   * Writes a delivery to a file, byte for byte as its sender sent it, and goes on where an earlier try broke off. The
   * file appears only when it is whole and has the SHA-256 that the mailbox named.
   *
   * @throws TransferDamagedException when it has not; nothing is kept
   * @throws IOException when the file cannot be written
   */
  public Downloaded fetchDelivery(InboxItem item, Path file) throws IOException {
    return fetchDelivery(item.deliveryId(), file, item.sha256());
  }

  /** {@link #fetchDelivery(InboxItem, Path)} for a delivery known by its id only. */
  public Downloaded fetchDelivery(String deliveryId, Path file) throws IOException {
    return fetchDelivery(deliveryId, file, null);
  }

  private Downloaded fetchDelivery(String id, Path file, String sha256) throws IOException {
    return new Download(transport, deliveryPath(id, "/envelope"), "delivery " + id, file).run(sha256);
  }

  /** The delivery is stored at the receiver: the sender gets a receipt for it. */
  public void ack(String deliveryId) {
    ack(Acknowledgement.stored(deliveryId));
  }

  /** What became of one delivery. */
  public void ack(Acknowledgement outcome) {
    transport.json(Call.post(deliveryPath(outcome.deliveryId(), "/ack"), Body.of(outcome.alone())));
  }

  /** What became of up to 500 deliveries. @return for each {@code ok}, or a {@code code} of its own */
  public List<Json> ackMany(List<Acknowledgement> outcomes) {
    List<Json> items = outcomes.stream().map(Acknowledgement::amongOthers).collect(Collectors.toList());
    return transport.json(Call.post("/deliveries/ack", Body.of(Json.object().with("items", items)))).list("items");
  }

  /** Reports a business state to the sender; the hub builds the status message. */
  public Sent status(String deliveryId, StatusReport report) {
    Call call = Call.post(deliveryPath(deliveryId, "/status"), Body.of(report.json()));
    call.header("Idempotency-Key", report.key());
    return transport.send(call, answer -> new Sent(answer.json(), answer.status == 200));
  }

  /**
   * Tells of every receipt issued since, oldest first.
   *
   * @param position what this method returned the last time; null reads from the first receipt
   * @return keep it, when all were handled, and go on from it later
   */
  public String receipts(String position, Consumer<Json> receipt) {
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
        if (answer.status != NOT_THERE_YET) return answer.bytes();
        if (isLast) throw answer.problem();
        return null;
      });
      if (xml != null) return xml;
      Transport.pause(1_000);
    }
  }

  /** The time stamp of a receipt, to be kept as JSON beside it; null while it waits for it. */
  public Json receiptStamp(String id) {
    Call call = Call.get("/receipts/" + Call.encoded(id) + "/stamp");
    return transport.send(call, answer -> answer.status == NOT_THERE_YET ? null : answer.json());
  }

  /** Certificates that receipts verify against, newest first, earlier ones too; each with {@code pem}. */
  public List<Json> hubCertificates() {
    return transport.json(Call.get("/hub/certificates")).list("items");
  }

  /** The directory. */
  public Iterable<Json> agencies() {
    return agencies(Query.ALL);
  }

  /**
   * Part of the directory, or what changed in it: keep the largest {@code version} read, and ask {@code since} it later.
   * Removed agencies come with {@code deleted}.
   *
   * @param query {@code search}, {@code level}, {@code parent}, {@code group}, {@code since}
   */
  public Iterable<Json> agencies(Query query) {
    return Pages.of(transport, "/agencies", query);
  }

  /** One agency by any of its codes. */
  public Json agency(String code) {
    return transport.json(Call.get("/agencies/" + Call.encoded(code)));
  }

  /** Members of a group of agencies. */
  public Iterable<Json> group(String id) {
    return Pages.of(transport, "/groups/" + Call.encoded(id), Query.ALL);
  }

  /** Whether a certificate (DER or PEM) can be trusted, and why. @param query {@code at}, {@code purpose} */
  public Json verifyCertificate(Path certificate, Query query) {
    Body body = Body.of(certificate, "application/octet-stream");
    return transport.json(query.on(Call.post("/verify/certificate", body)));
  }

  /** Whether an edXML file is signed by its sender and unchanged, and why. @param query {@code at} */
  public Json verifyEnvelope(Path envelope, Query query) {
    return transport.json(query.on(Call.post("/verify/envelope", Body.of(envelope, XML))));
  }

  /** Whether the signatures of a PDF are good, each by itself, and why. @param query {@code at} */
  public Json verifyPdf(Path pdf, Query query) {
    return transport.json(query.on(Call.post("/verify/pdf", Body.of(pdf, "application/pdf"))));
  }

  /** Where the system is told what waits for it. */
  public Webhooks webhooks() {
    return new Webhooks(transport);
  }

  /** For a system that nobody outside can call. */
  public Relay relay() {
    return new Relay(transport);
  }

  private static String documentPath(String id, String part) {
    return "/documents/" + Call.encoded(id) + part;
  }

  private static String deliveryPath(String id, String part) {
    return "/deliveries/" + Call.encoded(id) + part;
  }
}
