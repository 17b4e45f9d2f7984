package org.docaxis.client;

import java.util.List;

/** For a system that nobody outside can call: it comes and asks for the messages of a webhook without an address. */
public final class Relay {
  private final Transport transport;

  Relay(Transport transport) {
    this.transport = transport;
  }

  /**
   * Messages that wait, each with {@code messageId}, {@code headers} and {@code body}; those not settled within a minute
   * come again.
   */
  public List<Json> pull(String webhookId, int limit) {
    Json wish = Json.object().with("limit", limit);
    return transport.json(Call.post(Webhooks.at(webhookId) + "/pull", Body.of(wish))).list("items");
  }

  /** @param outcome {@code durationMs}, and {@code status} (2xx: it was taken) or {@code failure} */
  public void settle(String webhookId, String messageId, Json outcome) {
    String path = Webhooks.messagePath(webhookId, messageId) + "/outcome";
    transport.send(Call.post(path, Body.of(outcome)), answer -> null);
  }
}
