package org.docaxis.client;

import java.util.List;

/**
 * Where the system is told what waits for it. Messages name ids and addresses and carry no content; {@link
 * WebhookSignature} proves that one is the hub's.
 */
public final class Webhooks {
  private static final String ROOT = "/webhooks";

  private final Transport transport;

  Webhooks(Transport transport) {
    this.transport = transport;
  }

  /** All of them, with how they are doing. */
  public List<Json> list() {
    return transport.json(Call.get(ROOT)).list("items");
  }

  /**
   * Registers an address.
   *
   * @param wish {@code url} (absent: a {@link Relay} comes and asks), {@code description}, {@code types} (absent: everything)
   * @return with {@code secret}, which is told this once
   */
  public Json add(Json wish) {
    // The hub wants to be told that there is no address: an absent one would look like a slip.
    Json whole = wish.text("url") == null ? wish.withNull("url") : wish;
    return transport.json(Call.post(ROOT, Body.of(whole)));
  }

  public Json get(String id) {
    return transport.json(Call.get(at(id)));
  }

  /** @param change any of {@code url}, {@code description}, {@code types}, {@code state} ({@code active}, {@code disabled}) */
  public Json change(String id, Json change) {
    return transport.json(Call.put(at(id), Body.of(change)));
  }

  /** With whatever waits for it. */
  public void remove(String id) {
    transport.send(Call.delete(at(id)), answer -> null);
  }

  /**
   * The next secret; the one before signs as well for so many hours.
   *
   * @return {@code secret}, told this once, and {@code secretId}
   */
  public Json rotate(String id, int overlapHours) {
    return transport.json(Call.post(at(id) + "/secrets", Body.of(Json.object().with("overlapHours", overlapHours))));
  }

  /** Has a test message sent. @return its id */
  public String test(String id) {
    return transport.json(Call.post(at(id) + "/test", Body.of(Json.object()))).text("messageId");
  }

  /** What was told, newest first, every try with its status. */
  public Iterable<Json> messages(String id) {
    return messages(id, Query.ALL);
  }

  /** @param query {@code state}: {@code waiting}, {@code delivered} or {@code failed} */
  public Iterable<Json> messages(String id, Query query) {
    return Pages.of(transport, at(id) + "/messages", query);
  }

  public Json message(String id, String messageId) {
    return transport.json(Call.get(messagePath(id, messageId)));
  }

  /**
   * Sends again, under the same ids.
   *
   * @param span {@code from} and {@code to} (RFC 3339), {@code failedOnly}
   * @return how many
   */
  public long replay(String id, Json span) {
    return transport.json(Call.post(at(id) + "/replay", Body.of(span))).number("replayed");
  }

  /** One message again, under the same id. @return how many */
  public long replayMessage(String id, String messageId) {
    return transport.json(Call.post(messagePath(id, messageId) + "/replay", Body.of(Json.object()))).number("replayed");
  }

  static String at(String id) {
    return ROOT + "/" + Call.encoded(id);
  }

  static String messagePath(String id, String messageId) {
    return at(id) + "/messages/" + Call.encoded(messageId);
  }
}
