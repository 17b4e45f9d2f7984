package org.docaxis.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Sends a large envelope in parts (tus 1.0.0 as the hub speaks it). Broken connections and restarts of the hub cost one
 * part each; with a memory, an end of this process too.
 */
final class PartedSending {
  private static final String ROOT = "/uploads";
  private static final String PART = "application/offset+octet-stream";
  /** Small enough to be sent again over a bad line. */
  private static final int PART_BYTES = 8 * 1024 * 1024;
  private static final int PART_TAKEN = 204;

  private final Transport transport;
  private final UploadMemory memory;
  private final Path envelope;
  private final long size;

  /** @param memory null: only this call goes on with what it began */
  PartedSending(Transport transport, UploadMemory memory, Path envelope) throws IOException {
    this.transport = transport;
    this.memory = memory;
    this.envelope = envelope;
    this.size = Files.size(envelope);
  }

  /** @param receivers what is too large for one of them is refused before it is sent; may be empty */
  Sent run(List<String> receivers) throws IOException {
    String key = memory == null ? null : transport.base() + " " + Digests.hex(Digests.ofFile(envelope));
    String id = remembered(key);
    if (id == null) id = open(receivers);
    if (key != null) memory.remember(key, id);
    try {
      Sent sent = sendParts(id);
      if (key != null) memory.forget(key);
      return sent;
    } catch (HubProblemException problem) {
      // Refused for good, or no longer known: there is nothing to go on with.
      if (key != null && !problem.isRetryable()) memory.forget(key);
      throw problem;
    }
  }

  /** Null when there is none, or the hub no longer knows it: it may be sent again from its beginning. */
  private String remembered(String key) throws IOException {
    String id = key == null ? null : memory.find(key);
    if (id == null) return null;
    try {
      offset(id);
      return id;
    } catch (HubProblemException problem) {
      if (problem.isRetryable()) throw problem;
      return null;
    }
  }

  private String open(List<String> receivers) {
    Call call = tus(Call.post(ROOT, null)).header("Upload-Length", Long.toString(size));
    if (!receivers.isEmpty()) {
      byte[] codes = String.join(",", receivers).getBytes(StandardCharsets.UTF_8);
      call.header("Upload-Metadata", "receivers " + Base64.getEncoder().encodeToString(codes));
    }
    return transport.send(call, answer -> {
      String location = answer.header("Location");
      if (location == null) throw new IOException("the answer names no upload");
      return location.substring(location.lastIndexOf('/') + 1);
    });
  }

  private Sent sendParts(String id) throws IOException {
    long offset = offset(id);
    for (; ; ) {
      Body part = Body.of(envelope, offset, Math.min(PART_BYTES, size - offset), PART);
      try {
        Sent sent = sendPart(id, offset, part);
        if (sent != null) return sent;
        offset += part.length();
      } catch (HubProblemException problem) {
        if (!"UPLOAD_OFFSET".equals(problem.code())) throw problem;
        // A try that broke off had been written, whole or in part.
        long known = offset(id);
        if (known <= offset) throw problem;
        offset = known;
      }
    }
  }

  /** Null while parts are missing. An empty part at the end asks for the answer again. */
  private Sent sendPart(String id, long offset, Body part) throws IOException {
    // The JDK's client cannot say PATCH; tus has this header for that.
    Call call = tus(Call.post(at(id), part)).header("X-HTTP-Method-Override", "PATCH");
    call.header("Upload-Offset", Long.toString(offset));
    call.header("Upload-Checksum", "sha256 " + Base64.getEncoder().encodeToString(Digests.of(part.open())));
    return transport.send(
        call, answer -> answer.status == PART_TAKEN ? null : new Sent(answer.json(), answer.status == 200));
  }

  private long offset(String id) {
    return transport.send(tus(Call.head(at(id))), answer -> {
      String value = answer.header("Upload-Offset");
      if (value == null || !value.matches("[0-9]{1,18}")) throw new IOException("the answer has no Upload-Offset");
      return Long.parseLong(value);
    });
  }

  private static Call tus(Call call) {
    return call.header("Tus-Resumable", "1.0.0");
  }

  private static String at(String id) {
    return ROOT + "/" + Call.encoded(id);
  }
}
