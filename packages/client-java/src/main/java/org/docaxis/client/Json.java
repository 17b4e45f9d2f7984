package org.docaxis.client;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object of the hub's answers (RFC 8259). What is absent or null reads as null, as zero or as an empty list, so that
 * a client goes on working when the hub learns to say more.
 */
public final class Json implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, Object> members;

  Json(LinkedHashMap<String, Object> members) {
    this.members = members;
  }

  /** @throws IllegalArgumentException when it is no JSON object, with the place of the fault */
  public static Json parse(String text) {
    Object value = new JsonReader(text).readWhole();
    if (value instanceof Json) return (Json) value;
    throw new IllegalArgumentException("JSON: an object is expected");
  }

  /** A new object, to be filled with {@link #with}. */
  public static Json object() {
    return new Json(new LinkedHashMap<>());
  }

  /** A copy with one more member; a null value leaves it out. */
  public Json with(String name, Object value) {
    LinkedHashMap<String, Object> copy = new LinkedHashMap<>(members);
    if (value != null) copy.put(name, value);
    return new Json(copy);
  }

  /** A copy that says {@code null}, where that means something. */
  Json withNull(String name) {
    LinkedHashMap<String, Object> copy = new LinkedHashMap<>(members);
    copy.put(name, null);
    return new Json(copy);
  }

  /** Names of all members, in the order written. */
  public List<String> names() {
    return Collections.unmodifiableList(new ArrayList<>(members.keySet()));
  }

  /** A text, number or truth value as text; null when absent. */
  public String text(String name) {
    Object value = members.get(name);
    return value == null || value instanceof Json || value instanceof List ? null : value.toString();
  }

  /** A whole number; 0 when absent. */
  public long number(String name) {
    Object value = members.get(name);
    return value instanceof Number ? ((Number) value).longValue() : 0;
  }

  /** False when absent. */
  public boolean isTrue(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** An object; null when absent. */
  public Json object(String name) {
    Object value = members.get(name);
    return value instanceof Json ? (Json) value : null;
  }

  /** The objects of a list; empty when absent. */
  public List<Json> list(String name) {
    Object value = members.get(name);
    if (!(value instanceof List)) return Collections.emptyList();
    List<Json> objects = new ArrayList<>();
    for (Object item : (List<?>) value) if (item instanceof Json) objects.add((Json) item);
    return Collections.unmodifiableList(objects);
  }

  /** The texts of a list; empty when absent. */
  public List<String> texts(String name) {
    Object value = members.get(name);
    if (!(value instanceof List)) return Collections.emptyList();
    List<String> texts = new ArrayList<>();
    for (Object item : (List<?>) value) if (item instanceof String) texts.add((String) item);
    return Collections.unmodifiableList(texts);
  }

  Map<String, Object> members() {
    return members;
  }

  /** Back to JSON text, without spaces. */
  @Override
  public String toString() {
    return JsonWriter.write(this);
  }
}
