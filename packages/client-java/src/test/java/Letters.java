import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.docaxis.client.DocaxisClient;
import org.docaxis.client.EnvelopeSigner;
import org.docaxis.client.InboxItem;

/** What the programs of the tests have in common: letters that lie unsigned in a folder, beside their sender's seal. */
final class Letters {
  private static final char[] PASSWORD = "docaxis".toCharArray();

  private Letters() {}

  /** Seals {@code <name>.unsigned.edxml}. */
  static Path seal(Path folder, String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream from = Files.newInputStream(folder.resolve("seal.p12"))) {
      store.load(from, PASSWORD);
    }
    byte[] unsigned = Files.readAllBytes(folder.resolve(name + ".unsigned.edxml"));
    byte[] sealed = EnvelopeSigner.of(store, store.aliases().nextElement(), PASSWORD).sign(unsigned);
    return Files.write(folder.resolve(name + ".edxml"), sealed);
  }

  static InboxItem waitFor(DocaxisClient client, String documentId, boolean isStatus) throws Exception {
    for (int tries = 0; tries < 600; tries += 1) {
      for (InboxItem item : client.inbox()) {
        if (item.isStatus() == isStatus && item.documentId().equals(documentId)) return item;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("nothing came");
  }
}
