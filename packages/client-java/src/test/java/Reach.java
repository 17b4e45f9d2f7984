import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.docaxis.client.Acknowledgement;
import org.docaxis.client.DocaxisClient;
import org.docaxis.client.InboxItem;
import org.docaxis.client.Json;
import org.docaxis.client.Query;
import org.docaxis.client.StatusReport;
import org.docaxis.client.TakeBack;

/** Calls every public method of the client at a hub that answers nothing, and prints the names of all of them. */
public final class Reach {
  private static final Map<Class<?>, Object> words = new HashMap<>();

  public static void main(String[] arguments) throws Exception {
    Path file = Files.write(Paths.get(arguments[1], "word"), new byte[] {1});
    words.put(String.class, "word");
    words.put(Path.class, file);
    words.put(byte[].class, new byte[] {1});
    words.put(int.class, 1);
    words.put(List.class, Collections.emptyList());
    words.put(Consumer.class, (Consumer<Json>) item -> {});
    words.put(Json.class, Json.object());
    words.put(Query.class, Query.where("word", "word"));
    words.put(StatusReport.class, StatusReport.agreed());
    words.put(TakeBack.class, TakeBack.because("word"));
    words.put(Acknowledgement.class, Acknowledgement.stored("word"));
    DocaxisClient client = DocaxisClient.at(arguments[0]).maxAttempts(1).build();
    words.put(InboxItem.class, client.inbox().iterator().next());
    Json names =
        Json.object()
            .with("client", callAll(client))
            .with("webhooks", callAll(client.webhooks()))
            .with("relay", callAll(client.relay()));
    System.out.println(names);
  }

  private static List<String> callAll(Object client) throws Exception {
    List<String> names = new ArrayList<>();
    for (Method method : client.getClass().getDeclaredMethods()) {
      if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) continue;
      names.add(method.getName());
      Object answer = call(client, method);
      // Asks for the first page; what a method returns without a page was asked for already.
      if (answer instanceof Iterable) ((Iterable<?>) answer).iterator().hasNext();
    }
    return names;
  }

  private static Object call(Object client, Method method) throws Exception {
    List<Object> arguments = new ArrayList<>();
    for (Class<?> type : method.getParameterTypes()) {
      if (!words.containsKey(type)) throw new IllegalStateException("no word for " + type + " of " + method.getName());
      arguments.add(words.get(type));
    }
    try {
      return method.invoke(client, arguments.toArray());
    } catch (InvocationTargetException failed) {
      throw new IllegalStateException(method.getName() + " failed", failed.getCause());
    }
  }
}
