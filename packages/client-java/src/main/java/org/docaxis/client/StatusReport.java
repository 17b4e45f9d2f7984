package org.docaxis.client;

import java.util.UUID;

/** A business state of a delivery, in the codes of edXML: 01 received, 02 refused, 03 accepted, 04 assigned and so on. */
public final class StatusReport {
  private Json json;
  private String key = UUID.randomUUID().toString();

  private StatusReport(Json json) {
    this.json = json;
  }

  public static StatusReport of(String code) {
    return new StatusReport(Json.object().with("code", code));
  }

  /** The receiver agrees to what the sender asked: to take back, to update or to revoke (edXML status 15). */
  public static StatusReport agreed() {
    return of("15");
  }

  /** The receiver does not agree to what the sender asked (edXML status 16). */
  public static StatusReport refused(String reason) {
    return of("16").because(reason);
  }

  /** Why; a refusal needs it. */
  public StatusReport because(String reason) {
    json = json.with("reason", reason);
    return this;
  }

  /** Who deals with it. */
  public StatusReport by(String name, String department) {
    json = json.with("staff", Json.object().with("name", name).with("department", department));
    return this;
  }

  /**
   * The same key with the same report is one report, however often it is sent: give one of your own when the report may
   * be sent again after a restart.
   */
  public StatusReport once(String idempotencyKey) {
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
