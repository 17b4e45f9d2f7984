package org.docaxis.client;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads JSON strictly (RFC 8259). Objects become {@link Json}, numbers Long or BigDecimal. */
final class JsonReader {
  /** Deeper than any answer of the hub; a hostile one must not exhaust the stack. */
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  Object readWhole() {
    Object value = readValue(0);
    skipSpace();
    if (at < text.length()) throw fault("nothing more is expected");
    return value;
  }

  private Object readValue(int depth) {
    if (depth > MAX_DEPTH) throw fault("nested too deep");
    skipSpace();
    switch (peek()) {
      case '{':
        return readObject(depth);
      case '[':
        return readArray(depth);
      case '"':
        return readString();
      case 't':
        return readWord("true", Boolean.TRUE);
      case 'f':
        return readWord("false", Boolean.FALSE);
      case 'n':
        return readWord("null", null);
      default:
        return readNumber();
    }
  }

  private Json readObject(int depth) {
    LinkedHashMap<String, Object> members = new LinkedHashMap<>();
    at += 1;
    for (boolean first = true; !endsWith('}', first); first = false) {
      skipSpace();
      if (peek() != '"') throw fault("a name is expected");
      String name = readString();
      skipSpace();
      expect(':');
      Object value = readValue(depth + 1);
      if (value != null) members.put(name, value);
      else members.remove(name);
    }
    return new Json(members);
  }

  private List<Object> readArray(int depth) {
    List<Object> items = new ArrayList<>();
    at += 1;
    for (boolean first = true; !endsWith(']', first); first = false) items.add(readValue(depth + 1));
    return items;
  }

  /** Steps over the closing bracket, or over the comma before another item. */
  private boolean endsWith(char bracket, boolean first) {
    skipSpace();
    if (peek() == bracket) {
      at += 1;
      return true;
    }
    if (!first) expect(',');
    return false;
  }

  private String readString() {
    StringBuilder value = new StringBuilder();
    at += 1;
    for (char next = peek(); next != '"'; next = peek()) {
      if (next < ' ') throw fault("a control character inside a string");
      at += 1;
      value.append(next == '\\' ? readEscape() : next);
    }
    at += 1;
    return value.toString();
  }

  private char readEscape() {
    char kind = peek();
    at += 1;
    switch (kind) {
      case '"':
      case '\\':
      case '/':
        return kind;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return readUnicode();
      default:
        throw fault("an unknown escape");
    }
  }

  private char readUnicode() {
    if (at + 4 > text.length()) throw fault("four hexadecimal digits are expected");
    int value = 0;
    for (int index = 0; index < 4; index += 1) {
      int digit = Character.digit(text.charAt(at + index), 16);
      if (digit < 0) throw fault("four hexadecimal digits are expected");
      value = value * 16 + digit;
    }
    at += 4;
    return (char) value;
  }

  private Object readNumber() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at += 1;
    String number = text.substring(from, at);
    if (!number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) throw fault("a value is expected");
    if (number.length() <= 18 && number.matches("-?[0-9]+")) return Long.valueOf(number);
    return new BigDecimal(number);
  }

  private Object readWord(String word, Object value) {
    if (!text.startsWith(word, at)) throw fault("a value is expected");
    at += word.length();
    return value;
  }

  private void expect(char wanted) {
    if (peek() != wanted) throw fault("'" + wanted + "' is expected");
    at += 1;
  }

  private char peek() {
    if (at >= text.length()) throw fault("the text ends too early");
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at += 1;
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException("JSON: " + what + " at character " + (at + 1));
  }
}
