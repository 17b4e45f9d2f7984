package org.docaxis.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One small file per unfinished upload. The hub says whether it is still known there: what is stale does no harm. */
final class UploadMemory {
  private final Path folder;

  UploadMemory(Path folder) {
    this.folder = folder;
  }

  /** Null when nothing is remembered. */
  String find(String key) throws IOException {
    try {
      String id = new String(Files.readAllBytes(fileOf(key)), StandardCharsets.UTF_8);
      return id.isEmpty() ? null : id;
    } catch (NoSuchFileException nothing) {
      return null;
    }
  }

  void remember(String key, String id) throws IOException {
    Files.createDirectories(folder);
    Path unnamed = Files.createTempFile(folder, "upload", "");
    Files.write(unnamed, id.getBytes(StandardCharsets.UTF_8));
    Files.move(unnamed, fileOf(key), StandardCopyOption.REPLACE_EXISTING);
  }

  void forget(String key) throws IOException {
    Files.deleteIfExists(fileOf(key));
  }

  private Path fileOf(String key) {
    byte[] name = Digests.sha256().digest(key.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(Digests.hex(name) + ".upload");
  }
}
