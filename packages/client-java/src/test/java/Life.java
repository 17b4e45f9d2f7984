import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import org.docaxis.client.Acknowledgement;
import org.docaxis.client.DocaxisClient;
import org.docaxis.client.Downloaded;
import org.docaxis.client.EvidenceException;
import org.docaxis.client.HubProblemException;
import org.docaxis.client.InboxItem;
import org.docaxis.client.Json;
import org.docaxis.client.Query;
import org.docaxis.client.Sent;
import org.docaxis.client.StatusReport;
import org.docaxis.client.TakeBack;
import org.docaxis.client.WebhookSignature;

/** The life of documents after they were sent, as two systems see it; prints what they saw, for the test to judge. */
public final class Life {
  private final Path folder;
  private final DocaxisClient sender;
  private final DocaxisClient receiver;

  private Life(Json settings) {
    folder = Paths.get(settings.text("folder"));
    sender = DocaxisClient.at(settings.text("url")).token(settings.text("senderToken")).build();
    receiver = DocaxisClient.at(settings.text("url")).token(settings.text("receiverToken")).build();
  }

  public static void main(String[] arguments) throws Exception {
    Life life = new Life(Json.parse(arguments[0]));
    Json said =
        Json.object()
            .with("beforeFetch", life.takeBackBeforeFetch())
            .with("afterFetch", life.takeBackAfterFetch())
            .with("webhook", life.webhook())
            .with("directory", life.directory());
    System.out.println(said);
  }

  private Json takeBackBeforeFetch() throws Exception {
    Sent sent = sender.send(Letters.seal(folder, "unread"));
    InboxItem item = Letters.waitFor(receiver, sent.documentId(), false);
    TakeBack wish = TakeBack.because("Gửi nhầm").from("H99.32.06").by("Bùi Văn Trăng", "Văn thư");
    List<Json> taken = sender.takeBack(sent.id(), wish);
    boolean isOnce = sender.takeBack(sent.id(), wish).get(0).text("id").equals(taken.get(0).text("id"));
    Json left = receiver.withdrawn().iterator().next();
    return Json.object()
        .with("outcome", taken.get(0).text("outcome"))
        .with("isOnce", isOnce)
        .with("isLeft", left.text("deliveryId").equals(item.deliveryId()))
        .with("fetch", code(() -> receiver.fetchDelivery(item, folder.resolve("gone.edxml"))));
  }

  private Json takeBackAfterFetch() throws Exception {
    Path file = Letters.seal(folder, "read");
    Sent sent = sender.send(file);
    InboxItem item = Letters.waitFor(receiver, sent.documentId(), false);
    receiver.fetchDelivery(item, folder.resolve("read.fetched"));
    List<Acknowledgement> outcomes =
        Arrays.asList(Acknowledgement.stored(item.deliveryId()), Acknowledgement.failed("ffffffffffffffffffffffff", "nothing"));
    List<Json> acknowledged = receiver.ackMany(outcomes);
    String asked = sender.takeBack(sent.id(), TakeBack.because("Sai số")).get(0).text("outcome");
    Json owed = only(receiver.changes(Query.where("role", "receiver")), item);
    receiver.status(item.deliveryId(), StatusReport.refused("Đã xử lý xong"));
    Json due = due(item);
    Downloaded again = sender.fetchDocument(sent.id(), folder.resolve("read.again"));
    Json evidence = sender.evidence(sent.id());
    Json piece = evidence.list("items").get(0);
    byte[] der = sender.evidencePiece(sent.id(), piece.text("sha256"));
    Query byName = Query.where("documentId", sent.documentId()).and("kind", "document");
    return Json.object()
        .with("acknowledged", acknowledged)
        .with("asked", asked)
        .with("owed", owed.text("kind"))
        .with("isAnswered", only(receiver.changes(Query.where("role", "receiver")), item) == null)
        .with("due", due.text("kind"))
        .with("document", sender.document(sent.id()))
        .with("isListed", sender.documents(byName).iterator().next().text("id").equals(sent.id()))
        .with("isTaken", receiver.documents(byName.and("receiver", "H99.32.06")).iterator().hasNext())
        .with("sameBytes", again.sha256().equals(sent.sha256()))
        .with("thread", sender.thread(sent.id()).size())
        .with("happened", sender.timeline(sent.id()).get(0).text("what"))
        .with("isPieceWhole", der.length == piece.number("sizeBytes"))
        .with("stamp", code(() -> sender.receiptStamp(sent.receiptId())))
        .with("verdict", sender.verifyEnvelope(file, Query.where("at", null)).text("verdict"))
        .with("noPdf", sender.verifyPdf(file, Query.where("at", null)).text("code"));
  }

