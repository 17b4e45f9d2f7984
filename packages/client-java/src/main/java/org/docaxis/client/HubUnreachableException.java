package org.docaxis.client;

/** No answer came, after every try: the hub is down, the address is wrong, or the network is cut. */
public final class HubUnreachableException extends DocaxisException {
  private static final long serialVersionUID = 1L;

  HubUnreachableException(String address, Throwable cause) {
    super("no answer from " + address + ": " + cause.getMessage(), cause);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
