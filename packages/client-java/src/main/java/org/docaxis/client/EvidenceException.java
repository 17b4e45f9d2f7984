package org.docaxis.client;

/** A signature could not be made, or a receipt does not prove what it says. */
public final class EvidenceException extends DocaxisException {
  private static final long serialVersionUID = 1L;

  EvidenceException(String message) {
    super(message, null);
  }

  EvidenceException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
