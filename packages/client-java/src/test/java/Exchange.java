import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.docaxis.client.DocaxisClient;
import org.docaxis.client.DocaxisException;
import org.docaxis.client.EnvelopeSigner;
import org.docaxis.client.EvidenceException;
import org.docaxis.client.Downloaded;
import org.docaxis.client.HubProblemException;
import org.docaxis.client.InboxItem;
import org.docaxis.client.Json;
import org.docaxis.client.Receipt;
import org.docaxis.client.Sent;
import org.docaxis.client.StatusReport;

/** An e-office system of two agencies: does everything once and prints what it saw, for the test around it to judge. */
public final class Exchange {
  private final Path folder;
  private final String url;
  private final DocaxisClient sender;
  private final DocaxisClient receiver;

  private Exchange(Json settings) {
    url = settings.text("url");
    folder = Paths.get(settings.text("folder"));
    sender = DocaxisClient.at(url + "/").token(settings.text("senderToken")).build();
    receiver = DocaxisClient.at(url).token(settings.text("receiverToken")).build();
  }

  public static void main(String[] arguments) throws Exception {
    Exchange exchange = new Exchange(Json.parse(arguments[0]));
    System.out.println(exchange.run().toString());
  }

  private Json run() throws Exception {
    Path file = Letters.seal(folder, "exchange");
    Sent sent = sender.send(file);
    Sent again = sender.send(Files.readAllBytes(file));
    InboxItem item = Letters.waitFor(receiver, sent.documentId(), false);
    Downloaded fetched = fetchInParts(item);
    receiver.ack(item.deliveryId());
    StatusReport accepted = StatusReport.of("03").by("Bùi Văn Trăng", "Văn thư");
    receiver.status(item.deliveryId(), accepted);
    boolean reportedOnce = receiver.status(item.deliveryId(), accepted).isRepeated();
    InboxItem status = Letters.waitFor(sender, sent.documentId(), true);
    sender.fetchDelivery(status, folder.resolve("status.edxml"));
    sender.ack(status.deliveryId());

    return Json.object()
        .with("id", sent.id())
        .with("deliveryId", item.deliveryId())
        .with("ok", sender.validate(file).isTrue("ok"))
        .with("repeated", again.isRepeated() && again.id().equals(sent.id()))
        .with("sameBytes", fetched.sha256().equals(sent.sha256()) && fetched.sizeBytes() == Files.size(file))
        .with("reportedOnce", reportedOnce)
        .with("statusOn", status.documentId())
        .with("document", sender.document(sent.id()))
        .with("receipts", receipts(sent))
        .with("refusals", refusals(sent, item, file))
        .with("agency", receiver.agency("H99.32.06").text("name"))
        .with("levels", levels());
  }

  /** As if an earlier download had broken off in the middle, and another after the last byte. */
  private Downloaded fetchInParts(InboxItem item) throws Exception {
    Path whole = folder.resolve("whole.edxml");
    receiver.fetchDelivery(item.deliveryId(), whole);
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(folder.resolve("all.edxml.part"), bytes);
    receiver.fetchDelivery(item, folder.resolve("all.edxml"));
    Files.write(folder.resolve("half.edxml.part"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    return receiver.fetchDelivery(item, folder.resolve("half.edxml"));
  }

  private List<Json> receipts(Sent sent) throws Exception {
    List<Json> found = new ArrayList<>();
    String position = null;
    for (int tries = 0; tries < 300 && found.size() < 2; tries += 1) {
      position = sender.receipts(position, notice -> proved(sent, notice.text("id"), found));
      Thread.sleep(100);
    }
    return found;
  }

  private void proved(Sent sent, String id, List<Json> found) {
    Receipt receipt = Receipt.verify(sender.receipt(id), sender.hubCertificates().get(0).text("pem"));
    if (!sent.documentId().equals(receipt.documentId())) return;
    boolean isSame = sent.sha256().equals(receipt.sha256());
    found.add(Json.object().with("kind", receipt.kind()).with("sameBytes", isSame).with("to", receipt.receiver()));
  }

  private Json refusals(Sent sent, InboxItem item, Path file) throws Exception {
    byte[] changed = new String(Files.readAllBytes(file), "UTF-8").replace("liên thông", "liên thong").getBytes("UTF-8");
    byte[] receipt = sender.receipt(sent.receiptId());
    String certificate = sender.hubCertificates().get(0).text("pem");
    String otherDocument = new String(receipt, "UTF-8").replace(sent.sha256(), sent.sha256().replace('a', 'b'));
    byte[] forged = otherDocument.getBytes("UTF-8");
    Path damaged = folder.resolve("damaged.edxml");
    Files.write(folder.resolve("damaged.edxml.part"), new byte[] {1, 2, 3});
    DocaxisClient nobody = DocaxisClient.at("http://127.0.0.1:9").maxAttempts(2).build();
    DocaxisClient stranger = DocaxisClient.at(url).token("x").build();
    return Json.object()
        .with("changed", why(() -> sender.send(changed)))
        .with("signedTwice", why(() -> new EnvelopeSigner(null).sign(changed)))
        .with("foreignDelivery", why(() -> sender.fetchDelivery(item.deliveryId(), damaged)))
        .with("damagedPart", why(() -> receiver.fetchDelivery(item, damaged)))
        .with("partIsGone", Files.notExists(folder.resolve("damaged.edxml.part")) && Files.notExists(damaged))
        .with("wrongToken", why(() -> stranger.send(changed)))
        .with("unreachable", why(() -> nobody.send(file)))
        .with("forgedReceipt", why(() -> Receipt.verify(forged, certificate)))
        .with("bomb", why(() -> Receipt.verify("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".getBytes(), certificate)));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static String why(Work work) throws Exception {
    try {
      work.run();
      return "done";
    } catch (HubProblemException problem) {
      return problem.status() + " " + problem.code() + (problem.isRetryable() ? " retryable" : "");
    } catch (EvidenceException refused) {
      return refused.getMessage();
    } catch (DocaxisException other) {
      return other.getClass().getSimpleName();
    }
  }

  private List<String> levels() {
    List<String> levels = new ArrayList<>();
    for (Json agency : receiver.agencies()) {
      if (!levels.contains(agency.text("level"))) levels.add(agency.text("level"));
    }
    return levels;
  }
}
