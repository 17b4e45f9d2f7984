package org.docaxis.client;

import java.util.Arrays;
import java.util.UUID;

/** The wish to have a document back: withdrawn where nobody has fetched it, asked for elsewhere (edXML status 13). */
public final class TakeBack {
  private Json json;
  private String key = UUID.randomUUID().toString();

  private TakeBack(Json json) {
    this.json = json;
  }

  public static TakeBack because(String reason) {
    return new TakeBack(Json.object().with("reason", reason));
  }

  /** Only from these; everybody it went to unless told. */
  public TakeBack from(String... receivers) {
    json = json.with("receivers", Arrays.asList(receivers));
    return this;
  }

  /** Who asks. */
  public TakeBack by(String name, String department) {
    json = json.with("staff", Json.object().with("name", name).with("department", department));
    return this;
  }

  /** The same key is one take-back, however often it is sent: give one of your own when it may be sent after a restart. */
  public TakeBack once(String idempotencyKey) {
    key = idempotencyKey;
    return this;
  }

  String key() {
    return key;
  }

  Json json() {
    return json;
  }
}
