package org.docaxis.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Large envelopes in parts, which go on where a connection broke (tus 1.0.0). */
public final class Uploads {
  private static final String ROOT = "/uploads";
  private static final String PART = "application/offset+octet-stream";
  private static final int USUAL_PART_BYTES = 16 * 1024 * 1024;
  private static final int PART_TAKEN = 204;

  private final Transport transport;

  Uploads(Transport transport) {
    this.transport = transport;
  }

  /** The largest envelope that the hub takes, in bytes. */
  public long maxBytes() {
    return transport.send(Call.options(ROOT), answer -> number(answer, "Tus-Max-Size"));
  }

  /** Opens an upload of a known size, before a byte of it is sent. @return its id, good for going on after a restart */
  public String open(long sizeBytes) {
    Call call = Call.post(ROOT, null).header("Upload-Length", Long.toString(sizeBytes));
    return transport.send(tus(call), answer -> {
      String location = answer.header("Location");
      return location == null ? null : location.substring(location.lastIndexOf('/') + 1);
    });
  }

  /** How many bytes of it the hub has. */
  public long offset(String id) {
    return transport.send(tus(Call.head(at(id))), answer -> number(answer, "Upload-Offset"));
  }

  /**
   * Sends what the hub does not have yet, and with the last part the document. Goes on by itself where a connection broke;
   * after a restart, call it again with the same id. An upload that is whole gets its answer again.
   *
   * @throws IOException when the file cannot be read
   */
  public Sent send(String id, Path envelope) throws IOException {
    return send(id, envelope, USUAL_PART_BYTES);
  }

  /** {@link #send(String, Path)} in parts of so many bytes. */
  public Sent send(String id, Path envelope, int partBytes) throws IOException {
    long size = Files.size(envelope);
    long offset = offset(id);
    for (; ; ) {
      Body part = Body.of(envelope, offset, Math.min(partBytes, Math.max(0, size - offset)), PART);
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

  /** Gives it up; a document that it became stays. */
  public void remove(String id) {
    transport.send(tus(Call.delete(at(id))), answer -> null);
  }

  /** Null while parts are missing. */
  private Sent sendPart(String id, long offset, Body part) throws IOException {
    // The JDK's client cannot say PATCH; tus has this header for that.
    Call call = tus(Call.post(at(id), part)).header("X-HTTP-Method-Override", "PATCH");
    call.header("Upload-Offset", Long.toString(offset));
    call.header("Upload-Checksum", "sha256 " + Base64.getEncoder().encodeToString(Digests.of(part.open())));
    return transport.send(
        call, answer -> answer.status == PART_TAKEN ? null : new Sent(answer.json(), answer.status == 200));
  }

  private static Call tus(Call call) {
    return call.header("Tus-Resumable", "1.0.0");
  }

  private static String at(String id) {
    return ROOT + "/" + Call.encoded(id);
  }

  private static long number(Answer answer, String header) throws IOException {
    String value = answer.header(header);
    if (value == null || !value.matches("[0-9]{1,18}")) throw new IOException("the answer has no " + header);
    return Long.parseLong(value);
  }
}
