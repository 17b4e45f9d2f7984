package org.docaxis.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a list is narrowed to, by the names that the hub's OpenAPI document gives its query parameters, such as {@code
 * Query.where("role", "sender").and("kind", "finish")}.
 */
public final class Query {
  static final Query ALL = new Query(new LinkedHashMap<>());

  private final Map<String, Object> parameters;

  private Query(Map<String, Object> parameters) {
    this.parameters = parameters;
  }

  /** A null value leaves the parameter out. */
  public static Query where(String name, Object value) {
    return ALL.and(name, value);
  }

  /** One more condition. A null value leaves the parameter out. */
  public Query and(String name, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(parameters);
    copy.put(name, value);
    return new Query(copy);
  }

  Call on(Call call) {
    parameters.forEach(call::query);
    return call;
  }
}