  /** Deadlines are reckoned a moment after what they rest on. */
  private Json due(InboxItem delivery) throws Exception {
    Query query = Query.where("role", "sender").and("standing", "due").and("hours", 720);
    for (int tries = 0; tries < 600; tries += 1) {
      Json found = only(sender.deadlines(query), delivery);
      if (found != null) return found;
      Thread.sleep(100);
    }
    throw new IllegalStateException("nothing is due");
  }

  private static Json only(Iterable<Json> items, InboxItem delivery) {
    for (Json item : items) if (delivery.deliveryId().equals(item.text("deliveryId"))) return item;
    return null;
  }

  private Json webhook() throws Exception {
    Json added = receiver.webhooks().add(Json.object().with("description", "bản thử"));
    String id = added.text("id");
    String next = receiver.webhooks().rotate(id, 24).text("secret");
    receiver.webhooks().change(id, Json.object().with("types", Arrays.asList("delivery.available")));
    String messageId = receiver.webhooks().test(id);
    Json pulled = pull(id);
    boolean isProved = isHubs(pulled, "", added.text("secret")) && isHubs(pulled, "", next);
    boolean isForgeryTaken = isHubs(pulled, " ", next);
    receiver.relay().settle(id, messageId, Json.object().with("durationMs", 5).with("status", 204));
    String state = receiver.webhooks().message(id, messageId).text("state");
    Json said =
        Json.object()
            .with("isTest", messageId.equals(pulled.text("messageId")))
            .with("isProved", isProved)
            .with("isForgeryTaken", isForgeryTaken)
            .with("state", state)
            .with("types", receiver.webhooks().get(id).texts("types"))
            .with("isListed", receiver.webhooks().messages(id).iterator().next().text("id").equals(messageId))
            .with("replayed", receiver.webhooks().replayMessage(id, messageId))
            .with("since", receiver.webhooks().replay(id, Json.object().with("from", "2020-01-01T00:00:00Z")));
    receiver.webhooks().remove(id);
    return said.with("left", receiver.webhooks().list().size());
  }

  private Json pull(String webhookId) throws Exception {
    for (int tries = 0; tries < 600; tries += 1) {
      List<Json> waiting = receiver.relay().pull(webhookId, 10);
      if (!waiting.isEmpty()) return waiting.get(0);
      Thread.sleep(100);
    }
    throw new IllegalStateException("nothing to pull");
  }

  private static boolean isHubs(Json message, String more, String secret) throws Exception {
    Json headers = message.object("headers");
    byte[] body = (message.text("body") + more).getBytes("UTF-8");
    try {
      WebhookSignature.verify(
          headers.text("webhook-id"),
          headers.text("webhook-timestamp"),
          headers.text("webhook-signature"),
          body,
          secret);
      return true;
    } catch (EvidenceException refused) {
      return false;
    }
  }

  private Json directory() {
    long version = 0;
    long count = 0;
    for (Json agency : sender.agencies()) {
      version = Math.max(version, agency.number("version"));
      count += 1;
    }
    Query changes = Query.where("since", version);
    return Json.object()
        .with("isFilled", count > 0)
        .with("hasNews", sender.agencies(changes).iterator().hasNext())
        .with("hadNews", sender.agencies(Query.where("since", version - 1)).iterator().hasNext())
        .with("group", sender.group("demo-communes").iterator().next().text("level"));
  }

  private interface Work {
    Object run() throws Exception;
  }

  private static String code(Work work) throws Exception {
    try {
      return String.valueOf(work.run());
    } catch (HubProblemException problem) {
      return problem.status() + " " + problem.code();
    }
  }
}
