package org.docaxis.client;

/** The bytes that arrived are not the bytes the hub holds. Nothing was kept; fetch again. */
public final class TransferDamagedException extends DocaxisException {
  private static final long serialVersionUID = 1L;

  TransferDamagedException(String message) {
    super(message, null);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
