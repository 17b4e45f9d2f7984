package org.docaxis.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a call sends. Opened anew for each try, so that every try sends the same bytes. */
abstract class Body {
  final String contentType;

  private Body(String contentType) {
    this.contentType = contentType;
  }

  abstract long length() throws IOException;

  abstract InputStream open() throws IOException;

  static Body of(byte[] bytes, String contentType) {
    return new Body(contentType) {
      @Override
      long length() {
        return bytes.length;
      }

      @Override
      InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** Read from the disk while it is sent. */
  static Body of(Path file, String contentType) {
    return new Body(contentType) {
      @Override
      long length() throws IOException {
        return Files.size(file);
      }

      @Override
      InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }

  /** Part of a file, read from the disk while it is sent. */
  static Body of(Path file, long start, long length, String contentType) {
    return new Body(contentType) {
      @Override
      long length() {
        return length;
      }

      @Override
      InputStream open() throws IOException {
        return new FilePart(file, start, length);
      }
    };
  }

  static Body of(Json json) {
    return of(json.toString().getBytes(StandardCharsets.UTF_8), "application/json");
  }
}
