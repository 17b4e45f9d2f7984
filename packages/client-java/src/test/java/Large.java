import java.nio.file.Path;
import java.nio.file.Paths;
import org.docaxis.client.DocaxisClient;
import org.docaxis.client.Downloaded;
import org.docaxis.client.Json;
import org.docaxis.client.Sent;

/** Sends a file and fetches one, both larger than the memory that the test gives it. */
public final class Large {
  public static void main(String[] arguments) throws Exception {
    DocaxisClient client = DocaxisClient.at(arguments[0]).maxWaitMs(1).inPartsFromBytes(Long.MAX_VALUE).build();
    Path file = Paths.get(arguments[1]);
    Sent sent = client.send(file);
    Downloaded fetched = client.fetchDelivery("d1", file.resolveSibling("fetched"));
    System.out.println(Json.object().with("sent", sent.sha256()).with("fetched", fetched.sha256()));
  }
}
