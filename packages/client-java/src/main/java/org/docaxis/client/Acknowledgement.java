package org.docaxis.client;

/** What became of one delivery at its receiver. */
public final class Acknowledgement {
  private final String deliveryId;
  private final Json result;

  private Acknowledgement(String deliveryId, Json result) {
    this.deliveryId = deliveryId;
    this.result = result;
  }

  /** It is on the receiver's disk: the sender gets a receipt for it. */
  public static Acknowledgement stored(String deliveryId) {
    return new Acknowledgement(deliveryId, Json.object().with("result", "stored"));
  }

  /** It could not be taken; it comes again later. */
  public static Acknowledgement failed(String deliveryId, String reason) {
    return new Acknowledgement(deliveryId, Json.object().with("result", "failed").with("reason", reason));
  }

  String deliveryId() {
    return deliveryId;
  }

  /** As one of many names the delivery; alone it stands in the address. */
  Json alone() {
    return result;
  }

  Json amongOthers() {
    return result.with("id", deliveryId);
  }
}
