package org.docaxis.client;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Walks a list of the hub page by page, one page in memory. Every iterator starts anew. */
final class Pages<T> implements Iterable<T> {
  private final Function<String, Json> page;
  private final Function<Json, T> item;

  /** @param page given the cursor of a page, null for the first; what the answer names {@code next} is the next one's */
  private Pages(Function<String, Json> page, Function<Json, T> item) {
    this.page = page;
    this.item = item;
  }

  /** A list whose pages are asked for by the parameter {@code after}. */
  static Pages<Json> of(Transport transport, String path, Query query) {
    return of(transport, path, query, item -> item);
  }

  static <T> Pages<T> of(Transport transport, String path, Query query, Function<Json, T> item) {
    return new Pages<>(cursor -> transport.json(query.on(Call.get(path)).query("after", cursor)), item);
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<T>() {
      private Iterator<Json> items = Collections.emptyIterator();
      private String cursor;
      private boolean started;

      @Override
      public boolean hasNext() {
        while (!items.hasNext() && (!started || cursor != null)) {
          Json answer = page.apply(cursor);
          items = answer.list("items").iterator();
          cursor = answer.text("next");
          started = true;
        }
        return items.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) throw new NoSuchElementException();
        return item.apply(items.next());
      }
    };
  }
}
