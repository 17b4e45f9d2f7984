import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.docaxis.client.DocaxisClient;
import org.docaxis.client.HubUnreachableException;
import org.docaxis.client.Json;
import org.docaxis.client.Sent;

/** Sends a large letter, or says that it could not; a later run of the program goes on. */
public final class Parts {
  public static void main(String[] arguments) throws Exception {
    Json settings = Json.parse(arguments[0]);
    Path folder = Paths.get(settings.text("folder"));
    Path sealed = folder.resolve("parts.edxml");
    if (Files.notExists(sealed)) Letters.seal(folder, "parts");
    DocaxisClient client =
        DocaxisClient.at(settings.text("url"))
            .token(settings.text("senderToken"))
            .maxAttempts(1)
            .inPartsFromBytes(1024 * 1024)
            .uploadMemory(folder.resolve("uploads"))
            .build();
    System.out.println(Json.object().with("outcome", outcome(client, sealed)));
  }

  private static String outcome(DocaxisClient client, Path sealed) throws Exception {
    try {
      Sent sent = client.send(sealed);
      return sent.documentId();
    } catch (HubUnreachableException broken) {
      return "unreachable";
    }
  }
}
