package org.docaxis.client;

import java.util.List;
import java.util.Map;

/** Writes JSON without spaces. */
final class JsonWriter {
  private JsonWriter() {}

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Json) appendObject(out, ((Json) value).members());
    else if (value instanceof List) appendArray(out, (List<?>) value);
    else if (value == null || value instanceof Number || value instanceof Boolean) out.append(value);
    else appendString(out, value.toString());
  }

  private static void appendObject(StringBuilder out, Map<String, Object> members) {
    char separator = '{';
    for (Map.Entry<String, Object> member : members.entrySet()) {
      out.append(separator);
      appendString(out, member.getKey());
      out.append(':');
      append(out, member.getValue());
      separator = ',';
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private static void appendArray(StringBuilder out, List<?> items) {
    out.append('[');
    for (int index = 0; index < items.size(); index += 1) {
      if (index > 0) out.append(',');
      append(out, items.get(index));
    }
    out.append(']');
  }

  private static void appendString(StringBuilder out, String value) {
    out.append('"');
    for (int index = 0; index < value.length(); index += 1) {
      char next = value.charAt(index);
      if (next == '"' || next == '\\') out.append('\\').append(next);
      else if (next < ' ') out.append(String.format("\\u%04x", (int) next));
      else out.append(next);
    }
    out.append('"');
  }
}
