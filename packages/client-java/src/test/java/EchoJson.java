import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.docaxis.client.Json;

/** Reads one object a line and writes it again, or why it is none. */
public final class EchoJson {
  public static void main(String[] arguments) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StringBuilder out = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) out.append(echo(line)).append('\n');
    System.out.write(out.toString().getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  private static String echo(String line) {
    try {
      return Json.parse(line).toString();
    } catch (IllegalArgumentException fault) {
      return fault.getMessage();
    }
  }
}
