package org.docaxis.client;

import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** One request, without the address of the hub and without credentials. */
final class Call {
  final String method;
  final Body body;
  final Map<String, String> headers = new LinkedHashMap<>();
  /** Where the wanted bytes start, asked anew for each try; null: everything. */
  LongSupplier rangeStart;
  private final StringBuilder path;
  private char separator = '?';

  private Call(String method, String path, Body body) {
    this.method = method;
    this.path = new StringBuilder(path);
    this.body = body;
  }

  static Call get(String path) {
    return new Call("GET", path, null);
  }

  static Call post(String path, Body body) {
    return new Call("POST", path, body);
  }

  static Call head(String path) {
    return new Call("HEAD", path, null);
  }

  static Call put(String path, Body body) {
    return new Call("PUT", path, body);
  }

  static Call delete(String path) {
    return new Call("DELETE", path, null);
  }

  /** A null value leaves the parameter out. */
  Call query(String name, Object value) {
    if (value == null) return this;
    path.append(separator).append(name).append('=').append(encoded(value.toString()));
    separator = '&';
    return this;
  }

  Call header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Call from(LongSupplier start) {
    rangeStart = start;
    return this;
  }

  /** Below {@code /api/v1}. */
  String path() {
    return path.toString();
  }

  /** Safe as a segment of a path and as a value of a query. */
  static String encoded(String value) {
    try {
      return URLEncoder.encode(value, "UTF-8").replace("+", "%20");
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
